//! Approvals.

use super::{Pim, PimRequest};

impl Pim {
    /// Who decided against a request, and why, as far as that can be read.
    pub(super) async fn decision_reason(&self, request: &PimRequest) -> Option<String> {
        let _ = (self, request);
        None
    }
}
