//! Small models of any shape in which nothing refers to nothing.

use crate::edm::{
    Capabilities, Capability, Container, EnumType, Model, NavigationProperty, Operation, OperationKind, Parameter,
    Property, QualifiedName, StructuredKind, StructuredType, TypeName, TypeRef,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;

/// Any model that a document can have.
pub(super) fn any_model() -> impl Strategy<Value = Model> {
    any_parts().prop_map(|parts| parts.model())
}

/// Namespaces and their aliases.
const NAMESPACES: [(&str, &str); 3] = [("a", "x"), ("a.b", "y"), ("c", "z")];

/// What a model is made of, before it is known what there is to refer to.
#[derive(Clone, Debug)]
struct Parts {
    aliased: [bool; 2],
    types: Vec<TypePart>,
    operations: Vec<OperationPart>,
    /// Whether it is an entity set, and which of the entity types it is of.
    resources: Vec<(bool, Index)>,
    /// Which of the navigation properties and roots something is said of, and whether it can be done.
    capabilities: Vec<(Index, bool)>,
}

#[derive(Clone, Debug)]
struct TypePart {
    namespace: usize,
    sort: Sort,
    base: Option<Index>,
    flags: [bool; 2],
    numbers: Vec<i64>,
    /// Whether they are computed and immutable.
    properties: Vec<(Use, [bool; 2])>,
    /// Whether they contain their targets.
    navigation: Vec<(Use, bool)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sort {
    Enum,
    Structured(StructuredKind),
}

const ENTITY: Sort = Sort::Structured(StructuredKind::Entity);

#[derive(Clone, Debug)]
struct OperationPart {
    namespace: usize,
    kind: OperationKind,
    binding: Use,
    parameters: Vec<Use>,
    returns: Option<Use>,
}

#[derive(Clone, Debug)]
struct Use {
    which: Index,
    collection: bool,
    nullable: bool,
}

prop_compose! {
    fn any_parts()(
        aliased in any::<[bool; 2]>(),
        types in vec(any_type(), 0..8),
        operations in vec(any_operation(), 0..4),
        resources in vec(any::<(bool, Index)>(), 0..4),
        capabilities in vec(any::<(Index, bool)>(), 0..4),
    ) -> Parts {
        Parts { aliased, types, operations, resources, capabilities }
    }
}

prop_compose! {
    fn any_type()(
        namespace in 0..NAMESPACES.len(),
        sort in prop::sample::select(vec![Sort::Enum, Sort::Structured(StructuredKind::Complex), ENTITY]),
        base in any::<Option<Index>>(),
        flags in any::<[bool; 2]>(),
        numbers in vec(any::<i64>(), 0..4),
        properties in vec((any_use(), any::<[bool; 2]>()), 0..4),
        navigation in vec((any_use(), any::<bool>()), 0..3),
    ) -> TypePart {
        TypePart { namespace, sort, base, flags, numbers, properties, navigation }
    }
}

prop_compose! {
    fn any_operation()(
        namespace in 0..NAMESPACES.len(),
        kind in prop::sample::select(vec![OperationKind::Action, OperationKind::Function]),
        binding in any_use(),
        parameters in vec(any_use(), 0..3),
        returns in option::of(any_use()),
    ) -> OperationPart {
        OperationPart { namespace, kind, binding, parameters, returns }
    }
}

prop_compose! {
    fn any_use()(which in any::<Index>(), collection in any::<bool>(), nullable in any::<bool>()) -> Use {
        Use { which, collection, nullable }
    }
}

impl Parts {
    fn model(&self) -> Model {
        let mut model = Model { aliases: self.aliases(), container: self.container(), ..Model::default() };
        for (index, part) in self.types.iter().enumerate() {
            let name = self.type_name(index);
            match part.sort {
                Sort::Enum => _ = model.enums.insert(name, self.enum_type(index, part)),
                Sort::Structured(kind) => _ = model.structured.insert(name, self.structured_type(index, part, kind)),
            }
        }
        model.operations =
            self.operations.iter().enumerate().map(|(index, part)| self.operation(index, part)).collect();
        model.operations.sort_by(|a, b| a.name.namespace().cmp(b.name.namespace()));
        model.capabilities = self.capabilities(&model);
        model
    }

    fn capabilities(&self, model: &Model) -> BTreeMap<(QualifiedName, String), Capabilities> {
        let relations = model
            .structured
            .values()
            .flat_map(|ty| ty.navigation.iter().map(|navigation| (ty.name.clone(), navigation.name.clone())));
        let container = &model.container;
        let roots = container.entity_sets.keys().chain(container.singletons.keys());
        let roots = roots.filter_map(|root| Some((container.name.clone()?, root.clone())));
        let targets: Vec<_> = relations.chain(roots).collect();
        let said = self.capabilities.iter().filter(|_| !targets.is_empty()).map(|(which, can)| {
            let names = ["p0", "p1/p2"].map(str::to_owned);
            let said = [
                ("TopSupported".to_owned(), Capability::Flag(*can)),
                ("FilterRestrictions/Filterable".to_owned(), Capability::Flag(*can)),
                ("FilterRestrictions/NonFilterableProperties".to_owned(), Capability::Names(names.into())),
            ];
            // What cannot be done at all has no exceptions.
            (which.get(&targets).clone(), said.into_iter().take(if *can { 3 } else { 2 }).collect())
        });
        said.collect()
    }

    /// One is always there, since a document needs a schema.
    fn aliases(&self) -> BTreeMap<String, String> {
        let [second, third] = self.aliased;
        let aliased = NAMESPACES.into_iter().zip([true, second, third]).filter(|(_, aliased)| *aliased);
        aliased.map(|((namespace, alias), _)| (alias.to_owned(), namespace.to_owned())).collect()
    }

    fn container(&self) -> Container {
        let entities = self.of_sort(ENTITY, self.types.len());
        if entities.is_empty() {
            return Container::default();
        }
        let mut container = Container { name: Some(QualifiedName::new("a.service")), ..Container::default() };
        for (index, (set, which)) in self.resources.iter().enumerate() {
            let resources = if *set { &mut container.entity_sets } else { &mut container.singletons };
            resources.insert(format!("r{index}"), which.get(&entities).clone());
        }
        container
    }

    fn enum_type(&self, index: usize, part: &TypePart) -> EnumType {
        let members = part.numbers.iter().enumerate().map(|(member, number)| (format!("m{member}"), *number));
        EnumType { name: self.type_name(index), members: members.collect(), flags: part.flags[0], at: 0 }
    }

    fn structured_type(&self, index: usize, part: &TypePart, kind: StructuredKind) -> StructuredType {
        // Only a type that came before can be a base, so that none derives from itself.
        let bases = self.of_sort(part.sort, index);
        let properties = self.properties(index, part);
        let [is_abstract, open] = part.flags;
        let keys = if kind == StructuredKind::Entity { 2 } else { 0 };
        StructuredType {
            name: self.type_name(index),
            kind,
            base: part.base.filter(|_| !bases.is_empty()).map(|which| which.get(&bases).clone()),
            is_abstract,
            open,
            key: properties.iter().take(keys).map(|property| property.name.clone()).collect(),
            properties,
            navigation: self.navigation(index, part),
            at: 0,
        }
    }

    fn properties(&self, index: usize, part: &TypePart) -> Vec<Property> {
        let properties = part.properties.iter().enumerate();
        let property = |(number, (used, [computed, immutable])): (usize, &(Use, [bool; 2]))| Property {
            name: format!("p{index}_{number}"),
            ty: self.type_ref(used),
            computed: *computed,
            immutable: *immutable,
            at: 0,
        };
        properties.map(property).collect()
    }

    fn navigation(&self, index: usize, part: &TypePart) -> Vec<NavigationProperty> {
        let entities = self.of_sort(ENTITY, self.types.len());
        let navigation = part.navigation.iter().filter(|_| !entities.is_empty()).enumerate();
        let property = |(number, (used, contained)): (usize, &(Use, bool))| NavigationProperty {
            name: format!("n{index}_{number}"),
            ty: used.of(TypeName::Defined(used.which.get(&entities).clone())),
            contained: *contained,
            at: 0,
        };
        navigation.map(property).collect()
    }

    fn operation(&self, index: usize, part: &OperationPart) -> Operation {
        let parameters = part.parameters.iter().enumerate();
        Operation {
            name: QualifiedName::new(&format!("{}.o{index}", NAMESPACES[part.namespace].0)),
            kind: part.kind,
            binding: self.type_ref(&part.binding),
            parameters: parameters
                .map(|(index, used)| Parameter { name: format!("a{index}"), ty: self.type_ref(used) })
                .collect(),
            returns: part.returns.as_ref().map(|used| self.type_ref(used)),
            at: 0,
        }
    }

    /// A type of any sort, or a primitive one.
    fn type_ref(&self, used: &Use) -> TypeRef {
        let primitive = ["String", "Int64", "Stream"].map(|name| TypeName::Primitive(name.into()));
        let defined = (0..self.types.len()).map(|index| TypeName::Defined(self.type_name(index)));
        let types: Vec<TypeName> = primitive.into_iter().chain(defined).collect();
        used.of(used.which.get(&types).clone())
    }

    /// The names of the types of a sort, among the first so many.
    fn of_sort(&self, sort: Sort, among: usize) -> Vec<QualifiedName> {
        (0..among).filter(|&index| self.types[index].sort == sort).map(|index| self.type_name(index)).collect()
    }

    fn type_name(&self, index: usize) -> QualifiedName {
        QualifiedName::new(&format!("{}.t{index}", NAMESPACES[self.types[index].namespace].0))
    }
}

impl Use {
    fn of(&self, target: TypeName) -> TypeRef {
        TypeRef { collection: self.collection, target, nullable: self.nullable }
    }
}
