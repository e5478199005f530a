//! Requests to PIM, as they are put together.

use std::fmt;
use std::marker::PhantomData;

use super::draft::{Draft, End, Terms};
use super::place::place;
use super::principal::Who;
use super::{Pim, PimRequest, Principal, Privilege, RequestKind, Settled};
use crate::Id;
use crate::edm::{DateTimeOffset, Duration};
use crate::error::Error;
use crate::v1_0::models::{DirectoryObject, TicketInfo, UnifiedRoleScheduleRequestActions as Action};

/// A request to PIM, before it is [sent](Self::send), [tried](Self::validate), or sent and [waited](Self::wait) for.
///
/// `K` says what it is for, and with it what can be said: an [`Activation`] always ends, a [`Removal`] has no time.
#[must_use = "nothing is asked of PIM until `send`, `validate` or `wait` is called"]
pub struct Order<K> {
    pub(super) pim: Pim,
    kind: RequestKind,
    action: Action,
    pub(super) privilege: Privilege,
    principal: Principal,
    terms: Terms,
    purpose: PhantomData<fn() -> K>,
}

/// To activate what one is eligible for.
#[derive(Clone, Copy, Debug)]
pub enum Activation {}

/// To assign something, to change an assignment, or to renew one.
#[derive(Clone, Copy, Debug)]
pub enum Placing {}

/// To let an assignment last longer.
#[derive(Clone, Copy, Debug)]
pub enum Extension {}

/// To end an assignment or activation.
#[derive(Clone, Copy, Debug)]
pub enum Removal {}

mod purpose {
    use super::{Activation, Extension, Placing, Removal};

    /// What an order can be for.
    pub trait Purpose {
        /// Whether the policy's longest time is meant where nothing is said.
        const ENDS_BY_POLICY: bool = false;
        /// Whether it has a time at all.
        const HAS_TIME: bool = true;
    }

    /// What ends at a time.
    pub trait Timed: Purpose {}

    /// What begins at a time.
    pub trait Started: Purpose {}

    /// What may have no end.
    pub trait Permanent: Purpose {}

    impl Purpose for Activation {
        const ENDS_BY_POLICY: bool = true;
    }
    impl Purpose for Placing {}
    impl Purpose for Extension {}
    impl Purpose for Removal {
        const HAS_TIME: bool = false;
    }
    impl Timed for Activation {}
    impl Timed for Placing {}
    impl Timed for Extension {}
    impl Started for Activation {}
    impl Started for Placing {}
    impl Permanent for Placing {}
    impl Permanent for Extension {}
}

use purpose::{Permanent, Purpose, Started, Timed};

impl<K: Purpose> Order<K> {
    pub(super) fn new(pim: &Pim, (kind, privilege): (RequestKind, Privilege), action: Action, who: Principal) -> Self {
        Self {
            pim: pim.clone(),
            kind,
            action,
            privilege,
            principal: who,
            terms: Terms::default(),
            purpose: PhantomData,
        }
    }

    /// Says why. The policy may demand it; the audit log keeps it.
    pub fn justification(mut self, text: impl Into<String>) -> Self {
        self.terms.justification = Some(text.into());
        self
    }

    /// Names the ticket that it belongs to. The policy may demand it.
    pub fn ticket(mut self, number: impl Into<String>, system: impl Into<String>) -> Self {
        self.terms.ticket = Some(TicketInfo::new().ticket_number(number.into()).ticket_system(system.into()));
        self
    }

    /// Sends the request, and returns it as PIM answers it: often it has taken effect already.
    ///
    /// If the answer gets lost, the request is looked for, and sent once more only if PIM does not have it.
    pub async fn send(self) -> Result<PimRequest, Error> {
        let pim = self.pim.clone();
        let draft = self.draft(false).await?;
        place(&pim, &draft).await
    }

    /// Lets PIM hold the request against its rules, without doing anything.
    pub async fn validate(self) -> Result<PimRequest, Error> {
        let pim = self.pim.clone();
        let draft = self.draft(true).await?;
        place(&pim, &draft).await
    }

    /// Sends the request and waits until it has taken effect: see [`Pim::wait`].
    pub async fn wait(self) -> Result<Settled, Error> {
        let pim = self.pim.clone();
        let request = self.send().await?;
        pim.wait(&request).await
    }

    /// What it asks for, with every name resolved.
    pub(super) async fn draft(self, is_validation_only: bool) -> Result<Draft, Error> {
        let Self { pim, kind, action, privilege, principal, mut terms, .. } = self;
        if K::HAS_TIME && !K::ENDS_BY_POLICY && terms.end.is_none() {
            return Err(Error::invalid_input("nothing says how long it lasts; say `days`, `until` or `permanently`"));
        }
        let principal_id = match action {
            // What comes of it is the caller's, whatever has been said.
            Action::SelfActivate => pim.check_caller(&principal).await?,
            _ => pim.resolve_principal(&principal).await?,
        };
        let target = pim.resolve(&privilege).await?;
        if K::ENDS_BY_POLICY && terms.end.is_none() {
            terms.end = Some(End::After(pim.longest_activation(&target).await?));
        }
        Ok(Draft { kind, action, principal_id, target, terms, is_validation_only })
    }
}

impl Order<Activation> {
    /// Says whose id the request is made for, where the program knows it: it must be the caller's own.
    ///
    /// Any other is refused before anything is sent. PIM would take the id of a group that is eligible, and activate
    /// the role for all of its members.
    pub fn principal(mut self, id: impl Into<Id<DirectoryObject>>) -> Self {
        self.principal = Principal::id(id);
        self
    }
}

impl<K: Timed> Order<K> {
    /// Lets it last so many hours.
    pub fn hours(self, hours: u32) -> Self {
        self.duration(Duration::hours(hours))
    }

    /// Lets it last so many days.
    pub fn days(self, days: u32) -> Self {
        self.duration(Duration::days(days))
    }

    /// Lets it last so long. PIM takes days, hours and minutes, but no months and years.
    pub fn duration(mut self, duration: impl Into<Duration>) -> Self {
        self.terms.end = Some(End::After(duration.into()));
        self
    }

    /// Lets it end at a time.
    pub fn until(mut self, end: impl Into<DateTimeOffset>) -> Self {
        self.terms.end = Some(End::At(end.into()));
        self
    }
}

impl<K: Started> Order<K> {
    /// Lets it begin at a time. Without this, and if the time has passed, it begins when PIM decides.
    pub fn starting(mut self, start: impl Into<DateTimeOffset>) -> Self {
        self.terms.start = Some(start.into());
        self
    }
}

impl<K: Permanent> Order<K> {
    /// Lets it last until somebody removes it, if the policy allows that.
    pub fn permanently(mut self) -> Self {
        self.terms.end = Some(End::Never);
        self
    }
}

impl Pim {
    /// The caller's id, if `principal` is the caller.
    async fn check_caller(&self, principal: &Principal) -> Result<Id<DirectoryObject>, Error> {
        let caller = self.caller().await?;
        if matches!(principal.0, Who::Caller)
            || self.resolve_principal(principal).await?.as_str().eq_ignore_ascii_case(caller.as_str())
        {
            return Ok(caller);
        }
        Err(Error::invalid_input(
            "an activation is for the caller's own id, never for that of a group or of somebody else; leave the principal out",
        ))
    }
}

impl<K> Clone for Order<K> {
    fn clone(&self) -> Self {
        Self {
            pim: self.pim.clone(),
            kind: self.kind,
            action: self.action.clone(),
            privilege: self.privilege.clone(),
            principal: self.principal.clone(),
            terms: self.terms.clone(),
            purpose: PhantomData,
        }
    }
}

impl<K> fmt::Debug for Order<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order")
            .field("action", &format_args!("{}", self.action))
            .field("privilege", &self.privilege)
            .field("principal", &self.principal)
            .field("terms", &self.terms)
            .finish_non_exhaustive()
    }
}
