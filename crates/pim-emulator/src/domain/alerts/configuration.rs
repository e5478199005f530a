//! From when on PIM warns.

use chrono::TimeDelta;
use pim_client::edm::Duration;
use serde_json::{Map, Value, json};

use super::AlertKind;
use crate::domain::time::length;
use crate::store::{Result, Session};

/// The settings of an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Configuration {
    /// Whether it is looked for.
    pub(crate) is_enabled: bool,
    pub(crate) thresholds: Thresholds,
}

/// From when on something is an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Thresholds {
    None,
    /// Nothing was done for so long.
    Idle(Duration),
    /// So many activations, each at most so long after the one before.
    Activations {
        count: i64,
        interval: Duration,
    },
    /// So many, and so large a part of all assignments: both.
    GlobalAdmins {
        count: i64,
        percentage: i64,
    },
}

/// A setting that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{name}' is {given}: give {wanted}.")]
pub(crate) struct InvalidConfiguration {
    name: &'static str,
    given: String,
    wanted: &'static str,
}

const COUNT: &str = "globalAdminCountThreshold";
const PERCENTAGE: &str = "percentageOfGlobalAdminsOutOfRolesThreshold";
const IDLE: &str = "duration";
const ACTIVATIONS: &str = "sequentialActivationCounterThreshold";
const INTERVAL: &str = "timeIntervalBetweenActivations";

impl Thresholds {
    pub(super) fn default_of(kind: AlertKind) -> Self {
        match kind {
            AlertKind::RedundantAssignment | AlertKind::StaleSignIn => Self::Idle(Duration::days(30)),
            AlertKind::SequentialActivationRenewals => Self::Activations { count: 3, interval: Duration::minutes(30) },
            AlertKind::TooManyGlobalAdmins => Self::GlobalAdmins { count: 3, percentage: 10 },
            AlertKind::InvalidLicense | AlertKind::NoMfaOnRoleActivation | AlertKind::RolesAssignedOutsidePim => {
                Self::None
            }
        }
    }
}

impl Configuration {
    pub(crate) fn default_of(kind: AlertKind) -> Self {
        Self { is_enabled: true, thresholds: Thresholds::default_of(kind) }
    }

    /// The settings as they are now.
    pub(crate) fn of(session: &Session<'_>, kind: AlertKind) -> Result<Self> {
        let default = Self::default_of(kind);
        let kept = session.setting::<String>(&key(kind))?;
        let kept = kept.and_then(|text| serde_json::from_str::<Map<String, Value>>(&text).ok());
        Ok(kept.and_then(|kept| default.changed(&kept).ok()).unwrap_or(default))
    }

    pub(crate) fn keep(&self, session: &Session<'_>, kind: AlertKind) -> Result<()> {
        session.set(&key(kind), Value::Object(self.members()).to_string())
    }

    /// The settings by the names that Graph gives them.
    pub(crate) fn members(&self) -> Map<String, Value> {
        let thresholds = match &self.thresholds {
            Thresholds::None => json!({}),
            Thresholds::Idle(duration) => json!({ IDLE: duration.as_str() }),
            Thresholds::Activations { count, interval } => {
                json!({ ACTIVATIONS: count, INTERVAL: interval.as_str() })
            }
            Thresholds::GlobalAdmins { count, percentage } => json!({ COUNT: count, PERCENTAGE: percentage }),
        };
        let mut members = Map::from_iter([("isEnabled".to_owned(), Value::Bool(self.is_enabled))]);
        if let Value::Object(thresholds) = thresholds {
            members.extend(thresholds);
        }
        members
    }

    /// The settings with what is said of them. What is not said stays.
    pub(crate) fn changed(&self, said: &Map<String, Value>) -> Result<Self, InvalidConfiguration> {
        let is_enabled = read(said, "isEnabled", "true or false", Value::as_bool)?.unwrap_or(self.is_enabled);
        let thresholds = match &self.thresholds {
            Thresholds::None => Thresholds::None,
            Thresholds::Idle(duration) => Thresholds::Idle(time(said, IDLE)?.unwrap_or_else(|| duration.clone())),
            Thresholds::Activations { count, interval } => Thresholds::Activations {
                count: number(said, ACTIVATIONS, 2, "a whole number from 2 to 100")?.unwrap_or(*count),
                interval: time(said, INTERVAL)?.unwrap_or_else(|| interval.clone()),
            },
            Thresholds::GlobalAdmins { count, percentage } => Thresholds::GlobalAdmins {
                count: number(said, COUNT, 2, "a whole number from 2 to 100")?.unwrap_or(*count),
                percentage: number(said, PERCENTAGE, 0, "a whole number from 0 to 100")?.unwrap_or(*percentage),
            },
        };
        Ok(Self { is_enabled, thresholds })
    }
}

fn key(kind: AlertKind) -> String {
    format!("alert:{}:configuration", kind.name())
}

/// A number up to a hundred.
fn number(
    said: &Map<String, Value>,
    name: &'static str,
    least: i64,
    wanted: &'static str,
) -> Result<Option<i64>, InvalidConfiguration> {
    read(said, name, wanted, |value| value.as_i64().filter(|number| (least..=100).contains(number)))
}

/// A length of time up to a year.
fn time(said: &Map<String, Value>, name: &'static str) -> Result<Option<Duration>, InvalidConfiguration> {
    read(said, name, "a length of time up to P365D, such as P30D or PT30M", |value| {
        let duration = value.as_str()?.parse::<Duration>().ok()?;
        (length(&duration)? <= TimeDelta::days(365)).then_some(duration)
    })
}

fn read<T>(
    said: &Map<String, Value>,
    name: &'static str,
    wanted: &'static str,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Result<Option<T>, InvalidConfiguration> {
    let Some(value) = said.get(name) else { return Ok(None) };
    let invalid = || InvalidConfiguration { name, given: value.to_string().chars().take(100).collect(), wanted };
    read(value).map(Some).ok_or_else(invalid)
}
