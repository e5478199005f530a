//! What a document declares, by name.

use crate::csdl::{Document, TypeUse};
use crate::edm::{QualifiedName, StructuredKind, TypeName, TypeRef};
use crate::nearest::did_you_mean;
use crate::{Error, Result};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// The built-in types that a value can have.
const PRIMITIVES: [&str; 37] = [
    "Edm.Binary",
    "Edm.Boolean",
    "Edm.Byte",
    "Edm.ComplexType",
    "Edm.Date",
    "Edm.DateTimeOffset",
    "Edm.Decimal",
    "Edm.Double",
    "Edm.Duration",
    "Edm.EntityType",
    "Edm.Geography",
    "Edm.GeographyCollection",
    "Edm.GeographyLineString",
    "Edm.GeographyMultiLineString",
    "Edm.GeographyMultiPoint",
    "Edm.GeographyMultiPolygon",
    "Edm.GeographyPoint",
    "Edm.GeographyPolygon",
    "Edm.Geometry",
    "Edm.GeometryCollection",
    "Edm.GeometryLineString",
    "Edm.GeometryMultiLineString",
    "Edm.GeometryMultiPoint",
    "Edm.GeometryMultiPolygon",
    "Edm.GeometryPoint",
    "Edm.GeometryPolygon",
    "Edm.Guid",
    "Edm.Int16",
    "Edm.Int32",
    "Edm.Int64",
    "Edm.PrimitiveType",
    "Edm.SByte",
    "Edm.Single",
    "Edm.Stream",
    "Edm.String",
    "Edm.TimeOfDay",
    "Edm.Untyped",
];

/// Everything in a document that has a name.
pub(super) struct Names<'d> {
    text: &'d [u8],
    /// Primitive types without their prefix, by their whole name.
    primitives: HashMap<&'static str, Arc<str>>,
    /// Namespaces, by themselves and by their aliases.
    namespaces: HashMap<&'d str, &'d str>,
    aliases: BTreeMap<String, String>,
    /// Types, by namespace, then by name.
    types: HashMap<&'d str, HashMap<&'d str, Declared>>,
    /// Operations and containers, by namespace and name.
    others: HashSet<(&'d str, &'d str)>,
}

struct Declared {
    name: QualifiedName,
    is: Declaration,
}

#[derive(Clone, PartialEq)]
enum Declaration {
    Enum,
    Structured(StructuredKind),
    /// Another name of a primitive type.
    Definition(Arc<str>),
}

impl Declaration {
    fn describe(&self) -> &'static str {
        match self {
            Self::Enum => "an enumeration",
            Self::Structured(StructuredKind::Entity) => "an entity type",
            Self::Structured(StructuredKind::Complex) => "a complex type",
            Self::Definition(_) => "a type definition",
        }
    }
}

impl<'d> Names<'d> {
    /// The names of a document. Fails if one is declared twice.
    pub(super) fn of(document: &'d Document<'_>, text: &'d [u8]) -> Result<Self> {
        let mut names = Self {
            text,
            primitives: PRIMITIVES.into_iter().map(|name| (name, name.trim_start_matches("Edm.").into())).collect(),
            namespaces: HashMap::new(),
            aliases: BTreeMap::new(),
            types: HashMap::new(),
            others: HashSet::new(),
        };
        names.add_namespaces(document)?;
        names.add_types(document)?;
        Ok(names)
    }

    fn add_namespaces(&mut self, document: &'d Document<'_>) -> Result<()> {
        for schema in &document.schemas {
            for name in [Some(&schema.namespace), schema.alias.as_ref()].into_iter().flatten() {
                if name == "Edm" {
                    return Err(Error::at(self.text, schema.at, "`Edm` is the namespace of the built-in types"));
                }
                if self.namespaces.insert(name, &schema.namespace).is_some() {
                    let message = format!("a second schema with the namespace or alias `{name}`");
                    return Err(Error::at(self.text, schema.at, message));
                }
            }
            if let Some(alias) = &schema.alias {
                self.aliases.insert(alias.to_string(), schema.namespace.to_string());
            }
        }
        Ok(())
    }

    fn add_types(&mut self, document: &'d Document<'_>) -> Result<()> {
        for schema in &document.schemas {
            let namespace = &*schema.namespace;
            for ty in &schema.enums {
                self.add(namespace, &ty.name, Declaration::Enum, ty.at)?;
            }
            for ty in &schema.structured {
                self.add(namespace, &ty.name, Declaration::Structured(ty.kind), ty.at)?;
            }
            for ty in &schema.definitions {
                let underlying = self.primitive(&ty.underlying, ty.at)?;
                self.add(namespace, &ty.name, Declaration::Definition(underlying), ty.at)?;
            }
            self.others.extend(schema.operations.iter().map(|operation| (namespace, &*operation.name)));
            self.others.extend(schema.containers.iter().map(|container| (namespace, &*container.name)));
        }
        Ok(())
    }

    fn add(&mut self, namespace: &'d str, name: &'d str, is: Declaration, at: usize) -> Result<()> {
        let qualified = QualifiedName::new(&format!("{namespace}.{name}"));
        match self.types.entry(namespace).or_default().insert(name, Declared { name: qualified, is }) {
            None => Ok(()),
            Some(first) => Err(Error::at(self.text, at, format!("a second type called `{}`", first.name))),
        }
    }

    /// The namespaces, by alias.
    pub(super) fn aliases(&self) -> BTreeMap<String, String> {
        self.aliases.clone()
    }

    /// The type that a property, parameter or result has.
    pub(super) fn type_ref(&self, used: &TypeUse<'_>) -> Result<TypeRef> {
        let element = used.written.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')'));
        let target = self.type_name(element.unwrap_or(&used.written), used.at)?;
        Ok(TypeRef { collection: element.is_some(), target, nullable: used.nullable })
    }

    fn type_name(&self, written: &str, at: usize) -> Result<TypeName> {
        if written.starts_with("Edm.") {
            return self.primitive(written, at).map(TypeName::Primitive);
        }
        let declared = self.declared(written, at)?;
        Ok(match &declared.is {
            Declaration::Definition(underlying) => TypeName::Primitive(underlying.clone()),
            Declaration::Enum | Declaration::Structured(_) => TypeName::Defined(declared.name.clone()),
        })
    }

    /// A structured type of the kind `kind`.
    pub(super) fn structured(&self, written: &str, kind: StructuredKind, at: usize) -> Result<QualifiedName> {
        let declared = self.declared(written, at)?;
        let wanted = Declaration::Structured(kind);
        if declared.is == wanted {
            return Ok(declared.name.clone());
        }
        let message = format!("`{written}` is {}, where {} is needed", declared.is.describe(), wanted.describe());
        Err(Error::at(self.text, at, message))
    }

    /// A structured type of either kind.
    pub(super) fn any_structured(&self, written: &str, at: usize) -> Result<QualifiedName> {
        let declared = self.declared(written, at)?;
        match declared.is {
            Declaration::Structured(_) => Ok(declared.name.clone()),
            Declaration::Enum | Declaration::Definition(_) => {
                let message = format!("`{written}` is {}, which has no properties", declared.is.describe());
                Err(Error::at(self.text, at, message))
            }
        }
    }

    /// Whether a resolved name is that of an entity type.
    pub(super) fn is_entity(&self, name: &QualifiedName) -> bool {
        let declared = self.find(name.namespace(), name.name());
        declared.is_some_and(|declared| declared.is == Declaration::Structured(StructuredKind::Entity))
    }

    /// Whether a name is that of an operation or of the container, and of no type.
    pub(super) fn is_no_type(&self, written: &str) -> bool {
        self.split(written).is_some_and(|key| self.others.contains(&key) && self.find(key.0, key.1).is_none())
    }

    /// Whether a written name is that of `name`.
    pub(super) fn is(&self, written: &str, name: &QualifiedName) -> bool {
        self.split(written) == Some((name.namespace(), name.name()))
    }

    fn primitive(&self, written: &str, at: usize) -> Result<Arc<str>> {
        self.primitives.get(written).cloned().ok_or_else(|| {
            let hint = did_you_mean(written, PRIMITIVES.into_iter());
            Error::at(self.text, at, format!("`{}` is no primitive type{hint}", written.escape_debug()))
        })
    }

    fn declared(&self, written: &str, at: usize) -> Result<&Declared> {
        let found = self.split(written).and_then(|(namespace, name)| self.find(namespace, name));
        found.ok_or_else(|| {
            let existing = self.types.values().flat_map(HashMap::values).map(|declared| declared.name.as_str());
            let hint = did_you_mean(written, existing);
            Error::at(self.text, at, format!("`{}` is no type of this document{hint}", written.escape_debug()))
        })
    }

    fn find(&self, namespace: &str, name: &str) -> Option<&Declared> {
        self.types.get(namespace)?.get(name)
    }

    /// A written name as namespace and name. None if nothing has that namespace or alias.
    fn split<'a>(&'a self, written: &'a str) -> Option<(&'a str, &'a str)> {
        let (qualifier, name) = written.rsplit_once('.')?;
        Some((self.namespaces.get(qualifier)?, name))
    }
}
