//! All options of a request together.

use pim_client::schema::Schema;
use serde_json::Value as Json;

use super::evaluate::{Relations, type_of};
use super::options::{NAMES, options, system_option};
use super::source::Source;
use super::{Entity, Expand, Fault, Filter, OrderBy, Search, Select, Strings};

/// What a request asks for: which entities of a type, in which order, and how much of each.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    of: &'static Schema,
    pub(crate) filter: Option<Filter>,
    pub(crate) search: Option<Search>,
    pub(crate) order_by: Option<OrderBy>,
    pub(crate) select: Option<Select>,
    pub(crate) expand: Vec<Expand>,
    pub(crate) top: Option<usize>,
    pub(crate) skip: Option<usize>,
    /// Whether the number of all entities is to be said as well.
    pub(crate) count: bool,
    pub(crate) skip_token: Option<String>,
}

/// The entities that a query chooses.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    /// How many there are without `$top` and `$skip`.
    pub(crate) total: usize,
    /// Those that `$top` and `$skip` leave, in order.
    pub(crate) entities: Vec<Entity>,
}

impl Query {
    /// All entities of a type, and all of each.
    pub(crate) fn all(of: &'static Schema) -> Self {
        Self {
            of,
            filter: None,
            search: None,
            order_by: None,
            select: None,
            expand: Vec::new(),
            top: None,
            skip: None,
            count: false,
            skip_token: None,
        }
    }

    /// Reads what stands behind the `?` of a request for entities of a type.
    pub(crate) fn parse(query: Option<&str>, of: &'static Schema, strings: Strings) -> Result<Self, Fault> {
        let mut parsed = Self::all(of);
        for (option, value) in options(query.unwrap_or_default())? {
            parsed.set(option, Source::new(option, &value), strings, 0)?;
        }
        Ok(parsed)
    }

    /// The type that it is about.
    pub(crate) fn of(&self) -> &'static Schema {
        self.of
    }

    /// Reads the options that an `$expand` has in parentheses.
    pub(super) fn read_nested(&mut self, source: Source<'_>, strings: Strings, depth: usize) -> Result<(), Fault> {
        let mut seen = Vec::new();
        for part in source.split(';') {
            let part = part.trimmed();
            let text = part.text();
            let Some((name, value)) = text.split_once('=') else {
                let names = NAMES[..8].join(", ");
                return Err(part.fault_here(format!("an option with a value is missing, one of {names}")));
            };
            // Nothing here goes round in circles, so there is no end to levels.
            if matches!(name.trim().to_ascii_lowercase().as_str(), "$levels" | "levels") {
                continue;
            }
            let option = system_option(name.trim()).map_err(|fault| part.fault_here(fault.message))?;
            let Some(option) = option.filter(|option| !matches!(*option, "$skiptoken" | "$format")) else {
                return Err(part.fault_here(format!("'{}' is no option within $expand", name.trim())));
            };
            if seen.contains(&option) {
                return Err(part.fault_here(format!("{option} is given twice; give it once")));
            }
            seen.push(option);
            self.set(option, part.part(text.len() - value.len()..text.len()), strings, depth)?;
        }
        Ok(())
    }

    /// Reads one option.
    fn set(&mut self, option: &'static str, value: Source<'_>, strings: Strings, depth: usize) -> Result<(), Fault> {
        let value = value.trimmed();
        let text = value.text();
        if text.is_empty() {
            // What nothing is selected or expanded by changes nothing; that nothing is asked for is a slip.
            return match option {
                "$select" | "$expand" | "$skiptoken" | "$format" => Ok(()),
                _ => Err(value.fault_here(format!("{option} has no value; give one, or leave the option out"))),
            };
        }
        match option {
            "$filter" => self.filter = Some(Filter::read(value, self.of, strings)?),
            "$search" => self.search = Some(Search::read(value, self.of)?),
            "$orderby" => self.order_by = Some(OrderBy::read(value, self.of, strings)?),
            "$select" => self.select = Some(Select::read(value, self.of)?),
            "$expand" => self.expand = Expand::read(value, self.of, strings, depth)?,
            "$top" => self.top = Some(number(option, value)?),
            "$skip" => self.skip = Some(number(option, value)?),
            "$count" => self.count = boolean(option, value)?,
            "$skiptoken" => self.skip_token = Some(text.to_owned()),
            "$format" => json(value)?,
            _ => {}
        }
        Ok(())
    }

    /// Whether it can only be asked of a collection.
    pub(super) fn needs_collection(&self) -> bool {
        self.filter.is_some()
            || self.search.is_some()
            || self.order_by.is_some()
            || self.top.is_some()
            || self.skip.is_some()
            || self.count
    }

    /// Whether an entity is one of those that are asked for.
    pub(crate) fn matches<R: Relations>(&self, entity: &Entity, relations: &R) -> Result<bool, R::Error> {
        let found = self.search.as_ref().is_none_or(|search| search.matches(entity));
        Ok(found && self.filter.as_ref().map_or(Ok(true), |filter| filter.matches(entity, relations))?)
    }

    /// The entities that are asked for, in order: by `$filter`, `$search`, `$orderby`, `$skip` and `$top`.
    pub(crate) fn choose<R: Relations>(&self, entities: Vec<Entity>, relations: &R) -> Result<Chosen, R::Error> {
        let mut matching = Vec::new();
        for entity in entities {
            if self.matches(&entity, relations)? {
                matching.push(entity);
            }
        }
        let total = matching.len();
        if let Some(order) = &self.order_by {
            matching = order.sort(matching, relations)?;
        }
        let page = matching.into_iter().skip(self.skip.unwrap_or_default()).take(self.top.unwrap_or(usize::MAX));
        Ok(Chosen { total, entities: page.collect() })
    }

    /// What is sent of an entity: what `$select` leaves of it, and what `$expand` adds.
    pub(crate) fn project<R: Relations>(&self, entity: Entity, relations: &R) -> Result<Entity, R::Error> {
        let mut expanded = Vec::new();
        for expand in &self.expand {
            let (value, count) = expand.apply(&entity, relations)?;
            expanded.extend(count.map(|count| (format!("{}@odata.count", expand.name()), Json::from(count))));
            expanded.push((expand.name().to_owned(), value));
        }
        let mut entity = match &self.select {
            Some(select) => select.apply(entity),
            None => relations.unselected(type_of(&entity, self.of, self.of), entity),
        };
        entity.extend(expanded);
        Ok(entity)
    }

    /// What `$select` and `$expand` add to `@odata.context`: `(principalId,roleDefinition(displayName))`, or nothing.
    pub(crate) fn context(&self) -> String {
        let mut names = self.select.as_ref().map_or_else(Vec::new, Select::names);
        names.retain(|name| !self.expand.iter().any(|expand| expand.name() == name));
        names.extend(self.expand.iter().map(Expand::context));
        if names.is_empty() { String::new() } else { format!("({})", names.join(",")) }
    }
}

fn number(option: &str, value: Source<'_>) -> Result<usize, Fault> {
    let text = value.text();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten();
    number.ok_or_else(|| value.fault_here(format!("{option} cannot be '{text}'; it is a number from 0 on")))
}

fn boolean(option: &str, value: Source<'_>) -> Result<bool, Fault> {
    match value.text() {
        text if text.eq_ignore_ascii_case("true") => Ok(true),
        text if text.eq_ignore_ascii_case("false") => Ok(false),
        text => Err(value.fault_here(format!("{option} cannot be '{text}'; it is true or false"))),
    }
}

/// Nothing but JSON is sent.
fn json(value: Source<'_>) -> Result<(), Fault> {
    let text = value.text();
    let format = text.split(';').next().unwrap_or(text).trim();
    if format.eq_ignore_ascii_case("json") || format.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(value.fault_here(format!("$format cannot be '{text}'; it is json")))
}
