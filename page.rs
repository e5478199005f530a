//! stub
use serde::Deserialize;
/// stub
#[derive(Clone, Debug, Deserialize)]
pub struct Page<T> {
    /// value
    pub value: Vec<T>,
}
