//! A small service to generate a client for: things, which are listed, with one property.

use pim_gen::diff::Side;
use pim_gen::select::Missing;
use pim_gen::{Generator, Input};

use crate::kinds::Kind;

const TYPES: &str = r#"
      <EnumType Name="colour"><Member Name="red" Value="0" /><Member Name="blue" Value="1" /></EnumType>
      <ComplexType Name="part"><Property Name="name" Type="Edm.String" /><Property Name="size" Type="Edm.Int32" /></ComplexType>
      <ComplexType Name="screw"><Property Name="name" Type="Edm.Int32" /></ComplexType>
      <ComplexType Name="ball"><Property Name="name" Type="Edm.String" /><Property Name="radius" Type="Edm.String" /></ComplexType>
      <ComplexType Name="form"><Property Name="name" Type="Edm.String" /></ComplexType>
      <ComplexType Name="circle" BaseType="graph.form"><Property Name="radius" Type="Edm.Double" /></ComplexType>
      <ComplexType Name="square" BaseType="graph.form" />"#;

const SELECTION: &str = r#"
[[union]]
base = "microsoft.graph.form"
subtypes = ["microsoft.graph.circle", "microsoft.graph.disc", "microsoft.graph.square", "microsoft.graph.triangle"]

[[resource]]
path = "/things"
[resource.collection]
list = { doc = "Lists the things." }
CREATE
best = { doc = "Says which are best." }
"#;

/// What the client is generated from.
#[derive(Clone)]
pub(crate) struct Directory {
    property: String,
    types: String,
    fact: &'static str,
    /// Whether things can be made.
    written: bool,
}

impl Directory {
    /// Things without a property of their own.
    pub(crate) fn new() -> Self {
        Self { property: String::new(), types: TYPES.to_owned(), fact: "", written: true }
    }

    /// Things with a property of this kind.
    pub(crate) fn of(kind: &Kind) -> Self {
        let property = format!(r#"<Property Name="value" Type="{}" />"#, kind.edm);
        Self { property, fact: kind.fact, ..Self::new() }
    }

    /// With a property that says whether `null` is a value of it.
    pub(crate) fn nullable(mut self, nullable: bool) -> Self {
        self.property = self.property.replace(" />", &format!(r#" Nullable="{nullable}" />"#));
        self
    }

    /// With more types, functions or actions.
    pub(crate) fn types(mut self, more: &str) -> Self {
        self.types += more;
        self
    }

    /// With things that nobody can make.
    pub(crate) fn read_only(&self) -> Self {
        Self { written: false, ..self.clone() }
    }

    /// With `to` instead of `from` in the metadata.
    pub(crate) fn replace(self, from: &str, to: &str) -> Self {
        let (property, types) = (self.property.replace(from, to), self.types.replace(from, to));
        assert_ne!((&property, &types), (&self.property, &self.types), "`{from}` is not there");
        Self { property, types, ..self }
    }

    fn metadata(&self) -> String {
        let Self { property, types, .. } = self;
        format!(
            r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      {types}
      <EntityType Name="thing">
        <Key><PropertyRef Name="id" /></Key>
        <Property Name="id" Type="Edm.String" Nullable="false" />
        {property}
      </EntityType>
      <EntityContainer Name="GraphService">
        <EntitySet Name="things" EntityType="microsoft.graph.thing" />
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>"#
        )
    }

    fn generator(&self) -> Generator {
        let facts = format!("[[type]]\nname = \"microsoft.graph.thing\"\n{}\n", self.fact);
        let create = if self.written { r#"create = { doc = "Makes a thing." }"# } else { "" };
        let generator = Generator::new("things.toml", &SELECTION.replace("CREATE", create)).unwrap();
        generator.overlay("things.overlay.toml", &facts).unwrap().missing(Missing::Report)
    }

    /// What is kept of it.
    pub(crate) fn side(&self) -> Side {
        let metadata = self.metadata();
        self.generator().side(&Input::csdl("v1.0", "things.csdl.xml", metadata.as_bytes())).unwrap()
    }

    /// A file of the client that is generated from it.
    pub(crate) fn code(&self, path: &str) -> String {
        let metadata = self.metadata();
        let input = Input::csdl("v1.0", "things.csdl.xml", metadata.as_bytes());
        let output = self.generator().generate(&[input], &|_| {}).unwrap();
        output.code.get(path).unwrap_or_else(|| panic!("no {path}")).to_owned()
    }
}
