//! What a change means, in a sentence for those who use the client.

use super::Draft;
use crate::diff::change::{Aspect, Callers, Kind, Subject, Wire};

/// What a change means.
pub(super) fn of(draft: &Draft) -> String {
    match &draft.kind {
        Kind::Added => added(draft).to_owned(),
        Kind::Removed => removed(draft).to_owned(),
        Kind::Changed { aspect, to, .. } => format!("{}{}", changed(*aspect, to), consequence(draft)),
    }
}

fn added(draft: &Draft) -> &'static str {
    match (&draft.subject, draft.callers, draft.wire) {
        (Subject::Type { .. }, _, Wire::Extended) => {
            "There is a type that was not there before; a client from before reads it as `Unknown` where its base type comes."
        }
        (Subject::Type { .. }, ..) => "There is a type that was not there before.",
        (Subject::Property { .. }, ..) => {
            "It can be used; a client from before keeps it among the additional data when it is read."
        }
        (Subject::Member { .. }, Callers::Unaffected, _) => {
            "The service announces values that are not known yet, which every client can read already."
        }
        (Subject::Member { .. }, ..) => "There is a variant for it; a client from before reads it as `Unrecognized`.",
        (Subject::Subtype { .. }, ..) => "There is a variant for it; a client from before reads it as `Unknown`.",
        (Subject::Path { .. }, ..) => "There is a path that was not there before.",
        (Subject::Operation { .. } | Subject::Bound { .. }, ..) => "It can be called.",
        (Subject::Parameter { .. }, Callers::Broken, Wire::Refused) => {
            "It has to be given: code that calls it no longer compiles, and calls without it are refused."
        }
        (Subject::Parameter { .. }, Callers::Broken, _) => "It can be given, for which the method takes a body now.",
        (Subject::Parameter { .. }, ..) => "It can be given.",
    }
}

fn removed(draft: &Draft) -> &'static str {
    match (&draft.subject, draft.callers, draft.wire) {
        (Subject::Type { .. }, _, Wire::Refused) => {
            "The type is gone with all that has it; code that names it no longer compiles, and who sends one is refused."
        }
        (Subject::Type { .. }, ..) => "The type is gone with all that has it; code that names it no longer compiles.",
        (Subject::Property { .. }, _, Wire::Refused) => {
            "Code that uses it no longer compiles; a client from before reads nothing, and is refused where it names it."
        }
        (Subject::Property { .. }, ..) => "Code that uses it no longer compiles; a client from before reads nothing.",
        (Subject::Member { .. }, Callers::Unaffected, _) => {
            "The service no longer announces values that are not known, which no client notices."
        }
        (Subject::Member { .. }, _, Wire::Refused) => {
            "Code that names the variant no longer compiles; who sends the value is refused."
        }
        (Subject::Member { .. }, ..) => "Code that names the variant no longer compiles; the value no longer comes.",
        (Subject::Subtype { .. }, _, Wire::Refused) => {
            "Code that names the variant no longer compiles; such objects no longer come there, and who sends one is refused."
        }
        (Subject::Subtype { .. }, ..) => {
            "Code that names the variant no longer compiles; such objects no longer come there."
        }
        (Subject::Path { .. }, ..) => "Code that goes there no longer compiles; requests to it are refused.",
        (Subject::Operation { .. } | Subject::Bound { .. }, ..) => {
            "Code that calls it no longer compiles; a client from before that calls it is refused."
        }
        (Subject::Parameter { .. }, ..) => "Code that gives it no longer compiles; calls with it are refused.",
    }
}

/// What is otherwise, up to where its consequence begins.
fn changed(aspect: Aspect, to: &str) -> String {
    let yes = to == "yes";
    match aspect {
        Aspect::Type => format!("It is of the type {to} now"),
        Aspect::Nullable if yes => "`null` is a value of it now".to_owned(),
        Aspect::Nullable => "It always has a value now".to_owned(),
        Aspect::Kind => format!("It is of another kind now: {to}"),
        Aspect::BaseType if to.is_empty() => "It derives from nothing now".to_owned(),
        Aspect::BaseType => format!("It derives from {to} now"),
        Aspect::Abstract if yes => "Only its subtypes have instances now".to_owned(),
        Aspect::Abstract => "It has instances of its own now".to_owned(),
        Aspect::Open if yes => "Its instances may have properties that are not declared now".to_owned(),
        Aspect::Open => "Its instances have only the properties that are declared now".to_owned(),
        Aspect::Key => format!("Its key is {to} now"),
        Aspect::Writable => format!("It is written {to} now"),
        Aspect::Contained if yes => "The entities live inside now".to_owned(),
        Aspect::Contained => "The entities are related now and live elsewhere".to_owned(),
        Aspect::Flags if yes => "Its values combine now".to_owned(),
        Aspect::Flags => "Its values no longer combine".to_owned(),
        Aspect::Number => "Its number is another, which does not go over the wire".to_owned(),
        Aspect::Response => format!("It answers {to} now"),
        Aspect::Permissions => "Other permissions are the least that allow it".to_owned(),
        Aspect::Capability => format!("The service says otherwise what can be done there: {to}"),
        Aspect::Name => format!("It is called {to} now"),
        Aspect::Declared => format!("It belongs to {to} now"),
        Aspect::Rust => "Something else changes how it is written in Rust".to_owned(),
    }
}

fn consequence(draft: &Draft) -> &'static str {
    match (draft.callers, draft.wire) {
        (Callers::Unaffected, Wire::Unaffected) => "; nobody has to do anything.",
        (Callers::Unaffected, Wire::Extended) => "; more may come or be sent, which the client can do already.",
        (Callers::Unaffected, Wire::Missing) => {
            "; what always came may be missing, which the client has to expect anyway."
        }
        (Callers::Unaffected, Wire::Refused) => "; the code stays as it is, but some of its requests are refused.",
        (Callers::Offered, Wire::Refused) => {
            "; there is more to use, but some requests of a client from before are refused."
        }
        (Callers::Offered, Wire::Undecodable) => {
            "; there is more to use, but a client from before cannot read some of the answers."
        }
        (Callers::Offered, _) => "; there is more to use.",
        (Callers::Broken, Wire::Undecodable) => {
            "; code that uses it no longer compiles, and a client from before cannot read some of the answers."
        }
        (Callers::Broken, Wire::Refused) => {
            "; code that uses it no longer compiles, and some requests of a client from before are refused."
        }
        (Callers::Broken, _) => "; code that uses it no longer compiles, but a client from before goes on.",
        // Nothing that is generated differs: the client has no form for it.
        (Callers::Unaffected, Wire::Undecodable) => {
            "; some answers cannot be read, and a client that is generated anew does not read them either."
        }
    }
}
