//! Settings, changed in Graph: written rule by rule, and read again.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::time::sleep;

use super::{Policy, PolicySettings, RuleChange, apply};
use crate::error::text::one_line;
use crate::error::{Error, ErrorKind};
use crate::pim::hint::hinted;
use crate::pim::{Pim, Privilege};

/// How often a change is looked for at most, unless said otherwise.
const LOOKS: u32 = 6;

/// The pause before the second look, unless said otherwise.
const PAUSE: Duration = Duration::from_millis(500);

/// Changes a policy: `.await` it. [`Pim::update_policy`] begins it.
#[must_use = "nothing is changed until it is awaited"]
pub struct PolicyUpdate<'a> {
    pim: Pim,
    privilege: Privilege,
    change: Box<dyn FnOnce(&mut PolicySettings) + Send + 'a>,
    every: Duration,
    looks: u32,
}

impl Pim {
    /// Changes the policy of a role, or of being a member or owner of a group, and returns it as it is then.
    ///
    /// ```no_run
    /// # async fn example(pim: pim_client::pim::Pim) -> pim_client::Result<()> {
    /// use pim_client::edm::Duration;
    /// use pim_client::pim::{Approver, GroupAccess};
    ///
    /// let policy = pim
    ///     .update_policy(GroupAccess::member("Helpdesk"), |settings| {
    ///         settings.activation.maximum_duration = Some(Duration::hours(4));
    ///         settings.activation.requires_approval = Some(true);
    ///         settings.activation.approvers = vec![Approver::user("9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f")];
    ///     })
    ///     .await?;
    /// println!("{}", policy.settings());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Rules that stay the same are not sent. Each of the others is sent as it was read, with what changes; then the
    /// policy is read again until it shows the change: PIM answers success before everybody can see it, and has been
    /// seen to answer success and keep what was there. That is an error of the kind [`Denied`](ErrorKind::Denied), which
    /// tells the rule, what was asked and what is there.
    ///
    /// Rules are written one by one. If one is refused, the error tells which were written before.
    ///
    /// What PIM is known to refuse is refused before anything is sent: see [`Policy::changes`], which shows what would be
    /// sent. To carry all settings from one policy to another, assign them: `|settings| *settings = template`.
    pub fn update_policy<'a>(
        &self,
        privilege: impl Into<Privilege>,
        change: impl FnOnce(&mut PolicySettings) + Send + 'a,
    ) -> PolicyUpdate<'a> {
        let (pim, privilege) = (self.clone(), privilege.into());
        PolicyUpdate { pim, privilege, change: Box::new(change), every: PAUSE, looks: LOOKS }
    }
}

impl PolicyUpdate<'_> {
    /// How long to pause before the second look at what was written: half a second unless said otherwise. Each further
    /// pause is twice as long.
    pub fn every(mut self, pause: Duration) -> Self {
        self.every = pause;
        self
    }

    /// How often to look at what was written, before it counts as not kept: six times unless said otherwise, at least
    /// once.
    pub fn looks(mut self, looks: u32) -> Self {
        self.looks = looks;
        self
    }

    async fn send(self) -> Result<Policy, Error> {
        let Self { pim, privilege, change, every, looks } = self;
        let policy = pim.policy(privilege).await?;
        let mut asked = policy.settings();
        change(&mut asked);
        let changes = policy.changes(&asked)?;
        if changes.is_empty() {
            return Ok(policy);
        }
        let mut writer = Writer { pim, policy, asked };
        writer.write_all(&changes).await?;
        writer.verify(&changes, every, looks.max(1)).await
    }
}

/// What is being written: to which policy, and what it shall say.
struct Writer {
    pim: Pim,
    policy: Policy,
    asked: PolicySettings,
}

impl Writer {
    async fn write_all(&mut self, changes: &[RuleChange]) -> Result<(), Error> {
        for (index, change) in changes.iter().enumerate() {
            if let Err(error) = self.write(change).await {
                let (written, left) = changes.split_at(index);
                return Err(explained(error, written, left));
            }
        }
        Ok(())
    }

    /// Writes one rule. The policy may have got another id by a rule before it; or the answer may have got lost, and
    /// the rule may be written.
    async fn write(&mut self, change: &RuleChange) -> Result<(), Error> {
        let Err(error) = self.patch(change).await else { return Ok(()) };
        let is_gone = error.status() == Some(404);
        if !is_gone && !error.is_outcome_unknown() {
            return Err(error);
        }
        let Ok(policy) = self.pim.policy_of(&self.policy.target).await else { return Err(error) };
        if is_gone && policy.id == self.policy.id {
            return Err(error);
        }
        self.policy = policy;
        match self.left(std::slice::from_ref(change))?.first() {
            Some(change) => self.patch(change).await,
            None => Ok(()),
        }
    }

    async fn patch(&self, change: &RuleChange) -> Result<(), Error> {
        let policies = self.pim.graph.policies().role_management_policies();
        policies.by_id(&self.policy.id).rules().by_id(change.id()).update(&change.after).await
    }

    /// Reads the policy until it says what was asked.
    async fn verify(mut self, changes: &[RuleChange], every: Duration, looks: u32) -> Result<Policy, Error> {
        let mut pause = every;
        let mut look = 1;
        loop {
            let failure = match self.pim.policy_of(&self.policy.target).await {
                Ok(policy) => {
                    self.policy = policy;
                    let left = self.left(changes)?;
                    if left.is_empty() {
                        return Ok(self.policy);
                    }
                    not_kept(&self.policy, &left)
                }
                Err(error) => hinted(error, "the rules were written; only reading them again failed"),
            };
            if look >= looks {
                return Err(failure);
            }
            look += 1;
            sleep(pause).await;
            pause = pause.saturating_mul(2);
        }
    }

    /// What is still to be changed of `changes`: what anybody else has changed meanwhile is theirs.
    fn left(&self, changes: &[RuleChange]) -> Result<Vec<RuleChange>, Error> {
        let mut left = apply::changes(&self.policy, &self.asked)?;
        left.retain(|left| changes.iter().any(|change| change.id().eq_ignore_ascii_case(left.id())));
        Ok(left)
    }
}

fn explained(error: Error, written: &[RuleChange], left: &[RuleChange]) -> Error {
    let ids = |changes: &[RuleChange]| {
        let ids: Vec<_> = changes.iter().map(|change| one_line(change.id())).collect();
        if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
    };
    let known = error.hint().map(|hint| format!("{hint}; ")).unwrap_or_default();
    let hint = format!("{known}rules that were written: {}; that were not: {}", ids(written), ids(left));
    error.with_hint(hint)
}

fn not_kept(policy: &Policy, left: &[RuleChange]) -> Error {
    let rule = |change: &RuleChange| {
        let members = change.members();
        let members = members.iter().map(|(path, there, asked)| format!("{path} is {there}, asked for {asked}"));
        format!("{}: {}", one_line(change.id()), members.collect::<Vec<_>>().join(", "))
    };
    let rules: Vec<_> = left.iter().map(rule).collect();
    let target = one_line(&policy.target.to_string());
    Error::new(
        ErrorKind::Denied,
        format!(
            "Graph took the change of the policy of {target}, and does not show it: {}; look again later, or try it in the portal",
            rules.join("; ")
        ),
    )
}

impl<'a> IntoFuture for PolicyUpdate<'a> {
    type Output = Result<Policy, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send().boxed()
    }
}

impl fmt::Debug for PolicyUpdate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyUpdate").field("privilege", &self.privilege).finish_non_exhaustive()
    }
}
