//! The templates of all paths as a tree: a path is followed segment by segment, rather than compared with each.

use std::collections::HashMap;

use pim_client::Operation;

const NAMESPACE: &str = "microsoft.graph.";

/// Where a path can go on from some segment.
#[derive(Default)]
pub(super) struct Node {
    /// By the name in lower case, without its namespace.
    names: HashMap<String, Node>,
    functions: Vec<Function>,
    key: Option<Box<Node>>,
    /// What a path that ends here calls, by its method.
    operations: Vec<&'static Operation>,
}

/// A function with its one argument: `filterByCurrentUser(on='{on}')`.
struct Function {
    name: &'static str,
    argument: &'static str,
    node: Node,
}

/// What following a path came to.
pub(super) enum Followed {
    Found(&'static Operation, Vec<String>),
    /// The path is one, and the method is not.
    OtherMethod,
    /// The first segment that leads nowhere.
    Nowhere(usize),
}

impl Node {
    /// A tree of operations. Of two with the same method and path the first counts.
    pub(super) fn of(operations: impl Iterator<Item = &'static Operation>) -> Self {
        let mut root = Self::default();
        for operation in operations {
            let segments = operation.path.split('/').filter(|segment| !segment.is_empty());
            let node = segments.fold(&mut root, |node, segment| node.child(segment));
            if !node.operations.iter().any(|known| known.method == operation.method) {
                node.operations.push(operation);
            }
        }
        root
    }

    /// Where a segment of a template leads.
    fn child(&mut self, segment: &'static str) -> &mut Self {
        if segment.starts_with('{') {
            return self.key.get_or_insert_default();
        }
        match segment.split_once('(').map(|(name, rest)| (name, rest.split_once('='))) {
            Some((name, Some((argument, _)))) => {
                let known = self.functions.iter().position(|it| (it.name, it.argument) == (name, argument));
                let index = known.unwrap_or_else(|| {
                    self.functions.push(Function { name, argument, node: Self::default() });
                    self.functions.len() - 1
                });
                &mut self.functions[index].node
            }
            Some((name, None)) => self.names.entry(plain(name)).or_default(),
            None => self.names.entry(plain(segment)).or_default(),
        }
    }

    pub(super) fn follow(&self, method: &str, segments: &[String]) -> Followed {
        let mut walk = Walk { method, segments, parameters: Vec::new(), other_method: false, farthest: 0 };
        match walk.from(self, 0) {
            Some(operation) => Followed::Found(operation, walk.parameters),
            None if walk.other_method => Followed::OtherMethod,
            None => Followed::Nowhere(walk.farthest),
        }
    }
}

struct Walk<'a> {
    method: &'a str,
    segments: &'a [String],
    parameters: Vec<String>,
    other_method: bool,
    farthest: usize,
}

impl Walk<'_> {
    /// Follows the segments from the one at `depth` on. A name counts more than a key that could be spelled alike.
    fn from(&mut self, node: &Node, depth: usize) -> Option<&'static Operation> {
        let Some(segment) = self.segments.get(depth) else {
            let found = node.operations.iter().find(|operation| operation.method == self.method);
            if found.is_none() {
                self.other_method |= !node.operations.is_empty();
                self.farthest = self.farthest.max(depth.saturating_sub(1));
            }
            return found.copied();
        };
        if let Some(next) = node.names.get(&plain(segment))
            && let Some(found) = self.from(next, depth + 1)
        {
            return Some(found);
        }
        for function in &node.functions {
            if let Some(argument) = call(segment, function.name, function.argument)
                && let Some(found) = self.with(argument, &function.node, depth)
            {
                return Some(found);
            }
        }
        if let Some(next) = &node.key
            && let Some(found) = self.with(segment.clone(), next, depth)
        {
            return Some(found);
        }
        self.farthest = self.farthest.max(depth);
        None
    }

    /// The same behind a key or an argument.
    fn with(&mut self, parameter: String, next: &Node, depth: usize) -> Option<&'static Operation> {
        self.parameters.push(parameter);
        let found = self.from(next, depth + 1);
        if found.is_none() {
            self.parameters.pop();
        }
        found
    }
}

/// A name as it is looked up: in any letter case, with or without the namespace, with or without `()`.
fn plain(segment: &str) -> String {
    let segment = segment.strip_suffix("()").unwrap_or(segment);
    let start = match segment.get(..NAMESPACE.len()) {
        Some(start) if start.eq_ignore_ascii_case(NAMESPACE) => NAMESPACE.len(),
        _ => 0,
    };
    segment[start..].to_ascii_lowercase()
}

/// The argument of a call of the function `name`.
fn call(segment: &str, name: &str, argument: &str) -> Option<String> {
    let (called, rest) = segment.split_once('(')?;
    let (given, value) = rest.strip_suffix(')')?.split_once('=')?;
    if plain(called) != plain(name) || !given.trim().eq_ignore_ascii_case(argument) {
        return None;
    }
    let value = value.trim();
    let quoted = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
    Some(quoted.unwrap_or(value).replace("''", "'"))
}
