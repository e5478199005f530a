//! What someone may have meant who wrote a name that is not there.

/// How alike two names have to be, by Jaro and Winkler, to be worth mentioning.
const ALIKE: f64 = 0.85;

/// How much less alike than the best another name may be.
const MARGIN: f64 = 0.07;

/// How many names to mention.
const MENTIONED: usize = 3;

/// Up to three of `candidates` that are like `wanted`, best first.
///
/// Of qualified names the part behind the last dot counts, since all share what stands before it; the rest decides
/// between equals.
pub(crate) fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = wanted.to_lowercase();
    let mut found: Vec<(f64, f64, &'a str)> = candidates
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let alike = strsim::jaro_winkler(last_part(&wanted), last_part(&lower));
            (alike >= ALIKE).then(|| (alike, strsim::jaro_winkler(&wanted, &lower), candidate))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(b.2)));
    found.dedup_by_key(|&mut (.., name)| name);
    let best = found.first().map_or(0.0, |&(alike, ..)| alike);
    found.into_iter().take(MENTIONED).take_while(|&(alike, ..)| alike >= best - MARGIN).map(|(.., name)| name).collect()
}

/// The same as the end of a sentence: nothing, or ``; did you mean `a`, `b` or `c`?``.
pub(crate) fn did_you_mean<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = nearest(wanted, candidates).iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [others @ .., last] => format!("; did you mean {} or {last}?", others.join(", ")),
    }
}

fn last_part(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = [
        "microsoft.graph.group",
        "microsoft.graph.groupSetting",
        "microsoft.graph.security.group",
        "microsoft.graph.alert",
        "microsoft.graph.user",
        "microsoft.graph.security.alert",
    ];

    fn near(wanted: &str) -> Vec<&'static str> {
        nearest(wanted, NAMES.into_iter())
    }

    #[test]
    fn a_slip_of_the_fingers_finds_the_name() {
        assert_eq!(near("microsoft.graph.grup"), ["microsoft.graph.group", "microsoft.graph.security.group"]);
        assert_eq!(near("graph.User"), ["microsoft.graph.user"]);
    }

    #[test]
    fn the_namespace_decides_between_equals() {
        assert_eq!(near("microsoft.graph.security.alrt")[0], "microsoft.graph.security.alert");
        assert_eq!(near("microsoft.graph.alrt")[0], "microsoft.graph.alert");
    }

    #[test]
    fn what_is_like_nothing_finds_nothing() {
        assert_eq!(near("microsoft.graph.printer"), [""; 0]);
        assert_eq!(did_you_mean("microsoft.graph.printer", NAMES.into_iter()), "");
    }

    #[test]
    fn an_error_can_end_with_it() {
        let say = |wanted| did_you_mean(wanted, ["roles", "role", "roller", "rule"].into_iter());
        assert_eq!(say("rule"), "; did you mean `rule`?");
        assert_eq!(say("rols"), "; did you mean `roles` or `role`?");
    }
}
