//! The client's own tasks, done against the emulator: what is asked for comes about, and what is refused is explained.

mod activation;
mod administration;
mod approval;
mod faults;
mod identities;
mod longer;
mod many;
mod policies;
mod step_up;

use std::time::Duration;

use pim_client::pim::{Assignment, Pim};
use pim_emulator::tenant::RoleAssignment;
use pim_emulator::{Clock, Emulator, Tenant};

const ADMIN: &str = "admin@contoso.com";
/// She has no role at first.
const ALINE: &str = "alined@contoso.com";
/// He approves.
const ALEX: &str = "alexw@contoso.com";
/// She may activate Groups Administrator, and the membership of Production operators.
const ADELE: &str = "adelev@contoso.com";

const FIVE_MINUTES: Duration = Duration::from_mins(5);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// An emulator whose clock stands at the machine's time, which the client goes by.
async fn with(tenant: Tenant) -> Emulator {
    Emulator::builder().tenant(tenant).clock(Clock::frozen()).beta(true).start().await.expect("an emulator")
}

async fn contoso() -> Emulator {
    with(Tenant::contoso()).await
}

/// The tasks of a user who has shown a second factor.
fn pim(emulator: &Emulator, user: &str) -> Pim {
    emulator.client_as(user).expect("a user who may sign in").pim()
}

fn id_of(emulator: &Emulator, name: &str) -> String {
    emulator.tenant().object_id(name).expect("somebody of the tenant").to_string()
}

/// What assignments are shown as.
fn shown(assignments: &[Assignment]) -> Vec<String> {
    assignments.iter().map(|assignment| assignment.target.to_string()).collect()
}

/// What somebody has by PIM. Memberships that were made in the directory are listed as well: they have no beginning.
async fn active_by_pim(pim: &Pim) -> Vec<String> {
    let active = pim.active().await.expect("a list");
    shown(&active.into_iter().filter(|held| held.start_date_time.is_some()).collect::<Vec<_>>())
}

/// Contoso, where Adele may read the policies of roles: not everybody may.
fn where_adele_reads_policies() -> Tenant {
    Tenant::contoso().role_assignment(RoleAssignment::new(ADELE, "Global Reader"))
}
