//! The steps.

use std::error::Error;
use std::io::Write;
use std::time::Duration;

use pim_client::edm::{self, DateTimeOffset};
use pim_client::v1_0::fields::{
    directory_audit as audit, unified_role_assignment as assignment,
    unified_role_assignment_schedule_request as request,
};
use pim_client::v1_0::models::{
    ExpirationPattern, ExpirationPatternType, Group, GroupCreate, RequestSchedule,
    RoleAssignmentScheduleInstanceFilterByCurrentUserOptions, RoleAssignmentScheduleRequestFilterByCurrentUserOptions,
    RoleEligibilityScheduleInstanceFilterByCurrentUserOptions, TicketInfo,
    UnifiedRoleAssignmentScheduleRequestCreate as Activation,
    UnifiedRoleEligibilityScheduleRequestCreate as Eligibility, UnifiedRoleScheduleRequestActions as Action,
};
use pim_client::{Graph, Id};
use pim_emulator::{Clock, Emulator, Tenant};

use crate::page::{Page, TITLE};
use crate::timeline::{self, Span};

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

/// She administers; he who reads this can think of her as himself.
const ADMIN: &str = "admin@contoso.com";
const ALINE: &str = "alined@contoso.com";

/// The role User Administrator has this id in every tenant.
const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const TENANT: &str = "/";

const INTRODUCTION: &str = "Contoso's helpdesk may become User Administrator, but is not: each of its members activates \
     the role for some hours, with a reason, and everything is on record. This is Microsoft's tutorial of 2025, step by \
     step: the requests that the generated client sends, and what an emulated tenant on this machine answers. Nothing \
     leaves the machine, and the clock is turned by hand.";

/// Everything, from the first line to the last.
pub(crate) async fn run<W: Write>(page: &mut Page<W>) -> Result<()> {
    let start = "2025-03-21T11:06:00Z".parse()?;
    let emulator = Emulator::builder().tenant(Tenant::contoso()).clock(Clock::frozen_at(start)).start().await?;
    let mut tour = Tour::new(&emulator, page)?;
    tour.introduce()?;
    let group = tour.make_group().await?;
    let eligible_from = tour.make_eligible(&group).await?;
    tour.hold_nothing().await?;
    tour.lack_a_factor().await?;
    tour.ask_too_much().await?;
    let activated = tour.activate().await?;
    tour.see_own_requests().await?;
    tour.let_it_end().await?;
    tour.still_be_eligible(&group).await?;
    tour.read_the_record(&activated).await?;
    tour.remove_eligibility(&group).await?;
    let removed = emulator.clock().now();
    tour.delete_group(&group).await?;
    tour.look_back(eligible_from, removed, &activated)
}

/// What came of the activation.
struct Activated {
    request: String,
    from: DateTimeOffset,
    until: DateTimeOffset,
}

struct Tour<'t, W> {
    emulator: &'t Emulator,
    page: &'t mut Page<W>,
    admin: Graph,
    aline: Graph,
    admin_id: String,
    aline_id: String,
}

impl<'t, W: Write> Tour<'t, W> {
    fn new(emulator: &'t Emulator, page: &'t mut Page<W>) -> Result<Self> {
        let id = |user: &str| emulator.tenant().object_id(user).ok_or_else(|| format!("the tenant has no {user}"));
        Ok(Self {
            emulator,
            page,
            admin: emulator.client_as(ADMIN)?,
            aline: emulator.client_as(ALINE)?,
            admin_id: id(ADMIN)?.to_string(),
            aline_id: id(ALINE)?.to_string(),
        })
    }

    fn introduce(&mut self) -> Result<()> {
        let title = self.page.styled(TITLE, "Just in time: a role for five hours");
        self.page.line(&title)?;
        self.page.rule()?;
        self.page.text(INTRODUCTION)?;
        self.page.line("")?;
        self.page.text(&format!("{ADMIN} is {}", self.admin_id))?;
        self.page.text(&format!("{ALINE} (Aline Dupuy) is {}", self.aline_id))?;
        Ok(())
    }

    async fn make_group(&mut self) -> Result<Id<Group>> {
        self.step("A group that can hold roles", ADMIN)?;
        let users = self.admin.users();
        let (me, aline) = (users.by_id(self.admin_id.as_str()), users.by_id(self.aline_id.as_str()));
        let group = GroupCreate::new("IT Helpdesk (User)", false, "userHelpdesk", true)
            .description("IT Helpdesk to support Contoso employees")
            .is_assignable_to_role(true)
            .owners_bind(vec![me.reference()?.upcast()])
            .members_bind(vec![me.reference()?.upcast(), aline.reference()?.upcast()]);
        let group = self.admin.groups().create(&group).await?;
        self.exchange(&["/id", "/displayName", "/isAssignableToRole", "/visibility"])?;
        self.page.meaning(
            "Whoever is in this group gets what the group gets. That a group can hold roles is said when it is made, or \
             never; its members can only be seen and changed by those who may change roles.",
        )?;
        group.id.ok_or_else(|| "the group has no id".into())
    }

    async fn make_eligible(&mut self, group: &Id<Group>) -> Result<DateTimeOffset> {
        self.step("The group becomes eligible for User Administrator", ADMIN)?;
        let year = ExpirationPattern::new()
            .r#type(ExpirationPatternType::AfterDateTime)
            .end_date_time("2026-03-21T00:00:00Z".parse::<DateTimeOffset>()?);
        let schedule = RequestSchedule::new().start_date_time(self.emulator.clock().now()).expiration(year);
        let order = Eligibility::new(Action::AdminAssign, group.clone().upcast(), USER_ADMINISTRATOR)
            .directory_scope_id(TENANT)
            .justification("Assign User Admin eligibility to IT Helpdesk (User) group")
            .schedule_info(schedule);
        let requests = self.admin.role_management().directory().role_eligibility_schedule_requests();
        let made = requests.create(&order).await?;
        self.exchange(&["/status", "/targetScheduleId", "/scheduleInfo/startDateTime"])?;
        self.page.meaning(
            "Eligible is not active: for a year the members may have the role, for the whole tenant (“/”), and nobody has \
             it yet.",
        )?;
        made.schedule_info.and_then(|schedule| schedule.start_date_time).ok_or_else(|| "it has no beginning".into())
    }

    async fn hold_nothing(&mut self) -> Result<()> {
        self.advance(40);
        self.step("Aline holds no role", ADMIN)?;
        let assignments = self.admin.role_management().directory().role_assignments();
        let aline = self.aline_id.as_str();
        let held = assignments.list().filter(assignment::principal_id().eq(aline)).await?;
        self.exchange(&["/id"])?;
        held_is(held.len(), 0)?;
        self.page.meaning("Forty minutes later, an incident calls for an administrator of users. Aline is none.")?;
        Ok(())
    }

    async fn lack_a_factor(&mut self) -> Result<()> {
        self.step("She tries with a password alone", ALINE)?;
        let aline = self.emulator.sign_in(ALINE).mfa(false).client()?;
        let tried = Self::requests_of(&aline).create(&self.activation(5)).await;
        self.exchange(&["/error/code", "/error/message"])?;
        refused_by(tried, "MfaRule")?;
        self.page.meaning(
            "The role's policy wants a second factor when it is activated. What the policy says is checked as a whole, and \
             the answer names the rules that were not kept.",
        )?;
        Ok(())
    }

    async fn ask_too_much(&mut self) -> Result<()> {
        self.step("With both factors, but for nine hours", ALINE)?;
        let tried = Self::requests_of(&self.aline).create(&self.activation(9)).await;
        self.exchange(&["/error/code", "/error/message"])?;
        refused_by(tried, "ExpirationRule")?;
        self.page.meaning("Eight hours is the longest that this policy lets anybody have the role at a time.")?;
        Ok(())
    }

    async fn activate(&mut self) -> Result<Activated> {
        self.step("Five hours, with a reason and a ticket", ALINE)?;
        let request = Self::requests_of(&self.aline).create(&self.activation(5)).await?;
        self.exchange(&[
            "/id",
            "/status",
            "/createdDateTime",
            "/completedDateTime",
            "/scheduleInfo/expiration/duration",
        ])?;
        if request.status.as_deref() != Some("Provisioned") {
            return Err(format!("the activation is {:?}", request.status).into());
        }
        self.page.meaning(
            "Provisioned: Aline is User Administrator. She alone: for the others in the group nothing has changed.",
        )?;
        let on = RoleAssignmentScheduleInstanceFilterByCurrentUserOptions::Principal;
        let instances = self.aline.role_management().directory().role_assignment_schedule_instances();
        let active = instances.filter_by_current_user(on).await?;
        let active = active.iter().next().ok_or("nothing is active")?;
        Ok(Activated {
            request: request.id.ok_or("the request has no id")?.to_string(),
            from: active.start_date_time.ok_or("it has no beginning")?,
            until: active.end_date_time.ok_or("it has no end")?,
        })
    }

    async fn see_own_requests(&mut self) -> Result<()> {
        self.step("She sees what she asked for", ALINE)?;
        let on = RoleAssignmentScheduleRequestFilterByCurrentUserOptions::Principal;
        let own = Self::requests_of(&self.aline).filter_by_current_user(on).expand(request::role_definition()).await?;
        self.exchange(&["/id", "/action", "/status", "/roleDefinition/displayName", "/ticketInfo/ticketNumber"])?;
        held_is(own.len(), 1)?;
        self.page.meaning(
            "It is the request of the step before. The refused ones are not there: they never became requests.",
        )?;
        Ok(())
    }

    async fn let_it_end(&mut self) -> Result<()> {
        self.advance(5 * 60);
        self.step("Five hours later the role is gone", ALINE)?;
        let on = RoleAssignmentScheduleInstanceFilterByCurrentUserOptions::Principal;
        let instances = self.aline.role_management().directory().role_assignment_schedule_instances();
        let active = instances.filter_by_current_user(on).await?;
        self.exchange(&["/id"])?;
        held_is(active.len(), 0)?;
        self.page.meaning("Nobody had to take it from her, and nobody can forget to.")?;
        Ok(())
    }

    async fn still_be_eligible(&mut self, group: &Id<Group>) -> Result<()> {
        self.step("She may activate it again", ALINE)?;
        let on = RoleEligibilityScheduleInstanceFilterByCurrentUserOptions::Principal;
        let instances = self.aline.role_management().directory().role_eligibility_schedule_instances();
        let eligible = instances.filter_by_current_user(on).await?;
        self.exchange(&["/memberType", "/principalId", "/roleDefinitionId", "/endDateTime"])?;
        held_is(eligible.len(), 1)?;
        if eligible.iter().any(|it| it.principal_id.as_ref().map(Id::as_str) != Some(group.as_str())) {
            return Err("the eligibility is not the group's".into());
        }
        self.page.meaning(
            "The eligibility is the group's (the principalId is its id), and reaches her because she is in it. To activate \
             it again she would send her own id, not this one.",
        )?;
        Ok(())
    }

    async fn read_the_record(&mut self, activated: &Activated) -> Result<()> {
        self.step("What the audit log says of the activation", ADMIN)?;
        let audits = self.admin.audit_logs().directory_audits();
        let of_pim = audit::logged_by_service().eq("PIM");
        let of_request = audit::correlation_id().eq(activated.request.as_str()).and(of_pim);
        let entries = audits.list().filter(of_request).await?;
        self.exchange(&[
            "/activityDisplayName",
            "/activityDateTime",
            "/initiatedBy/user/userPrincipalName",
            "/resultReason",
        ])?;
        if entries.is_empty() {
            return Err("the audit log says nothing of the activation".into());
        }
        self.page.meaning(
            "Who, what, when and why, the latest first. All that came of one request has the id of the request as its \
             correlationId; what happened by the clock alone was done by nobody.",
        )?;
        Ok(())
    }

    async fn remove_eligibility(&mut self, group: &Id<Group>) -> Result<()> {
        self.advance(60);
        self.step("Tidying up: the eligibility", ADMIN)?;
        let order = Eligibility::new(Action::AdminRemove, group.clone().upcast(), USER_ADMINISTRATOR);
        let requests = self.admin.role_management().directory().role_eligibility_schedule_requests();
        let removed = requests.create(&order.directory_scope_id(TENANT)).await?;
        self.exchange(&["/status"])?;
        if removed.status.as_deref() != Some("Revoked") {
            return Err(format!("the removal is {:?}", removed.status).into());
        }
        self.page.meaning("A removal needs neither times nor a reason: group, role and scope say what is meant.")?;
        Ok(())
    }

    async fn delete_group(&mut self, group: &Id<Group>) -> Result<()> {
        self.step("Tidying up: the group", ADMIN)?;
        self.admin.groups().by_id(group).delete().await?;
        self.exchange(&[])?;
        self.page.meaning("The tenant is as it was, but for the audit log.")?;
        Ok(())
    }

    fn look_back(&mut self, from: DateTimeOffset, removed: DateTimeOffset, activated: &Activated) -> Result<()> {
        self.page.line("")?;
        self.page.rule()?;
        let spans = [
            Span { label: "eligibility", text: "IT Helpdesk (User) may have the role", from, until: removed },
            Span { label: "activation", text: "Aline has it", from: activated.from, until: activated.until },
        ];
        timeline::draw(self.page, &spans)?;
        self.page.line("")?;
        self.page.text(
            "Try it yourself: cargo run -p pim-emulator -- serve, and crates/pim-emulator/README.md for how to reach it with \
             Microsoft's SDKs.",
        )?;
        Ok(())
    }

    /// Aline's order to activate the role for so many hours.
    fn activation(&self, hours: u32) -> Activation {
        let pattern =
            ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(edm::Duration::hours(hours));
        let schedule = RequestSchedule::new().start_date_time(self.emulator.clock().now()).expiration(pattern);
        Activation::new(Action::SelfActivate, self.aline_id.as_str(), USER_ADMINISTRATOR)
            .directory_scope_id(TENANT)
            .justification("Need to invalidate all app refresh tokens for Contoso users.")
            .schedule_info(schedule)
            .ticket_info(TicketInfo::new().ticket_number("CONTOSO:Security-012345").ticket_system("Contoso ICM"))
    }

    fn requests_of(
        user: &Graph,
    ) -> pim_client::v1_0::resources::role_management::directory::role_assignment_schedule_requests::RoleAssignmentScheduleRequests
    {
        user.role_management().directory().role_assignment_schedule_requests()
    }

    fn advance(&self, minutes: u64) {
        self.emulator.clock().advance(Duration::from_secs(minutes * 60));
    }

    fn step(&mut self, title: &str, who: &str) -> Result<()> {
        let time = timeline::clock(self.emulator.clock().now());
        Ok(self.page.step(title, who, &time)?)
    }

    /// Shows the latest request and the members of its answer that matter.
    fn exchange(&mut self, pointers: &[&str]) -> Result<()> {
        let recorded = self.emulator.requests().pop().ok_or("nothing was asked")?;
        self.page.request(&recorded, &self.emulator.url())?;
        Ok(self.page.answer(&recorded, pointers)?)
    }
}

fn held_is(held: usize, expected: usize) -> Result<()> {
    if held == expected { Ok(()) } else { Err(format!("expected {expected}, and there are {held}").into()) }
}

/// Checks that a request was refused, and by this rule of the policy.
fn refused_by<T>(tried: pim_client::Result<T>, rule: &str) -> Result<()> {
    match tried {
        Ok(_) => Err(format!("this was to be refused by the {rule}, and was done").into()),
        Err(error) if error.failed_rules().iter().any(|failed| failed.to_string() == rule) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
