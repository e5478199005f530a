//! `overlay.toml`: facts that the metadata lacks or gets wrong, each with its source.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::Result;

/// The overlay, as written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// Facts about structured types.
    #[serde(default, rename = "type")]
    pub types: Vec<TypeFacts>,
    /// Facts about enumerations.
    #[serde(default, rename = "enum")]
    pub enums: Vec<EnumFacts>,
    /// What the metadata gets wrong.
    #[serde(default, rename = "correction")]
    pub corrections: Vec<Correction>,
    /// The file's text, for positions in errors.
    #[serde(skip)]
    pub text: String,
}

/// Facts about an entity or complex type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeFacts {
    /// The type.
    pub name: Spanned<String>,
    /// The API versions that this is about; all, if absent.
    pub versions: Option<Vec<String>>,
    /// What it is, in a sentence of ours.
    pub doc: Option<String>,
    /// The name of its page in Graph's reference.
    pub page: Option<String>,
    /// Where the facts come from.
    pub source: Option<String>,
    /// Properties that only the service writes.
    #[serde(default)]
    pub read_only: Vec<Spanned<String>>,
    /// Properties that can be given on creation and not changed afterwards.
    #[serde(default)]
    pub create_only: Vec<Spanned<String>>,
    /// Properties without which the service refuses to create.
    #[serde(default)]
    pub required_on_create: Vec<Spanned<String>>,
    /// Properties whose values are never shown.
    #[serde(default)]
    pub secret: Vec<Spanned<String>>,
    /// String properties that hold the key of an entity, with its type.
    #[serde(default)]
    pub ids: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Properties that look as if they held a key, and do not.
    #[serde(default)]
    pub not_ids: Vec<Spanned<String>>,
    /// Navigation properties that a create or update body may bind.
    #[serde(default)]
    pub bind: Vec<Spanned<String>>,
    /// Navigation properties whose entities an update body may carry whole.
    #[serde(default)]
    pub deep_update: Vec<Spanned<String>>,
    /// What the properties mean, in words of ours.
    #[serde(default)]
    pub properties: BTreeMap<Spanned<String>, String>,
}

/// Facts about an enumeration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnumFacts {
    /// The type.
    pub name: Spanned<String>,
    /// The API versions that this is about; all, if absent.
    pub versions: Option<Vec<String>>,
    /// What it is, in a sentence of ours.
    pub doc: Option<String>,
    /// The name of its page in Graph's reference.
    pub page: Option<String>,
    /// Where the facts come from.
    pub source: Option<String>,
    /// What the members mean.
    #[serde(default)]
    pub members: BTreeMap<Spanned<String>, String>,
}

/// A property whose type the metadata gets wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The type that declares it.
    #[serde(rename = "type")]
    pub ty: Spanned<String>,
    /// The property, structural or navigation.
    pub property: Spanned<String>,
    /// The type that it should have.
    pub set_type: Spanned<String>,
    /// The API versions that this is about; all, if absent.
    pub versions: Option<Vec<String>>,
    /// Where the truth is to be found.
    pub source: String,
    /// Why it is wrong.
    pub reason: String,
}

impl Overlay {
    /// Reads `overlay.toml`.
    pub fn parse(text: &str) -> Result<Self> {
        let mut overlay: Self = super::parse(text)?;
        text.clone_into(&mut overlay.text);
        Ok(overlay)
    }
}
