//! What was done about an alert.

use super::AlertKind;
use crate::domain::Instant;
use crate::store::{Result, Session};

/// What was done about an alert.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Whether nobody wants to see it, until somebody wants it looked for again.
    pub(crate) is_dismissed: bool,
    /// When anything about it was changed last.
    pub(crate) modified: Option<Instant>,
    /// When it was looked for last because somebody wanted that.
    pub(crate) refreshed: Option<Instant>,
}

impl State {
    pub(crate) fn of(session: &Session<'_>, kind: AlertKind) -> Result<Self> {
        Ok(Self {
            is_dismissed: session.setting(&key(kind, "dismissed"))?.unwrap_or(false),
            modified: session.setting(&key(kind, "modified"))?,
            refreshed: session.setting(&key(kind, "refreshed"))?,
        })
    }

    /// Dismisses it, or has it shown again.
    pub(crate) fn dismiss(session: &Session<'_>, kind: AlertKind, is_dismissed: bool) -> Result<()> {
        session.set(&key(kind, "dismissed"), is_dismissed)?;
        Self::touch(session, kind)
    }

    /// Looks for it anew: that shows what was dismissed as well.
    pub(crate) fn refresh(session: &Session<'_>, kind: AlertKind) -> Result<()> {
        session.set(&key(kind, "refreshed"), session.now())?;
        Self::dismiss(session, kind, false)
    }

    /// Notes that something about it was changed.
    pub(crate) fn touch(session: &Session<'_>, kind: AlertKind) -> Result<()> {
        session.set(&key(kind, "modified"), session.now())
    }
}

fn key(kind: AlertKind, name: &str) -> String {
    format!("alert:{}:{name}", kind.name())
}
