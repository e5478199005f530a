//! A small directory to generate from: `models/toy.csdl.xml`, with what one test changes in it.

#![allow(dead_code, reason = "each of the tests needs another part of it")]

use pim_gen::diff::Side;
use pim_gen::ir::Api;
use pim_gen::select::{Missing, Surface, select};
use pim_gen::spec::{Manifest, Overlay};
use pim_gen::{File, Generator, Input, Output, Result, correct, csdl, edm, lower};

const METADATA: &str = include_str!("../models/toy.csdl.xml");
const SELECTION: &str = include_str!("../models/toy.toml");
const OVERLAY: &str = include_str!("../models/toy.overlay.toml");

/// The inputs of the generator.
#[derive(Clone)]
pub(crate) struct Toy {
    /// The metadata of each version.
    documents: Vec<(&'static str, String)>,
    selection: String,
    overlay: String,
    missing: Missing,
    /// What lies beside the metadata of the first version, if that is a selection.
    nearby: Option<String>,
}

impl Toy {
    /// The whole toy.
    pub(crate) fn new() -> Self {
        Self::selecting(SELECTION).with_overlay(OVERLAY)
    }

    /// The toy's metadata with a selection of its own, of which nothing is known beside.
    pub(crate) fn selecting(selection: &str) -> Self {
        Self {
            documents: vec![("v1.0", METADATA.to_owned())],
            selection: selection.to_owned(),
            overlay: String::new(),
            missing: Missing::Error,
            nearby: None,
        }
    }

    /// The types `types` and their selection, with a root `things` of the type `thing`.
    pub(crate) fn of(types: &str, selection: &str) -> Self {
        Self::selecting(selection).with_metadata(&format!(
            r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      {types}
      <EntityContainer Name="GraphService">
        <EntitySet Name="things" EntityType="microsoft.graph.thing" />
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>"#
        ))
    }

    /// With `to` instead of `from` in the metadata, of the last version if there are several.
    pub(crate) fn metadata(mut self, from: &str, to: &str) -> Self {
        let (_, document) = self.documents.last_mut().unwrap();
        *document = replaced(document, from, to);
        self
    }

    /// With `to` instead of `from` in the selection.
    pub(crate) fn selection(mut self, from: &str, to: &str) -> Self {
        self.selection = replaced(&self.selection, from, to);
        self
    }

    /// With another selection.
    pub(crate) fn with_selection(self, selection: &str) -> Self {
        Self { selection: selection.to_owned(), ..self }
    }

    /// With more in the selection.
    pub(crate) fn and_selecting(self, more: &str) -> Self {
        Self { selection: self.selection + more, ..self }
    }

    /// With another overlay.
    pub(crate) fn with_overlay(self, overlay: &str) -> Self {
        Self { overlay: overlay.to_owned(), ..self }
    }

    /// With the same metadata for beta, too, and all paths selected of both.
    pub(crate) fn and_beta(mut self) -> Self {
        self.documents.push(("beta", METADATA.to_owned()));
        self.selection = self.selection.replace("[[resource]]", "[[resource]]\nversions = [\"v1.0\", \"beta\"]");
        self
    }

    /// Passing over what the metadata lacks.
    pub(crate) fn lenient(self) -> Self {
        Self { missing: Missing::Report, ..self }
    }

    /// With another document.
    pub(crate) fn with_metadata(self, metadata: &str) -> Self {
        Self { documents: vec![("v1.0", metadata.to_owned())], ..self }
    }

    /// With a list of what lies beside the metadata of the first version, which is a selection.
    pub(crate) fn beside(self, nearby: &str) -> Self {
        Self { nearby: Some(nearby.to_owned()), ..self }
    }

    fn input(&self, index: usize) -> Input<'_> {
        let (version, document) = &self.documents[index];
        let input = Input::csdl(version, "toy.csdl.xml", document.as_bytes());
        match &self.nearby {
            Some(nearby) if index == 0 => input.beside(File { name: "nearby.json", bytes: nearby.as_bytes() }),
            _ => input,
        }
    }

    /// The metadata of the first version.
    pub(crate) fn document(&self) -> &str {
        &self.documents[0].1
    }

    fn generator(&self) -> Result<Generator> {
        let generator = Generator::new("toy.toml", &self.selection)?
            .overlay("toy.overlay.toml", &self.overlay)?
            .missing(self.missing)
            .exchange(true);
        Ok(generator)
    }

    /// What is kept of the first version, to be compared.
    pub(crate) fn side(&self) -> Result<Side> {
        self.generator()?.side(&self.input(0))
    }

    /// Runs all stages.
    pub(crate) fn generate(&self) -> Result<Output> {
        let generator = self.generator()?;
        let inputs: Vec<_> = (0..self.documents.len()).map(|index| self.input(index)).collect();
        generator.generate(&inputs, &|_| {})
    }

    /// What is generated.
    pub(crate) fn output(&self) -> Output {
        self.generate().unwrap_or_else(|error| panic!("{error}"))
    }

    /// What is wrong with it.
    pub(crate) fn error(&self) -> String {
        match self.generate() {
            Ok(_) => panic!("this was expected to be an error"),
            Err(error) => error.to_string(),
        }
    }

    /// The metadata, corrected.
    pub(crate) fn model(&self) -> edm::Model {
        let bytes = self.documents[0].1.as_bytes();
        let mut model = csdl::read(bytes).and_then(|document| edm::resolve(&document, bytes)).unwrap();
        correct::correct(&mut model, &Overlay::parse(&self.overlay).unwrap(), "v1.0", self.missing).unwrap();
        model
    }

    /// What is selected from `model`.
    pub(crate) fn select<'m>(&self, model: &'m edm::Model) -> Surface<'m> {
        select(model, &Manifest::parse(&self.selection).unwrap(), "v1.0", self.missing).unwrap()
    }

    /// The API that is written.
    pub(crate) fn api(&self) -> Api {
        let model = self.model();
        let surface = self.select(&model);
        lower::lower(&surface, &Overlay::parse(&self.overlay).unwrap(), self.missing).unwrap().0
    }
}

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "`{from}` is not in the text, or more than once");
    text.replace(from, to)
}

pub(crate) const THING: &str = r#"<EntityType Name="thing">
        <Key><PropertyRef Name="id" /></Key>
        <Property Name="id" Type="Edm.String" Nullable="false" />
        "#;

pub(crate) const LIST_THINGS: &str = r#"
[[resource]]
path = "/things"
[resource.collection]
list = { doc = "Lists the things." }
"#;

/// Things that have `properties` beside their key, and are listed.
pub(crate) fn things(properties: &str) -> Toy {
    Toy::of(&format!("{THING}{properties}</EntityType>"), LIST_THINGS)
}
