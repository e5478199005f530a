//! A small copy of what progenitor generates, for tests to hold the runtime against.

use std::time::Duration;

use progenitor_client::{ByteStream, ClientHooks, ClientInfo, Error, OperationInfo, QueryParam, ResponseValue};
use reqwest::{Request, RequestBuilder, Response};
use serde_json::Value;
use wiremock::MockServer;

use super::hooks;
use crate::connection::{Connection, Inner};
use crate::error::ODataError;
use crate::operation::Operation;
use crate::page::Page;
use crate::request::{Answer, Call, Get, List, ListQuery};
use crate::{BearerToken, Graph, GraphBuilder, RetryPolicy};

/// The token of every test: what must show nowhere but in the `Authorization` header.
pub(crate) const SECRET: &str = "s3cr3t.t0ken";

pub(crate) static LIST: Operation = operation("groups_list", "GET", "/groups");
pub(crate) static GET: Operation = operation("groups_get", "GET", "/groups/{group-id}");
pub(crate) static CREATE: Operation = operation("groups_create", "POST", "/groups");
pub(crate) static DELETE: Operation = operation("groups_delete", "DELETE", "/groups/{group-id}");
pub(crate) static COUNT: Operation = operation("groups_count", "GET", "/groups/$count");

const fn operation(id: &'static str, method: &'static str, path: &'static str) -> Operation {
    let permissions = &["Group.Read.All", "Directory.Read.All"];
    let documentation = "https://learn.microsoft.com/graph/api/resources/group";
    Operation { version: "v1.0", id, method, path, delegated: permissions, application: permissions, documentation }
}

/// The client that a program would build to talk to `server`.
pub(crate) fn graph(server: &MockServer) -> Graph {
    graph_at(&server.uri())
}

/// Its retries do not keep tests waiting.
pub(crate) fn graph_at(url: &str) -> Graph {
    builder(url).build().unwrap()
}

pub(crate) fn builder(url: &str) -> GraphBuilder {
    let soon = RetryPolicy::default().base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(5));
    Graph::builder(BearerToken::new(SECRET).unwrap()).endpoint(url).unwrap().retry(soon)
}

#[derive(Clone, Debug)]
#[expect(clippy::struct_field_names, reason = "progenitor's names")]
pub(crate) struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: Inner,
}

impl ClientInfo<Inner> for Client {
    fn api_version() -> &'static str {
        "v1.0"
    }

    fn baseurl(&self) -> &str {
        &self.baseurl
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &Inner {
        &self.inner
    }
}

impl ClientHooks<Inner> for Client {
    async fn pre<E>(&self, request: &mut Request, _: &OperationInfo) -> Result<(), Error<E>> {
        hooks::pre(self, request).await
    }

    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        hooks::exec(self, request).await
    }
}

/// What progenitor generates.
impl Client {
    pub(crate) async fn groups_list(&self, query: &ListQuery) -> Answer<Page<Value>> {
        let request = self
            .client
            .get(format!("{}/groups", self.baseurl))
            .query(&QueryParam::new("$count", &query.count()))
            .query(&QueryParam::new("$expand", &query.expand()))
            .query(&QueryParam::new("$filter", &query.filter()))
            .query(&QueryParam::new("$orderby", &query.orderby()))
            .query(&QueryParam::new("$search", &query.search()))
            .query(&QueryParam::new("$select", &query.select()))
            .query(&QueryParam::new("$skip", &query.skip()))
            .query(&QueryParam::new("$top", &query.top()));
        let request = match query.consistency_level() {
            Some(level) => request.header("ConsistencyLevel", level),
            None => request,
        };
        ResponseValue::from_response(self.answer(request, "groups_list").await?).await
    }

    pub(crate) async fn groups_get(&self, id: &str, expand: Option<&str>, select: Option<&str>) -> Answer<Value> {
        let request = self
            .client
            .get(format!("{}/groups/{id}", self.baseurl))
            .query(&QueryParam::new("$expand", &expand))
            .query(&QueryParam::new("$select", &select));
        ResponseValue::from_response(self.answer(request, "groups_get").await?).await
    }

    pub(crate) async fn groups_create(&self, body: &Value) -> Answer<Value> {
        let request = self.client.post(format!("{}/groups", self.baseurl)).json(body);
        ResponseValue::from_response(self.answer(request, "groups_create").await?).await
    }

    pub(crate) async fn groups_delete(&self, id: &str) -> Answer<()> {
        let request = self.client.delete(format!("{}/groups/{id}", self.baseurl));
        Ok(ResponseValue::empty(self.answer(request, "groups_delete").await?))
    }

    pub(crate) async fn groups_count(&self) -> Answer<ByteStream> {
        let request = self.client.get(format!("{}/groups/$count", self.baseurl));
        Ok(ResponseValue::stream(self.answer(request, "groups_count").await?))
    }

    async fn answer(&self, request: RequestBuilder, operation_id: &'static str) -> Result<Response, Error<ODataError>> {
        let mut request = request.build()?;
        let info = OperationInfo { operation_id };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(response),
            400..=599 => Err(Error::ErrorResponse(ResponseValue::from_response(response).await?)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}

/// What our generator makes of it.
impl Client {
    pub(crate) fn new(connection: &Connection) -> Self {
        Self {
            baseurl: connection.version_url("v1.0"),
            client: connection.client().clone(),
            inner: connection.inner().clone(),
        }
    }

    pub(crate) fn list(&self) -> List<Value> {
        let http = self.clone();
        List::new(&LIST, Connection::of(&http), move |query| async move { http.groups_list(&query).await })
    }

    pub(crate) fn get(&self, id: &'static str) -> Get<Value> {
        let http = self.clone();
        Get::new(&GET, move |query| async move { http.groups_get(id, query.expand(), query.select()).await })
    }

    pub(crate) fn create<'a>(&self, body: &'a Value) -> Call<'a, Value> {
        let http = self.clone();
        Call::new(&CREATE, async move { http.groups_create(body).await })
    }

    pub(crate) fn delete(&self, id: &'static str) -> Call<'static, ()> {
        let http = self.clone();
        Call::new(&DELETE, async move { http.groups_delete(id).await })
    }
}
