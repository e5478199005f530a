//! What people see while they wait.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::out::note;

/// Who is told how a download goes on.
pub(crate) trait Progress {
    /// What is being done now.
    fn doing(&self, what: &str);
    /// A body begins at byte `from` of `total`, if that is known.
    fn begins(&self, from: u64, total: Option<u64>) {
        let _ = (from, total);
    }
    /// So much more of it came.
    fn came(&self, bytes: u64) {
        let _ = bytes;
    }
    /// Something that is worth a line of its own.
    fn note(&self, what: &str) {
        self.doing(what);
    }
}

/// A message is all that is shown.
impl<F: Fn(&str)> Progress for F {
    fn doing(&self, what: &str) {
        self(what);
    }
}

/// A spinner, and a bar where the length is known. On a terminal only; notes are lines on stderr anywhere.
pub(super) struct Bar {
    label: String,
    bar: ProgressBar,
}

impl Bar {
    /// One that has begun.
    pub(super) fn new(label: &str) -> Self {
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(100));
        Self { label: label.to_owned(), bar }
    }

    fn style(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
    }
}

impl Progress for Bar {
    fn doing(&self, what: &str) {
        self.style("{spinner} {msg}");
        self.bar.set_message(format!("{}: {what}", self.label));
    }

    fn begins(&self, from: u64, total: Option<u64>) {
        self.bar.set_message(self.label.clone());
        if let Some(total) = total {
            self.bar.set_length(total);
            self.style("{msg} {wide_bar} {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}, {eta}");
        } else {
            self.bar.unset_length();
            self.style("{spinner} {msg} {binary_bytes}, {binary_bytes_per_sec}");
        }
        self.bar.set_position(from);
        // What an earlier attempt left is no part of the rate.
        self.bar.reset_eta();
    }

    fn came(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    fn note(&self, what: &str) {
        self.bar.suspend(|| note(format_args!("{}: {what}", self.label)));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
