//! Whether an activation needs approval, and by whom.

use pim_client::v1_0::models::{
    ApprovalSettings, UnifiedApprovalStage, UnifiedRoleManagementPolicyApprovalRule, UnifiedRoleManagementPolicyRule,
};
use serde_json::Value;

use super::members::{Members, invalid};
use super::{Approver, Event, NamedApprover, PolicyKind, RuleId, target};
use crate::domain::Refusal;

pub(super) const MEMBERS: [&str; 3] = ["id", "target", "setting"];

const SETTING_MEMBERS: [&str; 5] = [
    "isApprovalRequired",
    "isApprovalRequiredForExtension",
    "isRequestorJustificationRequired",
    "approvalMode",
    "approvalStages",
];

const STAGE_MEMBERS: [&str; 6] = [
    "approvalStageTimeOutInDays",
    "isApproverJustificationRequired",
    "escalationTimeInMinutes",
    "isEscalationEnabled",
    "primaryApprovers",
    "escalationApprovers",
];

/// How stages follow each other; as PIM has but one, it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ApprovalMode {
    NoApproval,
    SingleStage,
    Serial,
    Parallel,
}

const MODES: [(&str, ApprovalMode); 4] = [
    ("NoApproval", ApprovalMode::NoApproval),
    ("SingleStage", ApprovalMode::SingleStage),
    ("Serial", ApprovalMode::Serial),
    ("Parallel", ApprovalMode::Parallel),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApprovalRule {
    pub(crate) is_required: bool,
    pub(crate) is_required_for_extension: bool,
    pub(crate) is_requestor_justification_required: bool,
    pub(crate) mode: ApprovalMode,
    pub(crate) stage: ApprovalStage,
}

/// The one stage that an approval has. Whom it would be escalated to is accepted, and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApprovalStage {
    /// After how many days a request lapses undecided.
    pub(crate) time_out_in_days: i32,
    pub(crate) is_approver_justification_required: bool,
    pub(crate) primary_approvers: Vec<NamedApprover>,
}

/// What an activation that needs approval needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApprovalRequirement {
    /// Who can give it. Nobody is named: Global and Privileged Role Administrators; only a role's policy has that.
    pub(crate) approvers: Vec<Approver>,
    /// Whether who decides has to say why.
    pub(crate) needs_justification: bool,
    /// After how many days the request lapses undecided.
    pub(crate) time_out_in_days: i32,
}

impl ApprovalMode {
    /// The name that Graph gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NoApproval => "NoApproval",
            Self::SingleStage => "SingleStage",
            Self::Serial => "Serial",
            Self::Parallel => "Parallel",
        }
    }
}

impl Default for ApprovalRule {
    fn default() -> Self {
        Self {
            is_required: false,
            is_required_for_extension: false,
            is_requestor_justification_required: true,
            mode: ApprovalMode::SingleStage,
            stage: ApprovalStage::default(),
        }
    }
}

impl Default for ApprovalStage {
    fn default() -> Self {
        Self { time_out_in_days: 1, is_approver_justification_required: true, primary_approvers: Vec::new() }
    }
}

impl ApprovalRule {
    /// What is needed, if anything is.
    pub(super) fn requirement(&self) -> Option<ApprovalRequirement> {
        self.is_required.then(|| ApprovalRequirement {
            approvers: self.stage.primary_approvers.iter().map(|named| named.approver).collect(),
            needs_justification: self.stage.is_approver_justification_required,
            time_out_in_days: self.stage.time_out_in_days,
        })
    }

    /// The rule with what `members` say.
    pub(super) fn merged(&self, kind: PolicyKind, members: &Members<'_>) -> Result<Self, Refusal> {
        let Some(setting) = members.object("setting", &SETTING_MEMBERS)? else { return Ok(self.clone()) };
        let extension = setting.bool("isApprovalRequiredForExtension")?;
        let justification = setting.bool("isRequestorJustificationRequired")?;
        let rule = Self {
            is_required: setting.bool("isApprovalRequired")?.unwrap_or(self.is_required),
            is_required_for_extension: extension.unwrap_or(self.is_required_for_extension),
            is_requestor_justification_required: justification.unwrap_or(self.is_requestor_justification_required),
            mode: setting.word("approvalMode", &MODES)?.unwrap_or(self.mode),
            stage: self.stage.merged(&setting)?,
        };
        if kind == PolicyKind::Group && rule.is_required && rule.stage.primary_approvers.is_empty() {
            let place = members.place();
            return Err(invalid(format!(
                "{place}: approval is required, and nobody gives it; name somebody in primaryApprovers."
            )));
        }
        Ok(rule)
    }

    pub(super) fn to_object(&self) -> UnifiedRoleManagementPolicyRule {
        let setting = ApprovalSettings::new()
            .is_approval_required(self.is_required)
            .is_approval_required_for_extension(self.is_required_for_extension)
            .is_requestor_justification_required(self.is_requestor_justification_required)
            .approval_mode(self.mode.name())
            .approval_stages(vec![self.stage.to_object()]);
        UnifiedRoleManagementPolicyApprovalRule::new()
            .id(RuleId::Approval.to_string())
            .target(target::to_object(Event::Activation))
            .setting(setting)
            .into()
    }
}

impl ApprovalStage {
    /// The stage with what the stages of `setting` say: as there is but one, it is not replaced but changed.
    fn merged(&self, setting: &Members<'_>) -> Result<Self, Refusal> {
        let stage = match setting.list("approvalStages")? {
            None => return Ok(self.clone()),
            Some([]) => return Ok(Self::default()),
            Some([stage]) => stage,
            Some(stages) => {
                let (place, count) = (setting.place(), stages.len());
                return Err(invalid(format!("{place}: there are {count} approvalStages; PIM has one, give one.")));
            }
        };
        let stage = Members::of(stage, format!("{}/approvalStages", setting.place()), &STAGE_MEMBERS)?;
        let justification = stage.bool("isApproverJustificationRequired")?;
        let place = || format!("{}/primaryApprovers", stage.place());
        let approvers = stage.list("primaryApprovers")?;
        let read = |approvers: &[Value]| approvers.iter().map(|value| NamedApprover::read(value, place())).collect();
        Ok(Self {
            time_out_in_days: stage.number("approvalStageTimeOutInDays", 1)?.unwrap_or(self.time_out_in_days),
            is_approver_justification_required: justification.unwrap_or(self.is_approver_justification_required),
            primary_approvers: approvers.map_or_else(|| Ok(self.primary_approvers.clone()), read)?,
        })
    }

    fn to_object(&self) -> UnifiedApprovalStage {
        UnifiedApprovalStage::new()
            .approval_stage_time_out_in_days(self.time_out_in_days)
            .is_approver_justification_required(self.is_approver_justification_required)
            .escalation_time_in_minutes(0)
            .is_escalation_enabled(false)
            .primary_approvers(self.primary_approvers.iter().map(NamedApprover::to_object).collect::<Vec<_>>())
            .escalation_approvers(Vec::new())
    }
}
