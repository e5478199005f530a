//! What goes over the wire: which answers a client can read that was generated before a change, and which of its bodies
//! the service still takes.

use std::collections::BTreeSet;

use crate::edm::QualifiedName;
use crate::ir::{Api, Member, Shape, ShapeKind, Type};

/// Holds a client that was generated from `client` against a service that is described by `service`.
#[derive(Clone, Copy)]
pub(super) struct Wire<'a> {
    pub(super) client: &'a Api,
    pub(super) service: &'a Api,
}

/// Pairs of types that are being compared: a type may contain itself.
type Seen<'a> = BTreeSet<(&'a str, &'a str)>;

impl<'a> Wire<'a> {
    /// Whether the client reads what the service sends, whatever it is.
    pub(super) fn reads(self, client: &Type, service: &Type) -> bool {
        self.read(client, service, &mut Seen::new())
    }

    /// Whether the service takes what the client sends, whatever it is.
    pub(super) fn takes(self, service: &Type, client: &Type) -> bool {
        self.take(service, client, &mut Seen::new())
    }

    fn read(self, client: &Type, service: &Type, seen: &mut Seen<'a>) -> bool {
        match (client, service) {
            (Type::Collection(client), Type::Collection(service)) => self.read(client, service, seen),
            (Type::Int64, Type::Int32) | (Type::Double, Type::Int32 | Type::Int64) => true,
            // Held as text, whatever the text says.
            (Type::String | Type::Secret | Type::Guid | Type::Binary | Type::Id(_) | Type::Reference(_), service) => {
                is_text(service)
            }
            // Open: any text is a value, and so is a number.
            (Type::Enum(_), service) => is_text(service) || matches!(service, Type::Int32 | Type::Int64),
            (
                Type::Object { rust: client, .. } | Type::Union(client),
                Type::Object { rust: service, .. } | Type::Union(service),
            ) => {
                let (Some(client), Some(service)) = (self.client.shapes.get(client), self.service.shapes.get(service))
                else {
                    return true;
                };
                if !seen.insert((&client.rust, &service.rust)) {
                    return true;
                }
                objects(self.service, service).into_iter().all(|sent| {
                    let into = read_as(self.client, client, &sent.graph);
                    let pairs = pairs(into, sent);
                    pairs.into_iter().all(|(into, sent)| self.read(&into.ty, &sent.ty, seen))
                })
            }
            (client, service) => client == service,
        }
    }

    fn take(self, service: &Type, client: &Type, seen: &mut Seen<'a>) -> bool {
        match (service, client) {
            (Type::Collection(service), Type::Collection(client)) => self.take(service, client, seen),
            (Type::Int64, Type::Int32)
            | (Type::Double, Type::Int32 | Type::Int64)
            | (Type::Reference(_), Type::Reference(_)) => true,
            (Type::String | Type::Secret | Type::Id(_), client) => is_text(client),
            (Type::Enum(service), Type::Enum(client)) => {
                let values = |api: &'a Api, name: &str| -> Option<BTreeSet<&'a str>> {
                    match &api.shapes.get(name)?.kind {
                        ShapeKind::Enum(variants) => Some(variants.iter().map(|variant| &*variant.wire).collect()),
                        _ => None,
                    }
                };
                let (service, client) = (values(self.service, service), values(self.client, client));
                service.zip(client).is_none_or(|(service, client)| client.is_subset(&service))
            }
            (
                Type::Object { rust: service, .. } | Type::Union(service),
                Type::Object { rust: client, .. } | Type::Union(client),
            ) => {
                let (Some(service), Some(client)) = (self.service.shapes.get(service), self.client.shapes.get(client))
                else {
                    return true;
                };
                if !seen.insert((&client.rust, &service.rust)) {
                    return true;
                }
                objects(self.client, client).into_iter().all(|sent| {
                    let Some(into) = taken_as(self.service, service, client, sent) else { return false };
                    let known =
                        members(sent).iter().all(|sent| members(into).iter().any(|into| into.wire == sent.wire));
                    known && pairs(into, sent).into_iter().all(|(into, sent)| self.take(&into.ty, &sent.ty, seen))
                })
            }
            (service, client) => service == client,
        }
    }
}

/// Whether a value of it is a string in JSON.
fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String
            | Type::Secret
            | Type::Guid
            | Type::Binary
            | Type::Date
            | Type::TimeOfDay
            | Type::DateTimeOffset
            | Type::Duration
            | Type::Id(_)
            | Type::Reference(_)
            | Type::Enum(_)
    )
}

/// The objects that a value of the type `shape` can be.
fn objects<'a>(api: &'a Api, shape: &'a Shape) -> Vec<&'a Shape> {
    match &shape.kind {
        ShapeKind::Union(union) => {
            let names = union.variants.iter().map(|variant| &variant.object).chain([&union.unknown]);
            names.filter_map(|name| api.shapes.get(name)).collect()
        }
        ShapeKind::Object(_) | ShapeKind::Enum(_) => vec![shape],
    }
}

/// The object as which an instance of Graph's type `graph` is read where a `shape` is expected.
fn read_as<'a>(api: &'a Api, shape: &'a Shape, graph: &QualifiedName) -> &'a Shape {
    let ShapeKind::Union(union) = &shape.kind else { return shape };
    let told_apart = union.variants.iter().find(|variant| variant.graph == *graph).map(|variant| &variant.object);
    api.shapes.get(told_apart.unwrap_or(&union.unknown)).unwrap_or(shape)
}

/// The object as which a service that expects a `shape` takes what is `sent` by a `client`; None if it is none. What a union
/// tells apart is sent with the name of its type, all else without one.
fn taken_as<'a>(api: &'a Api, shape: &'a Shape, client: &Shape, sent: &Shape) -> Option<&'a Shape> {
    let is_named = matches!(&client.kind, ShapeKind::Union(union) if union.unknown != sent.rust);
    let ShapeKind::Union(union) = &shape.kind else {
        return (!is_named || shape.graph == sent.graph).then_some(shape);
    };
    if !is_named {
        return api.shapes.get(&union.unknown);
    }
    let variant = union.variants.iter().find(|variant| variant.graph == sent.graph)?;
    api.shapes.get(&variant.object)
}

/// The members that both have.
fn pairs<'a>(into: &'a Shape, sent: &'a Shape) -> Vec<(&'a Member, &'a Member)> {
    let find = |sent: &'a Member| Some((members(into).iter().find(|into| into.wire == sent.wire)?, sent));
    members(sent).iter().filter_map(find).collect()
}

fn members(shape: &Shape) -> &[Member] {
    match &shape.kind {
        ShapeKind::Object(object) => &object.members,
        ShapeKind::Enum(_) | ShapeKind::Union(_) => &[],
    }
}
