//! A reader of OData's filters, as far as the client writes them, made from the grammar and not from the client.
//!
//! From the loosest operator to the tightest: `or`, `and`, comparisons and `in`, `not`. So `not a eq b` negates `a`.

use crate::condition::{Condition, Path, Value};

/// Reads a filter. The error is what is wrong, and what is left of the text there.
pub(crate) fn parse(text: &str) -> Result<Condition, String> {
    let mut reader = Reader { rest: text, items: Vec::new(), groups: Vec::new(), whole: text };
    reader.filter()
}

/// Where the parentheses are that only group: the places of each pair.
pub(crate) fn groups(text: &str) -> Vec<(usize, usize)> {
    let mut reader = Reader { rest: text, items: Vec::new(), groups: Vec::new(), whole: text };
    reader.filter().unwrap();
    reader.groups
}

struct Reader<'a> {
    rest: &'a str,
    /// The names of the items of the lambdas around.
    items: Vec<&'a str>,
    groups: Vec<(usize, usize)>,
    whole: &'a str,
}

/// What can stand on a side of a comparison.
enum Operand {
    Condition(Condition),
    Path(Path),
}

type Read<T> = Result<T, String>;

impl<'a> Reader<'a> {
    fn filter(&mut self) -> Read<Condition> {
        let condition = self.or()?;
        if self.rest.is_empty() { Ok(condition) } else { self.fail("more than a filter") }
    }

    fn or(&mut self) -> Read<Condition> {
        let mut parts = vec![self.and()?];
        while self.eat(" or ") {
            parts.push(self.and()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::or(parts) })
    }

    fn and(&mut self) -> Read<Condition> {
        let mut parts = vec![self.comparison()?];
        while self.eat(" and ") {
            parts.push(self.comparison()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::and(parts) })
    }

    fn comparison(&mut self) -> Read<Condition> {
        let left = self.unary()?;
        if self.eat(" in (") {
            let Operand::Path(path) = left else { return self.fail("a condition is in nothing") };
            let mut values = vec![self.value()?];
            while self.eat(",") {
                values.push(self.value()?);
            }
            self.expect(")")?;
            return Ok(Condition::In(path, values));
        }
        for operator in ["eq", "ne", "gt", "ge", "lt", "le"] {
            if self.eat(&format!(" {operator} ")) {
                let Operand::Path(path) = left else { return self.fail("a condition equals nothing") };
                return Ok(Condition::Compare(path, operator.to_owned(), self.value()?));
            }
        }
        match left {
            Operand::Condition(condition) => Ok(condition),
            Operand::Path(_) => self.fail("a property is no condition"),
        }
    }

    fn unary(&mut self) -> Read<Operand> {
        if self.eat("not ") {
            return match self.unary()? {
                Operand::Condition(condition) => Ok(Operand::Condition(Condition::Not(Box::new(condition)))),
                Operand::Path(_) => self.fail("a property cannot be negated"),
            };
        }
        let from = self.at();
        if self.eat("(") {
            let condition = self.or()?;
            let to = self.at();
            self.expect(")")?;
            self.groups.push((from, to));
            return Ok(Operand::Condition(condition));
        }
        for function in ["startswith", "endswith", "contains"] {
            if self.eat(&format!("{function}(")) {
                let path = self.path()?;
                self.expect(",")?;
                let value = self.value()?;
                self.expect(")")?;
                return Ok(Operand::Condition(Condition::Call(function.to_owned(), path, value)));
            }
        }
        let mut path = self.path()?;
        let Some(quantifier @ ("any" | "all")) = path.last().map(String::as_str) else {
            return Ok(Operand::Path(path));
        };
        let quantifier = quantifier.to_owned();
        path.pop();
        self.expect("(")?;
        let item = self.name()?;
        self.expect(":")?;
        if self.items.contains(&item) {
            return self.fail("the name of the item is taken");
        }
        self.items.push(item);
        let condition = self.or()?;
        self.items.pop();
        self.expect(")")?;
        Ok(Operand::Condition(Condition::Lambda(path, quantifier, Box::new(condition))))
    }

    /// A path, which within a lambda begins at its item.
    fn path(&mut self) -> Read<Path> {
        let mut names = vec![self.name()?];
        while self.eat("/") {
            names.push(self.name()?);
        }
        if let Some(item) = self.items.last() {
            if names[0] != *item {
                return self.fail("the path begins at no item");
            }
            names.remove(0);
        }
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    fn name(&mut self) -> Read<&'a str> {
        self.word(|byte| byte.is_ascii_alphanumeric() || byte == b'$')
    }

    fn value(&mut self) -> Read<Value> {
        if self.eat("duration'") {
            return self.text().map(Value::Duration);
        }
        if self.eat("'") {
            return self.text().map(Value::Text);
        }
        let word = self.word(|byte| byte.is_ascii_alphanumeric() || b"+-.:".contains(&byte))?;
        let is_word = matches!(word, "null" | "true" | "false");
        Ok(if is_word { Value::Word(word.to_owned()) } else { Value::Bare(word.to_owned()) })
    }

    /// What is left of a text whose first quote was read.
    fn text(&mut self) -> Read<String> {
        let mut text = String::new();
        loop {
            let Some(quote) = self.rest.find('\'') else { return self.fail("no end of a text") };
            text.push_str(&self.rest[..quote]);
            self.rest = &self.rest[quote + 1..];
            if !self.eat("'") {
                return Ok(text);
            }
            text.push('\'');
        }
    }

    fn word(&mut self, is_part: impl Fn(u8) -> bool) -> Read<&'a str> {
        let length = self.rest.bytes().position(|byte| !is_part(byte)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(length);
        if word.is_empty() {
            return self.fail("no word");
        }
        self.rest = rest;
        Ok(word)
    }

    fn at(&self) -> usize {
        self.whole.len() - self.rest.len()
    }

    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, text: &str) -> Read<()> {
        if self.eat(text) { Ok(()) } else { self.fail(&format!("no {text}")) }
    }

    fn fail<T>(&self, what: &str) -> Read<T> {
        Err(format!("{what}: {:?} of {:?}", self.rest, self.whole))
    }
}

#[test]
fn the_reader_knows_what_binds_tighter() {
    let leaf = |name: &str| Condition::Compare(vec![name.to_owned()], "eq".to_owned(), Value::Bare("1".to_owned()));
    let or = Condition::or([leaf("a"), Condition::and([leaf("b"), leaf("c")])]);
    assert_eq!(parse("a eq 1 or b eq 1 and c eq 1"), Ok(or));
    let and = Condition::and([Condition::or([leaf("a"), leaf("b")]), leaf("c")]);
    assert_eq!(parse("(a eq 1 or b eq 1) and c eq 1"), Ok(and));
    parse("not a eq 1").unwrap_err();
    assert_eq!(parse("not (a eq 1)"), Ok(Condition::Not(Box::new(leaf("a")))));
    parse("a eq 1 and").unwrap_err();
    parse("a/any(x:a eq 1)").unwrap_err();
    parse("a/any(x:x/a/any(x:x eq 1))").unwrap_err();
    parse("a eq 'it's'").unwrap_err();
}
