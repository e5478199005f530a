//! The way from an object to one of its properties.

use std::borrow::Cow;

/// The way from an object to one of its properties, by which a [`Field`](super::Field) reaches it.
///
/// The way is part of the field's type, so that a field is as small as its names and can be copied. No program needs to
/// name it.
pub trait Path: Copy {
    /// Whether the way ends in a number that Graph only counts on demand.
    #[doc(hidden)]
    const COUNTS: bool = false;

    /// The way as it is written: empty for the object itself.
    #[doc(hidden)]
    fn text(self) -> Cow<'static, str>;
}

/// A property of the object, by its name.
#[derive(Clone, Copy, Debug)]
pub struct Name(pub(super) &'static str);

impl Path for Name {
    fn text(self) -> Cow<'static, str> {
        self.0.into()
    }
}

/// A way on: `P`, and from there `Q`.
#[derive(Clone, Copy, Debug)]
pub struct Then<P, Q>(pub(super) P, pub(super) Q);

impl<P: Path, Q: Path> Path for Then<P, Q> {
    const COUNTS: bool = P::COUNTS || Q::COUNTS;

    fn text(self) -> Cow<'static, str> {
        match (self.0.text(), self.1.text()) {
            (way, on) | (on, way) if way.is_empty() => on,
            (way, on) => format!("{way}/{on}").into(),
        }
    }
}

/// The object itself, such as a text in a collection of texts.
#[derive(Clone, Copy, Debug)]
pub struct Item;

impl Path for Item {
    fn text(self) -> Cow<'static, str> {
        "".into()
    }
}

/// How many there are: `$count`.
#[derive(Clone, Copy, Debug)]
pub struct Size;

impl Path for Size {
    const COUNTS: bool = true;

    fn text(self) -> Cow<'static, str> {
        "$count".into()
    }
}
