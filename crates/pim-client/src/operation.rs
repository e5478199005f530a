//! What is known of an operation before it is sent: its address, its permissions, its documentation.

use std::fmt;

/// One operation of Graph, as its documentation describes it.
///
/// The generated code holds one of these, `static`, for each operation. [`Error::operation`](crate::Error::operation)
/// hands it out, so that a program can say which call failed and which permission it would have needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The version of Graph that it belongs to: `v1.0` or `beta`.
    pub version: &'static str,
    /// The name, unique within one version of Graph: `groups_list`.
    pub id: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template behind the version: `/groups/{group-id}/members`.
    pub path: &'static str,
    /// The least privileged delegated permissions; of several, all are needed. Empty if no user can call it.
    pub delegated: &'static [&'static str],
    /// The least privileged application permissions; of several, all are needed. Empty if no application can call it.
    pub application: &'static [&'static str],
    /// The address of the operation's reference page.
    pub documentation: &'static str,
}

impl Operation {
    /// An entry of a generated table.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        version: &'static str,
        id: &'static str,
        method: &'static str,
        path: &'static str,
        delegated: &'static [&'static str],
        application: &'static [&'static str],
        documentation: &'static str,
    ) -> Self {
        Self { version, id, method, path, delegated, application, documentation }
    }

    /// Whether sending the request twice has the effect of sending it once (RFC 9110, section 9.2.2).
    pub(crate) fn is_idempotent(&self) -> bool {
        matches!(self.method, "GET" | "HEAD" | "PUT" | "DELETE")
    }
}

/// `METHOD /version/path/{template}`
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} /{}{}", self.method, self.version, self.path)
    }
}
