/// A type that derives from `Base`, as `user` does from `directoryObject`: one of it can stand wherever a `Base` can.
///
/// Bounds [`Id::upcast`](crate::Id::upcast) and [`Reference::upcast`](crate::Reference::upcast).
pub trait SubtypeOf<Base> {}
