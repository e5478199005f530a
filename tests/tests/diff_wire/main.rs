//! What the comparison of two descriptions says of the wire, held against what the client decodes.
//!
//! A client that was generated from one description meets answers of a service that is described by the other. The
//! comparison says that some cannot be decoded, or that all can: here they are decoded.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

mod directory;
mod kinds;

use pim_client::Page;
use pim_client::exchange::Codec;
use pim_gen::diff::{Aspect, Bump, Callers, Change, Kind as What, Report, Wire, compare};
use serde_json::{Value, json};

use directory::Directory;
use kinds::{Kind, all, models};

/// Whether a client from before can decode whatever the service sends now, as the comparison says.
fn is_said_to_decode(report: &Report) -> bool {
    report.changes.iter().all(|change| change.wire != Wire::Undecodable)
}

/// The values of `service` that a client which expects a `client` cannot decode.
fn undecoded(client: &Kind, service: &Kind) -> Vec<String> {
    let answers = service.values.iter().map(|value| json!({ "value": [{ "id": "1", "value": value }] }).to_string());
    answers.filter(|answer| client.codec.recode(answer).is_err()).collect()
}

// ---------------------------------------------------------------------------------------------------------------------
// Properties that change their type
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn the_kinds_are_what_the_generator_makes_of_their_types() {
    for kind in all() {
        let code = Directory::of(&kind).code("v1_0/models/thing.rs");
        let field = code.lines().find_map(|line| line.trim().strip_prefix("pub value: ")).unwrap();
        assert_eq!(field.trim_end_matches(','), format!("Option<{}>", kind.rust), "{}", kind.name);
    }
}

#[test]
fn a_value_that_is_read_is_kept() {
    for kind in all() {
        for value in &kind.values {
            let answer = json!({ "value": [{ "id": "1", "value": value }] });
            assert_eq!(kind.codec.recode(&answer.to_string()).unwrap(), answer, "{}", kind.name);
        }
    }
}

/// Every kind of type in place of every other, single or in a collection.
#[test]
fn what_is_said_to_be_undecodable_is_what_cannot_be_decoded() {
    let kinds = all();
    let sides: Vec<_> = kinds.iter().map(|kind| Directory::of(kind).side()).collect();
    let (mut faults, mut decoded, mut failed) = (Vec::new(), 0, 0);
    for (client, old) in kinds.iter().zip(&sides) {
        for (service, new) in kinds.iter().zip(&sides) {
            let said = compare(old, new).changes.iter().map(|change| change.wire).max().unwrap_or(Wire::Unaffected);
            let undecoded = undecoded(client, service);
            *if undecoded.is_empty() { &mut decoded } else { &mut failed } += 1;
            if (said == Wire::Undecodable) == undecoded.is_empty() {
                faults
                    .push(format!("{} -> {}: said to be {said:?}, but not: {undecoded:?}", client.name, service.name));
            }
            // What the client sends of its own is refused if it is no value of what the service has.
            let refused: Vec<_> =
                client.values.iter().filter(|value| client.has(value) && !service.has(value)).collect();
            if said < Wire::Undecodable && (said == Wire::Refused) == refused.is_empty() {
                faults.push(format!(
                    "{} -> {}: said to be {said:?}, but refused: {refused:?}",
                    client.name, service.name
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(decoded > kinds.len() && failed > decoded, "{decoded} can be decoded, {failed} cannot");
}

/// `null`, where the client expects any kind of type.
#[test]
fn null_is_read_as_a_member_and_not_as_an_element() {
    for kind in all() {
        let (always, never) = (Directory::of(&kind), Directory::of(&kind).nullable(false));
        let report = compare(&never.side(), &always.side());
        let value = if kind.is_collection { json!([null]) } else { Value::Null };
        let answer = json!({ "value": [{ "id": "1", "value": value }] }).to_string();
        assert_eq!(is_said_to_decode(&report), kind.codec.recode(&answer).is_ok(), "{}", kind.name);
        assert_eq!(is_said_to_decode(&report), !kind.is_collection, "{}", kind.name);
        // The collection itself may be `null` for all that the metadata says.
        let answer = json!({ "value": [{ "id": "1", "value": null }] });
        assert_eq!(kind.codec.recode(&answer.to_string()).unwrap(), answer, "{}", kind.name);
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Answers
// ---------------------------------------------------------------------------------------------------------------------

/// The only change between two directories.
fn only(old: &Directory, new: &Directory) -> Change {
    let report = compare(&old.side(), &new.side());
    let [change] = report.changes.as_slice() else { panic!("not one change: {:#?}", report.changes) };
    change.clone()
}

fn returning(text: &str) -> Directory {
    Directory::new().types(&format!(
        r#"<Function Name="best" IsBound="true"><Parameter Name="bindingParameter" Type="Collection(graph.thing)" />
        <ReturnType {text} /></Function>"#
    ))
}

#[test]
fn an_answer_that_may_be_missing_cannot_be_decoded() {
    let (always, sometimes) =
        (returning(r#"Type="graph.thing" Nullable="false""#), returning(r#"Type="graph.thing" Nullable="true""#));
    let change = only(&always, &sometimes);
    assert!(matches!(change.kind, What::Changed { aspect: Aspect::Nullable, .. }));
    assert_eq!((change.callers, change.wire), (Callers::Unaffected, Wire::Undecodable));
    let one = Codec::of::<models::Form>();
    for nothing in ["", "null"] {
        assert!(one.recode(nothing).is_err(), "{nothing:?}");
    }
    assert_eq!(only(&sometimes, &always).wire, Wire::Unaffected);
}

#[test]
fn a_page_with_null_among_its_items_cannot_be_decoded_but_one_without_items_can() {
    let change = |element: &str| {
        let of = |nullable: bool| returning(&format!(r#"Type="Collection({element})" Nullable="{nullable}""#));
        only(&of(false), &of(true))
    };
    let change_of_values = change("graph.part");
    assert_eq!((change_of_values.callers, change_of_values.wire), (Callers::Unaffected, Wire::Undecodable));
    let page = Codec::of::<Page<models::Form>>();
    assert!(page.recode(r#"{"value":[null]}"#).is_err());
    for nothing in [r#"{"value":null}"#, r#"{"value":[]}"#, "{}"] {
        assert!(page.recode(nothing).is_ok(), "{nothing}");
    }
    // There is no `null` among entities, whatever is said.
    assert_eq!(change("graph.thing").wire, Wire::Unaffected);
}

#[test]
fn an_object_is_no_page_and_a_page_no_object_that_is_read_wholly() {
    let (one, many) = (returning(r#"Type="graph.thing""#), returning(r#"Type="Collection(graph.thing)""#));
    assert_eq!(only(&many, &one).wire, Wire::Undecodable);
    assert_eq!(only(&one, &many).wire, Wire::Undecodable);
    // Neither is refused by the decoding: nothing that was asked for is where it is looked for.
    let page = json!({ "value": [{ "name": "a" }] }).to_string();
    let form: models::Form = serde_json::from_str(&page).unwrap();
    assert_eq!(form.name(), None);
    let form = json!({ "name": "a" }).to_string();
    assert_eq!(serde_json::from_str::<Page<models::Form>>(&form).unwrap().len(), 0);
}

// ---------------------------------------------------------------------------------------------------------------------
// What comes under a name that is not known
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_subtype_that_is_new_is_read_as_unknown() {
    let old = Directory::of(&kinds::named("union"));
    let new = old.clone().types(
        r#"<ComplexType Name="triangle" BaseType="graph.form"><Property Name="radius" Type="Edm.String" /></ComplexType>"#,
    );
    let report = compare(&old.side(), &new.side());
    assert!(is_said_to_decode(&report));
    let [come] = report.changes.as_slice() else { panic!("not one change: {:#?}", report.changes) };
    assert_eq!((come.subject.to_string().as_str(), &come.kind), ("microsoft.graph.triangle", &What::Added));
    assert_eq!(come.wire, Wire::Extended);
    let triangle = json!({ "@odata.type": "#microsoft.graph.triangle", "name": "t", "radius": "none" });
    let models::Form::Unknown(read) = serde_json::from_value(triangle).unwrap() else { panic!("it is known") };
    assert_eq!(read.name.as_deref(), Some("t"));
    assert_eq!(read.additional_data.get("radius"), Some(&json!("none")));
}

#[test]
fn a_subtype_that_is_called_otherwise_is_read_as_unknown() {
    let old = Directory::of(&kinds::named("union"));
    let new = old.clone().replace(r#"Name="circle""#, r#"Name="disc""#);
    let report = compare(&old.side(), &new.side());
    assert!(is_said_to_decode(&report));
    let is_renamed = |change: &&Change| matches!(change.kind, What::Changed { aspect: Aspect::Name, .. });
    let renamed = report.changes.iter().find(is_renamed).unwrap_or_else(|| panic!("{:#?}", report.changes));
    // It is sent by its name, too, which the service no longer knows.
    assert_eq!((renamed.wire, report.bump()), (Wire::Refused, Bump::Major));
    let report = compare(&old.read_only().side(), &new.read_only().side());
    let renamed = report.changes.iter().find(is_renamed).unwrap_or_else(|| panic!("{:#?}", report.changes));
    assert_eq!(renamed.wire, Wire::Missing);
    let disc = json!({ "@odata.type": "#microsoft.graph.disc", "name": "d", "radius": 2.5 });
    assert!(matches!(serde_json::from_value(disc).unwrap(), models::Form::Unknown(_)));
}

#[test]
fn an_object_that_is_called_otherwise_is_read_all_the_same() {
    let old = Directory::of(&kinds::named("object"));
    let new = old.clone().replace(r#"Name="part""#, r#"Name="piece""#).replace("graph.part\"", "graph.piece\"");
    let report = compare(&old.side(), &new.side());
    assert!(report.changes.iter().all(|change| change.wire == Wire::Unaffected), "{:#?}", report.changes);
    let piece = json!({ "@odata.type": "#microsoft.graph.piece", "name": "p" });
    assert_eq!(serde_json::from_value::<models::Part>(piece).unwrap().name.as_deref(), Some("p"));
}

#[test]
fn a_member_of_an_enumeration_that_is_new_is_read_as_unrecognized() {
    let old = Directory::of(&kinds::named("enumeration"));
    let red = r#"<Member Name="red" Value="0" />"#;
    let new = old.clone().replace(red, &format!(r#"{red}<Member Name="green" Value="2" />"#));
    assert_eq!(only(&old, &new).wire, Wire::Extended);
    let colour: models::Colour = serde_json::from_value(json!("green")).unwrap();
    assert_eq!(colour, models::Colour::Unrecognized("green".into()));
}
