//! From a document to a model: every name is looked up, and what refers to nothing is an error.

mod checks;
mod names;
#[cfg(test)]
mod tests;

use self::names::Names;
use super::{
    Container, EnumType, Model, NavigationProperty, Operation, Parameter, Property, QualifiedName, StructuredKind,
    StructuredType, TypeName, TypeRef,
};
use crate::csdl;
use crate::{Error, Result};

/// Resolves a document. `text` is what it was read from, to say in errors where they are.
///
/// Fails on the first name that refers to nothing or to something of the wrong kind, on names that are declared twice,
/// and on types that derive from themselves.
pub fn resolve(document: &csdl::Document<'_>, text: &[u8]) -> Result<Model> {
    let names = Names::of(document, text)?;
    let mut model = Model { aliases: names.aliases(), ..Model::default() };
    for schema in &document.schemas {
        Resolver { names: &names, schema, text }.add_to(&mut model)?;
    }
    // In a document that was written from a model, namespaces are sorted. Sorted here too, the two are the same.
    model.operations.sort_by(|a, b| a.name.namespace().cmp(b.name.namespace()));
    checks::bases(&model, text)?;
    checks::redeclarations(&model, text)?;
    for schema in &document.schemas {
        let resolver = Resolver { names: &names, schema, text };
        resolver.check_keys(&model)?;
        resolver.annotate(&mut model)?;
    }
    Ok(model)
}

/// What resolves the names in one schema.
struct Resolver<'d> {
    names: &'d Names<'d>,
    schema: &'d csdl::Schema<'d>,
    text: &'d [u8],
}

impl Resolver<'_> {
    fn add_to(&self, model: &mut Model) -> Result<()> {
        for ty in &self.schema.enums {
            let ty = self.enum_type(ty)?;
            model.enums.insert(ty.name.clone(), ty);
        }
        for ty in &self.schema.structured {
            let ty = self.structured_type(ty)?;
            model.structured.insert(ty.name.clone(), ty);
        }
        for operation in &self.schema.operations {
            model.operations.extend(self.operation(operation)?);
        }
        for container in &self.schema.containers {
            if let Some(first) = &model.container.name {
                let message = format!("a second EntityContainer, after `{first}`: a service has one");
                return Err(Error::at(self.text, container.at, message));
            }
            model.container = self.container(container)?;
        }
        Ok(())
    }

    fn enum_type(&self, ty: &csdl::EnumType<'_>) -> Result<EnumType> {
        checks::distinct(self.text, "member", ty.members.iter().map(|member| (&*member.name, member.at)))?;
        Ok(EnumType {
            name: self.name(&ty.name),
            members: ty.members.iter().map(|member| (member.name.to_string(), member.value)).collect(),
            flags: ty.flags,
            at: ty.at,
        })
    }

    fn structured_type(&self, ty: &csdl::StructuredType<'_>) -> Result<StructuredType> {
        let properties = ty.properties.iter().map(|property| (&*property.name, property.ty.at));
        let navigation = ty.navigation.iter().map(|navigation| (&*navigation.name, navigation.ty.at));
        checks::distinct(self.text, "property", properties.chain(navigation))?;
        Ok(StructuredType {
            name: self.name(&ty.name),
            kind: ty.kind,
            base: ty.base.as_deref().map(|base| self.names.structured(base, ty.kind, ty.at)).transpose()?,
            is_abstract: ty.is_abstract,
            open: ty.open,
            key: ty.key.iter().map(|key| key.name.to_string()).collect(),
            properties: ty.properties.iter().map(|property| self.property(property)).collect::<Result<_>>()?,
            navigation: ty.navigation.iter().map(|navigation| self.navigation(navigation)).collect::<Result<_>>()?,
            at: ty.at,
        })
    }

    fn property(&self, property: &csdl::Property<'_>) -> Result<Property> {
        Ok(Property {
            name: property.name.to_string(),
            ty: self.names.type_ref(&property.ty)?,
            computed: property.marks.computed,
            immutable: property.marks.immutable,
            at: property.ty.at,
        })
    }

    fn navigation(&self, navigation: &csdl::NavigationProperty<'_>) -> Result<NavigationProperty> {
        let (name, at) = (navigation.name.to_string(), navigation.ty.at);
        let ty = self.names.type_ref(&navigation.ty)?;
        if let TypeName::Defined(target) = &ty.target
            && self.names.is_entity(target)
        {
            return Ok(NavigationProperty { name, ty, contained: navigation.contained, at });
        }
        let message =
            format!("the navigation property `{name}` leads to `{}`, not to an entity type", navigation.ty.written);
        Err(Error::at(self.text, at, message))
    }

    /// Unbound operations are checked like bound ones, but not kept.
    fn operation(&self, operation: &csdl::Operation<'_>) -> Result<Option<Operation>> {
        let returns = operation.returns.as_ref().map(|returns| self.names.type_ref(returns)).transpose()?;
        let mut rest = operation.parameters.iter();
        let binding = if operation.bound { Some(self.binding(operation, rest.next())?) } else { None };
        checks::distinct(self.text, "parameter", rest.clone().map(|parameter| (&*parameter.name, parameter.ty.at)))?;
        let parameters = rest.map(|parameter| self.parameter(parameter)).collect::<Result<_>>()?;
        Ok(binding.map(|binding| Operation {
            name: self.name(&operation.name),
            kind: operation.kind,
            binding,
            parameters,
            returns,
            at: operation.at,
        }))
    }

    fn binding(&self, operation: &csdl::Operation<'_>, first: Option<&csdl::Parameter<'_>>) -> Result<TypeRef> {
        let Some(first) = first else {
            let message = format!("the operation `{}` is bound, but has no Parameter to be bound to", operation.name);
            return Err(Error::at(self.text, operation.at, message));
        };
        self.names.type_ref(&first.ty)
    }

    fn parameter(&self, parameter: &csdl::Parameter<'_>) -> Result<Parameter> {
        Ok(Parameter { name: parameter.name.to_string(), ty: self.names.type_ref(&parameter.ty)? })
    }

    fn container(&self, container: &csdl::EntityContainer<'_>) -> Result<Container> {
        let resources = container.entity_sets.iter().chain(&container.singletons);
        let names = resources.map(|resource| (&*resource.name, resource.at));
        checks::distinct(self.text, "entity set or singleton", names)?;
        let resolve = |resource: &csdl::Resource<'_>| {
            let ty = self.names.structured(&resource.ty, StructuredKind::Entity, resource.at)?;
            Ok((resource.name.to_string(), ty))
        };
        Ok(Container {
            name: Some(self.name(&container.name)),
            entity_sets: container.entity_sets.iter().map(resolve).collect::<Result<_>>()?,
            singletons: container.singletons.iter().map(resolve).collect::<Result<_>>()?,
        })
    }

    /// Keys name properties, which may be inherited ones.
    fn check_keys(&self, model: &Model) -> Result<()> {
        for ty in self.schema.structured.iter().filter(|ty| !ty.key.is_empty()) {
            let name = self.name(&ty.name);
            for key in &ty.key {
                checks::has_member(model, &name, &key.name).map_err(|error| error.or_at(self.text, key.at))?;
            }
        }
        Ok(())
    }

    /// Applies the annotations: those inside what they are of, and those that stand apart.
    fn annotate(&self, model: &mut Model) -> Result<()> {
        for ty in &self.schema.structured {
            for navigation in &ty.navigation {
                capable(model, self.name(&ty.name), &navigation.name, &navigation.capabilities);
            }
        }
        for container in &self.schema.containers {
            for resource in container.entity_sets.iter().chain(&container.singletons) {
                capable(model, self.name(&container.name), &resource.name, &resource.capabilities);
            }
        }
        for annotations in &self.schema.annotations {
            // `type/property` concerns a property for good, `container/set` a root. A type alone, or a property as seen
            // through another one or an operation, is nothing that a model knows of.
            let Some((owner, name)) = annotations.target.split_once('/') else { continue };
            if name.contains('/') || owner.contains('(') {
                continue;
            }
            if self.names.is_no_type(owner) {
                self.annotate_root(model, owner, name, &annotations.capabilities);
                continue;
            }
            // What can be done is said of many things, and some of them are not there.
            let is_marked = annotations.marks != csdl::Marks::default();
            let owner = match self.names.any_structured(owner, annotations.at) {
                Err(_) if !is_marked => continue,
                owner => owner?,
            };
            let ty = model.structured.get_mut(&owner);
            let own = ty.and_then(|ty| ty.properties.iter_mut().find(|property| property.name == name));
            if let Some(property) = own {
                property.computed |= annotations.marks.computed;
                property.immutable |= annotations.marks.immutable;
            } else if is_marked {
                checks::has_member(model, &owner, name).map_err(|error| error.or_at(self.text, annotations.at))?;
            }
            let leads_on = |ty: &StructuredType| ty.navigation.iter().any(|navigation| navigation.name == name);
            if model.structured.get(&owner).is_some_and(leads_on) {
                capable(model, owner, name, &annotations.capabilities);
            }
        }
        Ok(())
    }

    /// What can be done with an entity set or a singleton of the container.
    fn annotate_root(&self, model: &mut Model, owner: &str, name: &str, capabilities: &csdl::Capabilities) {
        let container = &model.container;
        let is_root = container.entity_sets.contains_key(name) || container.singletons.contains_key(name);
        let of = container.name.clone().filter(|container| self.names.is(owner, container));
        if let Some(of) = of.filter(|_| is_root) {
            capable(model, of, name, capabilities);
        }
    }

    fn name(&self, name: &str) -> QualifiedName {
        QualifiedName::new(&format!("{}.{name}", self.schema.namespace))
    }
}

/// Takes note of what can be done with what lives at `name` of `owner`.
fn capable(model: &mut Model, owner: QualifiedName, name: &str, capabilities: &csdl::Capabilities) {
    if !capabilities.is_empty() {
        let known = model.capabilities.entry((owner, name.to_owned())).or_default();
        known.extend(capabilities.iter().map(|(term, value)| (term.clone(), value.clone())));
    }
}
