//! What a filter says.

/// A condition, with what is joined by the same operator side by side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    Compare(Path, String, Value),
    In(Path, Vec<Value>),
    Call(String, Path, Value),
    Lambda(Path, String, Box<Condition>),
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
}

/// The names on the way from the innermost item.
pub(crate) type Path = Vec<String>;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`, `true` and `false`.
    Word(String),
    /// Numbers and times.
    Bare(String),
    Text(String),
    Duration(String),
}

impl Condition {
    pub(crate) fn and(conditions: impl IntoIterator<Item = Self>) -> Self {
        let flat = conditions.into_iter().flat_map(|condition| match condition {
            Self::And(parts) => parts,
            other => vec![other],
        });
        Self::And(flat.collect())
    }

    pub(crate) fn or(conditions: impl IntoIterator<Item = Self>) -> Self {
        let flat = conditions.into_iter().flat_map(|condition| match condition {
            Self::Or(parts) => parts,
            other => vec![other],
        });
        Self::Or(flat.collect())
    }
}
