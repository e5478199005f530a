//! Calls of functions in path segments: `filterByCurrentUser(on='principal')`.

/// What a call names: a function, and its parameters in alphabetical order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Call<'t> {
    pub(super) name: &'t str,
    /// In lower case: Graph tells parameters apart without regard to it.
    pub(super) parameters: Vec<String>,
}

/// The segment split at its parentheses, if it ends with such: `delta()`, `users('1')`, `f(on='x')`.
pub(super) fn split(segment: &str) -> Option<(&str, &str)> {
    segment.strip_suffix(')')?.split_once('(')
}

impl<'t> Call<'t> {
    /// Reads a call with named arguments. A key between parentheses has no name, so that it is none.
    pub(super) fn read(segment: &'t str) -> Option<Self> {
        let (name, arguments) = split(segment)?;
        let mut parameters = arguments_in(arguments).map(parameter).collect::<Option<Vec<_>>>()?;
        parameters.sort_unstable();
        Some(Self { name, parameters })
    }
}

/// The name before the value: `on` in `on='principal'`.
fn parameter(argument: &str) -> Option<String> {
    let (name, _) = argument.split_once('=')?;
    let is_name = !name.contains('\'');
    is_name.then(|| name.trim().to_ascii_lowercase())
}

/// What commas separate, unless they stand between quotes.
fn arguments_in(text: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    text.split(move |c| {
        is_quoted ^= c == '\'';
        c == ',' && !is_quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(segment: &str) -> Option<Vec<String>> {
        Call::read(segment).map(|call| call.parameters)
    }

    #[test]
    fn a_call_has_named_arguments() {
        let call = Call::read("filterByCurrentUser(on='principal')").unwrap();
        assert_eq!((call.name, call.parameters), ("filterByCurrentUser", vec!["on".to_owned()]));
        assert_eq!(parameters("f(b=1, A='x')").unwrap(), ["a", "b"]);
    }

    #[test]
    fn what_is_quoted_does_not_matter() {
        assert_eq!(parameters("f(on='a,b=c'',d)')").unwrap(), ["on"]);
    }

    #[test]
    fn a_key_is_no_call() {
        for segment in ["users", "users('1')", "users('a=b')", "delta()", "f(on='x'", "f on='x')"] {
            assert_eq!(Call::read(segment), None, "{segment}");
        }
    }
}
