//! A crate that is read, not compiled.
extern crate self as toy;

mod inner;
pub mod open;
pub use inner::all::*;
#[cfg(not(feature = "more"))]
pub use inner::less;
#[cfg(feature = "more")]
pub use inner::more;
pub use inner::{Private as Renamed, Shape};
#[doc(hidden)]
pub mod hidden {
    pub struct Secret;
}
pub use std::fmt;

#[macro_export]
#[doc(hidden)]
macro_rules! __shape {
    ($name:ident) => {
        impl $name {
            pub const NAME: &'static str = "it";
            pub fn is(&self) -> bool {
                true
            }
            fn own(&self) {}
        }
        impl ::core::fmt::Display for $name {
            fn fmt(&self) {}
        }
    };
}
