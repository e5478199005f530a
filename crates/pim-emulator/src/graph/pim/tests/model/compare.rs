//! The service and the model, side by side.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use super::super::scene::{GUARDED_ROLE, ROLE, Scene, What, outcome, tenant, text};
use super::reference::Model;
use super::script::{Lasting, Step, Thing, Who};
use crate::domain::{Caller, Failure, Identity, Kind, ReviewResult, orders};
use crate::graph::error::GraphError;
use crate::graph::pim::Stage;

impl Thing {
    fn what(self) -> What {
        match self {
            Self::Role => ROLE,
            Self::GuardedRole => GUARDED_ROLE,
            Self::Membership => What::Member("Helpdesk"),
        }
    }
}

pub(super) struct Compared {
    scene: Scene,
    model: Model,
    /// The ids of the model's requests.
    ids: Vec<String>,
}

impl Compared {
    pub(super) fn new() -> Self {
        let mut tenant = tenant();
        tenant.groups[0].members.clear();
        Self { scene: Scene::of(tenant), model: Model::default(), ids: Vec::new() }
    }

    /// Takes a step in both; tells what is different.
    pub(super) fn take(&mut self, step: &Step) -> Result<(), String> {
        // Before the model goes on: what it is that is decided.
        let nth = |model: &Model, status, nth| model.waiting(status).get(nth).copied();
        let real = match *step {
            Step::Turn(minutes) => {
                self.scene.turn(Duration::from_secs(minutes.unsigned_abs() * 60));
                None
            }
            Step::Ask { .. } => Some(self.ask(step)),
            Step::Cancel { nth, by } => self.ids.get(nth).map(|id| {
                let asked = &self.model.asked[nth];
                let got = self.scene.cancel(asked.key.kind, asked.key.what.what(), id, by.name());
                if got.status == 204 { "Canceled".to_owned() } else { outcome(&got) }
            }),
            Step::Decide { nth: of, approves } => {
                if let Some(request) = nth(&self.model, "PendingApproval", of) {
                    self.decide(&self.ids[request], approves);
                }
                None
            }
            Step::Answer { nth: of, allows } => {
                if let Some(request) = nth(&self.model, "PendingAdminDecision", of) {
                    self.answer(&self.ids[request], allows);
                }
                None
            }
        };
        let modelled = self.model.take(step).map(|outcome| outcome.unwrap_or_else(|error| error).to_owned());
        if real != modelled {
            return Err(format!("the service says {real:?}, the model {modelled:?}"));
        }
        self.compare()
    }

    fn ask(&mut self, step: &Step) -> String {
        let Step::Ask { kind, action, who, what, by, start, lasting } = *step else { unreachable!("asked elsewhere") };
        let scene = &self.scene;
        let at = |minutes: i64| {
            let now = scene.rig.service().clock.instant();
            now.plus(chrono::TimeDelta::minutes(minutes)).to_string()
        };
        let mut ask = scene.ask(kind, action, who.name(), what.what());
        if !["adminRemove", "selfDeactivate"].contains(&action) {
            ask = match lasting {
                Lasting::For(minutes) => ask.lasting(&format!("PT{minutes}M")),
                Lasting::Until(minutes) => ask.until(&at(minutes)),
                Lasting::ForGood => ask.for_good(),
            };
            if let Some(start) = start {
                ask = ask.from(&at(start));
            }
        }
        let got = ask.by(by.name());
        if got.status == 201 {
            self.ids.push(text(&got.body, "id"));
        }
        outcome(&got)
    }

    fn decide(&self, id: &str, approves: bool) {
        let zoe = Identity::User(self.scene.id("zoe").parse().expect("a GUID"));
        let caller = Caller { identity: zoe, permissions: Vec::new(), has_mfa: true, contexts: Vec::new() };
        let result = if approves { ReviewResult::Approved } else { ReviewResult::Denied };
        let id = id.parse().expect("a GUID");
        let decided = self.scene.rig.service().write(|session| -> Result<(), GraphError> {
            let approval = session.approval(id)?.expect("what waits has an approval");
            Ok(orders::decide(session, &caller, approval, result, Some("It is fine"))?)
        });
        decided.expect("what waits can be decided");
    }

    fn answer(&self, id: &str, allows: bool) {
        let admin = Identity::User(self.scene.id("admin").parse().expect("a GUID"));
        let id = id.parse().expect("a GUID");
        let answered = self.scene.rig.service().write(|session| -> Result<_, GraphError> {
            orders::answer(session, admin, id, allows).map_err(Failure::into)
        });
        answered.expect("what waits can be answered");
    }

    /// Whether every request has its status, and every schedule is there.
    fn compare(&self) -> Result<(), String> {
        let index = |id: &str| self.ids.iter().position(|other| other == id).map_or(id.to_owned(), |at| at.to_string());
        let (statuses, schedules) = self.kept();
        let modelled: Vec<_> = self.model.asked.iter().map(|asked| asked.status.to_owned()).collect();
        same("requests", &statuses, &modelled)?;
        let schedules: BTreeSet<_> =
            schedules.iter().map(|(id, used)| (index(id), used.as_deref().map(index))).collect();
        let modelled =
            self.model.held.iter().map(|held| (held.by.to_string(), held.activates.map(|used| used.to_string())));
        same("schedules", &schedules, &modelled.collect())
    }

    /// The statuses of all requests, and all schedules of PIM with what they activate, as they are kept.
    fn kept(&self) -> (Vec<String>, Vec<(String, Option<String>)>) {
        let read = self.scene.rig.service().read(|session| -> Result<_, GraphError> {
            let mut statuses = Vec::new();
            let mut schedules = Vec::new();
            for id in &self.ids {
                let id = id.parse().expect("a GUID");
                statuses.push(session.request(id)?.expect("requests are kept").status.name().to_owned());
                schedules.extend(
                    session
                        .schedule(id)?
                        .map(|schedule| (schedule.id.to_string(), schedule.activated.map(|used| used.to_string()))),
                );
            }
            Ok((statuses, schedules))
        });
        read.expect("the store works")
    }

    /// Whether Graph lists what is there, to administrators and to those who have it.
    pub(super) fn compare_lists(&self) -> Result<(), String> {
        for kind in [Kind::Eligibility, Kind::Assignment] {
            for what in Thing::ALL {
                for who in [Who::Ada, Who::Ben, Who::Helpdesk] {
                    for stage in [Stage::Schedules, Stage::Instances] {
                        let real = self.scene.list(kind, stage, who.name(), what.what());
                        let label = format!("{stage:?} of {kind:?} of {what:?} of {}", who.name());
                        same(&label, &rows(&real, what), &self.expected(kind, what, who, stage, "direct"))?;
                    }
                }
                for user in Who::USERS {
                    let real = self.scene.mine(user.name(), kind, Stage::Instances, what.what());
                    let real: BTreeSet<_> = rows(&real, what);
                    let mut expected = self.expected(kind, what, user, Stage::Instances, "direct");
                    if self.model.is_member(user) {
                        expected.extend(self.expected(kind, what, Who::Helpdesk, Stage::Instances, "group"));
                    }
                    same(&format!("what {} sees of {kind:?} of {what:?}", user.name()), &real, &expected)?;
                }
            }
        }
        Ok(())
    }

    /// What the model lists.
    fn expected(&self, kind: Kind, what: Thing, who: Who, stage: Stage, member: &str) -> BTreeSet<Row> {
        let now = self.model.now;
        let of_key = || {
            let all = self.model.held.iter();
            all.filter(move |held| (held.key.kind, held.key.what, held.key.who) == (kind, what, who))
        };
        // Of what is in force on a key there is one instance: what is assigned rather than what is activated.
        let is_assigned = of_key().any(|held| held.activates.is_none() && held.is_now(now));
        let is_shown = |held: &&super::reference::Held| {
            stage == Stage::Schedules || held.is_now(now) && (held.activates.is_none() || !is_assigned)
        };
        let type_of = |held: &super::reference::Held| match (kind, held.activates) {
            (Kind::Eligibility, _) => "eligible",
            (Kind::Assignment, None) => "assigned",
            (Kind::Assignment, Some(_)) => "activated",
        };
        of_key()
            .filter(is_shown)
            .map(|held| Row {
                r#type: type_of(held).to_owned(),
                member: member.to_owned(),
                principal: self.scene.id(who.name()),
            })
            .collect()
    }
}

/// What matters of an entity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    r#type: String,
    member: String,
    principal: String,
}

/// The entities that are of the role; the collections of a user have those of all roles.
fn rows(entities: &[Value], what: Thing) -> BTreeSet<Row> {
    let role = |entity: &&Value| match what {
        Thing::Role => entity["roleDefinitionId"] == "fe930be7-5e62-47db-91af-98c3a49a38b1",
        Thing::GuardedRole => entity["roleDefinitionId"] == "194ae4cb-b126-40b2-bd5b-6091b380977d",
        Thing::Membership => true,
    };
    let row = |entity: &Value| Row {
        r#type: entity["assignmentType"].as_str().unwrap_or("eligible").to_ascii_lowercase(),
        member: text(entity, "memberType").to_ascii_lowercase(),
        principal: text(entity, "principalId"),
    };
    entities.iter().filter(role).map(row).collect()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, real: &T, modelled: &T) -> Result<(), String> {
    if real == modelled { Ok(()) } else { Err(format!("{what}: the service has {real:?}, the model {modelled:?}")) }
}
