//! Conditions on a single value.

use super::field::{Field, SingleValued};
use super::filter::Filter;
use super::literal::{Literal, Ordered};
use super::path::Path;

fn text(value: &impl Literal) -> String {
    let mut text = String::new();
    value.write(&mut text);
    text
}

/// Values that can be compared.
impl<T, V: Literal, P: Path> Field<T, V, P> {
    /// The property is `value`.
    ///
    /// ```
    /// use pim_client::v1_0::fields::user;
    ///
    /// assert_eq!(user::display_name().eq("Miles O'Brien").to_string(), "displayName eq 'Miles O''Brien'");
    /// ```
    pub fn eq(self, value: impl Into<V>) -> Filter<T> {
        Filter::comparison(self.path, " eq ", text(&value.into()))
    }

    /// The property is not `value`.
    pub fn ne(self, value: impl Into<V>) -> Filter<T> {
        Filter::comparison(self.path, " ne ", text(&value.into())).advanced()
    }

    /// The property is one of `values`. Graph refuses an empty list, and one that is longer than it likes.
    ///
    /// ```
    /// use pim_client::v1_0::fields::unified_role_assignment as role_assignment;
    ///
    /// let filter = role_assignment::principal_id().is_in(["9b6c9bd6", "f8ca5a85"]);
    /// assert_eq!(filter.to_string(), "principalId in ('9b6c9bd6','f8ca5a85')");
    /// ```
    pub fn is_in(self, values: impl IntoIterator<Item = impl Into<V>>) -> Filter<T> {
        let mut list = "(".to_owned();
        for value in values {
            if list.len() > 1 {
                list.push(',');
            }
            value.into().write(&mut list);
        }
        list.push(')');
        Filter::comparison(self.path, " in ", list)
    }
}

/// Values that come one before the other.
impl<T, V: Ordered, P: Path> Field<T, V, P> {
    /// The property is greater than `value`, or later.
    pub fn gt(self, value: impl Into<V>) -> Filter<T> {
        Filter::comparison(self.path, " gt ", text(&value.into()))
    }

    /// The property is `value` or greater, or later.
    ///
    /// ```
    /// use pim_client::edm::DateTimeOffset;
    /// use pim_client::v1_0::fields::directory_audit;
    ///
    /// let since: DateTimeOffset = "2025-03-21T11:06:00Z".parse()?;
    /// assert_eq!(
    ///     directory_audit::activity_date_time().ge(since).to_string(),
    ///     "activityDateTime ge 2025-03-21T11:06:00Z",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ge(self, value: impl Into<V>) -> Filter<T> {
        Filter::comparison(self.path, " ge ", text(&value.into()))
    }

    /// The property is less than `value`, or earlier.
    pub fn lt(self, value: impl Into<V>) -> Filter<T> {
        Filter::comparison(self.path, " lt ", text(&value.into()))
    }

    /// The property is `value` or less, or earlier.
    pub fn le(self, value: impl Into<V>) -> Filter<T> {
        Filter::comparison(self.path, " le ", text(&value.into()))
    }
}

/// Values that can be null.
impl<T, V: SingleValued, P: Path> Field<T, V, P> {
    /// The property has no value.
    pub fn is_null(self) -> Filter<T> {
        Filter::comparison(self.path, " eq ", "null".to_owned())
    }

    /// The property has a value.
    ///
    /// ```
    /// use pim_client::v1_0::fields::unified_role_assignment_schedule_request as request;
    ///
    /// assert_eq!(request::created_by().is_not_null().to_string(), "createdBy ne null");
    /// ```
    pub fn is_not_null(self) -> Filter<T> {
        Filter::comparison(self.path, " ne ", "null".to_owned()).advanced()
    }
}

/// Text.
impl<T, P: Path> Field<T, String, P> {
    /// The text begins with `value`.
    ///
    /// ```
    /// use pim_client::v1_0::fields::group;
    ///
    /// let filter = group::display_name().starts_with("PIM");
    /// assert_eq!(filter.to_string(), "startswith(displayName,'PIM')");
    /// ```
    pub fn starts_with(self, value: impl Into<String>) -> Filter<T> {
        Filter::call("startswith", self.path, text(&value.into()))
    }

    /// The text ends with `value`.
    pub fn ends_with(self, value: impl Into<String>) -> Filter<T> {
        Filter::call("endswith", self.path, text(&value.into())).advanced()
    }

    /// `value` is somewhere in the text. Few collections of Graph take it, and none of directory objects.
    pub fn contains(self, value: impl Into<String>) -> Filter<T> {
        Filter::call("contains", self.path, text(&value.into()))
    }
}
