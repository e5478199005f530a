//! Documents that are read, and what is found in them.

use super::*;

fn only_schema(text: &str) -> Schema<'_> {
    let mut document = read(text.as_bytes()).unwrap();
    assert_eq!(document.schemas.len(), 1);
    document.schemas.remove(0)
}

#[test]
fn a_schema_has_a_namespace_and_perhaps_an_alias() {
    let text = document(r#"<Schema Namespace="a.b" Alias="b"/><Schema Namespace="c"/>"#);
    let document = read(text.as_bytes()).unwrap();
    let names: Vec<_> = document.schemas.iter().map(|schema| (&*schema.namespace, schema.alias.as_deref())).collect();
    assert_eq!(names, [("a.b", Some("b")), ("c", None)]);
}

#[test]
fn a_member_without_a_value_is_one_more_than_the_one_before() {
    let text = schema(
        r#"<EnumType Name="e" IsFlags="true">
            <Member Name="a"/><Member Name="b"/><Member Name="c" Value="-7"/><Member Name="d"/>
        </EnumType>"#,
    );
    let schema = only_schema(&text);
    let members: Vec<_> = schema.enums[0].members.iter().map(|member| (&*member.name, member.value)).collect();
    assert_eq!(members, [("a", 0), ("b", 1), ("c", -7), ("d", -6)]);
    assert!(schema.enums[0].flags);
}

#[test]
fn a_type_has_properties_of_two_sorts_and_perhaps_a_key() {
    let text = schema(
        r#"<EntityType Name="e" BaseType="graph.b" Abstract="true" OpenType="true">
            <Key><PropertyRef Name="id"/></Key>
            <Property Name="id" Type="Edm.String" Nullable="false"/>
            <NavigationProperty Name="others" Type="Collection(graph.e)" ContainsTarget="true"/>
        </EntityType>"#,
    );
    let ty = &only_schema(&text).structured[0];
    assert_eq!((ty.kind, ty.base.as_deref()), (StructuredKind::Entity, Some("graph.b")));
    assert!(ty.is_abstract && ty.open);
    assert_eq!(ty.key[0].name, "id");
    assert_eq!((&*ty.properties[0].ty.written, ty.properties[0].ty.nullable), ("Edm.String", false));
    assert_eq!((&*ty.navigation[0].ty.written, ty.navigation[0].ty.nullable), ("Collection(graph.e)", true));
    assert!(ty.navigation[0].contained);
}

#[test]
fn an_operation_has_parameters_and_perhaps_a_result() {
    let text = schema(
        r#"<Function Name="f" IsBound="true"><Parameter Name="on" Type="graph.e"/>
            <ReturnType Type="Edm.Int32"/></Function>
        <Action Name="a"/>"#,
    );
    let operations = &only_schema(&text).operations;
    assert_eq!((operations[0].kind, operations[0].bound), (OperationKind::Function, true));
    assert_eq!(operations[0].parameters[0].name, "on");
    assert_eq!(operations[0].returns.as_ref().unwrap().written, "Edm.Int32");
    assert_eq!(
        (operations[1].kind, operations[1].bound, &operations[1].returns),
        (OperationKind::Action, false, &None)
    );
}

#[test]
fn the_container_has_entity_sets_and_singletons() {
    let text = schema(
        r#"<EntityContainer Name="c"><EntitySet Name="users" EntityType="graph.user"><Foo/></EntitySet>
        <Singleton Name="me" Type="graph.user"/></EntityContainer>"#,
    );
    let container = &only_schema(&text).containers[0];
    assert_eq!((&*container.entity_sets[0].name, &*container.entity_sets[0].ty), ("users", "graph.user"));
    assert_eq!((&*container.singletons[0].name, &*container.singletons[0].ty), ("me", "graph.user"));
}

/// The marks of a property that has this inside.
fn marks_of(annotation: &str) -> (bool, bool) {
    let text = schema(&format!(
        r#"<ComplexType Name="c"><Property Name="p" Type="Edm.String">{annotation}</Property></ComplexType>"#
    ));
    let marks = only_schema(&text).structured[0].properties[0].marks;
    (marks.computed, marks.immutable)
}

#[test]
fn a_property_is_computed_or_immutable_where_an_annotation_says_so() {
    assert_eq!(marks_of(r#"<Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>"#), (true, false));
    assert_eq!(marks_of(r#"<Annotation Term="Org.OData.Core.V1.Immutable"/>"#), (false, true));
    assert_eq!(marks_of(r#"<Annotation Term="Org.OData.Core.V1.Computed" Bool="false"/>"#), (false, false));
    assert_eq!(marks_of(r#"<Annotation Term="Org.OData.Core.V1.Description" String="Computed"/>"#), (false, false));
}

#[test]
fn a_property_is_computed_where_it_may_only_be_read() {
    let permissions =
        |inside: &str| marks_of(&format!(r#"<Annotation Term="Org.OData.Core.V1.Permissions"{inside}"#)).0;
    assert!(permissions(r#" EnumMember="Org.OData.Core.V1.Permission/Read"/>"#));
    assert!(permissions("><EnumMember>\n Org.OData.Core.V1.Permission/Read\n</EnumMember></Annotation>"));
    assert!(!permissions("><EnumMember>Org.OData.Core.V1.Permission/Write</EnumMember></Annotation>"));
    assert!(!permissions("><EnumMember/></Annotation>"));
    assert!(!permissions("/>"));
}

#[test]
fn annotations_can_stand_apart_from_what_they_are_of() {
    let text = schema(
        r#"<Annotations Target="graph.a/b"><Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Annotations>
        <Annotations Target="graph.a/c"><Annotation Term="Org.OData.Core.V1.Description" String="C"/></Annotations>"#,
    );
    let schema = only_schema(&text);
    assert_eq!(schema.annotations.len(), 1);
    assert_eq!(schema.annotations[0].target, "graph.a/b");
    assert!(schema.annotations[0].marks.computed);
}

#[test]
fn what_can_be_done_is_said_by_flags_and_lists_inside_an_element_or_apart_from_it() {
    let said = r#"<Annotation Term="Org.OData.Capabilities.V1.TopSupported" Bool="false" />
        <Annotation Term="Org.OData.Capabilities.V1.SkipSupported" />
        <Annotation Term="Org.OData.Capabilities.V1.ExpandRestrictions"><Record>
            <PropertyValue Property="Expandable" Bool="true" />
            <PropertyValue Property="NonExpandableProperties"><Collection>
                <NavigationPropertyPath>members</NavigationPropertyPath><PropertyPath>a/b</PropertyPath>
            </Collection></PropertyValue>
            <PropertyValue Property="Description" String="words" />
        </Record></Annotation>"#;
    let text = document(&format!(
        r#"<Schema Namespace="a"><EntityType Name="t"><NavigationProperty Name="n" Type="a.t">{said}</NavigationProperty></EntityType>
        <EntityContainer Name="c"><EntitySet Name="s" EntityType="a.t">{said}</EntitySet></EntityContainer>
        <Annotations Target="a.t/n">{said}</Annotations></Schema>"#
    ));
    let schema = only_schema(&text);
    let names = ["a/b", "members"].map(str::to_owned);
    let expected = [
        ("ExpandRestrictions/Expandable", Capability::Flag(true)),
        ("ExpandRestrictions/NonExpandableProperties", Capability::Names(names.into())),
        ("SkipSupported", Capability::Flag(true)),
        ("TopSupported", Capability::Flag(false)),
    ];
    let expected: Capabilities = expected.into_iter().map(|(term, said)| (term.to_owned(), said)).collect();
    assert_eq!(schema.structured[0].navigation[0].capabilities, expected);
    assert_eq!(schema.containers[0].entity_sets[0].capabilities, expected);
    assert_eq!(schema.annotations[0].capabilities, expected);
}

#[test]
fn what_has_no_meaning_here_is_skipped_with_all_that_is_in_it() {
    let text = schema(
        r#"<!-- <EnumType/> --><?pi?><Term Name="t"/><Function Name="f"><Annotation><Parameter/></Annotation></Function>
        <ComplexType Name="c" New="1"><Record><Property/></Record>
            text &amp; more<![CDATA[<Property/>]]></ComplexType>"#,
    );
    let schema = only_schema(&text);
    assert!(schema.operations[0].parameters.is_empty());
    assert!(schema.structured[0].properties.is_empty());
}

#[test]
fn names_are_slices_of_the_input_unless_they_are_escaped() {
    let text = schema(r#"<EnumType Name="plain"/><EnumType Name='esc&#97;ped'/>"#);
    let schema = only_schema(&text);
    assert!(matches!(schema.enums[0].name, Text::Borrowed("plain")));
    assert!(matches!(&schema.enums[1].name, Text::Owned(name) if name == "escaped"));
}

#[test]
fn every_node_knows_its_place() {
    let text = format!("\u{feff}{}", schema(r#"<EnumType Name="e"><Member Name="m"/></EnumType>"#));
    let schema = only_schema(&text);
    assert!(text[schema.at..].starts_with("<Schema"));
    assert!(text[schema.enums[0].at..].starts_with("<EnumType"));
    assert!(text[schema.enums[0].members[0].at..].starts_with("<Member"));
}
