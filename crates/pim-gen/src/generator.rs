//! The stages in order.

use std::collections::{BTreeMap, BTreeSet};

use crate::correct::{Corrected, correct};
use crate::diff::{Nearby, Side, listed};
use crate::edm::Model;
use crate::ir::Api;
use crate::select::{Missing, Report, Surface, Unused, select};
use crate::spec::{Manifest, Overlay};
use crate::{Error, Result, Tree, assemble, csdl, edm, emit, lower, openapi};

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

/// What describes one version of Graph.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The version, `v1.0`.
    pub version: &'a str,
    /// Its description.
    pub source: Source<'a>,
    /// What lies beside it, if it is a selection that was made of something whole: see [`diff::listed`](crate::diff::listed).
    pub nearby: Option<File<'a>>,
}

/// A description of Graph, in one of the two forms that Microsoft publishes.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A metadata document.
    Csdl(File<'a>),
    /// OpenAPI documents that together are one description.
    OpenApi(&'a [File<'a>]),
}

/// A file that is read.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name, or its address, for errors.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl<'a> Input<'a> {
    /// A metadata document of `version`, which errors call `name`.
    #[must_use]
    pub fn csdl(version: &'a str, name: &'a str, bytes: &'a [u8]) -> Self {
        Self { version, source: Source::Csdl(File { name, bytes }), nearby: None }
    }

    /// OpenAPI documents that together describe `version`.
    #[must_use]
    pub fn openapi(version: &'a str, files: &'a [File<'a>]) -> Self {
        Self { version, source: Source::OpenApi(files), nearby: None }
    }

    /// A selection that has a list of what lies beside it.
    #[must_use]
    pub fn beside(self, nearby: File<'a>) -> Self {
        Self { nearby: Some(nearby), ..self }
    }

    fn listed(&self) -> Result<BTreeSet<Nearby>> {
        self.nearby.as_ref().map_or_else(|| Ok(BTreeSet::new()), listed::read)
    }

    /// What is being read, for people.
    fn name(&self) -> String {
        match self.source {
            Source::Csdl(file) => file.name.to_owned(),
            Source::OpenApi(files) => files.iter().map(|file| file.name).collect::<Vec<_>>().join(", "),
        }
    }

    /// Reads and resolves it.
    fn model(&self) -> Result<Model> {
        match self.source {
            Source::Csdl(File { name, bytes }) => {
                let read = csdl::read(bytes).and_then(|document| edm::resolve(&document, bytes));
                read.map_err(|error| error.in_source(name))
            }
            Source::OpenApi(files) => openapi::read(files),
        }
    }
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

    /// Runs all stages over what describes each version. `progress` is told what is being done.
    pub fn generate(&self, inputs: &[Input<'_>], progress: &dyn Fn(&str)) -> Result<Output> {
        let mut output = Output::default();
        let mut unused = Everywhere::default();
        let mut root = emit::Source::default();
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

    /// What the selection keeps of `input`, to be compared with what it keeps of another.
    pub fn side(&self, input: &Input<'_>) -> Result<Side> {
        let mut model = input.model()?;
        let (corrected, _) = self.correct(&mut model, input.version)?;
        let surface = self.select(&model, input.version)?;
        let (api, _) = self.lower(&surface)?;
        Ok(Side::new(&surface, surface.metadata(&corrected), api, &input.listed()?))
    }

    fn version(&self, input: &Input<'_>, progress: &dyn Fn(&str)) -> Result<Version> {
        let version = input.version;
        progress(&format!("{version}: reading {}", input.name()));
        let mut model = input.model()?;
        let (corrected, mut unused_overlay) = self.correct(&mut model, version)?;

        progress(&format!("{version}: selecting"));
        let surface = self.select(&model, version)?;
        let (api, unused) = self.lower(&surface)?;
        let Side { api, model: selected, nearby } =
            Side::new(&surface, surface.metadata(&corrected), api, &input.listed()?);
        unused_overlay.extend(unused);

        progress(&format!("{version}: writing"));
        let openapi = emit::openapi::openapi(&api);
        let code =
            assemble::assemble(&api, &openapi, self.exchange).map_err(|error| error.in_source(&self.manifest.name))?;
        let mut spec = Tree::default();
        spec.insert("metadata.csdl.xml", csdl::write(&selected))?;
        spec.insert("nearby.json", listed::write(&nearby))?;
        let json = serde_json::to_string_pretty(&openapi).map_err(|error| Error::new(error.to_string()))?;
        spec.insert("openapi.json", json + "\n")?;
        let unused_manifest = surface.unused;
        Ok(Version { module: api.module, spec, code, report: surface.report, unused_manifest, unused_overlay })
    }

    fn correct(&self, model: &mut Model, version: &str) -> Result<(Vec<Corrected>, Vec<Unused>)> {
        let corrected = correct(model, &self.overlay.file, version, self.missing);
        corrected.map_err(|error| error.in_source(&self.overlay.name))
    }

    fn select<'m>(&self, model: &'m Model, version: &str) -> Result<Surface<'m>> {
        let selected = select(model, &self.manifest.file, version, self.missing);
        selected.map_err(|error| error.in_source(&self.manifest.name))
    }

    fn lower(&self, surface: &Surface<'_>) -> Result<(Api, Vec<Unused>)> {
        lower::lower(surface, &self.overlay.file, self.missing).map_err(|error| {
            // What has a place is wrong in the overlay; the rest cannot be expressed, and is for the selection to leave
            // out.
            let name = if error.position().is_some() { &self.overlay.name } else { &self.manifest.name };
            error.in_source(name)
        })
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
