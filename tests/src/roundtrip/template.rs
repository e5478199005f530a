//! Path templates of operations, `/groups/{group-id}/members`, held against the segments of a URL.

use super::call::Call;

/// How well a path fits a template: for each segment, whether it is named rather than a key.
///
/// The greater of two fits names a segment where the other has a key, which is how OData tells apart the two readings
/// of `/groups/delta`.
pub(super) type Fit = Vec<bool>;

/// How `segments` fit the path template, if they do.
pub(super) fn fit(template: &str, segments: &[String]) -> Option<Fit> {
    let patterns: Vec<Pattern<'_>> = template.split('/').skip(1).map(Pattern::read).collect();
    let has_all = patterns.len() == segments.len();
    let fits = patterns.iter().zip(segments).all(|(pattern, segment)| pattern.matches(segment));
    (has_all && fits).then(|| patterns.iter().map(Pattern::is_named).collect())
}

/// One segment of a template.
enum Pattern<'t> {
    /// `{group-id}`
    Key,
    /// `filterByCurrentUser(on='{on}')`
    Function(Call<'t>),
    /// `members`, `$ref`, `microsoft.graph.user`
    Name(&'t str),
}

impl<'t> Pattern<'t> {
    fn read(segment: &'t str) -> Self {
        if segment.starts_with('{') {
            Self::Key
        } else if let Some(call) = Call::read(segment) {
            Self::Function(call)
        } else {
            Self::Name(segment)
        }
    }

    fn is_named(&self) -> bool {
        !matches!(self, Self::Key)
    }

    fn matches(&self, segment: &str) -> bool {
        match self {
            Self::Key => true,
            Self::Function(function) => Call::read(segment)
                .is_some_and(|call| is_called(call.name, function.name) && call.parameters == function.parameters),
            Self::Name(name) => is_called(segment, name),
        }
    }
}

/// Whether `segment` names what the template calls `name`, in any case.
///
/// Names of functions may be qualified. Names of types, in casts, have to be, be it with Graph's alias for its namespace.
fn is_called(segment: &str, name: &str) -> bool {
    let (segment_is_qualified, segment) = unqualified(segment);
    let (name_is_qualified, name) = unqualified(name);
    segment.eq_ignore_ascii_case(name) && (segment_is_qualified || !name_is_qualified)
}

/// Whether `name` begins with Graph's namespace, and what comes behind it.
fn unqualified(name: &str) -> (bool, &str) {
    let namespace = ["microsoft.graph.", "graph."]
        .into_iter()
        .find(|namespace| name.get(..namespace.len()).is_some_and(|start| start.eq_ignore_ascii_case(namespace)));
    (namespace.is_some(), &name[namespace.map_or(0, str::len)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(template: &str, path: &str) -> bool {
        let segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        fit(template, &segments).is_some()
    }

    #[test]
    fn a_key_is_any_one_segment() {
        assert!(fits("/groups/{group-id}/members", "/groups/1/members"));
        assert!(!fits("/groups/{group-id}/members", "/groups/members"));
        assert!(!fits("/groups/{group-id}", "/groups/1/members"));
        assert!(!fits("/groups/{group-id}/members", "/groups/1"));
    }

    #[test]
    fn names_are_compared_without_regard_to_case() {
        assert!(fits("/roleManagement/directory/roleAssignments", "/rolemanagement/Directory/roleAssignments"));
        assert!(fits("/groups/{group-id}/members/$ref", "/groups/1/members/$REF"));
        assert!(!fits("/groups", "/users"));
    }

    #[test]
    fn functions_may_be_qualified() {
        let template = "/schedules/filterByCurrentUser(on='{on}')";
        assert!(fits(template, "/schedules/filterByCurrentUser(on='principal')"));
        assert!(fits(template, "/schedules/microsoft.graph.filterByCurrentUser(On='principal')"));
        assert!(!fits(template, "/schedules/filterByCurrentUser(by='principal')"));
        assert!(!fits(template, "/schedules/filterByCurrentUser"));
        assert!(fits("/requests/{id}/cancel", "/requests/1/microsoft.graph.cancel"));
    }

    #[test]
    fn casts_must_be_qualified() {
        let template = "/groups/{group-id}/members/microsoft.graph.user/$count";
        assert!(fits(template, "/groups/1/members/microsoft.graph.user/$count"));
        assert!(fits(template, "/groups/1/members/graph.user/$count"));
        assert!(!fits(template, "/groups/1/members/user/$count"));
    }

    #[test]
    fn a_name_fits_better_than_a_key() {
        let segments = ["groups", "delta"].map(str::to_owned);
        assert!(fit("/groups/delta", &segments) > fit("/groups/{group-id}", &segments));
    }
}
