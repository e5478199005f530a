//! Lists within a query option.

/// Text between commas.
#[derive(Clone, Debug, Default)]
pub struct Items(String);

impl Items {
    pub(super) fn push(&mut self, item: &str) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(item);
    }

    /// The list, if there is anything on it.
    pub(crate) fn text(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }
}

/// Implements a trait for everything that is made of things which implement it, and for text.
macro_rules! several {
    ($trait:ident) => {
        impl<T> $trait<T> for &str {
            fn add_to(self, items: &mut Items) {
                items.push(self);
            }
        }

        impl<T> $trait<T> for String {
            fn add_to(self, items: &mut Items) {
                items.push(&self);
            }
        }

        impl<T> $trait<T> for &String {
            fn add_to(self, items: &mut Items) {
                items.push(self);
            }
        }

        impl<T, I: $trait<T>, const N: usize> $trait<T> for [I; N] {
            fn add_to(self, items: &mut Items) {
                for item in self {
                    item.add_to(items);
                }
            }
        }

        impl<T, I: $trait<T>> $trait<T> for Vec<I> {
            fn add_to(self, items: &mut Items) {
                for item in self {
                    item.add_to(items);
                }
            }
        }

        impl<T, I: $trait<T> + Clone> $trait<T> for &[I] {
            fn add_to(self, items: &mut Items) {
                for item in self {
                    item.clone().add_to(items);
                }
            }
        }

        several!($trait: A B);
        several!($trait: A B C);
        several!($trait: A B C D);
        several!($trait: A B C D E);
        several!($trait: A B C D E F);
        several!($trait: A B C D E F G);
        several!($trait: A B C D E F G H);
    };
    ($trait:ident: $($item:ident)*) => {
        #[allow(non_snake_case, reason = "each item is called as its type is")]
        impl<T, $($item: $trait<T>),*> $trait<T> for ($($item,)*) {
            fn add_to(self, items: &mut Items) {
                let ($($item,)*) = self;
                $($item.add_to(items);)*
            }
        }
    };
}

pub(super) use several;
