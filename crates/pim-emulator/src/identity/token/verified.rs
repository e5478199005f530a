use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::Claims;
use crate::domain::Caller;

/// How many tokens are remembered.
const CAPACITY: usize = 1024;

/// A token that is good: who calls, and all that it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verified {
    pub(crate) caller: Caller,
    pub(crate) claims: Claims,
}

/// Tokens whose signatures were checked: a client sends the same one with thousands of requests. Their time is not a
/// part of what is remembered.
pub(super) struct Cache(RwLock<HashMap<Box<str>, Arc<Verified>>>);

impl Cache {
    pub(super) fn new() -> Self {
        Self(RwLock::default())
    }

    pub(super) fn get(&self, token: &str) -> Option<Arc<Verified>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(token).cloned()
    }

    pub(super) fn put(&self, token: &str, verified: &Arc<Verified>) {
        let mut tokens = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // To begin anew is cheap, and cheaper than to know which are used the least.
        if tokens.len() >= CAPACITY {
            tokens.clear();
        }
        tokens.insert(token.into(), Arc::clone(verified));
    }
}
