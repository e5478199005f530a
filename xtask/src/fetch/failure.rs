//! Why there is no document yet.

use std::time::Duration;

use pim_gen::Error;

/// What went wrong, and whether it is worth asking again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It may be over soon.
    Passing {
        /// What went wrong.
        what: String,
        /// How long the server asks to wait.
        after: Option<Duration>,
    },
    /// Asking again would not help.
    Lasting(String),
    /// What came is no document that can be generated from, or cannot be put down: said in a line of its own.
    Told(Error),
}

impl Failure {
    /// Something that may be over soon.
    pub(super) fn passing(what: impl Into<String>) -> Self {
        Self::Passing { what: what.into(), after: None }
    }

    /// The same with a remark.
    pub(super) fn with(self, remark: &str) -> Self {
        match self {
            Self::Passing { what, after } => Self::Passing { what: what + remark, after },
            Self::Lasting(what) => Self::Lasting(what + remark),
            told @ Self::Told(_) => told,
        }
    }

    /// What became of a connection.
    pub(super) fn of(error: ureq::Error) -> Self {
        use std::io::ErrorKind;
        match error {
            ureq::Error::Timeout(ureq::Timeout::PerRead) => Self::passing("nothing came any more"),
            ureq::Error::Timeout(ureq::Timeout::Connect) => Self::passing("nobody answered"),
            ureq::Error::Timeout(ureq::Timeout::Global) => {
                Self::Lasting("it took too long as a whole (cargo xtask fetch has --timeout)".to_owned())
            }
            ureq::Error::HostNotFound => Self::Lasting("there is no such host".to_owned()),
            ureq::Error::Io(error) => match error.kind() {
                ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => {
                    Self::passing("the connection was cut")
                }
                ErrorKind::ConnectionRefused => Self::Lasting("nobody listens there".to_owned()),
                // The machine's resolver has no kind for it. It does say if it may be over soon.
                _ if is_no_host(&error) => Self::Lasting("there is no such host".to_owned()),
                // What TLS has to say.
                ErrorKind::InvalidData => Self::Lasting(error.to_string()),
                _ => Self::passing(error.to_string()),
            },
            ureq::Error::ConnectionFailed | ureq::Error::BodyStalled | ureq::Error::Protocol(_) => {
                Self::passing(error.to_string())
            }
            _ => Self::Lasting(error.to_string()),
        }
    }
}

/// Whether the resolver knows that there is no such host, and not only that it cannot be asked now.
fn is_no_host(error: &std::io::Error) -> bool {
    let what = error.to_string();
    what.starts_with("failed to lookup address information") && !what.contains("Temporary failure")
}

#[cfg(test)]
mod tests {
    use std::io::Error;

    use super::*;

    #[test]
    fn a_host_that_there_is_not_is_asked_for_once_and_a_resolver_that_is_away_again() {
        let of = |what: &str| Failure::of(Error::other(format!("failed to lookup address information: {what}")).into());
        assert_eq!(of("Name or service not known"), Failure::Lasting("there is no such host".to_owned()));
        assert!(matches!(of("Temporary failure in name resolution"), Failure::Passing { .. }));
    }
}
