//! What someone may have meant who wrote a name that is not there.

/// How alike two names have to be, by Jaro and Winkler, to be worth mentioning.
const ALIKE: f64 = 0.8;

/// The end of a sentence about `wanted`: nothing, or `; did you mean 'that'?`.
pub(crate) fn did_you_mean<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let wanted = wanted.to_lowercase();
    let rate = |candidate: &'a str| (strsim::jaro_winkler(&wanted, &candidate.to_lowercase()), candidate);
    let best = candidates.into_iter().map(rate).filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or_else(String::new, |(_, name)| format!("; did you mean '{name}'?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_finds_the_name() {
        assert_eq!(did_you_mean("principlaid", ["id", "principal", "principalId"]), "; did you mean 'principalId'?");
        assert_eq!(did_you_mean("printer", ["status", "action"]), "");
    }
}
