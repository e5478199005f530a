//! What `#[cfg(…)]` leaves of a file.

use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ExprLit, Field, Fields, ImplItem, Item, Lit, Meta, Token, TraitItem};

/// Takes out what is not compiled with these features, and what is compiled for tests only.
pub(crate) struct Features<'a>(pub(crate) &'a [&'a str]);

impl Features<'_> {
    fn enable(&self, attributes: &[Attribute]) -> bool {
        let mut conditions = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        conditions.all(|attribute| self.hold(&attribute.parse_args().expect("a condition")))
    }

    /// Whether a condition is true. Of those that are about the platform none is.
    fn hold(&self, condition: &Meta) -> bool {
        match condition {
            Meta::NameValue(pair) if pair.path.is_ident("feature") => {
                let Expr::Lit(ExprLit { lit: Lit::Str(feature), .. }) = &pair.value else { return false };
                self.0.contains(&feature.value().as_str())
            }
            Meta::List(list) => {
                let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
                let parts = parts.expect("conditions");
                let mut parts = parts.iter().map(|part| self.hold(part));
                if list.path.is_ident("not") {
                    !parts.all(|holds| holds)
                } else if list.path.is_ident("any") {
                    parts.any(|holds| holds)
                } else {
                    parts.all(|holds| holds)
                }
            }
            Meta::Path(_) | Meta::NameValue(_) => false,
        }
    }
}

impl VisitMut for Features<'_> {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        file.items.retain(|item| self.enable(item_attributes(item)));
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(|item| self.enable(item_attributes(item)));
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_item_impl_mut(&mut self, block: &mut syn::ItemImpl) {
        block.items.retain(|item| match item {
            ImplItem::Const(item) => self.enable(&item.attrs),
            ImplItem::Fn(item) => self.enable(&item.attrs),
            ImplItem::Type(item) => self.enable(&item.attrs),
            _ => true,
        });
    }

    fn visit_item_trait_mut(&mut self, block: &mut syn::ItemTrait) {
        block.items.retain(|item| match item {
            TraitItem::Const(item) => self.enable(&item.attrs),
            TraitItem::Fn(item) => self.enable(&item.attrs),
            TraitItem::Type(item) => self.enable(&item.attrs),
            _ => true,
        });
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        let variants = std::mem::take(&mut item.variants);
        item.variants = variants.into_iter().filter(|variant| self.enable(&variant.attrs)).collect();
        visit_mut::visit_item_enum_mut(self, item);
    }

    fn visit_fields_mut(&mut self, fields: &mut Fields) {
        let enabled = |fields: &mut Punctuated<Field, Token![,]>| {
            let all = std::mem::take(fields);
            *fields = all.into_iter().filter(|field| self.enable(&field.attrs)).collect();
        };
        match fields {
            Fields::Named(fields) => enabled(&mut fields.named),
            Fields::Unnamed(fields) => enabled(&mut fields.unnamed),
            Fields::Unit => {}
        }
    }
}

/// The attributes of an item.
pub(crate) fn item_attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether something is not shown in documentation.
pub(crate) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).any(|attribute| {
        let parts = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        parts.is_ok_and(|parts| parts.iter().any(|part| part.path().is_ident("hidden")))
    })
}
