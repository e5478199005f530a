//! Each change there can be, of a small directory, and what is said of it.

use std::fmt::Write as _;

use pim_gen::diff::{Kind, Report, Side, Wire, compare};

use crate::documents::assert_mirrored;
use crate::public::{self, Public};
use crate::random::{Start, start};
use crate::toy::{LIST_THINGS, THING, Toy, things};
use crate::verdict;

/// What changed from the toy to `edited`, held against the code that comes of both, and the way back.
fn report(edited: &Toy) -> Report {
    let Start { side, code, .. } = start();
    after(side, code, edited)
}

fn between(old: &Toy, new: &Toy) -> Report {
    after(&old.side().unwrap(), &public::items(&old.output().code, "v1_0"), new)
}

fn after(from: &Side, code: &Public, new: &Toy) -> Report {
    let to = new.side().unwrap_or_else(|error| panic!("{error}"));
    let report = compare(from, &to);
    let faults = verdict::faults(&report, code, &public::items(&new.output().code, "v1_0"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_mirrored(&report, &compare(&to, from), "the way back");
    assert!(compare(&to, &to).is_empty());
    report
}

/// The changes, one a line, each with its items.
fn told(report: &Report) -> String {
    let mut text = format!("{}\n", report.bump().name());
    for change in &report.changes {
        let kind = match &change.kind {
            Kind::Added => "added".to_owned(),
            Kind::Removed => "removed".to_owned(),
            Kind::Changed { aspect, from, to } => format!("{aspect:?} {from:?} -> {to:?}"),
        };
        writeln!(text, "{} {kind}: {:?}, {:?}", change.subject, change.callers, change.wire).unwrap();
        let items = change.items.iter().map(|item| item.trim_start_matches("pim_client::v1_0::"));
        items.for_each(|item| writeln!(text, "    {item}").unwrap());
    }
    text.replace("microsoft.graph.", "")
}

/// The changes that come of an edit of the metadata: subject, what became of it, what callers and the wire see.
fn changes(from: &str, to: &str) -> Vec<String> {
    lines(&report(&Toy::new().metadata(from, to).lenient()))
}

fn lines(report: &Report) -> Vec<String> {
    let lines = told(report);
    lines.lines().skip(1).filter(|line| !line.starts_with("    ")).map(str::to_owned).collect()
}

const NAME: &str = r#"<Property Name="mailNickname" Type="Edm.String" />"#;

// ---------------------------------------------------------------------------------------------------------------------
// Properties
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_property_that_comes_is_offered() {
    assert_eq!(
        changes(NAME, &format!(r#"{NAME}<Property Name="age" Type="Edm.Int32" />"#)),
        ["group/age added: Offered, Extended"]
    );
}

#[test]
fn a_property_that_goes_breaks_code_and_requests() {
    assert_eq!(changes(NAME, ""), ["group/mailNickname removed: Broken, Refused"]);
}

#[test]
fn a_property_that_no_request_can_name_is_only_missing() {
    // What a call without query options answers, and no body holds.
    let best = |properties: &str| {
        let types = format!(
            r#"{THING}</EntityType>
      <ComplexType Name="mark"><Property Name="points" Type="Edm.Int32" />{properties}</ComplexType>
      <Action Name="best" IsBound="true">
        <Parameter Name="bindingParameter" Type="Collection(microsoft.graph.thing)" />
        <ReturnType Type="microsoft.graph.mark" Nullable="false" />
      </Action>"#
        );
        Toy::of(&types, &format!("{LIST_THINGS}best = {{ doc = \"Says which is best.\" }}\n")).lenient()
    };
    let said = best(r#"<Property Name="why" Type="Edm.String" />"#);
    assert_eq!(lines(&between(&said, &best(""))), ["mark/why removed: Broken, Missing"]);
    let things = |properties: &str| things(properties).lenient();
    assert_eq!(
        lines(&between(&things(r#"<Property Name="why" Type="Edm.String" />"#), &things(""))),
        ["thing/why removed: Broken, Refused"]
    );
}

#[test]
fn null_among_values_cannot_be_read_and_is_never_among_entities() {
    let things = |of: &str, nullable: bool| things(&format!(r#"<{of} Nullable="{nullable}" />"#)).lenient();
    let values = r#"Property Name="names" Type="Collection(Edm.String)""#;
    let report = between(&things(values, false), &things(values, true));
    assert_eq!(lines(&report), [r#"thing/names Nullable "no" -> "yes": Unaffected, Undecodable"#]);
    assert!(report.changes[0].meaning.contains("generated anew"), "{}", report.changes[0].meaning);
    let delta = r#"<ReturnType Type="Collection(graph.group)" />"#;
    let never = Toy::new().lenient().metadata(delta, &delta.replace(" />", r#" Nullable="false" />"#));
    assert_eq!(
        lines(&between(&never, &Toy::new().lenient())),
        [r#"delta on Collection(group) Nullable "no" -> "yes": Unaffected, Unaffected"#]
    );
}

#[test]
fn a_key_or_an_address_that_is_sent_has_nothing_of_what_it_leads_to() {
    // Groups are written, users are not: they are named by their addresses alone.
    let profile = r#"<Property Name="displayName" Type="Edm.String" />
        <Property Name="passwordProfile""#;
    assert_eq!(
        changes(profile, &profile.replace("Edm.String\" />", "Edm.String\" Nullable=\"false\" />")),
        [r#"user/displayName Nullable "yes" -> "no": Unaffected, Unaffected"#]
    );
}

#[test]
fn a_property_of_another_type_cannot_be_read_by_who_does_not_know() {
    let changed = |to: &str| changes(NAME, &format!(r#"<Property Name="mailNickname" Type="{to}" />"#));
    assert_eq!(changed("Edm.Int32"), [r#"group/mailNickname Type "Edm.String" -> "Edm.Int32": Broken, Undecodable"#]);
    assert_eq!(
        changed("Collection(Edm.String)"),
        [r#"group/mailNickname Type "Edm.String" -> "Collection(Edm.String)": Broken, Undecodable"#]
    );
}

#[test]
fn text_that_becomes_an_enumeration_is_read_but_not_every_text_is_taken() {
    assert_eq!(
        changes(NAME, r#"<Property Name="mailNickname" Type="graph.requestFilter" />"#),
        [r#"group/mailNickname Type "Edm.String" -> "requestFilter": Broken, Refused"#]
    );
}

#[test]
fn text_that_becomes_a_time_is_read_but_not_every_text_is_taken() {
    assert_eq!(
        changes(NAME, r#"<Property Name="mailNickname" Type="Edm.DateTimeOffset" />"#),
        [r#"group/mailNickname Type "Edm.String" -> "Edm.DateTimeOffset": Broken, Refused"#]
    );
}

#[test]
fn a_time_that_becomes_text_cannot_be_read() {
    assert_eq!(
        changes(
            r#"<Property Name="deletedDateTime" Type="Edm.DateTimeOffset" />"#,
            r#"<Property Name="deletedDateTime" Type="Edm.String" />"#
        ),
        [r#"directoryObject/deletedDateTime Type "Edm.DateTimeOffset" -> "Edm.String": Broken, Undecodable"#]
    );
}

#[test]
fn numbers_that_are_the_same_in_rust_and_on_the_wire_are_seen_by_nobody() {
    let of = |ty: &str| Toy::new().lenient().metadata(NAME, &format!(r#"<Property Name="age" Type="Edm.{ty}" />"#));
    assert_eq!(
        lines(&between(&of("Int16"), &of("Int32"))),
        [r#"group/age Type "Edm.Int16" -> "Edm.Int32": Unaffected, Unaffected"#]
    );
    assert_eq!(
        lines(&between(&of("Int32"), &of("Int64"))),
        [r#"group/age Type "Edm.Int32" -> "Edm.Int64": Broken, Undecodable"#]
    );
    assert_eq!(
        lines(&between(&of("Int64"), &of("Int32"))),
        [r#"group/age Type "Edm.Int64" -> "Edm.Int32": Broken, Refused"#]
    );
}

#[test]
fn text_that_becomes_a_guid_is_written_otherwise_in_queries_and_not_every_text_is_taken() {
    let report = report(&Toy::new().lenient().metadata(NAME, r#"<Property Name="mailNickname" Type="Edm.Guid" />"#));
    assert_eq!(lines(&report), [r#"group/mailNickname Type "Edm.String" -> "Edm.Guid": Broken, Refused"#]);
    assert_eq!(report.changes[0].items, ["pim_client::v1_0::fields::group::mail_nickname"]);
}

#[test]
fn a_property_that_always_has_a_value_cannot_be_set_to_null() {
    assert_eq!(
        changes(NAME, r#"<Property Name="mailNickname" Type="Edm.String" Nullable="false" />"#),
        [r#"group/mailNickname Nullable "yes" -> "no": Unaffected, Refused"#]
    );
}

#[test]
fn a_property_that_may_be_null_may_be_missing() {
    assert_eq!(
        changes(
            r#"<Property Name="status" Type="Edm.String" Nullable="false" />"#,
            r#"<Property Name="status" Type="Edm.String" />"#
        ),
        [r#"request/status Nullable "no" -> "yes": Unaffected, Missing"#]
    );
}

#[test]
fn what_the_service_alone_writes_is_in_no_body() {
    let computed = r#"<Property Name="mailNickname" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Computed" /></Property>"#;
    assert_eq!(
        changes(NAME, computed),
        [r#"group/mailNickname Writable "by anybody" -> "by the service": Broken, Refused"#]
    );
    let immutable = computed.replace("Computed", "Immutable");
    assert_eq!(
        changes(NAME, &immutable),
        [r#"group/mailNickname Writable "by anybody" -> "on creation": Unaffected, Refused"#]
    );
}

#[test]
fn a_property_that_five_types_inherit_changes_once_with_the_items_of_all() {
    insta::assert_snapshot!(told(&report(&Toy::new().lenient().metadata(
        r#"<Property Name="deletedDateTime" Type="Edm.DateTimeOffset" />"#,
        r#"<Property Name="deletedDateTime" Type="Edm.Date" />"#
    ))));
}

#[test]
fn a_property_that_moves_to_the_base_is_no_other() {
    assert_eq!(
        changes(
            r#"<EntityType Name="request" BaseType="graph.entity" Abstract="true">"#,
            r#"<EntityType Name="request" BaseType="graph.entity" Abstract="true"><Property Name="colour" Type="Edm.String" />"#
        ),
        ["request/colour added: Offered, Extended"]
    );
    let old = Toy::new().lenient().metadata(
        r#"<Property Name="ticketId" Type="Edm.String" />"#,
        r#"<Property Name="ticketId" Type="Edm.String" /><Property Name="colour" Type="Edm.String" />"#,
    );
    let new = Toy::new().lenient().metadata(
        r#"<Property Name="approverId" Type="Edm.String" />"#,
        r#"<Property Name="approverId" Type="Edm.String" /><Property Name="colour" Type="Edm.String" />"#,
    );
    assert_eq!(
        lines(&between(&old, &new)),
        [r#"membershipRequest/colour Declared "membershipRequest" -> "request": Unaffected, Unaffected"#]
    );
}

#[test]
fn a_relation_that_comes_to_an_id_makes_it_the_key_of_what_it_leads_to() {
    let old =
        Toy::new().lenient().metadata(r#"<NavigationProperty Name="principal" Type="graph.directoryObject" />"#, "");
    insta::assert_snapshot!(told(&between(&old, &Toy::new().lenient())));
}

// ---------------------------------------------------------------------------------------------------------------------
// Types
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_type_says_for_itself_what_only_subtypes_or_undeclared_properties_mean() {
    let entity = r#"<EntityType Name="policy" BaseType="graph.entity">"#;
    assert_eq!(
        changes(entity, r#"<EntityType Name="policy" BaseType="graph.entity" Abstract="true">"#),
        [r#"policy Abstract "no" -> "yes": Unaffected, Refused"#]
    );
    assert_eq!(
        changes(entity, r#"<EntityType Name="policy" BaseType="graph.entity" OpenType="true">"#),
        [r#"policy Open "no" -> "yes": Unaffected, Extended"#]
    );
}

#[test]
fn another_base_brings_and_takes_what_is_inherited() {
    insta::assert_snapshot!(told(&report(&Toy::new().lenient().metadata(
        r#"<EntityType Name="policy" BaseType="graph.entity">"#,
        r#"<EntityType Name="policy" BaseType="graph.directoryObject">"#
    ))));
}

#[test]
fn a_type_that_a_new_property_brings_is_told_beside_it() {
    let condition = r#"<ComplexType Name="condition">"#;
    let colour = r#"<ComplexType Name="colour"><Property Name="red" Type="Edm.Byte" /></ComplexType>"#;
    let edited =
        Toy::new().lenient().metadata(NAME, &format!(r#"{NAME}<Property Name="colour" Type="graph.colour" />"#));
    insta::assert_snapshot!(told(&report(&edited.metadata(condition, &format!("{colour}{condition}")))));
}

#[test]
fn a_type_is_the_same_under_another_name() {
    insta::assert_snapshot!(told(&report(
        &Toy::new()
            .lenient()
            .metadata(
                r#"<Property Name="condition" Type="graph.condition" />"#,
                r#"<Property Name="condition" Type="graph.clause" />"#
            )
            .metadata(r#"<ComplexType Name="condition">"#, r#"<ComplexType Name="clause">"#)
            .metadata(
                r#"<Property Name="any" Type="Collection(graph.condition)" />"#,
                r#"<Property Name="any" Type="Collection(graph.clause)" />"#
            )
            .metadata(
                r#"<Property Name="not" Type="graph.condition" />"#,
                r#"<Property Name="not" Type="graph.clause" />"#
            )
    )));
}

// ---------------------------------------------------------------------------------------------------------------------
// Enumerations and unions
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn members_of_enumerations_come_as_what_is_not_known() {
    let member = r#"<Member Name="approver" Value="1" />"#;
    assert_eq!(
        changes(member, &format!(r#"{member}<Member Name="owner" Value="2" />"#)),
        ["requestFilter/owner added: Offered, Extended"]
    );
    assert_eq!(changes(member, ""), ["requestFilter/approver removed: Broken, Refused"]);
    assert_eq!(
        changes(member, r#"<Member Name="approver" Value="7" />"#),
        [r#"requestFilter/approver Number "1" -> "7": Unaffected, Unaffected"#]
    );
}

#[test]
fn the_announcement_of_more_members_is_seen_by_nobody() {
    assert_eq!(
        changes(r#"<Member Name="unknownFutureValue" Value="2" />"#, ""),
        ["visibility/unknownFutureValue removed: Unaffected, Unaffected"]
    );
}

#[test]
fn what_a_union_no_longer_tells_apart_is_gone_from_it() {
    let device = r#"<EntityType Name="user" BaseType="graph.directoryObject" OpenType="true">"#;
    let changes = changes(device, r#"<EntityType Name="user" BaseType="graph.entity" OpenType="true">"#);
    assert!(changes.contains(&"directoryObject: user removed: Broken, Missing".to_owned()), "{changes:#?}");
}

// ---------------------------------------------------------------------------------------------------------------------
// Operations
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn an_operation_that_is_gone_takes_its_body_with_it() {
    insta::assert_snapshot!(told(&report(
        &Toy::new()
            .lenient()
            .metadata(r#"<Action Name="cancel" IsBound="true">"#, r#"<Action Name="revoke" IsBound="true">"#)
    )));
}

#[test]
fn a_parameter_that_has_to_be_given_is_an_argument() {
    let comment = r#"<Parameter Name="comment" Type="Edm.String" />"#;
    let needed = comment.replace(" />", r#" Nullable="false" />"#);
    insta::assert_snapshot!(told(&report(&Toy::new().lenient().metadata(comment, &needed))));
}

#[test]
fn parameters_of_actions_come_and_go() {
    let comment = r#"<Parameter Name="comment" Type="Edm.String" />"#;
    assert_eq!(changes(comment, ""), ["cancel on membershipRequest: comment removed: Broken, Refused"]);
    assert_eq!(
        changes(comment, &format!(r#"{comment}<Parameter Name="until" Type="Edm.Date" />"#)),
        ["cancel on membershipRequest: until added: Offered, Extended"]
    );
    assert_eq!(
        changes(comment, &format!(r#"{comment}<Parameter Name="until" Type="Edm.Date" Nullable="false" />"#)),
        ["cancel on membershipRequest: until added: Broken, Refused"]
    );
    assert_eq!(
        changes(comment, &comment.replace("Edm.String", "Edm.Boolean")),
        [r#"cancel on membershipRequest: comment Type "Edm.String" -> "Edm.Boolean": Broken, Refused"#]
    );
}

#[test]
fn parameters_of_functions_are_arguments_of_the_method() {
    let on = r#"<Parameter Name="on" Type="graph.requestFilter" Nullable="false" />"#;
    assert_eq!(
        changes(on, &format!(r#"{on}<Parameter Name="limit" Type="Edm.Int32" />"#)),
        ["filterByCurrentUser on Collection(membershipRequest): limit added: Broken, Refused"]
    );
    assert_eq!(
        changes(on, &on.replace("graph.requestFilter", "Edm.String")).last().unwrap(),
        r#"filterByCurrentUser on Collection(membershipRequest): on Type "requestFilter" -> "Edm.String": Broken, Unaffected"#
    );
}

#[test]
fn another_answer_cannot_be_read() {
    let delta = r#"<ReturnType Type="Collection(graph.group)" />"#;
    assert_eq!(
        changes(delta, r#"<ReturnType Type="graph.group" />"#),
        [r#"delta on Collection(group) Response "Collection(group)" -> "group": Broken, Undecodable"#]
    );
    assert_eq!(
        changes(delta, r#"<ReturnType Type="Collection(graph.group)" Nullable="false" />"#),
        [r#"delta on Collection(group) Nullable "yes" -> "no": Unaffected, Unaffected"#]
    );
}

#[test]
fn an_action_that_becomes_a_function_is_called_otherwise() {
    let function = Toy::new().lenient().metadata(
        r#"<Function Name="filterByCurrentUser" IsBound="true">"#,
        r#"<Action Name="filterByCurrentUser" IsBound="true">"#,
    );
    let function = function.metadata(
        "<ReturnType Type=\"Collection(graph.membershipRequest)\" />\n      </Function>",
        "<ReturnType Type=\"Collection(graph.membershipRequest)\" />\n      </Action>",
    );
    insta::assert_snapshot!(told(&report(&function)));
}

#[test]
fn what_paths_lead_to_may_be_another_type() {
    insta::assert_snapshot!(told(&report(&Toy::new().lenient().metadata(
        r#"<Singleton Name="me" Type="microsoft.graph.user" />"#,
        r#"<Singleton Name="me" Type="microsoft.graph.device" />"#
    ))));
}

// ---------------------------------------------------------------------------------------------------------------------
// Capabilities
// ---------------------------------------------------------------------------------------------------------------------

fn annotated(target: &str, term: &str, inside: &str) -> Toy {
    let schema = "<Annotations Target=\"microsoft.graph.group/createdDateTime\">";
    Toy::new().lenient().metadata(
        schema,
        &format!(
            r#"<Annotations Target="{target}"><Annotation Term="Org.OData.Capabilities.V1.{term}" {inside}</Annotations>{schema}"#
        ),
    )
}

#[test]
fn what_can_no_longer_be_done_is_refused() {
    let filterable = |can: bool| {
        let record = format!(r#"><Record><PropertyValue Property="Filterable" Bool="{can}" /></Record></Annotation>"#);
        annotated("microsoft.graph.GraphService/groups", "FilterRestrictions", &record)
    };
    assert_eq!(
        lines(&report(&filterable(false))),
        [r#"/groups Capability "" -> "FilterRestrictions/Filterable: false": Unaffected, Refused"#]
    );
    assert_eq!(
        lines(&between(&filterable(false), &filterable(true))),
        [
            r#"/groups Capability "FilterRestrictions/Filterable: false" -> "FilterRestrictions/Filterable: true": Unaffected, Extended"#
        ]
    );
    assert_eq!(
        lines(&report(&annotated("graph.group/members", "TopSupported", r#"Bool="false" />"#))),
        [r#"group/members Capability "" -> "TopSupported: false": Unaffected, Refused"#]
    );
}

#[test]
fn what_is_not_said_is_as_the_vocabulary_has_it() {
    let groups = |restrictions: &str, property: &str, value: bool| {
        let record =
            format!(r#"><Record><PropertyValue Property="{property}" Bool="{value}" /></Record></Annotation>"#);
        annotated("microsoft.graph.GraphService/groups", restrictions, &record)
    };
    let wire = |report: &Report| report.changes.iter().map(|change| change.wire).collect::<Vec<_>>();
    for (restrictions, property, value, comes, goes) in [
        ("FilterRestrictions", "Filterable", true, Wire::Unaffected, Wire::Unaffected),
        ("FilterRestrictions", "Filterable", false, Wire::Refused, Wire::Extended),
        ("FilterRestrictions", "RequiresFilter", true, Wire::Refused, Wire::Extended),
        ("FilterRestrictions", "RequiresFilter", false, Wire::Unaffected, Wire::Unaffected),
        ("UpdateRestrictions", "Upsertable", true, Wire::Extended, Wire::Refused),
        ("UpdateRestrictions", "Upsertable", false, Wire::Unaffected, Wire::Unaffected),
    ] {
        let said = groups(restrictions, property, value);
        let said = said.side().unwrap();
        assert_eq!(wire(&compare(&start().side, &said)), [comes], "{property}: {value} comes");
        assert_eq!(wire(&compare(&said, &start().side)), [goes], "{property}: {value} goes");
    }
}

#[test]
fn what_is_said_inside_an_element_is_what_is_said_of_it_elsewhere() {
    let relation = r#"<NavigationProperty Name="members" Type="Collection(graph.directoryObject)" />"#;
    let inside = relation.replace(
        " />",
        r#"><Annotation Term="Org.OData.Capabilities.V1.TopSupported" Bool="false" /></NavigationProperty>"#,
    );
    let inside = Toy::new().lenient().metadata(relation, &inside);
    let elsewhere = annotated("graph.group/members", "TopSupported", r#"Bool="false" />"#);
    assert!(between(&inside, &elsewhere).is_empty());
}

#[test]
fn properties_that_are_not_kept_may_be_expanded_or_not() {
    let expandable = |names: &[&str]| {
        let names: String =
            names.iter().map(|name| ["<NavigationPropertyPath>", name, "</NavigationPropertyPath>"].concat()).collect();
        let record = format!(
            r#"><Record><PropertyValue Property="NonExpandableProperties"><Collection>{names}</Collection></PropertyValue></Record></Annotation>"#
        );
        annotated("microsoft.graph.GraphService/groups", "ExpandRestrictions", &record)
    };
    assert_eq!(lines(&report(&expandable(&["photo"]))), Vec::<String>::new());
    assert_eq!(
        lines(&between(&expandable(&["owners"]), &expandable(&["members", "photo"]))),
        [
            r#"/groups Capability "ExpandRestrictions/NonExpandableProperties: owners" -> "ExpandRestrictions/NonExpandableProperties: members": Unaffected, Refused"#
        ]
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Beside the selection
// ---------------------------------------------------------------------------------------------------------------------

/// What is new beside the selection after an edit of the metadata.
fn beside(from: &str, to: &str) -> Vec<String> {
    let report = report(&Toy::new().lenient().metadata(from, to));
    assert_eq!(report.changes, []);
    report.nearby.iter().map(|nearby| format!("{nearby:?}").replace("microsoft.graph.", "")).collect()
}

#[test]
fn a_new_collection_is_a_path_behind_what_is_kept() {
    let requests =
        r#"<NavigationProperty Name="requests" Type="Collection(graph.membershipRequest)" ContainsTarget="true" />"#;
    assert_eq!(
        beside(requests, &format!(r#"{requests}<NavigationProperty Name="alerts" Type="Collection(graph.rule)" />"#)),
        [r#"Path { path: "/governance/alerts", ty: rule, by: (governance, "alerts") }"#]
    );
}

#[test]
fn a_new_relation_of_a_type_without_a_path_is_a_relation() {
    assert_eq!(
        beside(
            r#"<Property Name="condition" Type="graph.condition" />"#,
            r#"<Property Name="condition" Type="graph.condition" /><NavigationProperty Name="owner" Type="graph.user" />"#
        ),
        [r#"Relation { ty: rule, name: "owner" }"#]
    );
}

#[test]
fn a_new_property_of_a_type_whose_properties_are_listed_is_beside() {
    let photo = r#"<Property Name="photo" Type="Edm.Stream" />"#;
    assert_eq!(
        beside(photo, &format!(r#"{photo}<Property Name="age" Type="Edm.Int32" />"#)),
        [r#"Property { ty: user, name: "age" }"#]
    );
}

#[test]
fn a_new_subtype_is_beside_and_so_is_a_new_action() {
    let device = r#"<EntityType Name="device" BaseType="graph.directoryObject" OpenType="true">"#;
    assert_eq!(
        beside(device, &format!(r#"<EntityType Name="printer" BaseType="graph.directoryObject" />{device}"#)),
        ["Subtype { base: directoryObject, name: printer }"]
    );
    let escalate = r#"<Action Name="escalate" IsBound="true">"#;
    assert_eq!(
        beside(
            escalate,
            &format!(
                r#"<Action Name="renew" IsBound="true"><Parameter Name="group" Type="graph.group" /></Action>{escalate}"#
            )
        ),
        [r#"Operation { method: "POST", path: "/groups/{group-id}/renew", name: renew, on: "group" }"#]
    );
}

#[test]
fn what_was_selected_before_is_not_new_beside_the_selection() {
    let less = Toy::new()
        .lenient()
        .selection("count  = { doc = \"Counts the groups.\" }\n", "")
        .selection("    \"scope\",\n", "");
    assert_eq!(between(&Toy::new().lenient(), &less).nearby, []);
}
