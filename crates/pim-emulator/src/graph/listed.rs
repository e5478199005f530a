//! Collections that are short enough to be made at once.

use super::entity::Entity;
use super::error::Result;

/// The entities as rows of a page, numbered from 1 on.
pub(super) fn rows(entities: Vec<Entity>) -> impl FnMut(i64, u32) -> Result<Vec<(i64, Entity)>> {
    move |after, limit| {
        let behind = (1..).zip(&entities).filter(|(row, _)| *row > after);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(behind.take(limit).map(|(row, entity)| (row, entity.clone())).collect())
    }
}
