//! What is asked of PIM, with every name resolved.

use super::{RequestKind, Target};
use crate::Id;
use crate::edm::{DateTimeOffset, Duration};
use crate::v1_0::models::{
    DirectoryObject, ExpirationPattern, ExpirationPatternType, RequestSchedule, TicketInfo,
    UnifiedRoleScheduleRequestActions as Action,
};

/// A request, before it is sent.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: RequestKind,
    pub(super) action: Action,
    pub(super) principal_id: Id<DirectoryObject>,
    pub(super) target: Target,
    pub(super) terms: Terms,
    pub(super) is_validation_only: bool,
}

/// When, and why.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    pub(super) start: Option<DateTimeOffset>,
    pub(super) end: Option<End>,
    pub(super) justification: Option<String>,
    pub(super) ticket: Option<TicketInfo>,
}

/// How long something lasts.
#[derive(Clone, Debug)]
pub(super) enum End {
    After(Duration),
    At(DateTimeOffset),
    Never,
}

impl Terms {
    /// As PIM takes it. Nothing for what has no time, as removals have none.
    pub(super) fn schedule(&self) -> Option<RequestSchedule> {
        let expiration = match self.end.clone()? {
            End::After(duration) => {
                ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(duration)
            }
            End::At(end) => ExpirationPattern::new().r#type(ExpirationPatternType::AfterDateTime).end_date_time(end),
            End::Never => ExpirationPattern::new().r#type(ExpirationPatternType::NoExpiration),
        };
        let schedule = RequestSchedule::new().expiration(expiration);
        // Without a start, PIM takes the moment at which it decides.
        Some(match &self.start {
            Some(start) => schedule.start_date_time(*start),
            None => schedule,
        })
    }
}
