//! OData's query options, collected as text. The generated code reads them by the names of its parameters.

use crate::operation::Operation;
use crate::query::{Expand, Filter, Items, OrderBy, Search, Select};

/// The options of a single object: how much of it is returned.
#[derive(Clone, Debug, Default)]
pub struct GetQuery {
    select: Items,
    expand: Items,
}

impl GetQuery {
    pub(super) fn add_select<T>(&mut self, properties: impl Select<T>) {
        properties.add_to(&mut self.select);
    }

    pub(super) fn add_expand<T>(&mut self, relations: impl Expand<T>) {
        relations.add_to(&mut self.expand);
    }

    /// `$select`
    #[must_use]
    pub fn select(&self) -> Option<&str> {
        self.select.text()
    }

    /// `$expand`
    #[must_use]
    pub fn expand(&self) -> Option<&str> {
        self.expand.text()
    }
}

/// The options of a list: which objects, in which order, and how much of each.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    pub(super) object: GetQuery,
    pub(super) top: Option<u32>,
    pub(super) skip: Option<u32>,
    pub(super) count: bool,
    pub(super) eventual: bool,
    filter: Option<FilterText>,
    search: Option<String>,
    order_by: Items,
    of: Listed,
}

/// What is listed. For directory objects, advanced queries have rules of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listed {
    #[default]
    Others,
    DirectoryObjects,
    /// The path picks those of one type, which is an advanced query by itself.
    DirectoryObjectsOfOneType,
}

/// A filter as it is sent.
#[derive(Clone, Debug)]
struct FilterText {
    text: String,
    /// Whether it is known to be advanced.
    advanced: bool,
}

impl ListQuery {
    /// The options of a list that `operation` returns.
    pub(super) fn to(operation: &Operation) -> Self {
        let is_cast = operation.path.rsplit('/').next().is_some_and(|last| last.starts_with("microsoft.graph."));
        let of = match (is_of_directory_objects(operation.path), is_cast) {
            (false, _) => Listed::Others,
            (true, false) => Listed::DirectoryObjects,
            (true, true) => Listed::DirectoryObjectsOfOneType,
        };
        Self { of, ..Self::default() }
    }

    pub(super) fn set_filter<T>(&mut self, filter: &Filter<T>) {
        self.filter = Some(FilterText { text: filter.to_string(), advanced: filter.is_advanced() });
    }

    pub(super) fn set_search<T>(&mut self, search: &Search<T>) {
        self.search = Some(search.to_string());
    }

    pub(super) fn set_order_by<T>(&mut self, order: impl OrderBy<T>) {
        self.order_by = Items::default();
        order.add_to(&mut self.order_by);
    }

    /// Whether Graph answers the query only from the store that it calls advanced, and counting.
    fn is_advanced(&self) -> bool {
        let is_ordered = self.order_by.text().is_some();
        let filter = self.filter.as_ref().is_some_and(|filter| filter.advanced || is_ordered);
        match self.of {
            Listed::Others => false,
            Listed::DirectoryObjects => self.count || filter,
            Listed::DirectoryObjectsOfOneType => true,
        }
    }

    /// `$select`
    #[must_use]
    pub fn select(&self) -> Option<&str> {
        self.object.select()
    }

    /// `$expand`
    #[must_use]
    pub fn expand(&self) -> Option<&str> {
        self.object.expand()
    }

    /// `$filter`
    #[must_use]
    pub fn filter(&self) -> Option<&str> {
        self.filter.as_ref().map(|filter| filter.text.as_str())
    }

    /// `$search`
    #[must_use]
    pub fn search(&self) -> Option<&str> {
        self.search.as_deref()
    }

    /// `$orderby`
    #[must_use]
    pub fn orderby(&self) -> Option<&str> {
        self.order_by.text()
    }

    /// `$top`
    #[must_use]
    pub fn top(&self) -> Option<i32> {
        self.top.map(int32)
    }

    /// `$skip`
    #[must_use]
    pub fn skip(&self) -> Option<i32> {
        self.skip.map(int32)
    }

    /// `$count`, which is part of every advanced query.
    #[must_use]
    pub fn count(&self) -> Option<bool> {
        (self.count || self.is_advanced()).then_some(true)
    }

    /// The header `ConsistencyLevel`
    #[must_use]
    pub fn consistency_level(&self) -> Option<&'static str> {
        let search = self.of != Listed::Others && self.search.is_some();
        (self.eventual || search || self.is_advanced()).then_some("eventual")
    }
}

/// The options of a count: which objects are counted.
#[derive(Clone, Debug, Default)]
pub struct CountQuery {
    pub(super) filter: Option<String>,
    pub(super) search: Option<String>,
}

impl CountQuery {
    /// `$filter`
    #[must_use]
    pub fn filter(&self) -> Option<&str> {
        self.filter.as_deref()
    }

    /// `$search`
    #[must_use]
    pub fn search(&self) -> Option<&str> {
        self.search.as_deref()
    }

    /// The header `ConsistencyLevel`, which Graph wants with every count of directory objects. Other collections that can
    /// be counted by a path of its own do not mind it.
    #[must_use]
    pub fn consistency_level(&self) -> Option<&'static str> {
        Some("eventual")
    }
}

/// Whether what is at `path` are directory objects: users, groups, and whatever else the directory keeps.
fn is_of_directory_objects(path: &str) -> bool {
    const ROOTS: [&str; 8] =
        ["applications", "devices", "directory", "directoryObjects", "groups", "me", "servicePrincipals", "users"];
    path.split('/').nth(1).is_some_and(|root| ROOTS.contains(&root))
}

/// The nearest `Edm.Int32`, which is what Graph takes.
fn int32(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_by_commas_over_several_calls() {
        let mut query = GetQuery::default();
        query.add_select::<()>(Vec::<String>::new());
        assert_eq!(query.select(), None);
        query.add_select::<()>(["id", "displayName"]);
        query.add_select::<()>(["owners"]);
        assert_eq!(query.select(), Some("id,displayName,owners"));
    }

    #[test]
    fn directory_objects_are_known_by_their_path() {
        for path in ["/users", "/groups/{group-id}/members", "/me/memberOf", "/directory/deletedItems", "/devices"] {
            assert!(is_of_directory_objects(path), "{path}");
        }
        for path in
            ["", "/", "/groupSettings", "/messages", "/roleManagement/directory/roleAssignments", "/auditLogs/users"]
        {
            assert!(!is_of_directory_objects(path), "{path}");
        }
    }

    #[test]
    fn numbers_are_held_within_what_graph_takes() {
        let query = ListQuery { top: Some(5), skip: Some(u32::MAX), ..ListQuery::default() };
        assert_eq!((query.top(), query.skip()), (Some(5), Some(i32::MAX)));
    }
}
