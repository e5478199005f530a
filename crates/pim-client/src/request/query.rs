//! OData's query options, collected as text. The generated code reads them by the names of its parameters.

/// The options of a single object: how much of it is returned.
#[derive(Clone, Debug, Default)]
pub struct GetQuery {
    select: Option<String>,
    expand: Option<String>,
}

impl GetQuery {
    pub(super) fn add_select(&mut self, properties: impl IntoIterator<Item = impl Into<String>>) {
        append(&mut self.select, properties);
    }

    pub(super) fn add_expand(&mut self, properties: impl IntoIterator<Item = impl Into<String>>) {
        append(&mut self.expand, properties);
    }

    /// `$select`
    #[must_use]
    pub fn select(&self) -> Option<&str> {
        self.select.as_deref()
    }

    /// `$expand`
    #[must_use]
    pub fn expand(&self) -> Option<&str> {
        self.expand.as_deref()
    }
}

/// The options of a list: which objects, in which order, and how much of each.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    pub(super) object: GetQuery,
    pub(super) filter: Option<String>,
    pub(super) search: Option<String>,
    pub(super) order_by: Option<String>,
    pub(super) top: Option<u32>,
    pub(super) skip: Option<u32>,
    pub(super) count: bool,
    pub(super) eventual: bool,
}

impl ListQuery {
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
        self.filter.as_deref()
    }

    /// `$search`
    #[must_use]
    pub fn search(&self) -> Option<&str> {
        self.search.as_deref()
    }

    /// `$orderby`
    #[must_use]
    pub fn orderby(&self) -> Option<&str> {
        self.order_by.as_deref()
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

    /// `$count`
    #[must_use]
    pub fn count(&self) -> Option<bool> {
        self.count.then_some(true)
    }

    /// The header `ConsistencyLevel`
    #[must_use]
    pub fn consistency_level(&self) -> Option<&'static str> {
        self.eventual.then_some("eventual")
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

    /// The header `ConsistencyLevel`, which Graph wants with every count of directory objects.
    #[must_use]
    pub fn consistency_level(&self) -> Option<&'static str> {
        Some("eventual")
    }
}

/// The nearest `Edm.Int32`, which is what Graph takes.
fn int32(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn append(list: &mut Option<String>, items: impl IntoIterator<Item = impl Into<String>>) {
    for item in items {
        match list {
            Some(list) => {
                list.push(',');
                list.push_str(&item.into());
            }
            None => *list = Some(item.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_by_commas_over_several_calls() {
        let mut query = GetQuery::default();
        query.add_select(Vec::<String>::new());
        assert_eq!(query.select(), None);
        query.add_select(["id", "displayName"]);
        query.add_select(["owners"]);
        assert_eq!(query.select(), Some("id,displayName,owners"));
    }

    #[test]
    fn numbers_are_held_within_what_graph_takes() {
        let query = ListQuery { top: Some(5), skip: Some(u32::MAX), ..ListQuery::default() };
        assert_eq!((query.top(), query.skip()), (Some(5), Some(i32::MAX)));
    }
}
