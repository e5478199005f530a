//! PIM's tasks, on top of its API: activate, assign, approve, see what is held, read and change policies.
//!
//! [`Graph::pim`](crate::Graph::pim) begins them. What is for roles is for groups, too, and whatever has an id can be
//! called by its name:
//!
//! ```no_run
//! use pim_client::pim::{GroupAccess, Principal};
//!
//! # async fn example(graph: pim_client::Graph) -> pim_client::Result<()> {
//! let pim = graph.pim();
//!
//! // What may I activate?
//! for assignment in pim.eligible().await? {
//!     println!("{assignment}");
//! }
//!
//! // Activate a role, and wait until it is there.
//! let settled = pim.activate("User Administrator").hours(5).justification("Reset MFA of Adele").wait().await?;
//! println!("active: {settled}");
//!
//! // Let a user become a member of a group for a year.
//! pim.assign_eligible(Principal::named("alined@contoso.com"), GroupAccess::member("Helpdesk"))
//!     .days(365)
//!     .justification("Joins the helpdesk")
//!     .send()
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! | task | method |
//! |---|---|
//! | what is held | [`eligible`](Pim::eligible), [`active`](Pim::active) |
//! | for oneself | [`activate`](Pim::activate), [`activate_all`](Pim::activate_all), [`deactivate`](Pim::deactivate), [`extend`](Pim::extend), [`renew`](Pim::renew) |
//! | for others | [`assign_eligible`](Pim::assign_eligible), [`assign_active`](Pim::assign_active), [`update_eligible`](Pim::update_eligible), [`update_active`](Pim::update_active), [`extend_eligible`](Pim::extend_eligible), [`extend_active`](Pim::extend_active), [`remove_eligible`](Pim::remove_eligible), [`remove_active`](Pim::remove_active) |
//! | requests | [`open_requests`](Pim::open_requests), [`request`](Pim::request), [`wait`](Pim::wait), [`cancel`](Pim::cancel) |
//! | approvals | [`to_approve`](Pim::to_approve), [`approve`](Pim::approve), [`deny`](Pim::deny) |
//! | policies | [`policy`](Pim::policy), [`update_policy`](Pim::update_policy) |
//!
//! [How PIM's API works](https://learn.microsoft.com/graph/api/resources/privilegedidentitymanagementv3-overview) is
//! told by Microsoft.

mod approval;
mod assignment;
mod draft;
mod held;
mod hint;
mod ledger;
mod limit;
mod many;
mod open;
mod order;
mod outcome;
mod place;
mod policy;
mod principal;
mod privilege;
mod request;
mod resolve;
mod scope;
mod status;
mod target;
mod wait;

pub use approval::Decision;
pub use assignment::{Assignment, AssignmentKind};
pub use order::{Activation, Extension, Order, Placing, Removal};
pub use outcome::{ActivationOutcome, ActivationReport};
pub use policy::{
    ActivationSettings, Approver, AssignmentSettings, Notification, NotificationLevel, NotificationSettings, Policy,
    PolicySettings, PolicyUpdate, RuleChange,
};
pub use principal::Principal;
pub use privilege::{GroupAccess, Privilege, Role};
pub use request::{PimRequest, RequestKind};
pub use scope::Scope;
pub use status::RequestStatus;
pub use target::Target;
pub use wait::{Settled, Wait};

use crate::error::Error;
use crate::graph::Graph;
use crate::v1_0::models::UnifiedRoleScheduleRequestActions as Action;

/// PIM's tasks. [`Graph::pim`] makes it; the [module](self) shows what it is for.
#[derive(Clone, Debug)]
pub struct Pim {
    graph: Graph,
}

impl Pim {
    pub(crate) fn new(graph: Graph) -> Self {
        Self { graph }
    }
}

/// What the caller does for itself.
impl Pim {
    /// Activates what the caller is eligible for, for a time: as long as the policy allows, unless said otherwise.
    ///
    /// The request is always made for the caller's own id, also where the eligibility is that of a group: PIM would
    /// activate the role for all of the group's members if the group's id were sent.
    pub fn activate(&self, privilege: impl Into<Privilege>) -> Order<Activation> {
        Order::new(self, RequestKind::active(privilege), Action::SelfActivate, Principal::me())
    }

    /// Ends an activation of the caller's, at the earliest five minutes after it began.
    pub fn deactivate(&self, privilege: impl Into<Privilege>) -> Order<Removal> {
        Order::new(self, RequestKind::active(privilege), Action::SelfDeactivate, Principal::me())
    }

    /// Asks an administrator for a longer eligibility, in the last 14 days of one of the caller's own.
    pub fn extend(&self, privilege: impl Into<Privilege>) -> Order<Extension> {
        Order::new(self, RequestKind::eligible(privilege), Action::SelfExtend, Principal::me())
    }

    /// Asks an administrator for a new eligibility, in the 30 days after one of the caller's own has ended.
    pub fn renew(&self, privilege: impl Into<Privilege>) -> Order<Placing> {
        Order::new(self, RequestKind::eligible(privilege), Action::SelfRenew, Principal::me())
    }
}

/// What an administrator does for others.
impl Pim {
    /// Makes somebody eligible.
    pub fn assign_eligible(&self, who: impl Into<Principal>, privilege: impl Into<Privilege>) -> Order<Placing> {
        Order::new(self, RequestKind::eligible(privilege), Action::AdminAssign, who.into())
    }

    /// Gives somebody a role, or makes somebody a member or owner, without the need to activate.
    pub fn assign_active(&self, who: impl Into<Principal>, privilege: impl Into<Privilege>) -> Order<Placing> {
        Order::new(self, RequestKind::active(privilege), Action::AdminAssign, who.into())
    }

    /// Changes the time of an eligibility.
    pub fn update_eligible(&self, who: impl Into<Principal>, privilege: impl Into<Privilege>) -> Order<Placing> {
        Order::new(self, RequestKind::eligible(privilege), Action::AdminUpdate, who.into())
    }

    /// Changes the time of an active assignment.
    pub fn update_active(&self, who: impl Into<Principal>, privilege: impl Into<Privilege>) -> Order<Placing> {
        Order::new(self, RequestKind::active(privilege), Action::AdminUpdate, who.into())
    }

    /// Lets an eligibility last longer.
    pub fn extend_eligible(&self, who: impl Into<Principal>, privilege: impl Into<Privilege>) -> Order<Extension> {
        Order::new(self, RequestKind::eligible(privilege), Action::AdminExtend, who.into())
    }

    /// Lets an active assignment last longer.
    pub fn extend_active(&self, who: impl Into<Principal>, privilege: impl Into<Privilege>) -> Order<Extension> {
        Order::new(self, RequestKind::active(privilege), Action::AdminExtend, who.into())
    }

    /// Takes an eligibility away, and with it an activation that uses it.
    pub fn remove_eligible(&self, who: impl Into<Principal>, privilege: impl Into<Privilege>) -> Order<Removal> {
        Order::new(self, RequestKind::eligible(privilege), Action::AdminRemove, who.into())
    }

    /// Takes an active assignment away.
    pub fn remove_active(&self, who: impl Into<Principal>, privilege: impl Into<Privilege>) -> Order<Removal> {
        Order::new(self, RequestKind::active(privilege), Action::AdminRemove, who.into())
    }
}

/// Requests that were made.
impl Pim {
    /// Reads a request.
    pub async fn request(&self, kind: RequestKind, id: &str) -> Result<PimRequest, Error> {
        ledger::get(&self.graph, kind, id).await
    }

    /// Follows a request until it is decided and has taken effect.
    pub fn wait(&self, request: &PimRequest) -> Wait {
        Wait::new(self.clone(), request.clone())
    }

    /// Withdraws a request that has not taken effect. Whoever made it can, and administrators.
    pub async fn cancel(&self, request: &PimRequest) -> Result<(), Error> {
        ledger::cancel(&self.graph, request.kind, &request.id).await
    }
}
