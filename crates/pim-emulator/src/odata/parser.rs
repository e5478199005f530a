//! From text to an expression, checked against a type on the way.

use pim_client::schema::{Property, Schema};

use super::expression::{Expression, Operator, Quantifier};
use super::function::{Function, Parameter};
use super::lexer::{Lexeme, Token, tokens};
use super::literal::Literal;
use super::nearest::did_you_mean;
use super::path::{Path, Root, Step};
use super::source::Source;
use super::types::{Item, Type, unqualified};
use super::{DEEPEST, Fault, Strings};

/// An expression, its type, and where it begins.
pub(super) struct Typed {
    pub(super) expression: Expression,
    pub(super) of: Type,
    pub(super) at: usize,
}

/// Reads an expression about an entity of a type.
pub(super) fn expression(source: Source<'_>, of: &'static Schema, strings: Strings) -> Result<Typed, Fault> {
    let mut parser = Parser { source, tokens: tokens(source)?, next: 0, of, strings, variables: Vec::new(), depth: 0 };
    let expression = parser.disjunction()?;
    match parser.peek() {
        Lexeme::End => Ok(expression),
        other => {
            let message = format!("{} does not continue the expression{}", other.describe(), instead(other));
            Err(parser.fault(message))
        }
    }
}

/// What may have been meant by a word that is no operator.
fn instead(lexeme: &Lexeme<'_>) -> String {
    let symbol = match lexeme {
        Lexeme::Word(word) => did_you_mean(word, ["eq", "ne", "gt", "ge", "lt", "le", "in", "and", "or"]),
        _ => String::new(),
    };
    if symbol.is_empty() { "; an operator such as 'eq' or 'and' belongs here".to_owned() } else { symbol }
}

/// The names that paths can go on with from a type.
pub(super) fn names(schema: &'static Schema) -> impl Iterator<Item = &'static str> {
    let types = std::iter::once(schema).chain(schema.subtypes());
    types.flat_map(|schema| schema.properties().iter().map(Property::name))
}

/// What is said about a property that is not there.
pub(super) fn no_property(schema: &'static Schema, name: &str) -> String {
    let instead = did_you_mean(name, names(schema));
    format!("{} has no property '{name}'{instead}", unqualified(schema.name()))
}

struct Parser<'a> {
    source: Source<'a>,
    tokens: Vec<Token<'a>>,
    next: usize,
    of: &'static Schema,
    strings: Strings,
    /// What the variables of the lambdas around stand for.
    variables: Vec<(String, Item)>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> &Lexeme<'a> {
        self.ahead(0)
    }

    /// What comes after so many tokens. Behind the end is the end.
    fn ahead(&self, tokens: usize) -> &Lexeme<'a> {
        self.tokens.get(self.next + tokens).map_or(&Lexeme::End, |token| &token.lexeme)
    }

    /// Where the next token begins.
    fn at(&self) -> usize {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(self.source.start(), |token| token.at)
    }

    fn advance(&mut self) {
        self.next += 1;
    }

    fn fault(&self, message: impl AsRef<str>) -> Fault {
        self.source.fault(self.at(), message)
    }

    fn expect(&mut self, lexeme: &Lexeme<'_>, to: &str) -> Result<(), Fault> {
        if self.peek() == lexeme {
            self.advance();
            return Ok(());
        }
        Err(self.fault(format!("{} is missing {to}; there is {}", lexeme.describe(), self.peek().describe())))
    }

    /// Takes the next token if it is this word, in any letter case.
    fn take(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Lexeme::Word(text) if text.eq_ignore_ascii_case(word));
        if found {
            self.advance();
        }
        found
    }

    /// Reads something that is within something else.
    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth == DEEPEST {
            return Err(self.fault(format!("the expression is nested deeper than {DEEPEST} levels; make it flatter")));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn disjunction(&mut self) -> Result<Typed, Fault> {
        self.chain("or", Self::conjunction, Expression::or)
    }

    fn conjunction(&mut self) -> Result<Typed, Fault> {
        self.chain("and", Self::negation, Expression::and)
    }

    fn chain(
        &mut self,
        word: &str,
        part: impl Fn(&mut Self) -> Result<Typed, Fault>,
        join: impl FnOnce(Vec<Expression>) -> Expression,
    ) -> Result<Typed, Fault> {
        let first = part(self)?;
        let at = first.at;
        if !matches!(self.peek(), Lexeme::Word(text) if text.eq_ignore_ascii_case(word)) {
            return Ok(first);
        }
        let mut parts = vec![self.condition(first)?];
        while self.take(word) {
            let next = part(self)?;
            parts.push(self.condition(next)?);
        }
        Ok(Typed { expression: join(parts), of: Type::Boolean, at })
    }

    /// What has to be true or false.
    fn condition(&self, part: Typed) -> Result<Expression, Fault> {
        condition(self.source, part)
    }

    fn negation(&mut self) -> Result<Typed, Fault> {
        let at = self.at();
        if !self.take("not") {
            return self.comparison();
        }
        let part = self.within(Self::negation)?;
        let part = self.condition(part)?;
        Ok(Typed { expression: Expression::Not(Box::new(part)), of: Type::Boolean, at })
    }

    fn comparison(&mut self) -> Result<Typed, Fault> {
        let left = self.operand()?;
        let Lexeme::Word(word) = *self.peek() else { return Ok(left) };
        if word.eq_ignore_ascii_case("in") {
            self.advance();
            return self.list(left);
        }
        let Some(operator) = Operator::named(word) else { return Ok(left) };
        let operator_at = self.at();
        self.advance();
        let right = self.operand()?;
        self.compare(left, operator, operator_at, right)
    }

    fn compare(&self, left: Typed, operator: Operator, operator_at: usize, right: Typed) -> Result<Typed, Fault> {
        let at = left.at;
        let (left_type, right_type) = (left.of, right.of);
        // A literal is what the other side makes of it.
        let left = self.fit(left, right_type)?;
        let right = self.fit(right, left_type)?;
        let fault = |message: String| Err(self.source.fault(operator_at, message));
        for side in [&left, &right] {
            if let Type::Collection(_) = side.of {
                return fault(format!("a collection cannot be compared; say '{}/any(x:x …)'", side.expression));
            }
            if operator.orders() && !side.of.has_order() {
                return fault(format!("'{}' cannot be used with {}", operator.name(), side.of.describe()));
            }
        }
        if !left.of.goes_with(right.of) {
            return fault(format!("{} cannot be compared with {}", left.of.describe(), right.of.describe()));
        }
        let caseless = self.strings == Strings::AnyCase || left.of.is_caseless() || right.of.is_caseless();
        let (left, right) = (Box::new(left.expression), Box::new(right.expression));
        Ok(Typed { expression: Expression::Compare { left, operator, right, caseless }, of: Type::Boolean, at })
    }

    fn fit(&self, side: Typed, to: Type) -> Result<Typed, Fault> {
        let Typed { expression, of, at } = side;
        match expression {
            Expression::Literal(literal) => {
                let literal = literal.fit(to).map_err(|message| self.source.fault(at, message))?;
                Ok(Typed { of: literal.of(), expression: Expression::Literal(literal), at })
            }
            expression => Ok(Typed { expression, of, at }),
        }
    }

    fn list(&mut self, value: Typed) -> Result<Typed, Fault> {
        let at = value.at;
        if let Type::Collection(_) | Type::Object(_) = value.of {
            return Err(self.source.fault(at, format!("{} is in no list", value.of.describe())));
        }
        self.expect(&Lexeme::Open, "before the values of 'in'")?;
        let (mut list, mut caseless) = (Vec::new(), self.strings == Strings::AnyCase || value.of.is_caseless());
        loop {
            let item_at = self.at();
            let literal = self.literal()?.ok_or_else(|| {
                self.fault(format!("'in' takes literals such as ('a','b'); there is {}", self.peek().describe()))
            })?;
            let literal = literal.fit(value.of).map_err(|message| self.source.fault(item_at, message))?;
            caseless |= literal.of().is_caseless();
            list.push(literal);
            if *self.peek() != Lexeme::Comma {
                break;
            }
            self.advance();
        }
        self.expect(&Lexeme::Close, "behind the values of 'in'")?;
        let value = Box::new(value.expression);
        Ok(Typed { expression: Expression::In { value, list, caseless }, of: Type::Boolean, at })
    }

    /// The literal that is next, if one is.
    fn literal(&mut self) -> Result<Option<Literal>, Fault> {
        let literal = match self.peek() {
            Lexeme::Quoted(text) => Ok(Literal::Text(text.clone())),
            Lexeme::Bare(text) => Literal::from_bare(text),
            Lexeme::Typed(of, text) => Literal::from_typed(of, text.clone()),
            Lexeme::Word(word) => match Literal::from_word(word) {
                Some(literal) => Ok(literal),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        let literal = literal.map_err(|message| self.fault(message))?;
        self.advance();
        Ok(Some(literal))
    }

    fn operand(&mut self) -> Result<Typed, Fault> {
        let at = self.at();
        match *self.peek() {
            Lexeme::Open => {
                self.advance();
                let inner = self.within(Self::disjunction)?;
                self.expect(&Lexeme::Close, "to close what '(' opened")?;
                return Ok(Typed { at, ..inner });
            }
            Lexeme::Word(word) if *self.ahead(1) == Lexeme::Open => {
                let function = Function::named(word).ok_or_else(|| {
                    let instead = did_you_mean(word, Function::ALL.map(Function::name));
                    self.fault(format!("there is no function '{word}'{instead}"))
                })?;
                self.advance();
                self.advance();
                return self.within(|parser| parser.call(function, at));
            }
            _ => {}
        }
        if let Some(literal) = self.literal()? {
            return Ok(Typed { of: literal.of(), expression: Expression::Literal(literal), at });
        }
        match *self.peek() {
            Lexeme::Word(word) => {
                self.advance();
                self.path(word, at)
            }
            ref other => Err(self.fault(format!("a property or a value is missing; there is {}", other.describe()))),
        }
    }

    /// The arguments of a function, and what closes them.
    fn call(&mut self, function: Function, at: usize) -> Result<Typed, Fault> {
        let (parameters, least) = function.parameters();
        let name = function.name();
        let (mut arguments, mut caseless) = (Vec::new(), self.strings == Strings::AnyCase);
        while *self.peek() != Lexeme::Close {
            let Some(parameter) = parameters.get(arguments.len()) else {
                return Err(self.fault(format!("{name} takes no more than {} arguments", parameters.len())));
            };
            if !arguments.is_empty() {
                self.expect(&Lexeme::Comma, "between two arguments")?;
            }
            let mut argument = self.disjunction()?;
            if matches!(parameter, Parameter::Day) {
                argument = match argument {
                    Typed { expression: Expression::Literal(Literal::Text(_)), .. } => {
                        self.fit(argument, Type::DateTimeOffset)?
                    }
                    other => other,
                };
            }
            if !parameter.takes(argument.of) {
                let (wanted, given) = (parameter.describe(), argument.of.describe());
                return Err(self.source.fault(argument.at, format!("{name} takes {wanted} here, not {given}")));
            }
            caseless |= argument.of.is_caseless();
            arguments.push(argument.expression);
        }
        if arguments.len() < least {
            return Err(self.fault(format!("{name} takes {least} arguments, not {}", arguments.len())));
        }
        self.advance();
        Ok(Typed { expression: Expression::Call { function, arguments, caseless }, of: function.result(), at })
    }

    /// A path whose first word is read already.
    fn path(&mut self, first: &str, at: usize) -> Result<Typed, Fault> {
        let variable = self.variables.iter().rev().find(|(name, _)| name == first);
        let (root, mut of) = match variable {
            Some((name, item)) => (Root::Variable { name: name.clone(), kind: item.kind() }, Type::from(*item)),
            None if first == "$it" => (Root::It, Type::Object(self.of)),
            None => (Root::Entity, Type::Object(self.of)),
        };
        let mut path = Path { root, steps: Vec::new() };
        if path.root == Root::Entity {
            of = self.step(&mut path, of, first, at)?;
        }
        while *self.peek() == Lexeme::Slash {
            self.advance();
            let segment_at = self.at();
            let Lexeme::Word(segment) = *self.peek() else {
                return Err(
                    self.fault(format!("a property is missing behind '/'; there is {}", self.peek().describe()))
                );
            };
            self.advance();
            if *self.peek() == Lexeme::Open {
                let Some(quantifier) = Quantifier::named(segment) else {
                    let message = format!("'{segment}' is neither 'any' nor 'all'");
                    return Err(self.source.fault(segment_at, message));
                };
                let Type::Collection(item) = of else {
                    let message = format!("'{path}' is no collection; '{segment}' is about the items of one");
                    return Err(self.source.fault(segment_at, message));
                };
                self.advance();
                return self.within(|parser| parser.lambda(path, item, quantifier, at));
            }
            of = self.step(&mut path, of, segment, segment_at)?;
        }
        Ok(Typed { expression: Expression::Path(path), of, at })
    }

    /// Goes on by a segment.
    fn step(&self, path: &mut Path, of: Type, segment: &str, at: usize) -> Result<Type, Fault> {
        let fault = |message: String| Err(self.source.fault(at, message));
        let declared = match of {
            Type::Object(schema) | Type::Collection(Item::Object(schema)) => Some(schema),
            _ => None,
        };
        match (of, declared) {
            (Type::Collection(_), _) if segment.eq_ignore_ascii_case("$count") => {
                path.steps.push(Step::Count);
                Ok(Type::Number)
            }
            (_, Some(declared)) if segment.contains('.') => {
                let Some(to) = declared.subtype(segment) else {
                    let instead = did_you_mean(segment, declared.subtypes().map(Schema::name));
                    return fault(format!("'{segment}' is no type of {}{instead}", unqualified(declared.name())));
                };
                path.steps.push(Step::Cast { declared, to });
                Ok(match of {
                    Type::Collection(_) => Type::Collection(Item::Object(to)),
                    _ => Type::Object(to),
                })
            }
            (Type::Object(declared), _) => {
                let Some((owner, property)) = declared.find(segment) else {
                    return fault(no_property(declared, segment));
                };
                let (name, kind) = (property.name(), property.kind());
                path.steps.push(Step::Property { declared, owner, name, kind });
                Ok(kind.into())
            }
            (Type::Collection(_), _) => fault(format!("'{path}' is a collection; say '{path}/any(x:x/{segment} …)'")),
            _ => fault(format!("'{path}' is {}, which has no properties", of.describe())),
        }
    }

    /// What stands between the parentheses of `any` and `all`, and what closes them.
    fn lambda(&mut self, path: Path, item: Item, quantifier: Quantifier, at: usize) -> Result<Typed, Fault> {
        let mut condition = None;
        if *self.peek() == Lexeme::Close && quantifier == Quantifier::Any {
            self.advance();
        } else {
            let variable = match *self.peek() {
                Lexeme::Word(word) if is_variable(word) => word.to_owned(),
                ref other => {
                    let message = format!("a name for the items is missing; there is {}", other.describe());
                    return Err(self.fault(message));
                }
            };
            self.advance();
            self.expect(&Lexeme::Colon, "behind the name of the items")?;
            self.variables.push((variable.clone(), item));
            let inner = self.disjunction();
            self.variables.pop();
            let inner = self.condition(inner?)?;
            self.expect(&Lexeme::Close, &format!("to close '{}('", quantifier.name()))?;
            condition = Some((variable, Box::new(inner)));
        }
        Ok(Typed { expression: Expression::Lambda { path, quantifier, condition }, of: Type::Boolean, at })
    }
}

/// What has to be true or false, or else is a fault of the text that it comes from.
pub(super) fn condition(source: Source<'_>, part: Typed) -> Result<Expression, Fault> {
    match part.of {
        Type::Boolean | Type::Any | Type::Null => Ok(part.expression),
        of => {
            let message =
                format!("'{}' is {}, not a condition; compare it, as with 'eq'", part.expression, of.describe());
            Err(source.fault(part.at, message))
        }
    }
}

/// Whether items can be called so without being taken for something else.
fn is_variable(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_alphanumeric() || c == '_');
    plain && !word.eq_ignore_ascii_case("not") && Literal::from_word(word).is_none()
}
