//! The service: takes requests to Graph, gives answers.

use std::sync::{PoisonError, RwLock};

use chrono::TimeDelta;
use http::header::WWW_AUTHENTICATE;
use http::{HeaderName, StatusCode};
use uuid::Uuid;

use super::context::Context;
use super::error::{GraphError, Result};
use super::exchange::{Answer, Content, Incoming};
use super::route::{self, NoRoute};
use super::{batch, dispatch, validate};
use crate::clock::Clock;
use crate::domain::directory::is_enabled;
use crate::domain::orders::Setup;
use crate::domain::{self, Caller, Failure, Identity, Instant};
use crate::identity::{Issuer, TokenFault};
use crate::store::{Session, Store, Turn};

/// How the service behaves; it can be changed while it runs.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Whether beta is served.
    pub(crate) beta: bool,
    /// Whether the tenant is licensed for PIM.
    pub(crate) is_licensed: bool,
    /// How long requests are `PendingProvisioning` before they take effect.
    pub(crate) parked_for: Option<TimeDelta>,
    /// How long an object that was made cannot be found.
    pub(crate) replication_lag: TimeDelta,
    /// Whether an activation for a group's own id is taken.
    pub(crate) groups_can_activate: bool,
    /// How many related objects one query may reach.
    pub(crate) most_reached: usize,
}

impl Settings {
    pub(crate) fn setup(&self) -> Setup {
        Setup { parked_for: self.parked_for, groups_can_activate: self.groups_can_activate }
    }
}

/// The service.
pub(crate) struct Service {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) issuer: Issuer,
    pub(crate) tenant: Uuid,
    settings: RwLock<Settings>,
}

impl Service {
    pub(crate) fn new(store: Store, clock: Clock, issuer: Issuer, tenant: Uuid, settings: Settings) -> Self {
        Self { store, clock, issuer, tenant, settings: RwLock::new(settings) }
    }

    pub(crate) fn settings(&self) -> Settings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes how the service behaves from now on.
    pub(crate) fn configure(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Answers a request.
    pub(crate) fn answer(&self, incoming: &Incoming) -> Answer {
        let request_id = Uuid::new_v4().to_string();
        let client_request_id = incoming.header("client-request-id").unwrap_or(&request_id);
        let answer = match self.dispatch(incoming) {
            Ok(answer) => shown_as_asked(incoming, answer),
            Err(error) => error.into_answer(&request_id, client_request_id),
        };
        answer
            .with_header(HeaderName::from_static("request-id"), &request_id)
            .with_header(HeaderName::from_static("client-request-id"), client_request_id)
    }

    fn dispatch(&self, incoming: &Incoming) -> Result<Answer> {
        let settings = self.settings();
        let caller = self.authenticate(incoming)?;
        if let Some(version) = batch::version(incoming, settings.beta) {
            self.read(|session| check_account(session, &caller, incoming))?;
            return batch::answer(self, incoming, version);
        }
        let route = route::find(&incoming.method, &incoming.path, settings.beta).map_err(no_route);
        let route = route.and_then(|route| {
            validate::permissions(&route, &caller, &incoming.body)?;
            Ok(route)
        });
        let writes = route.as_ref().is_ok_and(|route| route.operation.method != "GET");
        let answer = |session: &Session<'_>| {
            // Whose account is gone is told that and nothing else.
            check_account(session, &caller, incoming)?;
            let route = &route?;
            let context = Context { service: self, settings: &settings, session, caller: &caller, incoming, route };
            dispatch::handler(route)?(&context)
        };
        if writes { self.write(answer) } else { self.read(answer) }
    }

    fn authenticate(&self, incoming: &Incoming) -> Result<Caller> {
        match self.issuer.verify(incoming.header("authorization")) {
            Ok(verified) => Ok(verified.caller.clone()),
            Err(fault) => Err(unauthenticated(fault, incoming)),
        }
    }

    /// Does `work` on the store as it is by now: whatever was due has happened.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Session<'_>) -> Result<T>) -> Result<T> {
        self.store.turn(|turn| {
            let now = self.settle(turn)?;
            turn.read(now, work)
        })
    }

    /// The same, for work that changes something: it is done as a whole or not at all.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Session<'_>) -> Result<T>) -> Result<T> {
        self.store.turn(|turn| {
            let now = self.settle(turn)?;
            turn.write(now, |session| {
                let done = work(session)?;
                session.note_time()?;
                Ok(done)
            })
        })
    }

    /// Keeps what time it is, so that the clock does not go back behind it after a restart.
    pub(crate) fn keep_time(&self) -> Result<()> {
        self.write(|_| Ok(()))
    }

    /// Has everything happen that was due by now; tells what time that is. The time is taken when the store is at hand:
    /// who comes later comes at a later time.
    fn settle(&self, turn: &mut Turn<'_>) -> Result<Instant, Failure> {
        let now = self.clock.instant();
        if turn.read(now, domain::is_due)? {
            turn.write(now, |session| {
                domain::settle(session)?;
                Ok::<_, Failure>(session.note_time()?)
            })?;
        }
        Ok(now)
    }
}

fn unauthenticated(fault: TokenFault, incoming: &Incoming) -> GraphError {
    GraphError::new(StatusCode::UNAUTHORIZED, TokenFault::CODE, fault.to_string())
        .with_header(WWW_AUTHENTICATE, fault.www_authenticate(&incoming.origin))
}

/// A token is good for as long as the account is that it was issued for: see [`TokenFault::AccountDisabled`].
fn check_account(session: &Session<'_>, caller: &Caller, incoming: &Incoming) -> Result<()> {
    let Identity::User(user) = caller.identity else { return Ok(()) };
    // A user that was just made may sign in before everybody sees it.
    match session.object_or_new(user)? {
        Some(user) if is_enabled(&user) => Ok(()),
        Some(_) => Err(unauthenticated(TokenFault::AccountDisabled, incoming)),
        None => Err(unauthenticated(TokenFault::AccountDeleted, incoming)),
    }
}

fn no_route(no_route: NoRoute) -> GraphError {
    match no_route {
        NoRoute::Version(version) => GraphError::bad_request(format!("Invalid version: {version}")),
        NoRoute::Segment(segment) => {
            GraphError::bad_request(format!("Resource not found for the segment '{segment}'."))
        }
        NoRoute::Method => GraphError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        ),
    }
}

/// With as much control information as the client wants: some want none.
fn shown_as_asked(incoming: &Incoming, mut answer: Answer) -> Answer {
    let accept = incoming.header("accept").unwrap_or_default().to_ascii_lowercase();
    if accept.contains("odata.metadata=none")
        && let Content::Json(body) = &mut answer.content
    {
        drop_control_information(body);
    }
    answer
}

fn drop_control_information(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(object) => {
            // Where the next page is and how many there are is no information about types.
            object.retain(|name, _| !name.contains("@odata.") || name == "@odata.nextLink" || name == "@odata.count");
            object.values_mut().for_each(drop_control_information);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(drop_control_information),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
