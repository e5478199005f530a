//! No input makes it panic.

use super::super::read;
use super::write::assert_law;
use crate::Result;
use crate::edm::{self, Model};
use proptest::prelude::*;

/// A valid document that has everything in it.
const VALID: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="a.b" Alias="x" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EnumType Name="e" IsFlags="true"><Member Name="m" Value="1"/><Member Name="n"/></EnumType>
<TypeDefinition Name="t" UnderlyingType="Edm.String"/>
<ComplexType Name="c" OpenType="true"><Property Name="p" Type="Collection(x.e)" Nullable="false"/></ComplexType>
<EntityType Name="b" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="x.t"/></EntityType>
<EntityType Name="d" BaseType="a.b.b"><NavigationProperty Name="n" Type="x.b" ContainsTarget="true"/></EntityType>
<Action Name="do" IsBound="true"><Parameter Name="on" Type="x.d"/><ReturnType Type="x.c"/></Action>
<EntityContainer Name="r"><EntitySet Name="ds" EntityType="a.b.d"/><Singleton Name="one" Type="x.d"/></EntityContainer>
<Annotations Target="x.c/p"><Annotation Term="Org.OData.Core.V1.Permissions">
<EnumMember>Org.OData.Core.V1.Permission/Read</EnumMember></Annotation></Annotations>
</Schema></edmx:DataServices></edmx:Edmx>"#;

fn understand(bytes: &[u8]) -> Result<Model> {
    edm::resolve(&read(bytes)?, bytes)
}

/// No panic is what is tested. But an error has a place and is one line, and a model can be written and read.
fn check(bytes: &[u8]) {
    match understand(bytes) {
        // Of an empty schema nothing is left, not even a schema.
        Ok(model) if model == Model::default() => {}
        Ok(model) => assert_law(&model),
        Err(error) => assert!(error.position().is_some() && !error.to_string().contains('\n'), "{error}"),
    }
}

#[test]
fn the_valid_document_is_valid() {
    understand(VALID.as_bytes()).unwrap();
}

#[test]
fn a_document_cut_anywhere_is_refused() {
    for length in 0..VALID.len() {
        let cut = &VALID.as_bytes()[..length];
        assert!(understand(cut).is_err(), "cut after {length} bytes");
        check(cut);
    }
}

/// A few bytes instead of others, somewhere; bytes that mean something in XML, or any.
fn edit() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    let markup =
        r#"< > / " ' & ; = : . <! <![CDATA[ ]]> <!-- --> <? ?> </ /> &lt; &#10; Collection( x.b <EnumType <a> é"#;
    let markup: Vec<Vec<u8>> = markup.split(' ').chain(["\u{feff}", "\0", " "]).map(Into::into).collect();
    let bytes = prop_oneof![prop::sample::select(markup), prop::collection::vec(any::<u8>(), 0..4)];
    (any::<prop::sample::Index>(), 0..40_usize, bytes)
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in r#"[<>/"'=&;:!?a-c \n\u{feff}é\[\]-]{0,100}"#) {
        check(text.as_bytes());
    }

    #[test]
    fn no_change_to_a_document_makes_it_panic(edits in prop::collection::vec(edit(), 1..5)) {
        let mut bytes = VALID.as_bytes().to_vec();
        for (at, removed, inserted) in edits {
            let at = at.index(bytes.len() + 1);
            let end = bytes.len().min(at + removed);
            bytes.splice(at..end, inserted);
        }
        check(&bytes);
    }
}
