//! What is written is canonical, and reads as what it was written from.

use super::models::any_model;
use super::*;
use crate::edm::{self, Model};
use proptest::prelude::*;

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
            <ComplexType Name="name">
                <Property Name="kinds" Type="Collection(graph.kind)" Nullable="false"/></ComplexType>
            <EnumType Name="kind" IsFlags="true"><Member Name="first"/><Member Name="last" Value="4"/></EnumType>
            <Annotations Target="microsoft.graph.user/id">
                <Annotation Term="Org.OData.Core.V1.Description" String="The key."/>
                <Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>
                <Annotation Term="Org.OData.Core.V1.Immutable" Bool="true"/>
            </Annotations>
        </Schema>"#,
    );
    insta::assert_snapshot!(write(&model(&text)), @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
      <edmx:DataServices>
        <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
          <EnumType Name="kind" IsFlags="true">
            <Member Name="first" Value="0" />
            <Member Name="last" Value="4" />
          </EnumType>
          <ComplexType Name="name">
            <Property Name="kinds" Type="Collection(graph.kind)" Nullable="false" />
          </ComplexType>
          <EntityType Name="user" Abstract="true">
            <Key>
              <PropertyRef Name="id" />
            </Key>
            <Property Name="name" Type="graph.name" />
            <Property Name="id" Type="Edm.String" Nullable="false">
              <Annotation Term="Org.OData.Core.V1.Computed" Bool="true" />
              <Annotation Term="Org.OData.Core.V1.Immutable" Bool="true" />
            </Property>
            <NavigationProperty Name="friends" Type="Collection(graph.user)" ContainsTarget="true" />
          </EntityType>
          <Function Name="count" IsBound="true">
            <Parameter Name="bindingParameter" Type="Collection(graph.user)" Nullable="false" />
            <Parameter Name="since" Type="Edm.Date" />
            <ReturnType Type="Edm.Int32" Nullable="false" />
          </Function>
          <EntityContainer Name="service">
            <EntitySet Name="users" EntityType="graph.user" />
            <Singleton Name="me" Type="graph.user" />
          </EntityContainer>
        </Schema>
        <Schema Namespace="z" xmlns="http://docs.oasis-open.org/odata/ns/edm">
          <EntityType Name="only" BaseType="graph.user" OpenType="true" />
        </Schema>
      </edmx:DataServices>
    </edmx:Edmx>
    "#);
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

/// Written and read, a model is the same, and written again the same text.
pub(super) fn assert_law(model: &Model) {
    let written = write(model);
    let again = self::model(&written);
    assert_eq!(write(&again), written);
    assert_eq!(again.without_positions(), model.clone().without_positions());
}
