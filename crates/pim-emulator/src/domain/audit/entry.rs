//! An entry, and how it is kept.

use std::borrow::Cow;

use pim_client::edm::DateTimeOffset;
use pim_client::runtime::Property;
use pim_client::v1_0::models::{AuditActivityInitiator, DirectoryAudit, KeyValue, OperationResult, TargetResource};
use uuid::Uuid;

use crate::domain::Instant;
use crate::store::{Audit, Result, Session};

/// Who writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Pim,
    Directory,
    EntitlementManagement,
}

impl Service {
    /// `loggedByService`
    fn name(self) -> &'static str {
        match self {
            Self::Pim => "PIM",
            Self::Directory => "Core Directory",
            Self::EntitlementManagement => "Entitlement Management",
        }
    }

    /// What the id begins with.
    fn prefix(self) -> &'static str {
        match self {
            Self::Pim => "PIM",
            Self::Directory => "Directory",
            Self::EntitlementManagement => "EntitlementManagement",
        }
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Success,
    Failure,
}

/// What an entry says.
pub(super) struct Entry {
    pub(super) service: Service,
    pub(super) category: &'static str,
    pub(super) activity: Cow<'static, str>,
    pub(super) operation: &'static str,
    pub(super) outcome: Outcome,
    pub(super) reason: Option<String>,
    pub(super) correlation: Uuid,
    pub(super) by: AuditActivityInitiator,
    pub(super) targets: Vec<TargetResource>,
    pub(super) details: Vec<KeyValue>,
}

impl Entry {
    /// Adds the entry to the log, at this moment.
    pub(super) fn write(self, session: &Session<'_>) -> Result<()> {
        let (at, correlation) = (session.now(), self.correlation);
        let number = session.last_audit()? + 1;
        let id = format!("{}_{correlation}_{number}", self.service.prefix());
        // There is nothing in it that JSON could not say.
        let body = serde_json::to_string(&self.into_audit(&id, at)).unwrap_or_default();
        session.add_audit(&Audit { id, at, correlation, body })
    }

    fn into_audit(self, id: &str, at: Instant) -> DirectoryAudit {
        let mut audit = DirectoryAudit::default();
        audit.id = Some(id.into());
        audit.activity_date_time = seven_digits(at);
        audit.activity_display_name = Some(self.activity.into_owned());
        audit.additional_details = Some(self.details);
        audit.category = Some(self.category.to_owned());
        audit.correlation_id = Some(self.correlation.to_string());
        audit.initiated_by = Some(self.by);
        audit.logged_by_service = Some(self.service.name().to_owned());
        audit.operation_type = Some(self.operation.to_owned());
        audit.result = Some(match self.outcome {
            Outcome::Success => OperationResult::Success,
            Outcome::Failure => OperationResult::Failure,
        });
        audit.result_reason = self.reason;
        audit.target_resources = Some(self.targets);
        audit
    }
}

/// The log has always as many digits as there are.
fn seven_digits(at: Instant) -> Option<DateTimeOffset> {
    let seconds = chrono::DateTime::<chrono::Utc>::from(at);
    let ticks = seconds.timestamp_subsec_nanos() / 100;
    format!("{}.{ticks:07}Z", seconds.format("%Y-%m-%dT%H:%M:%S")).parse().ok()
}

/// The value, or that there is none: the log says so.
pub(super) fn or_null<T>(value: Option<T>) -> Property<T> {
    value.map_or(Property::Null, Property::Value)
}

/// Text as JSON, which is how the log has values before and after a change.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
