//! The end that the functions of all operations have in common.
//!
//! progenitor writes it out for each of them: the hooks are called, and errors told from successes. That is a third of the
//! code that everybody reads, builds and carries along. Here it is written once, as a method of the client.

use quote::quote;
use syn::{Expr, ImplItemFn, Item, Stmt};

use super::trim::text;
use super::unexpected;
use crate::Result;

/// Replaces the end of an operation's function by a call of the method that [`method`] makes.
pub(super) fn share(function: &mut ImplItemFn) -> Result<()> {
    let statements = &mut function.block.stmts;
    let info = statements.iter().position(|statement| text(statement).starts_with("let info = OperationInfo"));
    let end = info.map(|info| statements.split_off(info)).unwrap_or_default();
    let (id, success) = match end.as_slice() {
        [info, sending @ .., Stmt::Expr(Expr::Match(by_status), None)] if lines(sending) == SENDING => {
            (operation_id(info), success(by_status))
        }
        _ => (None, None),
    };
    let (Some(id), Some(success)) = (id, success) else {
        return Err(unexpected(function, "another end than sending and looking at the status"));
    };
    if let Some(Stmt::Local(local)) = statements.last_mut() {
        // The shared end changes the request, the function does not.
        local.pat = syn::parse_quote!(request);
    }
    statements.push(syn::parse_quote!(let response = self.answer(request, #id).await?;));
    statements.push(Stmt::Expr(success, None));
    Ok(())
}

/// What is between the operation's id and the look at the status.
const SENDING: &str = "self . pre (& mut request , & info) . await ? ;\n\
    let result = self . exec (request , & info) . await ;\n\
    self . post (& result , & info) . await ? ;\n\
    let response = result ? ;\n";

/// What becomes of statuses that are no success.
const FAILURES: [(&str, &str); 2] = [
    (
        "400u16 ..= 499u16 | 500u16 ..= 599u16",
        "Err (Error :: ErrorResponse (ResponseValue :: from_response (response) . await ?))",
    ),
    ("_", "Err (Error :: UnexpectedResponse (response))"),
];

/// The method of the client: [`SENDING`], and what [`FAILURES`] says.
pub(super) fn method() -> Item {
    let tokens = quote! {
        impl Client {
            /// Sends a request, and tells errors from successes.
            pub(super) async fn answer(
                &self,
                mut request: reqwest::Request,
                operation_id: &'static str,
            ) -> Result<reqwest::Response, Error<runtime::ODataError>> {
                let info = OperationInfo { operation_id };
                self.pre(&mut request, &info).await?;
                let result = self.exec(request, &info).await;
                self.post(&result, &info).await?;
                let response = result?;
                match response.status().as_u16() {
                    200..=299 => Ok(response),
                    400u16..=499u16 | 500u16..=599u16 => {
                        Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
                    }
                    _ => Err(Error::UnexpectedResponse(response)),
                }
            }
        }
    };
    syn::parse_quote!(#tokens)
}

/// The `operation_id` in `let info = OperationInfo { operation_id: … };`.
fn operation_id(info: &Stmt) -> Option<Expr> {
    let Stmt::Local(syn::Local { init: Some(init), .. }) = info else { return None };
    let Expr::Struct(info) = &*init.expr else { return None };
    info.fields.first().map(|field| field.expr.clone())
}

/// What becomes of a success, if all else is as [`FAILURES`] says.
fn success(by_status: &syn::ExprMatch) -> Option<Expr> {
    let (success, failures) = by_status.arms.split_first()?;
    let is_expected = |arm: &syn::Arm, (pattern, body): (&str, &str)| {
        text(&arm.pat) == pattern && text(&arm.body).trim_matches(['{', '}', ' ']) == body
    };
    let are_expected = failures.len() == FAILURES.len()
        && failures.iter().zip(FAILURES).all(|(arm, expected)| is_expected(arm, expected));
    if !are_expected || text(&success.pat) != "200 ..= 299" {
        return None;
    }
    Some(match &*success.body {
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(expression, None)] => expression.clone(),
            _ => (*success.body).clone(),
        },
        other => other.clone(),
    })
}

/// Statements as text, each on a line.
fn lines(statements: &[Stmt]) -> String {
    statements.iter().map(|statement| text(statement) + "\n").collect()
}
