//! Which generated items differ, and which change each of them comes of.

use std::collections::BTreeSet;

use super::{Comparison, Draft};
use crate::diff::change::{Aspect, Callers, Kind, Subject, Wire};
use crate::diff::items::{Item, Place, type_subject};

/// An item that differs.
struct Different<'i> {
    place: &'i Place,
    old: Option<&'i Item>,
    new: Option<&'i Item>,
}

impl Comparison<'_> {
    /// Gives every item that differs to the changes that it comes of, and says what those do to callers.
    pub(super) fn attribute(&mut self) {
        let (old, new) = (std::mem::take(&mut self.old.items), std::mem::take(&mut self.new.items));
        let places: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        let different = places.into_iter().filter_map(|place| {
            let (old, new) = (old.get(place), new.get(place));
            let same = old.zip(new).is_some_and(|(old, new)| old.signature == new.signature);
            (!same).then_some(Different { place, old, new })
        });
        for different in different {
            let mut drafts = self.causes(&different);
            if drafts.is_empty() {
                drafts.push(self.left_over(&different));
            }
            for at in drafts {
                let draft = &mut self.drafts[at];
                draft.items.insert(different.place.path.clone());
                draft.callers = draft.callers.max(different.callers());
            }
        }
        for draft in &mut self.drafts {
            if draft.items.is_empty() {
                let items = if draft.kind == Kind::Removed { &old } else { &new };
                let is_about =
                    |item: &Item| item.causes.contains(&draft.subject) || item.about.contains(&draft.subject);
                draft
                    .items
                    .extend(items.iter().filter(|(_, item)| is_about(item)).map(|(place, _)| place.path.clone()));
            }
        }
    }

    /// The changes that an item differs for: those of the subjects that it is there for, or else of the nearest that it
    /// depends on.
    fn causes(&self, different: &Different<'_>) -> Vec<usize> {
        let old = different.old.into_iter().map(|item| (item, &self.old.side.api));
        let new = different.new.into_iter().map(|item| (item, &self.new.side.api));
        // The items of a type that the other side lacks are there for the type.
        let (this, other) = if different.old.is_some() { (&self.old, &self.new) } else { (&self.new, &self.old) };
        let item = different.old.or(different.new);
        let alone = item.and_then(|item| Some((item, item.shape.as_ref()?)));
        let alone = alone.filter(|(_, shape)| {
            this.side.api.shapes.contains_key(*shape) && !other.side.api.shapes.contains_key(*shape)
        });
        if let Some((item, _)) = alone
            && let Some(first) = self.first(item.owner.iter(), different)
        {
            return vec![first];
        }
        let items: Vec<_> = old.chain(new).map(|(item, _)| item).collect();
        let all: BTreeSet<_> =
            items.iter().flat_map(|item| &item.causes).filter_map(|cause| self.find(cause, different)).collect();
        if !all.is_empty() {
            return all.into_iter().collect();
        }
        self.first(items.iter().flat_map(|item| &item.ways), different).into_iter().collect()
    }

    fn first<'s>(&self, mut subjects: impl Iterator<Item = &'s Subject>, different: &Different<'_>) -> Option<usize> {
        subjects.find_map(|subject| self.find(subject, different))
    }

    /// The change of `subject` that an item can differ for.
    fn find(&self, subject: &Subject, different: &Different<'_>) -> Option<usize> {
        let subject = self.was(subject);
        let fitting = self.drafts.iter().enumerate().filter(|(_, draft)| draft.subject == subject);
        let ranked = fitting.filter_map(|(at, draft)| Some((different.fit(draft)?, at)));
        ranked.min().map(|(_, at)| at)
    }

    /// A subject under the name that it had.
    fn was(&self, subject: &Subject) -> Subject {
        match subject {
            Subject::Type { name } => {
                let was = self.renamed.iter().find(|(_, now)| *now == name).map(|(was, _)| was);
                was.map_or_else(|| subject.clone(), type_subject)
            }
            other => other.clone(),
        }
    }

    /// The change for what comes of none that was found: something else decides how this is written.
    fn left_over(&mut self, different: &Different<'_>) -> usize {
        let items = || different.old.into_iter().chain(different.new);
        let subject = items().flat_map(|item| &item.causes).min();
        let subject = subject.or_else(|| items().flat_map(|item| &item.ways).next());
        let subject = subject.map_or_else(|| Subject::Path { path: "/".to_owned() }, |subject| self.was(subject));
        let is_there = |draft: &Draft| {
            draft.subject == subject && matches!(draft.kind, Kind::Changed { aspect: Aspect::Rust, .. })
        };
        if let Some(at) = self.drafts.iter().position(is_there) {
            return at;
        }
        let written = |item: Option<&Item>| match item {
            None => "not there".to_owned(),
            Some(item) if item.signature.is_empty() => "there".to_owned(),
            Some(item) => item.signature.clone(),
        };
        self.changed(subject, Aspect::Rust, written(different.old), written(different.new), Wire::Unaffected);
        self.drafts.len() - 1
    }
}

impl Different<'_> {
    fn callers(&self) -> Callers {
        if self.old.is_none() { Callers::Offered } else { Callers::Broken }
    }

    /// How well a change explains that this differs, the less the better; None if it cannot.
    fn fit(&self, draft: &Draft) -> Option<u8> {
        let (is_new, is_gone) = (self.old.is_none(), self.new.is_none());
        let in_body = self.old.or(self.new).is_some_and(|item| item.in_body);
        match &draft.kind {
            Kind::Added => (!is_gone).then_some(0),
            Kind::Removed => (!is_new).then_some(0),
            Kind::Changed { aspect, .. } => match aspect {
                Aspect::Writable if in_body => Some(if is_new || is_gone { 0 } else { 4 }),
                Aspect::Declared | Aspect::BaseType if is_new || is_gone => Some(1),
                Aspect::Name | Aspect::Kind => Some(2),
                Aspect::Type | Aspect::Response => Some(3),
                Aspect::Declared | Aspect::BaseType | Aspect::Key | Aspect::Rust => Some(4),
                Aspect::Nullable if matches!(draft.subject, Subject::Parameter { .. }) => Some(5),
                _ => None,
            },
        }
    }
}
