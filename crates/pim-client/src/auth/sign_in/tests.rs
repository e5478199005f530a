//! Against an identity platform and a browser that are not there.

mod browser;
mod build;
mod device_code;
pub(super) mod fake;
mod refresh;
mod step_up;
