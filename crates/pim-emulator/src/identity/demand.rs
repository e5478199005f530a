//! The parameter `claims`: what a token is to have, beside permissions.

use serde_json::{Map, Value};

use super::fault::Fault;

/// What is asked for, as far as it takes the user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Demand {
    pub(super) needs_mfa: bool,
    /// Authentication contexts, such as `c1`.
    pub(super) contexts: Vec<String>,
    /// The parameter as it came, which a refusal repeats.
    pub(super) text: Option<String>,
}

impl Demand {
    /// Reads the parameter, if there is one. What else it asks for is left aside: a new token has it anyway.
    pub(super) fn parse(text: Option<&str>) -> Result<Self, Fault> {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(Self::default()) };
        let wrong = || Fault::malformed("the parameter 'claims' is no JSON object such as {\"access_token\":{…}}.");
        let claims: Map<String, Value> = serde_json::from_str(text).map_err(|_| wrong())?;
        let mut demand = Self { text: Some(text.to_owned()), ..Self::default() };
        for token in ["access_token", "id_token"].into_iter().filter_map(|name| claims.get(name)) {
            demand.contexts.extend(values(&token["acrs"]));
            demand.needs_mfa |= values(&token["amr"]).iter().any(|method| method == "mfa");
        }
        // They are to stand in a token as they are.
        let is_name = |name: &String| name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_graphic());
        if demand.contexts.len() > 25 || !demand.contexts.iter().all(is_name) {
            return Err(wrong());
        }
        // To satisfy a context, emulated users show their second factor.
        demand.needs_mfa |= !demand.contexts.is_empty();
        demand.contexts.sort_unstable();
        demand.contexts.dedup();
        Ok(demand)
    }
}

/// `value` and `values` of a claim.
fn values(claim: &Value) -> Vec<String> {
    let several = claim["values"].as_array().into_iter().flatten();
    std::iter::once(&claim["value"]).chain(several).filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_and_factors_are_found() {
        for (text, needs_mfa, contexts) in [
            (r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#, true, vec!["c1"]),
            (r#"{"access_token":{"acrs":{"values":["c3","c2","c2"]}}}"#, true, vec!["c2", "c3"]),
            (r#"{"id_token":{"amr":{"essential":true,"values":["mfa"]}}}"#, true, vec![]),
            (r#"{"access_token":{"nbf":{"essential":true,"value":"1652813508"}}}"#, false, vec![]),
            (r#"{"access_token":null,"id_token":5}"#, false, vec![]),
        ] {
            let demand = Demand::parse(Some(text)).unwrap();
            assert_eq!(
                (demand.needs_mfa, demand.contexts),
                (needs_mfa, contexts.into_iter().map(str::to_owned).collect())
            );
        }
        assert_eq!(Demand::parse(None).unwrap(), Demand::default());
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["[]", "c1", "{", r#"{"access_token":{"acrs":{"value":"c 1"}}}"#] {
            assert_eq!(Demand::parse(Some(text)).unwrap_err().number, 9_002_313, "{text}");
        }
    }
}
