//! What is written is canonical, and reads as what it was written from.

use super::*;
use crate::edm::{self, Model, Operation, Parameter, Property, QualifiedName, StructuredType, TypeName, TypeRef};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

fn model(text: &str) -> Model {
    edm::resolve(&read(text.as_bytes()).unwrap(), text.as_bytes()).unwrap()
}

#[test]
fn a_document_is_sorted_indented_and_without_what_the_model_does_not_have() {
    let text = document(
        r#"<Schema Namespace="z"><EntityType Name="only" BaseType="graph.user" OpenType="true"/></Schema>
        <Schema Namespace="microsoft.graph" Alias="graph">
            <Function Name="count" IsBound="true" IsComposable="true">
                <Parameter Name="users" Type="Collection(graph.user)" Nullable="false"/>
                <Parameter Name="since" Type="microsoft.graph.day" Unicode="false"/>
                <ReturnType Type="Edm.Int32" Nullable="false"/>
            </Function>
            <Action Name="unbound"/>
            <TypeDefinition Name="day" UnderlyingType="Edm.Date"/>
            <EntityContainer Name="service"><Singleton Name="me" Type="graph.user"/>
                <EntitySet Name="users" EntityType="graph.user"/></EntityContainer>
            <EntityType Name="user" Abstract="true" HasStream="true"><Key><PropertyRef Name="id"/></Key>
                <Property Name="name" Type="graph.name"/><Property Name="id" Type="Edm.String" Nullable="false"/>
                <NavigationProperty Name="friends" Type="Collection(graph.user)" ContainsTarget="true"/></EntityType>
            <ComplexType Name="name"><Property Name="kinds" Type="Collection(graph.kind)" Nullable="false"/></ComplexType>
            <EnumType Name="kind" IsFlags="true"><Member Name="first"/><Member Name="last" Value="4"/></EnumType>
            <Annotations Target="microsoft.graph.user/id">
                <Annotation Term="Org.OData.Core.V1.Description" String="The key."/>
                <Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>
                <Annotation Term="Org.OData.Core.V1.Immutable" Bool="true"/>
            </Annotations>
        </Schema>"#,
    );
    insta::assert_snapshot!(write(&model(&text)), @r#""#);
}

#[test]
fn a_namespace_with_nothing_left_keeps_its_alias() {
    let text = document(r#"<Schema Namespace="a" Alias="b"/>"#);
    let written = write(&model(&text));
    assert!(written.contains(r#"<Schema Namespace="a" Alias="b" xmlns="http://docs.oasis-open.org/odata/ns/edm" />"#));
}

#[test]
fn the_name_of_a_binding_parameter_is_free_for_another_parameter() {
    let text = schema(
        r#"<EntityType Name="e"/><Action Name="a" IsBound="true"><Parameter Name="this" Type="graph.e"/>
        <Parameter Name="bindingParameter" Type="graph.e"/></Action>"#,
    );
    assert_law(&model(&text));
}

proptest! {
    #[test]
    fn what_is_written_reads_as_the_same_model(model in any_model()) {
        assert_law(&model);
    }
}

fn assert_law(model: &Model) {
    let written = write(model);
    let again = self::model(&written);
    assert_eq!(write(&again), written);
    assert_eq!(again.without_positions(), model.clone().without_positions());
}

const NAMESPACES: [(&str, &str); 3] = [("a", "x"), ("a.b", "y"), ("c", "z")];

/// A use of a type: which, and whether it is a collection, and nullable.
type Use = (Index, bool, bool);

#[derive(Clone, Debug)]
struct AnyType {
    namespace: usize,
    /// What it is: an enumeration, a complex type, an entity type.
    sort: usize,
    base: Option<Index>,
    flags: [bool; 2],
    numbers: Vec<i64>,
    properties: Vec<(Use, [bool; 2])>,
    navigation: Vec<(Use, bool)>,
}

#[derive(Clone, Debug)]
struct AnyOperation {
    namespace: usize,
    action: bool,
    /// The binding parameter and the others.
    parameters: Vec<Use>,
    returns: Option<Use>,
}

fn any_use() -> impl Strategy<Value = Use> {
    any::<Use>()
}

prop_compose! {
    fn any_type()(
        namespace in 0..3_usize,
        sort in 0..3_usize,
        base in any::<Option<Index>>(),
        flags in any::<[bool; 2]>(),
        numbers in vec(any::<i64>(), 0..4),
        properties in vec((any_use(), any::<[bool; 2]>()), 0..4),
        navigation in vec((any_use(), any::<bool>()), 0..3),
    ) -> AnyType {
        AnyType { namespace, sort, base, flags, numbers, properties, navigation }
    }
}

prop_compose! {
    fn any_operation()(
        namespace in 0..3_usize,
        action in any::<bool>(),
        parameters in vec(any_use(), 1..4),
        returns in option::of(any_use()),
    ) -> AnyOperation {
        AnyOperation { namespace, action, parameters, returns }
    }
}

prop_compose! {
    fn any_model()(
        aliased in any::<[bool; 2]>(),
        types in vec(any_type(), 0..8),
        operations in vec(any_operation(), 0..4),
        resources in vec((any::<bool>(), any::<Index>()), 0..4),
    ) -> Model {
        build(aliased, &types, &operations, &resources)
    }
}

fn build(aliased: [bool; 2], types: &[AnyType], operations: &[AnyOperation], resources: &[(bool, Index)]) -> Model {
    let mut model = Model::default();
    // One is always there, since a document needs a schema.
    for (namespace, alias) in
        NAMESPACES.into_iter().zip([true, aliased[0], aliased[1]]).filter(|(_, kept)| *kept).map(|(names, _)| names)
    {
        model.aliases.insert(alias.to_owned(), namespace.to_owned());
    }
    let names: Vec<QualifiedName> = (types.iter().enumerate())
        .map(|(index, ty)| QualifiedName::new(&format!("{}.t{index}", NAMESPACES[ty.namespace].0)))
        .collect();
    let entities: Vec<&QualifiedName> =
        names.iter().zip(types).filter(|(_, ty)| ty.sort == 2).map(|(name, _)| name).collect();
    let used = |(which, collection, nullable): &Use| {
        let primitives = ["String", "Int64", "Stream"].map(|name| TypeName::Primitive(name.into()));
        let all: Vec<TypeName> = primitives.into_iter().chain(names.iter().cloned().map(TypeName::Defined)).collect();
        TypeRef { collection: *collection, target: which.get(&all).clone(), nullable: *nullable }
    };
    for (index, ty) in types.iter().enumerate() {
        let name = names[index].clone();
        if ty.sort == 0 {
            let members = ty.numbers.iter().enumerate().map(|(index, number)| (format!("m{index}"), *number)).collect();
            model.enums.insert(name.clone(), edm::EnumType { name, members, flags: ty.flags[0], at: 0 });
            continue;
        }
        // Only what came before can be a base, so that no type derives from itself.
        let bases: Vec<&QualifiedName> =
            (0..index).filter(|&base| types[base].sort == ty.sort).map(|base| &names[base]).collect();
        let base = ty.base.filter(|_| !bases.is_empty()).map(|base| (*base.get(&bases)).clone());
        let properties: Vec<Property> = (ty.properties.iter().enumerate())
            .map(|(number, (ty, [computed, immutable]))| Property {
                name: format!("p{index}_{number}"),
                ty: used(ty),
                computed: *computed,
                immutable: *immutable,
                at: 0,
            })
            .collect();
        let navigation = if entities.is_empty() { &[][..] } else { &ty.navigation };
        let navigation = (navigation.iter().enumerate())
            .map(|(number, ((which, collection, nullable), contained))| edm::NavigationProperty {
                name: format!("n{index}_{number}"),
                ty: TypeRef {
                    collection: *collection,
                    target: TypeName::Defined((*which.get(&entities)).clone()),
                    nullable: *nullable,
                },
                contained: *contained,
                at: 0,
            })
            .collect();
        let kind = if ty.sort == 1 { StructuredKind::Complex } else { StructuredKind::Entity };
        let key = properties.iter().filter(|_| ty.sort == 2).take(2).map(|property| property.name.clone()).collect();
        let [is_abstract, open] = ty.flags;
        model.structured.insert(
            name.clone(),
            StructuredType { name, kind, base, is_abstract, open, key, properties, navigation, at: 0 },
        );
    }
    for (index, operation) in operations.iter().enumerate() {
        let parameters = operation.parameters.iter().enumerate();
        model.operations.push(Operation {
            name: QualifiedName::new(&format!("{}.o{index}", NAMESPACES[operation.namespace].0)),
            kind: if operation.action { OperationKind::Action } else { OperationKind::Function },
            binding: used(&operation.parameters[0]),
            parameters: parameters
                .skip(1)
                .map(|(index, ty)| Parameter { name: format!("a{index}"), ty: used(ty) })
                .collect(),
            returns: operation.returns.as_ref().map(used),
            at: 0,
        });
    }
    model.operations.sort_by(|a, b| a.name.namespace().cmp(b.name.namespace()));
    if !entities.is_empty() {
        model.container.name = Some(QualifiedName::new("a.service"));
        for (index, (set, ty)) in resources.iter().enumerate() {
            let resources = if *set { &mut model.container.entity_sets } else { &mut model.container.singletons };
            resources.insert(format!("r{index}"), (*ty.get(&entities)).clone());
        }
    }
    model
}
