/// One of Microsoft's clouds: where its Graph is, and who issues tokens for it.
///
/// [National clouds](https://learn.microsoft.com/graph/deployments) are apart from each other: an account of one is
/// unknown to the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cloud {
    /// Everybody's, at `graph.microsoft.com`.
    #[default]
    Global,
    /// US Government L4 (GCC High), at `graph.microsoft.us`.
    UsGovernment,
    /// US Government L5 (`DoD`), at `dod-graph.microsoft.us`.
    UsGovernmentDod,
    /// China, operated by 21Vianet, at `microsoftgraph.chinacloudapi.cn`.
    China,
}

impl Cloud {
    /// The address of the cloud's Graph, which is also what tokens are issued for.
    #[must_use]
    pub const fn graph(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGovernment => "https://graph.microsoft.us",
            Self::UsGovernmentDod => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// The address of the cloud's identity platform, which issues the tokens.
    #[must_use]
    pub const fn authority(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGovernment | Self::UsGovernmentDod => "https://login.microsoftonline.us",
            Self::China => "https://login.partner.microsoftonline.cn",
        }
    }
}
