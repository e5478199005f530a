/// What kind of fault an [`Error`](crate::Error) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// What the caller gave cannot be used: an endpoint, a token, a value that cannot be sent.
    InvalidInput,
    /// There is no token to send: see the [provider](crate::auth::TokenProvider).
    Authentication,
    /// No complete answer came: no connection, no answer in time, an answer that broke off.
    Transport,
    /// The client would not do it, because the token would have left the endpoint: a redirect, another origin.
    Refused,
    /// Graph, or a gateway before it, answered with an error.
    Service,
    /// Graph reported success in words that the client does not understand.
    Decode,
    /// PIM decided otherwise: the request that was waited for was denied, canceled, or failed.
    Denied,
    /// PIM has not decided in the time that the caller gave it.
    Pending,
}
