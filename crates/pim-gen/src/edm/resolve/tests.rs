//! What is resolved, and what is refused.

use super::*;
use crate::edm::QualifiedName;

/// Schemas as a document, from line 2 on.
fn document(schemas: &str) -> String {
    let edmx = "xmlns:edmx='http://docs.oasis-open.org/odata/ns/edmx'";
    format!("<edmx:Edmx Version='4.0' {edmx}><edmx:DataServices>\n{schemas}</edmx:DataServices></edmx:Edmx>")
}

/// The content of one schema as a document, from line 3 on.
fn schema(content: &str) -> String {
    document(&format!("<Schema Namespace='microsoft.graph' Alias='graph'>\n{content}</Schema>"))
}

fn result(text: &str) -> Result<Model> {
    resolve(&csdl::read(text.as_bytes()).unwrap(), text.as_bytes())
}

fn model(text: &str) -> Model {
    result(text).unwrap()
}

fn refusal(text: &str) -> String {
    result(text).expect_err("it resolves").to_string()
}

fn name(text: &str) -> QualifiedName {
    QualifiedName::new(text)
}

mod what_is_resolved {
    use super::*;

    #[test]
    fn a_type_is_known_by_its_namespace_and_by_its_alias() {
        let model = model(&document(
            "<Schema Namespace='microsoft.graph' Alias='graph'><ComplexType Name='a'>
                <Property Name='own' Type='graph.a'/><Property Name='whole' Type='microsoft.graph.a'/>
                <Property Name='other' Type='Collection(microsoft.graph.security.b)'/></ComplexType></Schema>
            <Schema Namespace='microsoft.graph.security' Alias='self'><ComplexType Name='b'>
                <Property Name='own' Type='self.b'/><Property Name='other' Type='graph.a'/></ComplexType></Schema>",
        ));
        let target = |ty: &str, property: &str| model.property(&name(ty), property).unwrap().ty.target.clone();
        let (a, b) = ("microsoft.graph.a", "microsoft.graph.security.b");
        assert_eq!(target(a, "own"), TypeName::Defined(name(a)));
        assert_eq!(target(a, "whole"), TypeName::Defined(name(a)));
        assert_eq!(target(a, "other"), TypeName::Defined(name(b)));
        assert_eq!(target(b, "own"), TypeName::Defined(name(b)));
        assert_eq!(target(b, "other"), TypeName::Defined(name(a)));
        assert_eq!(model.aliases["self"], "microsoft.graph.security");
    }

    #[test]
    fn a_use_of_a_type_is_a_collection_or_not_and_nullable_or_not() {
        let model = model(&schema(
            "<ComplexType Name='a'><Property Name='one' Type='Edm.Guid' Nullable='false'/>
            <Property Name='many' Type='Collection(Edm.String)'/></ComplexType>",
        ));
        let used = |property: &str| model.property(&name("microsoft.graph.a"), property).unwrap().ty.clone();
        let primitive = |name: &str| TypeName::Primitive(name.into());
        assert_eq!(used("one"), TypeRef { collection: false, target: primitive("Guid"), nullable: false });
        assert_eq!(used("many"), TypeRef { collection: true, target: primitive("String"), nullable: true });
    }

    #[test]
    fn a_type_definition_is_the_type_under_it() {
        let model = model(&schema(
            "<TypeDefinition Name='day' UnderlyingType='Edm.Date'/>
            <ComplexType Name='a'><Property Name='days' Type='Collection(graph.day)'/></ComplexType>",
        ));
        let days = model.property(&name("microsoft.graph.a"), "days").unwrap();
        assert_eq!(days.ty.target, TypeName::Primitive("Date".into()));
        assert_eq!(model.type_count(), 1);
    }

    #[test]
    fn only_bound_operations_are_kept_without_their_binding_parameter() {
        let model = model(&schema(
            "<EntityType Name='e'/><Action Name='unbound'><Parameter Name='p' Type='Edm.Guid'/></Action>
            <Function Name='f' IsBound='true'><Parameter Name='on' Type='Collection(graph.e)'/>
            <Parameter Name='p' Type='Edm.Guid'/><ReturnType Type='graph.e' Nullable='false'/></Function>",
        ));
        let [operation] = model.operations.as_slice() else { panic!("{:?}", model.operations) };
        assert_eq!(
            (&operation.name, operation.kind),
            (&name("microsoft.graph.f"), crate::edm::OperationKind::Function)
        );
        assert!(operation.binding.collection);
        assert_eq!(operation.parameters.iter().map(|parameter| &*parameter.name).collect::<Vec<_>>(), ["p"]);
        assert!(!operation.returns.as_ref().unwrap().nullable);
    }

    #[test]
    fn the_container_is_the_root() {
        let model = model(&schema(
            "<EntityType Name='e'/><EntityContainer Name='c'><EntitySet Name='es' EntityType='graph.e'/>
            <Singleton Name='one' Type='microsoft.graph.e'/></EntityContainer>",
        ));
        assert_eq!(model.container.name, Some(name("microsoft.graph.c")));
        assert_eq!(model.container.entity_sets["es"], name("microsoft.graph.e"));
        assert_eq!(model.container.singletons["one"], name("microsoft.graph.e"));
    }

    #[test]
    fn annotations_apply_to_the_property_that_they_are_of() {
        let computed = "<Annotation Term='Org.OData.Core.V1.Computed'/>";
        let immutable = "<Annotation Term='Org.OData.Core.V1.Immutable'/>";
        let model = model(&schema(&format!(
            "<ComplexType Name='a'><Property Name='inside' Type='Edm.Guid'>{computed}</Property>
            <Property Name='apart' Type='Edm.Guid'/><Property Name='both' Type='Edm.Guid'>{computed}</Property>
            <Property Name='plain' Type='Edm.Guid'/></ComplexType>
            <Annotations Target='graph.a/apart'><Annotation Term='Org.OData.Core.V1.Permissions'>
                <EnumMember>Org.OData.Core.V1.Permission/Read</EnumMember></Annotation></Annotations>
            <Annotations Target='microsoft.graph.a/both'>{immutable}</Annotations>",
        )));
        let marks = |property: &str| {
            let property = model.property(&name("microsoft.graph.a"), property).unwrap();
            (property.computed, property.immutable)
        };
        assert_eq!(marks("inside"), (true, false));
        assert_eq!(marks("apart"), (true, false));
        assert_eq!(marks("both"), (true, true));
        assert_eq!(marks("plain"), (false, false));
    }

    #[test]
    fn annotations_of_what_a_model_does_not_have_are_left_out() {
        let targets =
            ["graph.e", "graph.e/n", "graph.d/id", "graph.e/id/x", "graph.c/es", "graph.f/p", "graph.f(graph.e)/p"];
        let annotations = targets.map(|target| {
            format!("<Annotations Target='{target}'><Annotation Term='Org.OData.Core.V1.Computed'/></Annotations>")
        });
        let model = model(&schema(&format!(
            "<EntityType Name='e'><Property Name='id' Type='Edm.Guid'/>
            <NavigationProperty Name='n' Type='graph.e'/></EntityType>
            <EntityType Name='d' BaseType='graph.e'/><Function Name='f'/>
            <EntityContainer Name='c'><EntitySet Name='es' EntityType='graph.e'/></EntityContainer>{}",
            annotations.concat()
        )));
        assert!(!model.property(&name("microsoft.graph.e"), "id").unwrap().computed);
    }
}

mod what_is_refused {
    use super::*;

    /// A schema is refused that has these types among others.
    #[track_caller]
    fn refused(content: &str, message: &str) {
        let others = "<EntityType Name='group'/><EntityType Name='groupSetting'/><EntityType Name='user'/>
            <ComplexType Name='status'/><EnumType Name='kind'/>";
        assert_eq!(refusal(&schema(&format!("{content}\n{others}"))), message);
    }

    #[test]
    fn a_reference_to_nothing() {
        let property = |ty: &str, message: &str| {
            refused(&format!("<ComplexType Name='a'><Property Name='p' Type='{ty}'/></ComplexType>"), message);
        };
        property("graph.grup", "3:23: `graph.grup` is no type of this document; did you mean `microsoft.graph.group`?");
        property(
            "Collection(grph.user)",
            "3:23: `grph.user` is no type of this document; did you mean `microsoft.graph.user`?",
        );
        property("graph.printer", "3:23: `graph.printer` is no type of this document");
        property("user", "3:23: `user` is no type of this document; did you mean `microsoft.graph.user`?");
        property(
            "Collection(Collection(graph.user))",
            "3:23: `Collection(graph.user)` is no type of this document; did you mean `microsoft.graph.user`?",
        );
        property("a&#10;b", "3:23: `a\\nb` is no type of this document");
        property("Edm.string", "3:23: `Edm.string` is no primitive type; did you mean `Edm.String`?");
        property("Edm.Text", "3:23: `Edm.Text` is no primitive type");
    }

    #[test]
    fn references_to_nothing_in_all_other_places() {
        refused(
            "<EntityType Name='a' BaseType='graph.usr'/>",
            "3:1: `graph.usr` is no type of this document; did you mean `microsoft.graph.user`?",
        );
        refused(
            "<EntityType Name='a'><NavigationProperty Name='n' Type='graph.usr'/></EntityType>",
            "3:22: `graph.usr` is no type of this document; did you mean `microsoft.graph.user`?",
        );
        refused(
            "<Action Name='a'><Parameter Name='p' Type='graph.usr'/></Action>",
            "3:18: `graph.usr` is no type of this document; did you mean `microsoft.graph.user`?",
        );
        refused(
            "<Action Name='a'><ReturnType Type='graph.usr'/></Action>",
            "3:18: `graph.usr` is no type of this document; did you mean `microsoft.graph.user`?",
        );
        refused(
            "<EntityContainer Name='c'><EntitySet Name='s' EntityType='graph.usr'/></EntityContainer>",
            "3:27: `graph.usr` is no type of this document; did you mean `microsoft.graph.user`?",
        );
        refused(
            "<EntityContainer Name='c'><Singleton Name='s' Type='graph.usr'/></EntityContainer>",
            "3:27: `graph.usr` is no type of this document; did you mean `microsoft.graph.user`?",
        );
        refused("<TypeDefinition Name='t' UnderlyingType='graph.user'/>", "3:1: `graph.user` is no primitive type");
        refused(
            "<EntityType Name='a'><Key><PropertyRef Name='idd'/></Key>\n\
             <Property Name='id' Type='Edm.Guid'/></EntityType>",
            "3:27: `microsoft.graph.a` has no property `idd`; did you mean `id`?",
        );
        let annotated = |target: &str, message: &str| {
            let ty = "<ComplexType Name='a'><Property Name='id' Type='Edm.Guid'/></ComplexType>";
            let annotation = "<Annotation Term='Org.OData.Core.V1.Computed'/>";
            refused(&format!("{ty}\n<Annotations Target='{target}'>{annotation}</Annotations>"), message);
        };
        annotated("graph.usr/id", "4:1: `graph.usr` is no type of this document; did you mean `microsoft.graph.user`?");
        annotated("graph.a/Id", "4:1: `microsoft.graph.a` has no property `Id`; did you mean `id`?");
        annotated("graph.kind/id", "4:1: `graph.kind` is an enumeration, which has no properties");
    }

    #[test]
    fn a_reference_to_something_of_the_wrong_kind() {
        refused(
            "<EntityType Name='a' BaseType='graph.status'/>",
            "3:1: `graph.status` is a complex type, where an entity type is needed",
        );
        refused(
            "<ComplexType Name='a' BaseType='graph.user'/>",
            "3:1: `graph.user` is an entity type, where a complex type is needed",
        );
        refused(
            "<ComplexType Name='a' BaseType='graph.kind'/>",
            "3:1: `graph.kind` is an enumeration, where a complex type is needed",
        );
        refused(
            "<EntityType Name='a'><NavigationProperty Name='n' Type='Collection(graph.status)'/></EntityType>",
            "3:22: the navigation property `n` leads to `Collection(graph.status)`, not to an entity type",
        );
        refused(
            "<EntityType Name='a'><NavigationProperty Name='n' Type='Edm.Guid'/></EntityType>",
            "3:22: the navigation property `n` leads to `Edm.Guid`, not to an entity type",
        );
        refused(
            "<EntityContainer Name='c'><Singleton Name='s' Type='graph.status'/></EntityContainer>",
            "3:27: `graph.status` is a complex type, where an entity type is needed",
        );
        refused(
            "<Action Name='a' IsBound='true'/>",
            "3:1: the operation `a` is bound, but has no Parameter to be bound to",
        );
    }

    #[test]
    fn a_name_that_is_declared_twice() {
        refused("<EnumType Name='user'/>", "4:60: a second type called `microsoft.graph.user`");
        refused(
            "<ComplexType Name='a'><Property Name='p' Type='Edm.Guid'/>\n\
             <Property Name='p' Type='Edm.Guid'/></ComplexType>",
            "4:1: a second property called `p`",
        );
        refused(
            "<EntityType Name='a'><Property Name='p' Type='Edm.Guid'/>\n\
             <NavigationProperty Name='p' Type='graph.user'/></EntityType>",
            "4:1: a second property called `p`",
        );
        refused(
            "<EnumType Name='e'><Member Name='m'/><Member Name='m'/></EnumType>",
            "3:38: a second member called `m`",
        );
        refused(
            "<Action Name='a'><Parameter Name='p' Type='Edm.Guid'/><Parameter Name='p' Type='Edm.Guid'/></Action>",
            "3:55: a second parameter called `p`",
        );
        refused(
            "<EntityContainer Name='c'><EntitySet Name='s' EntityType='graph.user'/>\n\
             <Singleton Name='s' Type='graph.user'/></EntityContainer>",
            "4:1: a second entity set or singleton called `s`",
        );
        refused(
            "<EntityContainer Name='c'/><EntityContainer Name='d'/>",
            "3:28: a second EntityContainer, after `microsoft.graph.c`: a service has one",
        );
        assert_eq!(
            refusal(&document("<Schema Namespace='a' Alias='b'/>\n<Schema Namespace='b'/>")),
            "3:1: a second schema with the namespace or alias `b`"
        );
        assert_eq!(
            refusal(&document("<Schema Namespace='a' Alias='Edm'/>")),
            "2:1: `Edm` is the namespace of the built-in types"
        );
    }

    #[test]
    fn a_property_that_is_inherited_already() {
        refused(
            "<ComplexType Name='a'><Property Name='p' Type='Edm.Guid'/></ComplexType>\n\
             <ComplexType Name='b' BaseType='graph.a'/>\n\
             <ComplexType Name='c' BaseType='graph.b'><NavigationProperty Name='p' Type='graph.user'/></ComplexType>",
            "5:42: `microsoft.graph.c` declares `p`, which it has from `microsoft.graph.a`",
        );
    }

    #[test]
    fn a_type_that_derives_from_itself() {
        refused("<EntityType Name='a' BaseType='graph.a'/>", "3:1: `microsoft.graph.a` derives from itself");
        refused(
            "<EntityType Name='a' BaseType='graph.b'/>\n\
             <EntityType Name='b' BaseType='graph.c'/>\n\
             <EntityType Name='c' BaseType='graph.b'/>",
            "4:1: `microsoft.graph.b` derives from itself, through `microsoft.graph.c`",
        );
    }
}
