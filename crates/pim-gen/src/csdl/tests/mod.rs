//! What reading and writing promise.

mod hostile;
mod models;
mod read;
mod refuse;
mod write;

use super::*;

/// A document whose one schema has this inside, from line 4 on.
fn schema(content: &str) -> String {
    document(&format!("<Schema Namespace='microsoft.graph' Alias='graph'>\n{content}</Schema>"))
}

fn document(schemas: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
{schemas}
</edmx:DataServices></edmx:Edmx>"#
    )
}

/// Why a document is refused.
fn refusal(text: impl AsRef<[u8]>) -> String {
    read(text.as_ref()).expect_err("it reads").to_string()
}
