//! Actions and functions: what they take and give, and what they are bound to.

use std::collections::{BTreeMap, HashMap};

use super::components::{Components, Used};
use super::document::{Description, Documented, Method, Parameter, Path, Schema, Shared, Verb};
use super::files::Files;
use super::types::{Kind, Types};
use crate::Result;
use crate::csdl::{OperationKind, Text, is_identifier};

/// An action or function, as one path shows it.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    /// Its qualified name.
    pub(super) name: Text<'a>,
    pub(super) kind: OperationKind,
    /// The type that it is called on, and whether on a collection of these.
    pub(super) on: (Text<'a>, bool),
    pub(super) parameters: Vec<(Text<'a>, Argument<'a>)>,
    pub(super) returns: Option<Used<'a>>,
    pub(super) at: usize,
}

/// The type of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Argument<'a> {
    Type(Used<'a>),
    /// One of these values, of an enumeration that is not named.
    OneOf(Vec<Text<'a>>, Used<'a>),
}

/// Reads calls.
pub(super) struct Calls<'w, 'c, 'a> {
    pub(super) components: &'w Components<'c, 'a>,
    pub(super) description: &'w Description<'a>,
    pub(super) files: &'w Files<'w>,
}

impl<'a> Calls<'_, '_, 'a> {
    /// The call `name` that the last segment of a path is. None if nothing says how it is called.
    pub(super) fn call(
        &self,
        path: &Path<'a>,
        segment: &str,
        name: Text<'a>,
        on: (Text<'a>, bool),
    ) -> Result<Option<Call<'a>>> {
        let is_call = |method: &&Method<'a>| method.documented != Some(Documented::Operation);
        let Some(method) = path.methods.iter().find(is_call) else { return Ok(None) };
        let kind = match (method.documented, method.verb) {
            (Some(Documented::Action), _) | (None, Verb::Post) => OperationKind::Action,
            (Some(Documented::Function), _) | (None, Verb::Get) => OperationKind::Function,
            _ => return Ok(None),
        };
        if !name.split('.').all(is_identifier) {
            return Err(self.files.error(path.at, format!("the path ends with a call of {name:?}, which is no name")));
        }
        let parameters = match kind {
            OperationKind::Action => self.sent(method)?,
            OperationKind::Function => self.in_path(path, method, segment)?,
        };
        let returns = match &method.answer {
            None => None,
            Some(Shared::Here(schema)) => Some(schema),
            Some(Shared::Component(name, at)) => Some(self.component(&self.description.responses, name, *at)?),
        };
        let returns = returns.map(|schema| self.components.result(schema, self.description.habits)).transpose()?;
        Ok(Some(Call { name, kind, on, parameters, returns, at: method.at }))
    }

    /// The parameters of an action: the members of what is sent.
    fn sent(&self, method: &Method<'a>) -> Result<Vec<(Text<'a>, Argument<'a>)>> {
        let body = match &method.body {
            None => return Ok(Vec::new()),
            Some(Shared::Here(schema)) => schema,
            Some(Shared::Component(name, at)) => self.component(&self.description.bodies, name, *at)?,
        };
        let properties = self.components.properties(body).iter();
        properties.map(|property| self.argument(&property.name, &property.schema, property.at)).collect()
    }

    /// The parameters of a function, in the order of the path: `f(a='{a}',b={b})`.
    fn in_path(&self, path: &Path<'a>, method: &Method<'a>, segment: &str) -> Result<Vec<(Text<'a>, Argument<'a>)>> {
        let arguments = segment.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
        let mut parameters = Vec::new();
        for argument in arguments.split(',').filter(|argument| !argument.is_empty()) {
            let (name, value) = argument.split_once('=').unwrap_or((argument, argument));
            let placeholder = value.trim_matches(['\'', '{', '}', '@']);
            let described = self.parameter(path, method, placeholder).or_else(|| self.parameter(path, method, name));
            let Some(parameter) = described else {
                let message = format!("the parameter `{}` of the path is not described", name.escape_debug());
                return Err(self.files.error(method.at, message));
            };
            let name = Text::Owned(name.trim_start_matches('@').to_owned());
            parameters.push(self.argument(&name, &parameter.schema, parameter.schema.at)?);
        }
        Ok(parameters)
    }

    fn argument(&self, name: &Text<'a>, schema: &Schema<'a>, at: usize) -> Result<(Text<'a>, Argument<'a>)> {
        if !is_identifier(name) {
            return Err(self.files.error(at, format!("a parameter is called {name:?}, which is no name")));
        }
        let used = self.components.used(schema, self.description.habits)?;
        let argument = if schema.values().is_empty() {
            Argument::Type(used)
        } else {
            Argument::OneOf(schema.values().iter().map(|(value, _)| value.clone()).collect(), used)
        };
        Ok((name.clone(), argument))
    }

    fn parameter<'s>(&'s self, path: &'s Path<'a>, method: &'s Method<'a>, name: &str) -> Option<&'s Parameter<'a>> {
        let all = method.parameters.iter().chain(&path.parameters);
        let mut described = all.filter_map(|parameter| match parameter {
            Shared::Here(parameter) => Some(parameter),
            // A query option is not kept, and no parameter of the path.
            Shared::Component(name, _) => self.description.parameters.get(name),
        });
        described.find(|parameter| parameter.name == name)
    }

    fn component<'s, T>(&self, components: &'s HashMap<Text<'a>, T>, name: &str, at: usize) -> Result<&'s T> {
        components.get(name).ok_or_else(|| {
            let name = name.escape_debug();
            self.files.error(at, format!("`$ref` refers to the component `{name}`, which the file does not have"))
        })
    }
}

/// The actions and functions that are behind what the paths show. What is bound to a type is shown on the paths of all
/// types that derive from it: the one nearest the root has it.
pub(super) fn bound<'a>(
    calls: Vec<Call<'a>>,
    components: &Components<'_, 'a>,
    types: &Types<'a>,
    files: &Files<'_>,
) -> Result<Vec<Call<'a>>> {
    let mut alike: BTreeMap<_, BTreeMap<Text<'a>, Call<'a>>> = BTreeMap::new();
    let enumerations = enumerations(types);
    for mut call in calls {
        name_enumerations(&mut call, &enumerations);
        let names: Vec<_> = call.parameters.iter().map(|(name, _)| name.clone()).collect();
        // Actions have no overloads on one type, functions have them by their parameters.
        let names = if call.kind == OperationKind::Function { names } else { Vec::new() };
        let alike = alike.entry((call.name.clone(), call.on.1, names)).or_default();
        match alike.get(&call.on.0) {
            None => drop(alike.insert(call.on.0.clone(), call)),
            Some(have) if have.says(&call) => {}
            Some(have) => {
                let (name, on, place) = (&call.name, &call.on.0, files.place(have.at));
                let message = format!(
                    "`{name}` on `{on}` takes or gives something else than at {place}; give files of one revision"
                );
                return Err(files.error(call.at, message));
            }
        }
    }
    let mut bound = Vec::new();
    for alike in alike.values() {
        let is_inherited = |call: &Call<'a>| {
            let mut bases = components.chain(&call.on.0).skip(1);
            bases.any(|base| alike.get(base).is_some_and(|other| other.says(call)))
        };
        bound.extend(alike.values().filter(|call| !is_inherited(call)).cloned());
    }
    bound.sort_by_key(|call| call.at);
    Ok(bound)
}

impl Call<'_> {
    /// Whether the other takes and gives the same.
    fn says(&self, other: &Self) -> bool {
        self.kind == other.kind && self.parameters == other.parameters && self.returns == other.returns
    }
}

/// The enumerations by their values, in the order of their names.
fn enumerations<'t, 'a>(types: &'t Types<'a>) -> HashMap<Vec<&'t str>, Vec<&'t Text<'a>>> {
    let mut by_values: HashMap<_, Vec<_>> = HashMap::new();
    for (name, declared) in types {
        if let Kind::Enum { values, .. } = &declared.kind {
            by_values.entry(values.iter().map(|(value, _)| &**value).collect()).or_default().push(name);
        }
    }
    by_values
}

/// A parameter that lists its values has the enumeration that has just these. Of several, the one that is called after
/// what the call is on, and after the call, as Graph has it: `roleAssignmentScheduleFilterByCurrentUserOptions`.
fn name_enumerations(call: &mut Call<'_>, enumerations: &HashMap<Vec<&str>, Vec<&Text<'_>>>) {
    let (on, name) = (short(&call.on.0).to_lowercase(), short(&call.name).to_lowercase());
    for (_, argument) in &mut call.parameters {
        let Argument::OneOf(values, used) = argument else { continue };
        let values: Vec<_> = values.iter().map(|value| &**value).collect();
        let found = enumerations.get(&values).map_or(&[][..], Vec::as_slice);
        let is_called_so = |ty: &&&Text<'_>| {
            let ty = short(ty).to_lowercase();
            ty.split_once(name.as_str()).is_some_and(|(before, _)| on.ends_with(before))
        };
        let chosen = match found {
            [only] => Some(*only),
            several => several.iter().filter(is_called_so).max_by_key(|ty| ty.len()).copied(),
        };
        let mut used = used.clone();
        if let Some(ty) = chosen {
            used.name = ty.to_string().into();
        }
        *argument = Argument::Type(used);
    }
}

fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}
