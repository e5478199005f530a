//! Codes and tokens that were given out, and what they stand for.

use std::collections::{HashMap, VecDeque};

use super::secret::digest;

/// How many are kept: what is older than so many others is forgotten, so that memory has an end.
const CAPACITY: usize = 4096;

/// What stands behind secrets, by their digests: the secrets themselves are not kept.
pub(super) struct Vault<T> {
    entries: HashMap<[u8; 32], Entry<T>>,
    order: VecDeque<[u8; 32]>,
    capacity: usize,
}

/// What a secret stands for, and until when, in seconds since 1970. What has expired is kept for a while, so that it can
/// be told from what never was.
pub(super) struct Entry<T> {
    pub(super) value: T,
    pub(super) expires_at: i64,
}

impl<T> Vault<T> {
    pub(super) fn new() -> Self {
        Self { entries: HashMap::new(), order: VecDeque::new(), capacity: CAPACITY }
    }

    pub(super) fn put(&mut self, secret: &str, expires_at: i64, value: T) {
        if self.order.len() >= self.capacity
            && let Some(oldest) = self.order.pop_front()
        {
            self.entries.remove(&oldest);
        }
        let key = digest(secret);
        if self.entries.insert(key, Entry { value, expires_at }).is_none() {
            self.order.push_back(key);
        }
    }

    pub(super) fn get(&mut self, secret: &str) -> Option<&mut Entry<T>> {
        self.entries.get_mut(&digest(secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_makes_room() {
        let mut vault = Vault { capacity: 2, ..Vault::new() };
        for (number, secret) in ["a", "b", "c"].into_iter().enumerate() {
            vault.put(secret, 5, number);
        }
        assert!(vault.get("a").is_none());
        assert_eq!(vault.get("b").map(|entry| (entry.value, entry.expires_at)), Some((1, 5)));
        assert!(vault.get("c").is_some());
        assert_eq!((vault.entries.len(), vault.order.len()), (2, 2));
    }
}
