//! OData's language of queries: what stands behind the `?` of a request, read, checked against a type, and evaluated.
//!
//! It knows nothing of HTTP and of where entities are kept. An entity is a JSON object as Graph would send it, with all
//! its properties and none of its navigation properties; those it asks [`Relations`] for, when a query needs them. Which
//! properties there are, a [`Schema`](pim_client::schema::Schema) says: so a query with a slip in it is refused before
//! anything is looked up, and the [`Fault`] says where it is.
//!
//! | module | what it is |
//! |---|---|
//! | `query` | all options of a request together |
//! | `options` | the text behind the `?`, option by option |
//! | `filter`, `order`, `select`, `expand`, `search` | one option each |
//! | `expression` | what filters and orders are made of, with `path`, `function` and `literal` |
//! | `parser`, `lexer`, `source` | from text to an expression, `types` being what it is checked against |
//! | `evaluate`, `value` | from an expression and an entity to a value |
//! | `fault`, `nearest` | what is said about a query that is wrong |

mod evaluate;
mod expand;
mod expression;
mod fault;
mod filter;
mod function;
mod lexer;
mod literal;
mod nearest;
mod options;
mod order;
mod parser;
mod path;
mod query;
mod search;
mod select;
mod source;
#[cfg(test)]
mod tests;
mod types;
mod value;

pub(crate) use evaluate::Relations;
pub(crate) use expand::Expand;
pub(crate) use fault::Fault;
pub(crate) use filter::Filter;
pub(crate) use order::OrderBy;
pub(crate) use query::Query;
pub(crate) use search::Search;
pub(crate) use select::Select;
pub(crate) use value::Strings;

/// An entity, as Graph would send it.
pub(crate) type Entity = serde_json::Map<String, serde_json::Value>;

/// How deep the parts of a query may be within each other. What is read, is read by functions that call themselves.
const DEEPEST: usize = 32;
