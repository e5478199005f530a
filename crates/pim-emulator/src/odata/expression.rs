//! What filters and orders are made of.

use std::fmt;

use super::function::Function;
use super::literal::Literal;
use super::path::Path;

/// Something that has a value for each entity. A filter is one whose value is true or false.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    /// Two or more, none of which is an `Or`.
    Or(Vec<Expression>),
    /// Two or more, none of which is an `And`.
    And(Vec<Expression>),
    Not(Box<Expression>),
    Compare {
        left: Box<Expression>,
        operator: Operator,
        right: Box<Expression>,
        /// Texts are compared without regard to letter case.
        caseless: bool,
    },
    In {
        value: Box<Expression>,
        list: Vec<Literal>,
        /// As in `Compare`.
        caseless: bool,
    },
    /// `any` or `all`.
    Lambda {
        path: Path,
        quantifier: Quantifier,
        /// What the items are called, and what is to hold for them. Without it there is to be an item.
        condition: Option<(String, Box<Expression>)>,
    },
    Call {
        function: Function,
        arguments: Vec<Expression>,
        /// As in `Compare`.
        caseless: bool,
    },
    Path(Path),
    Literal(Literal),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

impl Operator {
    const ALL: [Self; 6] = [Self::Eq, Self::Ne, Self::Gt, Self::Ge, Self::Lt, Self::Le];

    /// The operator of this name, in any letter case.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.name().eq_ignore_ascii_case(name))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
        }
    }

    /// Whether it asks which of two values comes first.
    pub(super) fn orders(self) -> bool {
        !matches!(self, Self::Eq | Self::Ne)
    }
}

/// Of how many items a condition is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantifier {
    Any,
    All,
}

impl Quantifier {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            _ if name.eq_ignore_ascii_case("any") => Some(Self::Any),
            _ if name.eq_ignore_ascii_case("all") => Some(Self::All),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::All => "all",
        }
    }
}

impl Expression {
    /// All of these. What is within another `and` could as well stand beside it.
    pub(super) fn and(parts: Vec<Self>) -> Self {
        let parts = parts.into_iter().flat_map(|part| if let Self::And(inner) = part { inner } else { vec![part] });
        Self::one_or(parts.collect(), Self::And)
    }

    /// Any of these.
    pub(super) fn or(parts: Vec<Self>) -> Self {
        let parts = parts.into_iter().flat_map(|part| if let Self::Or(inner) = part { inner } else { vec![part] });
        Self::one_or(parts.collect(), Self::Or)
    }

    fn one_or(mut parts: Vec<Self>, several: impl FnOnce(Vec<Self>) -> Self) -> Self {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                several(parts)
            }
            None => several(parts),
        }
    }

    /// How tightly it holds together when it is written.
    fn binding(&self) -> u8 {
        match self {
            Self::Or(_) => 0,
            Self::And(_) => 1,
            Self::Not(_) | Self::Compare { .. } | Self::In { .. } => 2,
            Self::Lambda { .. } | Self::Call { .. } | Self::Path(_) | Self::Literal(_) => 3,
        }
    }

    /// The expressions that it is made of.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Or(parts) | Self::And(parts) | Self::Call { arguments: parts, .. } => parts.iter().collect(),
            Self::Not(part) | Self::In { value: part, .. } => vec![part],
            Self::Compare { left, right, .. } => vec![left, right],
            Self::Lambda { condition, .. } => condition.iter().map(|(_, condition)| &**condition).collect(),
            Self::Path(_) | Self::Literal(_) => Vec::new(),
        }
    }
}

/// An expression, in parentheses if it would fall apart without.
struct Within<'a>(&'a Expression, u8);

impl fmt::Display for Within<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.binding() < self.1 { write!(f, "({})", self.0) } else { write!(f, "{}", self.0) }
    }
}

fn join<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    parts: impl IntoIterator<Item = T>,
    separator: &str,
) -> fmt::Result {
    for (index, part) in parts.into_iter().enumerate() {
        write!(f, "{}{part}", if index > 0 { separator } else { "" })?;
    }
    Ok(())
}

/// As it is written.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Or(parts) => join(f, parts.iter().map(|part| Within(part, 1)), " or "),
            Self::And(parts) => join(f, parts.iter().map(|part| Within(part, 2)), " and "),
            Self::Not(part) => write!(f, "not ({part})"),
            Self::Compare { left, operator, right, .. } => {
                write!(f, "{} {} {}", Within(left, 3), operator.name(), Within(right, 3))
            }
            Self::In { value, list, .. } => {
                write!(f, "{} in (", Within(value, 3))?;
                join(f, list, ",")?;
                f.write_str(")")
            }
            Self::Lambda { path, quantifier, condition } => {
                write!(f, "{path}/{}(", quantifier.name())?;
                if let Some((variable, condition)) = condition {
                    write!(f, "{variable}:{condition}")?;
                }
                f.write_str(")")
            }
            Self::Call { function, arguments, .. } => {
                write!(f, "{}(", function.name())?;
                join(f, arguments, ",")?;
                f.write_str(")")
            }
            Self::Path(path) => write!(f, "{path}"),
            Self::Literal(literal) => write!(f, "{literal}"),
        }
    }
}
