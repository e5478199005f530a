//! Documents that are refused, where and with which words.

use super::*;

#[test]
fn what_is_no_document() {
    insta::assert_snapshot!(refusal(""), @"1:1: the document is empty; fetch it again");
    insta::assert_snapshot!(refusal(" \n"), @"1:1: the document is empty; fetch it again");
    insta::assert_snapshot!(
        refusal(r#"{"error":{"code":"UnknownError"}}"#),
        @"1:1: text outside of the root element: this is not a CSDL document"
    );
    insta::assert_snapshot!(
        refusal("<html><body/></html>"),
        @"1:1: the root element is <html>, not <edmx:Edmx>: this is not a CSDL document"
    );
    insta::assert_snapshot!(
        refusal("<!DOCTYPE x [<!ENTITY a 'b'>]><edmx:Edmx/>"),
        @"1:1: a DOCTYPE is not accepted: metadata has none"
    );
    insta::assert_snapshot!(
        refusal(document("<Schema Namespace='a'/>") + "\n<more/>"),
        @"5:1: a second root element, <more>: a document has one"
    );
    insta::assert_snapshot!(
        refusal(document("<Schema Namespace='a'/>") + "\n  more"),
        @"5:3: text outside of the root element: this is not a CSDL document"
    );
}

#[test]
fn other_encodings() {
    insta::assert_snapshot!(
        refusal(r#"<?xml version="1.0" encoding="iso-8859-1"?><a/>"#),
        @"1:1: the document is in iso-8859-1, and only UTF-8 is read; convert it, or fetch it again"
    );
    insta::assert_snapshot!(
        refusal(b"\xFF\xFE<\0a\0"),
        @"1:1: the document is in UTF-16, and only UTF-8 is read; convert it, or fetch it again"
    );
    insta::assert_snapshot!(
        refusal(b"<a>\n  caf\xE9</a>"),
        @"2:6: the byte 0xE9 is not UTF-8 here; fetch the document again"
    );
}

#[test]
fn other_versions_of_csdl() {
    insta::assert_snapshot!(
        refusal(r#"<edmx:Edmx Version="3.0"/>"#),
        @r#"1:1: the document is CSDL "3.0", and only CSDL 4 is read"#
    );
    insta::assert_snapshot!(refusal("<edmx:Edmx/>"), @"1:1: <edmx:Edmx> has no attribute Version");
    assert!(read(document(r#"<Schema Namespace="a"/>"#).replace("4.0", "4.01").as_bytes()).is_ok());
}

#[test]
fn a_document_of_nothing() {
    insta::assert_snapshot!(
        refusal(document("")),
        @"2:1: the document has no Schema: there is nothing in it; fetch it again"
    );
}

#[test]
fn a_truncated_document() {
    let whole = schema(r#"<EntityType Name="e"><Key></Key></EntityType>"#);
    let until = |text: &str| refusal(whole.split(text).next().unwrap());
    insta::assert_snapshot!(
        until("</Key"),
        @"4:27: the document ends inside of <Key>: it is truncated; fetch it again"
    );
    insta::assert_snapshot!(
        until("</edmx:Edmx"),
        @"5:21: the document ends inside of <edmx:Edmx>: it is truncated; fetch it again"
    );
    insta::assert_snapshot!(
        until("' Alias"),
        @r#"3:1: malformed XML: attribute value not closed: `'` not found before end of input"#
    );
    insta::assert_snapshot!(
        until("='microsoft.graph"),
        @"3:1: malformed XML: tag not closed: `>` not found before end of input"
    );
}

#[test]
fn malformed_xml() {
    insta::assert_snapshot!(
        refusal(schema("<EntityType Name='e'></ComplexType>")),
        @"4:22: malformed XML: expected `</EntityType>`, but `</ComplexType>` was found"
    );
    insta::assert_snapshot!(
        refusal("</a>"),
        @"1:1: malformed XML: close tag `</a>` does not match any open tag"
    );
    insta::assert_snapshot!(
        refusal(schema("<EnumType Name=e/>")),
        @"4:16: malformed XML: the value of an attribute is not in quotes"
    );
    insta::assert_snapshot!(
        refusal(schema("<EnumType Name/>")),
        @"4:15: malformed XML: an attribute has no value"
    );
    insta::assert_snapshot!(
        refusal(schema("<EnumType Name=/>")),
        @"4:16: malformed XML: an attribute has no value behind its `=`"
    );
    insta::assert_snapshot!(
        refusal(schema(r#"<EnumType Name="a" Name="b"/>"#)),
        @"4:1: the attribute Name is there twice"
    );
    insta::assert_snapshot!(
        refusal(schema(r#"<EnumType Name="&nbsp;"/>"#)),
        @r#"4:1: malformed XML: in the value "&nbsp;" of an attribute: there is no entity "nbsp""#
    );
    insta::assert_snapshot!(
        refusal(schema("<!-- never closed")),
        @"4:1: malformed XML: comment not closed: `-->` not found before end of input"
    );
}

#[test]
fn elements_that_are_nested_too_deep() {
    insta::assert_snapshot!(
        refusal(schema(&"<a>".repeat(100_000))),
        @"4:184: elements are nested more than 64 deep"
    );
    assert!(read(schema(&("<a>".repeat(60) + &"</a>".repeat(60))).as_bytes()).is_ok());
}

#[test]
fn elements_that_lack_an_attribute() {
    let refusal = |element: &str| refusal(schema(element));
    insta::assert_snapshot!(refusal("<EnumType/>"), @"4:1: <EnumType> has no attribute Name");
    insta::assert_snapshot!(
        refusal(r#"<ComplexType Name="c"><Property Name="p"/></ComplexType>"#),
        @"4:23: <Property> has no attribute Type"
    );
    insta::assert_snapshot!(
        refusal(r#"<TypeDefinition Name="t"/>"#),
        @"4:1: <TypeDefinition> has no attribute UnderlyingType"
    );
    insta::assert_snapshot!(
        refusal(r#"<Action Name="a"><ReturnType/></Action>"#),
        @"4:18: <ReturnType> has no attribute Type"
    );
    insta::assert_snapshot!(
        refusal(r#"<EntityContainer Name="c"><EntitySet Name="s"/></EntityContainer>"#),
        @"4:27: <EntitySet> has no attribute EntityType"
    );
    insta::assert_snapshot!(
        refusal(r#"<Annotations><Annotation Term="Org.OData.Core.V1.Computed"/></Annotations>"#),
        @"4:1: <Annotations> has no attribute Target"
    );
}

#[test]
fn values_that_make_no_sense() {
    let refusal = |element: &str| refusal(schema(element));
    insta::assert_snapshot!(
        refusal(r#"<ComplexType Name="a b"/>"#),
        @r#"4:1: the Name "a b" is not a name: ASCII letters, digits and `_`, no digit first"#
    );
    insta::assert_snapshot!(
        refusal(r#"<ComplexType Name="../../x"/>"#),
        @r#"4:1: the Name "../../x" is not a name: ASCII letters, digits and `_`, no digit first"#
    );
    insta::assert_snapshot!(
        refusal(r#"<ComplexType Name="c" Abstract="yes"/>"#),
        @r#"4:1: Abstract is "yes", neither "true" nor "false""#
    );
    insta::assert_snapshot!(
        refusal(r#"<EnumType Name="e"><Member Name="m" Value="0x10"/></EnumType>"#),
        @r#"4:20: the Value "0x10" is not a whole number of up to 64 bits"#
    );
    insta::assert_snapshot!(
        refusal(r#"<EnumType Name="e"><Member Name="m" Value="9223372036854775807"/><Member Name="n"/></EnumType>"#),
        @"4:66: the member has no Value, and there is no number after the one before it"
    );
    insta::assert_snapshot!(
        refusal(r#"<Action Name="a"><ReturnType Type="A.b"/><ReturnType Type="A.b"/></Action>"#),
        @"4:42: a second ReturnType"
    );
    insta::assert_snapshot!(
        super::refusal(document(r#"<Schema Namespace="a..b"/>"#)),
        @r#"3:1: the Namespace "a..b" is not a namespace: names with dots between them"#
    );
}

#[test]
fn the_place_counts_from_behind_a_byte_order_mark() {
    insta::assert_snapshot!(
        refusal(format!("\u{feff}{}", schema("<EnumType/>"))),
        @"4:1: <EnumType> has no attribute Name"
    );
    insta::assert_snapshot!(
        refusal("\u{feff}\u{feff}<html/>"),
        @"1:1: the root element is <html>, not <edmx:Edmx>: this is not a CSDL document"
    );
}
