/// What a request orders; roles and groups have the same nine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    AdminAssign,
    AdminUpdate,
    AdminRemove,
    AdminExtend,
    AdminRenew,
    SelfActivate,
    SelfDeactivate,
    SelfExtend,
    SelfRenew,
}

impl Action {
    pub(crate) const ALL: [Self; 9] = [
        Self::AdminAssign,
        Self::AdminUpdate,
        Self::AdminRemove,
        Self::AdminExtend,
        Self::AdminRenew,
        Self::SelfActivate,
        Self::SelfDeactivate,
        Self::SelfExtend,
        Self::SelfRenew,
    ];

    /// The name that Graph gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AdminAssign => "adminAssign",
            Self::AdminUpdate => "adminUpdate",
            Self::AdminRemove => "adminRemove",
            Self::AdminExtend => "adminExtend",
            Self::AdminRenew => "adminRenew",
            Self::SelfActivate => "selfActivate",
            Self::SelfDeactivate => "selfDeactivate",
            Self::SelfExtend => "selfExtend",
            Self::SelfRenew => "selfRenew",
        }
    }

    /// The action of that name, in any letter case.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name().eq_ignore_ascii_case(name))
    }

    /// Whether the principal orders it for itself.
    pub(crate) fn is_self_service(self) -> bool {
        matches!(self, Self::SelfActivate | Self::SelfDeactivate | Self::SelfExtend | Self::SelfRenew)
    }

    /// Whether it takes an assignment away: it needs no schedule then, and answers to no rule.
    pub(crate) fn is_removal(self) -> bool {
        matches!(self, Self::AdminRemove | Self::SelfDeactivate)
    }
}
