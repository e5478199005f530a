//! What alerts are about.

use pim_client::beta::models;
use pim_client::schema::{HasSchema as _, Schema};

use super::find;
use crate::domain::alerts::AlertKind;
use crate::graph::context::Context;
use crate::graph::entity::{Builder, Entity};
use crate::graph::error::Result;
use crate::graph::exchange::Answer;

const NAME: &str = "alertDefinitions";

/// What is said about an alert.
struct Text {
    severity: &'static str,
    display_name: &'static str,
    description: &'static str,
    impact: &'static str,
    mitigation: &'static str,
    prevention: &'static str,
}

pub(super) fn schema() -> &'static Schema {
    models::UnifiedRoleManagementAlertDefinition::schema()
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    find::list(context, NAME, schema(), |kind| Ok(represent(context, kind)))
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    find::single(context, NAME, schema(), |kind| Ok(represent(context, kind)))
}

pub(super) fn represent(context: &Context<'_>, kind: AlertKind) -> Entity {
    let text = text(kind);
    Builder::new(schema())
        .with("id", find::id(context, kind))
        .with("displayName", text.display_name)
        .with("scopeType", "DirectoryRole")
        .with("scopeId", "/")
        .with("description", text.description)
        .with("severityLevel", text.severity)
        .with("securityImpact", text.impact)
        .with("mitigationSteps", text.mitigation)
        .with("howToPrevent", text.prevention)
        .with("isRemediatable", kind.is_remediable())
        .with("isConfigurable", kind.is_configurable())
        .finish()
}

fn text(kind: AlertKind) -> Text {
    match kind {
        AlertKind::InvalidLicense => Text {
            severity: "high",
            display_name: "The tenant has no license for PIM",
            description: "PIM needs a license of Microsoft Entra ID P2, and the tenant has none that is valid.",
            impact: "Nobody can activate a role, and nothing about PIM can be changed.",
            mitigation: "Buy licenses for everybody whom PIM serves.",
            prevention: "Renew licenses before they end.",
        },
        AlertKind::NoMfaOnRoleActivation => Text {
            severity: "medium",
            display_name: "Privileged roles can be activated without a second factor",
            description: "The policies of these roles demand nothing but a password.",
            impact: "Whoever has found out a password can activate the role.",
            mitigation: "Have the policies demand multifactor authentication.",
            prevention: "Demand multifactor authentication or an authentication context for every privileged role.",
        },
        AlertKind::RedundantAssignment => Text {
            severity: "low",
            display_name: "Some who are eligible do not activate their roles",
            description: "These eligibilities have not been used for longer than the configured duration.",
            impact: "What nobody uses, nobody watches: it is of use to attackers alone.",
            mitigation: "Take eligibilities away that are not needed.",
            prevention: "Make people eligible for a limited time, and review who is.",
        },
        AlertKind::RolesAssignedOutsidePim => Text {
            severity: "high",
            display_name: "Roles are assigned without PIM",
            description: "These role assignments were made past PIM.",
            impact: "They last forever and nobody had to approve them: an attacker would make such.",
            mitigation: "Take them away, and make eligible in PIM whoever needs the role.",
            prevention: "Assign roles in PIM only, and find out who does otherwise.",
        },
        AlertKind::SequentialActivationRenewals => Text {
            severity: "medium",
            display_name: "Roles are activated again and again",
            description: "These users activated the same role several times in short order.",
            impact: "It may be an attacker who keeps a role, or an account that several people share.",
            mitigation: "Ask the users, and let an activation last as long as the work does.",
            prevention: "Choose the maximum duration of activations so that it covers the work.",
        },
        AlertKind::StaleSignIn => Text {
            severity: "medium",
            display_name: "Accounts with roles are not used any more",
            description: "These accounts hold a role, and have not signed in for longer than the configured duration.",
            impact: "Nobody would notice if somebody else used them.",
            mitigation: "Take their roles away.",
            prevention: "Review regularly who holds roles.",
        },
        AlertKind::TooManyGlobalAdmins => Text {
            severity: "low",
            display_name: "There are too many Global Administrators",
            description: "More of those who have a role are Global Administrators than configured.",
            impact: "Each of them can do everything, and so can whoever gets hold of one of their accounts.",
            mitigation: "Take the role from those who do not need all of it, and give them lesser ones.",
            prevention: "Give everybody the least role that their work needs.",
        },
    }
}
