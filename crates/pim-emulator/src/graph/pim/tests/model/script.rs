//! What is done, at random, and so that it can be read.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::domain::Kind;

pub(super) const MINUTE: i64 = 1;
pub(super) const HOUR: i64 = 60;
pub(super) const DAY: i64 = 24 * 60;

/// Who has something: users, and the group that ada and ben may be members of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Who {
    Ada,
    Ben,
    Helpdesk,
    Admin,
}

impl Who {
    pub(super) const USERS: [Self; 2] = [Self::Ada, Self::Ben];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ada => "ada",
            Self::Ben => "ben",
            Self::Helpdesk => "Helpdesk",
            Self::Admin => "admin",
        }
    }
}

/// What is had: a role, a role whose activation is approved, the membership of Helpdesk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Thing {
    Role,
    GuardedRole,
    Membership,
}

impl Thing {
    pub(super) const ALL: [Self; 3] = [Self::Role, Self::GuardedRole, Self::Membership];
}

/// Until when: minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasting {
    For(i64),
    /// From now on, whenever it begins.
    Until(i64),
    ForGood,
}

#[derive(Clone, Copy)]
pub(super) enum Step {
    Ask {
        kind: Kind,
        action: &'static str,
        who: Who,
        what: Thing,
        by: Who,
        start: Option<i64>,
        lasting: Lasting,
    },
    /// Of all that waits for an approver.
    Decide {
        nth: usize,
        approves: bool,
    },
    /// Of all that waits for an administrator.
    Answer {
        nth: usize,
        allows: bool,
    },
    /// Of all that was ever asked.
    Cancel {
        nth: usize,
        by: Who,
    },
    Turn(i64),
}

pub(super) struct Script(pub(super) Vec<Step>);

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(index, step)| write!(f, "\n  {:2} {step:?}", index + 1))
    }
}

/// Minutes, as one says them.
fn length(minutes: i64) -> String {
    match minutes {
        0 => "nothing".to_owned(),
        _ if minutes % DAY == 0 => format!("{}d", minutes / DAY),
        _ if minutes % HOUR == 0 => format!("{}h", minutes / HOUR),
        _ => format!("{minutes}m"),
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Ask { kind, action, who, what, by, start, lasting } => {
                write!(f, "{} asks for {action} of {kind:?}, {what:?} for {}", by.name(), who.name())?;
                match start {
                    Some(start) if start < 0 => write!(f, ", from {} ago", length(-start))?,
                    Some(start) => write!(f, ", from {} on", length(start))?,
                    None => {}
                }
                match lasting {
                    Lasting::For(minutes) => write!(f, ", for {}", length(minutes)),
                    Lasting::Until(minutes) => write!(f, ", until {} from now", length(minutes)),
                    Lasting::ForGood => f.write_str(", for good"),
                }
            }
            Self::Decide { nth, approves } => {
                write!(f, "zoe {} waiting activation {nth}", if approves { "approves" } else { "denies" })
            }
            Self::Answer { nth, allows } => {
                write!(f, "admin {} waiting request {nth}", if allows { "allows" } else { "refuses" })
            }
            Self::Cancel { nth, by } => write!(f, "{} cancels request {nth}", by.name()),
            Self::Turn(minutes) => write!(f, "{} pass", length(minutes)),
        }
    }
}

fn lastings(action: &'static str) -> BoxedStrategy<Lasting> {
    let minutes = match action {
        "selfActivate" => vec![3, 5, HOUR, 2 * HOUR, 8 * HOUR, 8 * HOUR + 1],
        _ => vec![4, 5, 6 * HOUR, 3 * DAY, 14 * DAY, 20 * DAY, 200 * DAY],
    };
    prop_oneof![
        6 => prop::sample::select(minutes).prop_map(Lasting::For),
        2 => prop::sample::select(vec![-DAY, 4, HOUR, 3 * HOUR, DAY, 10 * DAY]).prop_map(Lasting::Until),
        1 => Just(Lasting::ForGood),
    ]
    .boxed()
}

fn asks(things: Vec<Thing>) -> impl Strategy<Value = Step> {
    let actions = prop_oneof![
        8 => Just("adminAssign"),
        2 => Just("adminUpdate"),
        2 => Just("adminExtend"),
        2 => Just("adminRenew"),
        3 => Just("adminRemove"),
        9 => Just("selfActivate"),
        2 => Just("selfDeactivate"),
        2 => Just("selfExtend"),
        2 => Just("selfRenew"),
    ];
    let starts = prop_oneof![
        6 => Just(None),
        3 => prop::sample::select(vec![-HOUR, 1, 10, HOUR, DAY, 5 * DAY]).prop_map(Some),
    ];
    let who = prop::sample::select(vec![Who::Ada, Who::Ada, Who::Ben, Who::Helpdesk]);
    let what = prop::sample::select(things);
    (actions, starts, who, what, any::<bool>(), 0..20_u8).prop_flat_map(
        |(action, start, who, what, is_eligibility, other)| {
            // A group is no member of itself, and asks for nothing.
            let who = if who == Who::Helpdesk && (what == Thing::Membership || action.starts_with("self")) {
                Who::Ada
            } else {
                who
            };
            let is_activation = ["selfActivate", "selfDeactivate"].contains(&action);
            let kind =
                if is_eligibility && (!is_activation || other == 1) { Kind::Eligibility } else { Kind::Assignment };
            let right = if action.starts_with("self") { who } else { Who::Admin };
            let by = if other == 0 { Who::Ben } else { right };
            lastings(action).prop_map(move |lasting| Step::Ask { kind, action, who, what, by, start, lasting })
        },
    )
}

/// Scripts about one role or both, and the membership that leads to them: the fewer things, the more happens to each.
pub(super) fn scripts() -> impl Strategy<Value = Script> {
    let things =
        vec![vec![Thing::Role, Thing::Membership], vec![Thing::GuardedRole, Thing::Membership], Thing::ALL.to_vec()];
    prop::sample::select(things).prop_flat_map(|things| vec(steps(things), 1..40)).prop_map(Script)
}

fn steps(things: Vec<Thing>) -> impl Strategy<Value = Step> {
    let turns = vec![1, 4, 5, 10, HOUR, 2 * HOUR, DAY, DAY, 3 * DAY, 6 * DAY, 14 * DAY, 30 * DAY, 31 * DAY, 365 * DAY];
    prop_oneof![
        12 => asks(things),
        2 => (0..3_usize, prop::bool::weighted(0.8)).prop_map(|(nth, approves)| Step::Decide { nth, approves }),
        1 => (0..3_usize, prop::bool::weighted(0.8)).prop_map(|(nth, allows)| Step::Answer { nth, allows }),
        1 => (0..12_usize, prop::sample::select(vec![Who::Admin, Who::Ada, Who::Ben]))
            .prop_map(|(nth, by)| Step::Cancel { nth, by }),
        6 => prop::sample::select(turns).prop_map(Step::Turn),
    ]
}
