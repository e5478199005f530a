/// A type that derives from `Base`, as `user` does from `directoryObject`: one of it can stand wherever a `Base` can. Every
/// type is one of its own.
///
/// Bounds [`Id::upcast`](crate::Id::upcast), [`Reference::upcast`](crate::Reference::upcast) and the [fields](crate::query)
/// that a query takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `{Base}`, nor does it derive from it",
    label = "belongs to `{Self}`, not to `{Base}`"
)]
pub trait SubtypeOf<Base> {}

impl<T> SubtypeOf<T> for T {}
