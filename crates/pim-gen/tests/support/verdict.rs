//! A comparison held against the code that is generated from both sides.

#![allow(dead_code, reason = "each of the tests needs another part of it")]

use std::collections::BTreeMap;

use pim_gen::diff::{Callers, Report};

use crate::public::{Public, path};

/// What a report says that the code does not bear out, or fails to say.
pub(crate) fn faults(report: &Report, old: &Public, new: &Public) -> Vec<String> {
    let mut faults = Vec::new();
    // What happened to the items of each path: broken if one of them is gone or another, else offered.
    let mut happened: BTreeMap<&str, Callers> = BTreeMap::new();
    for (item, was) in old {
        if new.get(item) != Some(was) {
            happened.insert(path(item), Callers::Broken);
        }
    }
    for item in new.keys().filter(|item| !old.contains_key(*item)) {
        happened.entry(path(item)).or_insert(Callers::Offered);
    }
    for (path, callers) in &happened {
        let said = report.changes.iter().filter(|change| change.items.iter().any(|item| item == path));
        let said = said.map(|change| change.callers).max();
        if said.is_none_or(|said| said < *callers) {
            faults.push(format!("{path} is {callers:?}, and the report says {said:?}"));
        }
    }
    for change in &report.changes {
        let does = change.items.iter().filter_map(|item| happened.get(item.as_str())).max();
        let does = does.copied().unwrap_or(Callers::Unaffected);
        // Who is only about items that differ for another reason leaves them as they are.
        if change.callers != Callers::Unaffected && change.callers != does {
            faults.push(format!(
                "{}, {:?}: said to be {:?}, but its items are {does:?}",
                change.subject, change.kind, change.callers
            ));
        }
    }
    faults
}
