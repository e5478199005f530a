pub mod all;
use super::open::Speak;

/// Documented.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Shape<T: Copy = u8> {
    pub sides: Vec<(T, T)>,
    own: u8,
    #[cfg(test)]
    pub tested: u8,
}

impl<T: Copy> Shape<T> {
    #[must_use]
    pub fn sides(mut self, mut by: impl FnOnce(u8) -> Option<Box<dyn Fn(&str) -> Result<u8, ()> + Send>>) -> Self {
        self
    }
    pub async fn a_name_that_is_so_long_that_the_line_breaks<E>(&mut self, argument: &'static str) -> Result<Self, E>
    where
        E: Send,
    {
        todo!()
    }
    #[doc(hidden)]
    pub fn hidden(&self) {}
    fn own(&self) {}
    #[cfg(feature = "more")]
    pub fn more(&self) {}
}

impl<T: Copy> Speak for Shape<T> {
    type Word = u8;
    fn speak(&self) -> u8 {
        0
    }
}

impl Speak for String {
    type Word = u8;
    fn speak(&self) -> u8 {
        0
    }
}

impl<'a> From<&'a Shape> for String {
    fn from(_: &'a Shape) -> Self {
        todo!()
    }
}

trait Own {}

impl Own for Shape {}

struct Unreachable;

impl Clone for Unreachable {
    fn clone(&self) -> Self {
        Self
    }
}

pub struct Private;

pub fn more(mut many: u8) {}

pub fn less() {}

toy::open::shape! {
    Private = "toy.private", fields of Private {
        "left" => left: Vec<Id<Shape>>,
        "in" => r#in: u8,
    }
}
