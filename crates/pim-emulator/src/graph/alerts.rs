//! Alerts: what PIM warns of. Beta has them, v1.0 does not.
//!
//! An alert, its definition and its configuration have the same id: `DirectoryRole_{tenant}_{name}`.

mod actions;
mod alert;
mod configurations;
mod definitions;
mod find;
mod incidents;
mod operations;
mod related;
#[cfg(test)]
mod tests;

use super::dispatch::{Entry, Handler};

pub(super) use related::related;

/// The routes below what all of them share.
macro_rules! routes {
    ($($method:literal $path:literal => $handler:path;)*) => {
        &[$(($method, concat!("/identityGovernance/roleManagementAlerts/", $path), $handler as Handler)),*]
    };
}

pub(super) const ALERTS: &[Entry] = routes! {
    "GET" "alerts" => alert::list;
    "GET" "alerts/{}" => alert::get;
    "PATCH" "alerts/{}" => alert::update;
    "POST" "alerts/refresh" => actions::refresh_all;
    "POST" "alerts/{}/refresh" => actions::refresh;
    "GET" "alerts/{}/alertIncidents" => incidents::list;
    "GET" "alerts/{}/alertIncidents/{}" => incidents::get;
    "POST" "alerts/{}/alertIncidents/{}/remediate" => actions::remediate;
    "GET" "alertConfigurations" => configurations::list;
    "GET" "alertConfigurations/{}" => configurations::get;
    "PATCH" "alertConfigurations/{}" => configurations::update;
    "GET" "alertDefinitions" => definitions::list;
    "GET" "alertDefinitions/{}" => definitions::get;
    "GET" "operations" => operations::list;
    "GET" "operations/{}" => operations::get;
};
