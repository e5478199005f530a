//! Many schedules at once, for benchmarks: through the store, and without the requests that they would have come from.

use uuid::Uuid;

use crate::domain::{Expiration, Key, Kind, Schedule, Scope, Target};
use crate::store::{Result, Session};

/// How many schedules a principal has.
const EACH: u32 = 10;

/// Makes so many schedules: ten for each principal, and those of five thousand on each role. The principals are numbered:
/// the id of the first ends in 1.
pub(super) fn schedules(session: &Session<'_>, count: u32) -> Result<()> {
    for number in 0..count {
        let principal = Uuid::from_u128(u128::from(number / EACH) + 1);
        let role = Uuid::from_u128((u128::from(number % EACH) << 64) | (u128::from(number / 50_000) + 1));
        // As scattered as ids are.
        let id = Uuid::new_v4();
        session.add_schedule(&Schedule {
            id,
            instance: id,
            kind: Kind::Eligibility,
            key: Key { principal, target: Target::Role { role, scope: Scope::Tenant } },
            activated: None,
            created_using: Some(id),
            created: Some(session.now()),
            modified: None,
            starts: session.now(),
            ends: Some(session.now().plus(chrono::TimeDelta::days(365))),
            expiration: Expiration::At(session.now().plus(chrono::TimeDelta::days(365))),
        })?;
    }
    Ok(())
}
