pub use crate::__shape as shape;
pub use crate::inner::Shape;
pub use crate::inner::fields as private;

pub trait Speak: Send {
    const LOUD: bool;
    const SOFT: bool = true;
    type Word;
    fn speak(&self) -> Self::Word;
    fn shout(&self) {}
}
