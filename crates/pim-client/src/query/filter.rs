//! `$filter`: which objects.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::ops;

use super::path::Path;
use crate::SubtypeOf;

/// A condition on objects of type `T`: `$filter`.
///
/// It is made from [fields](super::Field) and joined with [`and`](Self::and), [`or`](Self::or) and [`not`], or the operators
/// `&`, `|` and `!`. It is written, by [`Display`](fmt::Display), with the parentheses that it needs and no others:
///
/// ```
/// use pim_client::query::not;
/// use pim_client::v1_0::fields::unified_role_assignment_schedule_request as request;
///
/// let waits = request::status().eq("PendingApproval") | request::status().eq("PendingProvisioning");
/// let filter = waits & !request::justification().is_null();
/// assert_eq!(
///     filter.to_string(),
///     "(status eq 'PendingApproval' or status eq 'PendingProvisioning') and not (justification eq null)",
/// );
/// ```
///
/// Text is a filter in OData's syntax, which is kept as it is. Within its string literals, each `'` must be doubled:
///
/// ```
/// use pim_client::query::Filter;
/// use pim_client::v1_0::{fields::group, models::Group};
///
/// let filter: Filter<Group> = "startsWith(displayName,'O''Neil') or mailEnabled".into();
/// let filter = filter.and(group::is_assignable_to_role().eq(true));
/// assert_eq!(
///     filter.to_string(),
///     "(startsWith(displayName,'O''Neil') or mailEnabled) and isAssignableToRole eq true",
/// );
/// ```
///
/// It is described in [Graph's documentation of filters](https://learn.microsoft.com/graph/filter-query-parameter).
#[must_use = "a filter does nothing until a request has it"]
pub struct Filter<T> {
    text: VecDeque<Piece>,
    outermost: Outermost,
    advanced: bool,
    of: PhantomData<fn() -> T>,
}

/// A piece of a filter's text, in the order in which it is written.
///
/// Pieces rather than a tree: a tree as deep as a program's loop is long could neither be written nor dropped. What a
/// tree would be needed for, parentheses, is known when two filters are joined; what is not known by then, the name of
/// the item that a path begins at, when they are written.
#[derive(Clone)]
enum Piece {
    Text(Cow<'static, str>),
    /// A path from the innermost item.
    Path(Cow<'static, str>),
    /// Here an `any` or `all` begins to speak of its items.
    Open,
    /// Here it ends.
    Close,
}

/// What a filter is at its outermost, which decides where it needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outermost {
    /// A call, a lambda, a negation: nothing takes it apart.
    Closed,
    Comparison,
    And,
    Or,
    /// Text that was not made here.
    Unknown,
}

impl<T> Filter<T> {
    fn of(text: impl Into<VecDeque<Piece>>, outermost: Outermost, advanced: bool) -> Self {
        Self { text: text.into(), outermost, advanced, of: PhantomData }
    }

    /// `path operator value`
    pub(super) fn comparison<P: Path>(path: P, operator: &'static str, value: String) -> Self {
        let text = vec![Piece::Path(path.text()), Piece::Text(operator.into()), Piece::Text(value.into())];
        Self::of(text, Outermost::Comparison, P::COUNTS)
    }

    /// `function(path,value)`
    pub(super) fn call<P: Path>(function: &'static str, path: P, value: String) -> Self {
        let text = vec![
            Piece::Text(function.into()),
            Piece::Text("(".into()),
            Piece::Path(path.text()),
            Piece::Text(",".into()),
            Piece::Text(value.into()),
            Piece::Text(")".into()),
        ];
        Self::of(text, Outermost::Closed, P::COUNTS)
    }

    /// `path/quantifier(x:condition)`
    pub(super) fn lambda<I, P: Path>(path: P, quantifier: &'static str, condition: Filter<I>) -> Self {
        let mut text = vec![Piece::Path(path.text()), Piece::Text(quantifier.into()), Piece::Open];
        text.extend(condition.text);
        text.push(Piece::Close);
        Self::of(text, Outermost::Closed, P::COUNTS || condition.advanced)
    }

    /// The same, known to be one of the queries that Graph calls advanced.
    pub(super) fn advanced(mut self) -> Self {
        self.advanced = true;
        self
    }

    /// Whether it is known to be one of the queries that Graph calls advanced.
    pub(crate) fn is_advanced(&self) -> bool {
        self.advanced
    }

    /// Both must be met.
    ///
    /// ```
    /// use pim_client::v1_0::fields::privileged_access_group_assignment_schedule as schedule;
    /// use pim_client::v1_0::models::PrivilegedAccessGroupRelationships::Member;
    ///
    /// let members = schedule::group_id().eq("68e55cce").and(schedule::access_id().eq(Member));
    /// assert_eq!(members.to_string(), "groupId eq '68e55cce' and accessId eq 'member'");
    /// ```
    pub fn and(self, other: impl Into<Self>) -> Self {
        self.join(" and ", Outermost::And, other.into())
    }

    /// One of the two must be met, or both.
    ///
    /// Of any number of filters, `reduce` makes one:
    ///
    /// ```
    /// use pim_client::query::Filter;
    /// use pim_client::v1_0::fields::unified_role_assignment as role_assignment;
    ///
    /// let scopes = ["/", "/administrativeUnits/1"].map(|scope| role_assignment::directory_scope_id().eq(scope));
    /// let filter = scopes.into_iter().reduce(Filter::or).unwrap();
    /// assert_eq!(filter.to_string(), "directoryScopeId eq '/' or directoryScopeId eq '/administrativeUnits/1'");
    /// ```
    pub fn or(self, other: impl Into<Self>) -> Self {
        self.join(" or ", Outermost::Or, other.into())
    }

    /// The same filter, on what `T` derives from.
    ///
    /// ```
    /// use pim_client::query::Filter;
    /// use pim_client::v1_0::{fields::user, models::DirectoryObject};
    ///
    /// let filter: Filter<DirectoryObject> = user::display_name().eq("Ada").upcast();
    /// # assert_eq!(filter.to_string(), "displayName eq 'Ada'");
    /// ```
    pub fn upcast<Base>(self) -> Filter<Base>
    where
        T: SubtypeOf<Base>,
    {
        Filter::of(self.text, self.outermost, self.advanced)
    }

    fn join(mut self, operator: &'static str, outermost: Outermost, other: Self) -> Self {
        self.enclose_in(outermost);
        self.text.push_back(Piece::Text(operator.into()));
        let mut other = other;
        other.enclose_in(outermost);
        self.text.append(&mut other.text);
        Self { outermost, advanced: self.advanced || other.advanced, ..self }
    }

    /// Puts parentheses around the filter if what it will be part of would take it apart. `and` and `or` stand beside
    /// their like without them, and `and` within `or`.
    fn enclose_in(&mut self, outermost: Outermost) {
        let holds = match self.outermost {
            Outermost::Closed => true,
            Outermost::Comparison => outermost != Outermost::Closed,
            Outermost::And => matches!(outermost, Outermost::And | Outermost::Or),
            Outermost::Or => outermost == Outermost::Or,
            Outermost::Unknown => false,
        };
        if !holds {
            self.text.push_front(Piece::Text("(".into()));
            self.text.push_back(Piece::Text(")".into()));
            self.outermost = Outermost::Closed;
        }
    }
}

/// The condition must not be met: `not (…)`.
///
/// ```
/// use pim_client::query::not;
/// use pim_client::v1_0::fields::user;
///
/// let filter = not(user::display_name().starts_with("Guest"));
/// assert_eq!(filter.to_string(), "not startswith(displayName,'Guest')");
/// ```
pub fn not<T>(condition: impl Into<Filter<T>>) -> Filter<T> {
    let mut filter = condition.into();
    filter.enclose_in(Outermost::Closed);
    filter.text.push_front(Piece::Text("not ".into()));
    filter.advanced()
}

impl<T> ops::BitAnd for Filter<T> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl<T> ops::BitOr for Filter<T> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl<T> ops::Not for Filter<T> {
    type Output = Self;

    fn not(self) -> Self {
        not(self)
    }
}

impl<T> From<String> for Filter<T> {
    fn from(text: String) -> Self {
        Self::of(vec![Piece::Text(text.into())], Outermost::Unknown, false)
    }
}

impl<T> From<&str> for Filter<T> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<T> From<&String> for Filter<T> {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl<T> From<&Self> for Filter<T> {
    fn from(filter: &Self) -> Self {
        filter.clone()
    }
}

// Written out rather than derived: what holds for a filter holds whatever `T` is.
impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Self::of(self.text.clone(), self.outermost, self.advanced)
    }
}

/// As it is sent, before it is percent-encoded.
impl<T> fmt::Display for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut depth = 0_usize;
        for piece in &self.text {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Path(path) if depth == 0 => f.write_str(if path.is_empty() { "$it" } else { path })?,
                Piece::Path(path) => {
                    variable(depth, f)?;
                    if !path.is_empty() {
                        write!(f, "/{path}")?;
                    }
                }
                Piece::Open => {
                    depth += 1;
                    f.write_str("(")?;
                    variable(depth, f)?;
                    f.write_str(":")?;
                }
                Piece::Close => {
                    depth = depth.saturating_sub(1);
                    f.write_str(")")?;
                }
            }
        }
        Ok(())
    }
}

/// The name of an item within `depth` collections: `x`, `x2`, `x3`.
fn variable(depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("x")?;
    if depth > 1 { write!(f, "{depth}") } else { Ok(()) }
}

impl<T> fmt::Debug for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.to_string()).finish()
    }
}
