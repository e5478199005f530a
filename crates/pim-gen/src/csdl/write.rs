//! From a model to a document: the same model, the same bytes.

use super::annotations::CAPABILITIES;
use crate::edm::{
    Capabilities, Capability, Container, EnumType, Model, NavigationProperty, Operation, OperationKind, Property,
    QualifiedName, StructuredKind, StructuredType, TypeName, TypeRef,
};
use quick_xml::escape::escape;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A model as a CSDL document: namespaces and types sorted by name, all else in the order of the model.
///
/// Read and resolved again, the document is the same model, [`without_positions`](Model::without_positions), and
/// written again the same document. So much holds of every model that comes from a document, and of what is left of one
/// when types, properties or operations are taken away that nothing refers to. One exception: a model without any
/// namespace makes a document without any schema, which does not read.
#[must_use]
pub fn write(model: &Model) -> String {
    let writer =
        Writer { model, aliases: model.aliases.iter().map(|(alias, namespace)| (&**namespace, &**alias)).collect() };
    let mut xml = Xml { out: String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), depth: 0 };
    let root = [("Version", "4.0".into()), ("xmlns:edmx", "http://docs.oasis-open.org/odata/ns/edmx".into())];
    xml.element("edmx:Edmx", root, |xml| {
        xml.element("edmx:DataServices", [], |xml| {
            for namespace in writer.namespaces() {
                writer.schema(xml, namespace);
            }
        });
    });
    xml.out
}

impl Model {
    /// The same model, from no place in particular: what can be compared with a model that was read from another
    /// document.
    #[must_use]
    pub fn without_positions(mut self) -> Self {
        self.enums.values_mut().for_each(|ty| ty.at = 0);
        self.operations.iter_mut().for_each(|operation| operation.at = 0);
        for ty in self.structured.values_mut() {
            ty.at = 0;
            ty.properties.iter_mut().for_each(|property| property.at = 0);
            ty.navigation.iter_mut().for_each(|navigation| navigation.at = 0);
        }
        self
    }
}

struct Writer<'m> {
    model: &'m Model,
    /// Aliases by namespace.
    aliases: BTreeMap<&'m str, &'m str>,
}

impl<'m> Writer<'m> {
    /// The namespaces that declare something, and those that have an alias.
    fn namespaces(&self) -> BTreeSet<&'m str> {
        let enums = self.model.enums.keys();
        let structured = self.model.structured.keys();
        let operations = self.model.operations.iter().map(|operation| &operation.name);
        let names = enums.chain(structured).chain(operations).chain(&self.model.container.name);
        names.map(QualifiedName::namespace).chain(self.aliases.keys().copied()).collect()
    }

    fn schema(&self, xml: &mut Xml, namespace: &str) {
        let alias = self.aliases.get(namespace).map(|alias| ("Alias", Cow::from(*alias)));
        let attributes = std::iter::once(("Namespace", namespace.into()))
            .chain(alias)
            .chain([("xmlns", "http://docs.oasis-open.org/odata/ns/edm".into())]);
        let here = |name: &QualifiedName| name.namespace() == namespace;
        xml.element("Schema", attributes, |xml| {
            for ty in self.model.enums.values().filter(|ty| here(&ty.name)) {
                enum_type(xml, ty);
            }
            for kind in [StructuredKind::Complex, StructuredKind::Entity] {
                for ty in self.model.structured.values().filter(|ty| ty.kind == kind && here(&ty.name)) {
                    self.structured_type(xml, ty);
                }
            }
            for operation in self.model.operations.iter().filter(|operation| here(&operation.name)) {
                self.operation(xml, operation);
            }
            if let Some(name) = self.model.container.name.as_ref().filter(|name| here(name)) {
                self.container(xml, name, &self.model.container);
            }
            for ((owner, name), capabilities) in self.model.capabilities.iter().filter(|((owner, _), _)| here(owner)) {
                let target = format!("{owner}/{name}");
                xml.element("Annotations", [("Target", target.into())], |xml| self::capabilities(xml, capabilities));
            }
        });
    }

    fn structured_type(&self, xml: &mut Xml, ty: &StructuredType) {
        let element = match ty.kind {
            StructuredKind::Complex => "ComplexType",
            StructuredKind::Entity => "EntityType",
        };
        let base = ty.base.as_ref().map(|base| ("BaseType", self.type_name(base).into()));
        let attributes = std::iter::once(("Name", ty.name.name().into()))
            .chain(base)
            .chain(flag("Abstract", ty.is_abstract))
            .chain(flag("OpenType", ty.open));
        xml.element(element, attributes, |xml| {
            if !ty.key.is_empty() {
                xml.element("Key", [], |xml| {
                    ty.key.iter().for_each(|name| xml.leaf("PropertyRef", [("Name", name.into())]));
                });
            }
            ty.properties.iter().for_each(|property| self.property(xml, property));
            ty.navigation.iter().for_each(|navigation| self.navigation(xml, navigation));
        });
    }

    fn property(&self, xml: &mut Xml, property: &Property) {
        xml.element("Property", self.name_and_type(&property.name, &property.ty), |xml| {
            let terms = [("Computed", property.computed), ("Immutable", property.immutable)];
            for (term, _) in terms.into_iter().filter(|(_, holds)| *holds) {
                let term = format!("Org.OData.Core.V1.{term}").into();
                xml.leaf("Annotation", [("Term", term), ("Bool", "true".into())]);
            }
        });
    }

    fn navigation(&self, xml: &mut Xml, navigation: &NavigationProperty) {
        let attributes = self.name_and_type(&navigation.name, &navigation.ty);
        xml.leaf("NavigationProperty", attributes.chain(flag("ContainsTarget", navigation.contained)));
    }

    fn operation(&self, xml: &mut Xml, operation: &Operation) {
        let element = match operation.kind {
            OperationKind::Action => "Action",
            OperationKind::Function => "Function",
        };
        let attributes = [("Name", operation.name.name().into()), ("IsBound", "true".into())];
        xml.element(element, attributes, |xml| {
            xml.leaf("Parameter", self.name_and_type("bindingParameter", &operation.binding));
            for parameter in &operation.parameters {
                xml.leaf("Parameter", self.name_and_type(&parameter.name, &parameter.ty));
            }
            if let Some(ty) = &operation.returns {
                xml.leaf("ReturnType", self.used_type(ty));
            }
        });
    }

    fn container(&self, xml: &mut Xml, name: &QualifiedName, container: &Container) {
        xml.element("EntityContainer", [("Name", name.name().into())], |xml| {
            for (name, ty) in &container.entity_sets {
                xml.leaf("EntitySet", [("Name", name.into()), ("EntityType", self.type_name(ty).into())]);
            }
            for (name, ty) in &container.singletons {
                xml.leaf("Singleton", [("Name", name.into()), ("Type", self.type_name(ty).into())]);
            }
        });
    }

    fn name_and_type<'x>(&self, name: &'x str, ty: &'x TypeRef) -> impl Iterator<Item = Attribute<'x>> + use<'x> {
        std::iter::once(("Name", name.into())).chain(self.used_type(ty))
    }

    fn used_type<'x>(&self, ty: &TypeRef) -> impl Iterator<Item = Attribute<'x>> + use<'x> {
        let name = match &ty.target {
            TypeName::Primitive(name) => format!("Edm.{name}"),
            TypeName::Defined(name) => self.type_name(name),
        };
        let written = if ty.collection { format!("Collection({name})") } else { name };
        let not_nullable = (!ty.nullable).then_some(("Nullable", "false".into()));
        std::iter::once(("Type", written.into())).chain(not_nullable)
    }

    /// A name with the alias of its namespace, if it has one.
    fn type_name(&self, name: &QualifiedName) -> String {
        let qualifier = self.aliases.get(name.namespace()).copied().unwrap_or(name.namespace());
        format!("{qualifier}.{}", name.name())
    }
}

fn enum_type(xml: &mut Xml, ty: &EnumType) {
    let attributes = std::iter::once(("Name", ty.name.name().into())).chain(flag("IsFlags", ty.flags));
    xml.element("EnumType", attributes, |xml| {
        for (name, value) in &ty.members {
            xml.leaf("Member", [("Name", name.into()), ("Value", value.to_string().into())]);
        }
    });
}

/// One annotation for each term: a flag, or a record of flags and lists.
fn capabilities(xml: &mut Xml, capabilities: &Capabilities) {
    let terms: BTreeSet<_> =
        capabilities.keys().map(|key| key.split_once('/').map_or(&**key, |(term, _)| term)).collect();
    for term in terms {
        let name = ("Term", Cow::from(format!("{CAPABILITIES}{term}")));
        let flag = |value: &Capability| match value {
            Capability::Flag(value) => Some(("Bool", Cow::from(value.to_string()))),
            Capability::Names(_) => None,
        };
        let whole = capabilities.get(term).and_then(flag);
        let parts =
            capabilities.iter().filter_map(|(key, value)| Some((key.strip_prefix(term)?.strip_prefix('/')?, value)));
        let parts: Vec<_> = parts.collect();
        xml.element("Annotation", std::iter::once(name).chain(whole), |xml| {
            if parts.is_empty() {
                return;
            }
            xml.element("Record", [], |xml| {
                for (part, value) in parts {
                    let attributes = std::iter::once(("Property", part.into())).chain(flag(value));
                    xml.element("PropertyValue", attributes, |xml| names(xml, value));
                }
            });
        });
    }
}

fn names(xml: &mut Xml, value: &Capability) {
    let Capability::Names(names) = value else { return };
    xml.element("Collection", [], |xml| {
        for name in names {
            xml.line(&["<PropertyPath>", name, "</PropertyPath>\n"]);
        }
    });
}

type Attribute<'x> = (&'static str, Cow<'x, str>);

/// An attribute that is only written when it is true.
fn flag<'x>(name: &'static str, value: bool) -> Option<Attribute<'x>> {
    value.then_some((name, "true".into()))
}

/// Indented XML.
struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    fn leaf<'x>(&mut self, name: &str, attributes: impl IntoIterator<Item = Attribute<'x>>) {
        self.element(name, attributes, |_| {});
    }

    fn element<'x>(
        &mut self,
        name: &str,
        attributes: impl IntoIterator<Item = Attribute<'x>>,
        children: impl FnOnce(&mut Self),
    ) {
        self.line(&["<", name]);
        for (name, value) in attributes {
            self.push(&[" ", name, "=\"", &escape(value), "\""]);
        }
        let tag_end = self.out.len();
        self.out.push_str(">\n");
        let content = self.out.len();

        self.depth += 1;
        children(self);
        self.depth -= 1;

        if self.out.len() > content {
            self.line(&["</", name, ">\n"]);
        } else {
            self.out.truncate(tag_end);
            self.out.push_str(" />\n");
        }
    }

    fn line(&mut self, parts: &[&str]) {
        self.out.extend(std::iter::repeat_n("  ", self.depth));
        self.push(parts);
    }

    fn push(&mut self, parts: &[&str]) {
        self.out.extend(parts.iter().copied());
    }
}
