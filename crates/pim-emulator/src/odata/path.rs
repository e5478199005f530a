//! Ways from an entity to a value.

use std::fmt;

use pim_client::schema::{Kind, Schema};

/// A way from where an expression is evaluated to a value: `principal/displayName`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    pub(super) root: Root,
    pub(super) steps: Vec<Step>,
}

/// Where a path begins.
#[derive(Clone, Debug)]
pub(super) enum Root {
    /// At the entity, without a word.
    Entity,
    /// At the entity, said as `$it`.
    It,
    /// At what the variable of a lambda stands for.
    Variable { name: String, kind: Kind },
}

/// Which kind of thing a variable stands for follows from where it is.
impl PartialEq for Root {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Entity, Self::Entity) | (Self::It, Self::It) => true,
            (Self::Variable { name, .. }, Self::Variable { name: also, .. }) => name == also,
            _ => false,
        }
    }
}

/// A segment of a path.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// To a property.
    Property {
        /// The type that is known to be there. The property may be that of a subtype.
        declared: &'static Schema,
        /// The type that has the property.
        owner: &'static Schema,
        name: &'static str,
        kind: Kind,
    },
    /// On only if it is of this type; of several, to those that are.
    Cast { declared: &'static Schema, to: &'static Schema },
    /// To the number of items.
    Count,
}

impl Step {
    /// The segment, as it is written.
    fn name(&self) -> &'static str {
        match self {
            Self::Property { name, .. } => name,
            Self::Cast { to, .. } => to.name(),
            Self::Count => "$count",
        }
    }
}

/// Types are their names.
impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Property { owner, name, .. }, Self::Property { owner: owner2, name: name2, .. }) => {
                (owner.name(), name) == (owner2.name(), name2)
            }
            (Self::Cast { to, .. }, Self::Cast { to: to2, .. }) => to.name() == to2.name(),
            (Self::Count, Self::Count) => true,
            _ => false,
        }
    }
}

impl Path {
    /// The kind of value that is at its end.
    pub(super) fn kind(&self) -> Kind {
        match (self.steps.last(), &self.root) {
            (Some(Step::Property { kind, .. }), _) | (None, Root::Variable { kind, .. }) => *kind,
            (Some(Step::Count), _) => Kind::Int64,
            (Some(Step::Cast { .. }) | None, _) => Kind::Any,
        }
    }

    /// Whether it is this way from the entity, written in any letter case.
    pub(super) fn is(&self, path: &str) -> bool {
        !matches!(self.root, Root::Variable { .. })
            && path.split('/').count() == self.steps.len()
            && path.split('/').zip(&self.steps).all(|(name, step)| step.name().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = match &self.root {
            Root::Entity => None,
            Root::It => Some("$it"),
            Root::Variable { name, .. } => Some(name.as_str()),
        };
        if let Some(root) = root {
            f.write_str(root)?;
        }
        for (index, step) in self.steps.iter().enumerate() {
            let separator = if index > 0 || root.is_some() { "/" } else { "" };
            write!(f, "{separator}{}", step.name())?;
        }
        Ok(())
    }
}
