//! What is taken out of the code that progenitor writes, and why.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{ImplItem, ImplItemFn, Item};

use super::unexpected;
use crate::Result;

/// Trims the function of an operation.
pub(super) fn operation(function: &mut ImplItemFn) -> Result<()> {
    let mut trimmed = Trimmed::default();
    trimmed.visit_impl_item_fn_mut(function);
    if trimmed.versions != 1 {
        return Err(unexpected(function, &format!("{} headers `api-version`", trimmed.versions)));
    }
    // So that an operation is built where it is called: who calls three does not build all.
    function.attrs.push(syn::parse_quote!(#[inline]));
    Ok(())
}

/// Trims what belongs to the client.
pub(super) fn client(item: &mut Item) {
    Trimmed::default().visit_item_mut(item);
    if let Item::Impl(block) = item {
        // It would make a client of its own, with other time limits, and panic where it cannot.
        block.items.retain(|item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "new"));
    }
}

#[derive(Default)]
struct Trimmed {
    /// How many headers `api-version` there were.
    versions: usize,
}

impl VisitMut for Trimmed {
    /// It names `::reqwest`, a crate that those who generate need not depend on: it is one of the runtime.
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.segments.first().is_some_and(|first| first.ident == "reqwest") {
            path.leading_colon = None;
        }
        visit_mut::visit_path_mut(self, path);
    }

    /// It sends a header `api-version`, which is another service's: Graph has the version in the path. Without it most
    /// requests have no headers to add.
    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let names = |statement: &syn::Stmt, name: &str| text(statement).contains(name);
        let before = block.stmts.len();
        block.stmts.retain(|statement| !names(statement, "\"api-version\""));
        self.versions += before - block.stmts.len();
        let headers = block.stmts.iter().filter(|statement| names(statement, "header_map")).count();
        if headers == 2 {
            block.stmts.retain(|statement| !names(statement, "let mut header_map"));
            block.stmts.iter_mut().for_each(|statement| WithoutHeaders.visit_stmt_mut(statement));
        }
        visit_mut::visit_block_mut(self, block);
    }

    /// It has an arm for each range of status codes, and the same in two of them: errors are read alike.
    fn visit_expr_match_mut(&mut self, block: &mut syn::ExprMatch) {
        let mut arms: Vec<syn::Arm> = Vec::new();
        for arm in std::mem::take(&mut block.arms) {
            match arms.last_mut().filter(|last| text(&last.body) == text(&arm.body)) {
                Some(last) => {
                    let (one, other) = (&last.pat, &arm.pat);
                    last.pat = syn::parse_quote!(#one | #other);
                }
                None => arms.push(arm),
            }
        }
        block.arms = arms;
        visit_mut::visit_expr_match_mut(self, block);
    }

    /// Its documentation repeats the façade's, and nobody is shown it; every request is changed before it is sent, so that
    /// none of them needs to be excused for being mutable.
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        let is_excuse = |attribute: &syn::Attribute| text(attribute).contains("unused_mut");
        attributes.retain(|attribute| !attribute.path().is_ident("doc") && !is_excuse(attribute));
    }
}

/// Takes `.headers(header_map)` out of a chain of calls.
struct WithoutHeaders;

impl VisitMut for WithoutHeaders {
    fn visit_expr_mut(&mut self, expression: &mut syn::Expr) {
        visit_mut::visit_expr_mut(self, expression);
        if let syn::Expr::MethodCall(call) = expression
            && call.method == "headers"
        {
            *expression = (*call.receiver).clone();
        }
    }
}

/// Code as text: to be searched, and to be compared.
pub(super) fn text(code: &impl ToTokens) -> String {
    code.to_token_stream().to_string()
}
