//! The methods of the façade that send operations.

use std::fmt::Write as _;

use proc_macro2::Span;
use syn::Ident;

use crate::emit::operations::constant;
use crate::emit::rust_type;
use crate::ir::{Answer, Operation, Query, Type};

/// Makes the compiler build an operation where it is called instead of here: who calls three does not build all.
const INLINE: &str = "#[inline]\n";

/// How a method of the façade calls the back end's function.
pub(super) struct Call<'a> {
    /// How many modules below the version's the file is.
    pub(super) depth: usize,
    pub(super) operation: &'a Operation,
    /// The back end's function.
    pub(super) signature: Option<&'a syn::Signature>,
}

impl Call<'_> {
    pub(super) fn method(&self) -> String {
        let operation = self.operation;
        let (name, constant) = (&operation.rust, constant(operation));
        // By its whole path: alerts have operations of their own, in a module of that name.
        let table = format!("{}operations", "super::".repeat(self.depth));
        let arguments = self.arguments();
        let setup = self.setup();
        let call = format!("http.{}({}).await", operation.id, self.actual());
        match (operation.query, &operation.answer) {
            (Query::Collection, Answer::Page(ty)) => format!(
                "{INLINE}pub fn {name}(&self{arguments}) -> List<{ty}> {{
                    {setup}
                    List::new(&{table}::{constant}, Connection::of(&*http), move |query| async move {{ {keys} {call} }})
                }}\n",
                ty = rust_type(ty),
                keys = self.keys(),
            ),
            (Query::Entity, Answer::One(ty)) => format!(
                "{INLINE}pub fn {name}(&self{arguments}) -> Get<{ty}> {{
                    {setup}
                    Get::new(&{table}::{constant}, move |query| async move {{ {keys} {call} }})
                }}\n",
                ty = rust_type(ty),
                keys = self.keys(),
            ),
            (Query::Count, _) => format!(
                "{INLINE}pub fn {name}(&self{arguments}) -> Count {{
                    {setup}
                    Count::new(&{table}::{constant}, move |query| async move {{ {keys} {call} }})
                }}\n",
                keys = self.keys(),
            ),
            (_, answer) => {
                // Only the body is borrowed: a call outlives the resource that it was made by.
                let (generics, lifetime) = if operation.body.is_some() { ("<'a>", "'a") } else { ("", "'static") };
                format!(
                    "{INLINE}pub fn {name}{generics}(&self{arguments}) -> Call<{lifetime}, {ty}> {{
                        {setup}
                        Call::new(&{table}::{constant}, async move {{ {keys} {call} }})
                    }}\n",
                    ty = answer_type(answer),
                    keys = self.keys(),
                )
            }
        }
    }

    /// The parameters of the method.
    fn arguments(&self) -> String {
        let mut arguments = String::new();
        for argument in &self.operation.arguments {
            let ty = match &argument.ty {
                Type::Boolean | Type::Int32 | Type::Int64 => rust_type(&argument.ty),
                other => format!("impl Into<{}>", rust_type(other)),
            };
            let _ = write!(arguments, ", {}: {ty}", argument.rust);
        }
        match &self.operation.body {
            Some(Type::Reference(entity)) => {
                let _ = write!(arguments, ", reference: &'a Reference<models::{entity}>");
            }
            Some(body) => {
                let _ = write!(arguments, ", body: &'a {}", rust_type(body));
            }
            None => {}
        }
        arguments
    }

    /// What a deferred request takes with it.
    fn setup(&self) -> String {
        let mut setup = "let Self { http, .. } = self.clone();\n".to_owned();
        if !self.operation.keys.is_empty() {
            let keys: Vec<_> = self.operation.keys.iter().map(|key| key.rust.as_str()).collect();
            setup = format!("let Self {{ http, {} }} = self.clone();\n", keys.join(", "));
        }
        for argument in &self.operation.arguments {
            if !matches!(argument.ty, Type::Boolean | Type::Int32 | Type::Int64) {
                let _ = writeln!(setup, "let {0}: {1} = {0}.into();", argument.rust, rust_type(&argument.ty));
            }
        }
        setup
    }

    /// What stands in the path, checked when the request is sent.
    fn keys(&self) -> String {
        let keys = self.operation.keys.iter().map(|key| format!("let {0} = {0}.segment()?;\n", key.rust));
        let arguments = self.operation.arguments.iter().map(|argument| {
            let name = &argument.rust;
            match &argument.ty {
                Type::Enum(_) => format!("let {name} = runtime::literal({name}.as_str())?;\n"),
                Type::String => format!("let {name} = runtime::literal(&{name})?;\n"),
                _ => format!("let {name} = {name}.to_string();\n"),
            }
        });
        keys.chain(arguments).collect()
    }

    /// The arguments of the back end's function, by the names that it gave its parameters.
    fn actual(&self) -> String {
        let Some(signature) = self.signature else { return String::new() };
        let mut actual = Vec::new();
        for input in signature.inputs.iter().skip(1) {
            let syn::FnArg::Typed(input) = input else { continue };
            let syn::Pat::Ident(pattern) = &*input.pat else { continue };
            actual.push(self.value(&pattern.ident.to_string()));
        }
        actual.join(", ")
    }

    fn value(&self, parameter: &str) -> String {
        let operation = self.operation;
        let in_path = operation.keys.iter().chain(&operation.arguments);
        if in_path
            .map(|parameter| parameter.rust.trim_start_matches("r#"))
            .any(|name| name == parameter.trim_end_matches('_'))
        {
            return format!("&{}", Ident::new(parameter, Span::call_site()));
        }
        match (parameter, &operation.body) {
            ("body", Some(Type::Reference(_))) => "&runtime::RefBody(reference.clone())".to_owned(),
            ("body", _) => "body".to_owned(),
            (option, _) => format!("query.{option}()"),
        }
    }
}

fn answer_type(answer: &Answer) -> String {
    match answer {
        Answer::Empty(_) => "()".to_owned(),
        Answer::One(ty) => rust_type(ty),
        Answer::Page(ty) => format!("Page<{}>", rust_type(ty)),
        Answer::Count => "i64".to_owned(),
    }
}
