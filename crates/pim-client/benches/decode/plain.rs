//! What a program would write that had no use for the generated types.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
pub(crate) struct Page<T> {
    #[serde(rename = "@odata.context")]
    context: Option<String>,
    #[serde(rename = "@odata.nextLink")]
    next_link: Option<String>,
    value: Vec<T>,
}

/// A role assignment with times.
pub(crate) type Chrono = Instance<DateTime<Utc>>;

/// A role assignment with text for times.
pub(crate) type Strings = Instance<String>;

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Instance<Time> {
    id: Option<String>,
    principal_id: Option<String>,
    role_definition_id: Option<String>,
    directory_scope_id: Option<String>,
    app_scope_id: Option<String>,
    start_date_time: Option<Time>,
    end_date_time: Option<Time>,
    assignment_type: Option<String>,
    member_type: Option<String>,
    role_assignment_origin_id: Option<String>,
    role_assignment_schedule_id: Option<String>,
}
