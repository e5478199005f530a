//! The classes that changes fall into, and the version that comes after them.

use semver::Version;
use serde::Serialize;

use super::{Bump, Callers, Change, Wire};

/// What a change amounts to, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// Code that calls the client no longer compiles.
    BreakingToCompile,
    /// Code compiles, but a client that was generated before cannot read some answers.
    BreakingToDecode,
    /// There is more to call, and all that there was is as before.
    Additive,
    /// Code that calls the client sees nothing of it.
    Invisible,
}

impl Effect {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::BreakingToCompile, Self::BreakingToDecode, Self::Additive, Self::Invisible];

    /// Its name, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BreakingToCompile => "breaking to compile",
            Self::BreakingToDecode => "breaking to decode",
            Self::Additive => "additive",
            Self::Invisible => "invisible",
        }
    }
}

impl Change {
    /// What it amounts to.
    #[must_use]
    pub fn effect(&self) -> Effect {
        match (self.callers, self.wire) {
            (Callers::Broken, _) => Effect::BreakingToCompile,
            (_, Wire::Undecodable) => Effect::BreakingToDecode,
            (Callers::Offered, _) => Effect::Additive,
            (Callers::Unaffected, _) => Effect::Invisible,
        }
    }
}

impl Bump {
    /// Its name in semantic versioning.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The version that follows `current`, by the rule that cargo has for versions that begin with 0: what is first and
    /// not 0 says whether code still compiles.
    #[must_use]
    pub fn next(self, current: &Version) -> Version {
        let Version { major, minor, patch, .. } = *current;
        match (self, major, minor) {
            (Self::None, ..) => current.clone(),
            (Self::Major, 0, 0) | (Self::Minor | Self::Patch, 0, _) | (Self::Patch, ..) => {
                Version::new(major, minor, patch + 1)
            }
            (Self::Major, 0, _) | (Self::Minor, ..) => Version::new(major, minor + 1, 0),
            (Self::Major, ..) => Version::new(major + 1, 0, 0),
        }
    }
}
