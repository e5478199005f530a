//! The endpoints, as clients see them.

mod authorize;
mod client_credentials;
mod code;
mod device;
mod fake;
mod managed_identity;
mod metadata;
mod password;
mod pim_client;
mod refresh;
