//! The stages in order.

use std::collections::{BTreeMap, BTreeSet};

use crate::correct::correct;
use crate::emit::Source;
use crate::select::{Missing, Report, Unused, select};
use crate::spec::{Manifest, Overlay};
use crate::{Error, Result, Tree, assemble, csdl, edm, emit, lower};

/// Generates the client for a selection.
#[derive(Clone, Debug)]
pub struct Generator {
    manifest: Named<Manifest>,
    overlay: Named<Overlay>,
    missing: Missing,
    features: BTreeMap<String, String>,
    exchange: bool,
}

/// A file, with the name that errors call it by.
#[derive(Clone, Debug)]
struct Named<T> {
    name: String,
    file: T,
}

/// A metadata document.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The version of Graph that it describes, `v1.0`.
    pub version: &'a str,
    /// The name of the file, or its address, for errors.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What was generated.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// The selected metadata and the OpenAPI made from it, in a folder for each version.
    pub spec: Tree,
    /// The code, with `mod.rs` at its root.
    pub code: Tree,
    /// What was kept, by version.
    pub reports: Vec<VersionReport>,
    /// Entries that apply to no version, where that was allowed; else empty.
    pub missing: Vec<String>,
}

/// What was kept of a version.
#[derive(Clone, Debug)]
pub struct VersionReport {
    /// The version.
    pub version: String,
    /// What was kept of it.
    pub report: Report,
}

impl Generator {
    /// A generator for the selection `manifest`, the text of a `pim.toml`, which errors call `name`.
    pub fn new(name: &str, manifest: &str) -> Result<Self> {
        let manifest = Manifest::parse(manifest).map_err(|error| error.in_source(name))?;
        Ok(Self {
            manifest: Named { name: name.to_owned(), file: manifest },
            overlay: Named { name: "overlay.toml".to_owned(), file: Overlay::default() },
            missing: Missing::Error,
            features: BTreeMap::new(),
            exchange: false,
        })
    }

    /// With facts that the metadata lacks: `overlay`, the text of an `overlay.toml`, which errors call `name`.
    pub fn overlay(mut self, name: &str, overlay: &str) -> Result<Self> {
        let file = Overlay::parse(overlay).map_err(|error| error.in_source(name))?;
        self.overlay = Named { name: name.to_owned(), file };
        Ok(self)
    }

    /// What happens to names that the metadata does not have.
    #[must_use]
    pub fn missing(mut self, missing: Missing) -> Self {
        self.missing = missing;
        self
    }

    /// Puts the code of `version` behind the cargo feature `feature`.
    #[must_use]
    pub fn feature(mut self, version: &str, feature: &str) -> Self {
        self.features.insert(version.to_owned(), feature.to_owned());
        self
    }

    /// Also writes which types the bodies of each operation have, behind the cargo feature `exchange`.
    #[must_use]
    pub fn exchange(mut self, exchange: bool) -> Self {
        self.exchange = exchange;
        self
    }

    /// The versions that the selection names.
    #[must_use]
    pub fn versions(&self) -> Vec<String> {
        self.manifest.file.versions()
    }

    /// Runs all stages over one document for each version. `progress` is told what is being done.
    pub fn generate(&self, inputs: &[Input<'_>], progress: &dyn Fn(&str)) -> Result<Output> {
        let mut output = Output::default();
        let mut unused = Everywhere::default();
        let mut root = Source::default();
        for input in inputs {
            let version = self.version(input, progress)?;
            output.spec.graft(input.version, version.spec)?;
            output.code.graft(&version.module, version.code)?;
            output.reports.push(VersionReport { version: input.version.to_owned(), report: version.report });
            unused.manifest.add(version.unused_manifest);
            unused.overlay.add(version.unused_overlay);
            if let Some(feature) = self.features.get(input.version) {
                root.push_code(&format!("#[cfg(feature = {feature:?})]"));
            }
            root.push_code(&format!("/// Graph's {}.\npub mod {};", input.version, version.module));
        }
        let in_manifest = unused.manifest.everywhere(inputs.len(), &self.manifest.file.text, &self.manifest.name);
        let in_overlay = unused.overlay.everywhere(inputs.len(), &self.overlay.file.text, &self.overlay.name);
        for error in in_manifest.chain(in_overlay) {
            match self.missing {
                Missing::Error => return Err(error),
                Missing::Report => output.missing.push(error.to_string()),
            }
        }
        output.code.insert("mod.rs", root.render("mod.rs")?)?;
        Ok(output)
    }

    fn version(&self, input: &Input<'_>, progress: &dyn Fn(&str)) -> Result<Version> {
        let Input { version, name, bytes } = *input;
        let in_metadata = |error: Error| error.in_source(name);
        let in_manifest = |error: Error| error.in_source(&self.manifest.name);
        let in_overlay = |error: Error| error.in_source(&self.overlay.name);

        progress(&format!("{version}: reading {name}"));
        let document = csdl::read(bytes).map_err(in_metadata)?;
        let mut model = edm::resolve(&document, bytes).map_err(in_metadata)?;
        drop(document);
        let (corrected, mut unused_overlay) =
            correct(&mut model, &self.overlay.file, version, self.missing).map_err(in_overlay)?;

        progress(&format!("{version}: selecting"));
        let surface = select(&model, &self.manifest.file, version, self.missing).map_err(in_manifest)?;
        let metadata = csdl::write(&surface.metadata(&corrected));
        // What has a place is wrong in the overlay; the rest cannot be expressed, and is for the selection to leave out.
        let in_either = |error: Error| if error.position().is_some() { in_overlay(error) } else { in_manifest(error) };
        let (api, unused) = lower::lower(&surface, &self.overlay.file, self.missing).map_err(in_either)?;
        unused_overlay.extend(unused);

        progress(&format!("{version}: writing"));
        let openapi = emit::openapi::openapi(&api);
        let code = assemble::assemble(&api, &openapi, self.exchange).map_err(in_manifest)?;
        let mut spec = Tree::default();
        spec.insert("metadata.csdl.xml", metadata)?;
        let json = serde_json::to_string_pretty(&openapi).map_err(|error| Error::new(error.to_string()))?;
        spec.insert("openapi.json", json + "\n")?;
        let unused_manifest = surface.unused;
        Ok(Version { module: api.module, spec, code, report: surface.report, unused_manifest, unused_overlay })
    }
}

/// What comes of one version.
struct Version {
    module: String,
    spec: Tree,
    code: Tree,
    report: Report,
    unused_manifest: Vec<Unused>,
    unused_overlay: Vec<Unused>,
}

/// Names of `spec/` that some version lacks.
#[derive(Default)]
struct Everywhere {
    manifest: Lacking,
    overlay: Lacking,
}

/// Names of one file that some version lacks, and how many do.
#[derive(Default)]
struct Lacking(BTreeMap<usize, (usize, Unused)>);

impl Lacking {
    /// Adds what one version lacks.
    fn add(&mut self, unused: Vec<Unused>) {
        let mut seen = BTreeSet::new();
        for unused in unused {
            if seen.insert(unused.at) {
                self.0.entry(unused.at).or_insert((0, unused)).0 += 1;
            }
        }
    }

    /// The names that all `versions` lack, or that one lacks which the entry names: each is a mistake. The parts of an
    /// entry that is one itself are not told.
    fn everywhere<'a>(&'a self, versions: usize, text: &'a str, name: &'a str) -> impl Iterator<Item = Error> + 'a {
        let is_mistake =
            move |at: &usize| self.0.get(at).is_some_and(|(lacking, unused)| *lacking == versions || unused.explicit);
        let mistakes = self.0.values().map(|(_, unused)| unused).filter(move |unused| is_mistake(&unused.at));
        let told = mistakes.filter(move |unused| !unused.part_of.is_some_and(|entry| is_mistake(&entry)));
        told.map(move |unused| Error::at(text.as_bytes(), unused.at, unused.message.clone()).in_source(name))
    }
}
