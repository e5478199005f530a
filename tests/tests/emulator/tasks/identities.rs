//! Whoever gets tokens as programs do: from the emulator's identity platform.

use std::process::Command;
use std::sync::Arc;

use pim_client::auth::azure_core::http::{HttpClient, Request, Transport};
use pim_client::auth::{AzureIdentity, BoxFuture, DeviceCode, DeviceCodePrompt, SignIn, azure_core, azure_identity};
use pim_client::pim::Principal;
use pim_client::{Graph, GraphBuilder};
use pim_emulator::tenant::{Eligibility, Policy};
use pim_emulator::{Emulator, Tenant};

use super::{ADELE, ALINE, contoso, pim, shown, with};

const ROLE: &str = "Security Reader";

/// An application that nobody registered: the emulator takes any.
const TOOL: &str = "6731de76-14a6-49ae-97bc-6eba6914391e";

/// The application of the sample tenant.
const AUTOMATION: &str = "0c5f0e0b-6f5a-4c1e-9a51-d36f0a4bd0c5";

/// The variable that tells the test which plays a program where Graph is.
const ENDPOINT: &str = "GRAPH_ENDPOINT";

/// Somebody who sees the prompt, and signs in on another device, with the password only unless more is demanded.
fn sign_in_elsewhere(prompt: &DeviceCodePrompt) {
    let form = format!("user={ADELE}&user_code={}&mfa=false", prompt.user_code());
    let page = reqwest::Client::new().post(prompt.verification_uri()).body(form);
    tokio::spawn(async move { page.send().await.expect("a page") });
}

#[tokio::test]
async fn a_user_signs_in_with_a_device_code_and_steps_up() {
    let policy = Policy::of_role(ROLE).require_mfa(false).authentication_context("c1");
    let emulator = with(Tenant::contoso().eligibility(Eligibility::to_role(ADELE, ROLE)).policy(policy)).await;
    let sign_in = SignIn::builder(TOOL, "contoso.com", DeviceCode::new(sign_in_elsewhere));
    let sign_in = sign_in.authority(emulator.url()).build().unwrap();
    let graph = Graph::builder(sign_in).endpoint(&emulator.url()).and_then(GraphBuilder::build).unwrap();
    graph.pim().activate(ROLE).hours(1).justification("Call 5").wait().await.unwrap();
    assert_eq!(shown(&graph.pim().active_roles().await.unwrap()), [ROLE]);
    let posted = emulator.requests().into_iter().filter(|request| request.method == "POST");
    assert_eq!(posted.map(|request| request.status).collect::<Vec<_>>(), [400, 201]);
}

/// The Azure SDK asks an authority over https and nothing else, and the emulator speaks http: between the two, requests
/// lose their encryption.
#[derive(Debug)]
struct WithoutTls(Arc<dyn HttpClient>);

impl HttpClient for WithoutTls {
    fn execute_request<'s, 'r, 'f>(
        &'s self,
        request: &'r Request,
    ) -> BoxFuture<'f, azure_core::Result<azure_core::http::AsyncRawResponse>>
    where
        's: 'f,
        'r: 'f,
        Self: 'f,
    {
        let mut request = request.clone();
        request.url_mut().set_scheme("http").expect("another scheme of the web");
        Box::pin(async move { self.0.execute_request(&request).await })
    }
}

#[tokio::test]
async fn an_application_with_a_client_secret_makes_somebody_eligible() {
    let emulator = contoso().await;
    let mut cloud = azure_core::cloud::CustomConfiguration::default();
    cloud.authority_host = emulator.url().replace("http://", "https://");
    let mut options = azure_identity::ClientSecretCredentialOptions::default();
    options.client_options.cloud = Some(Arc::new(cloud.into()));
    let transport = WithoutTls(azure_core::http::new_http_client(None));
    options.client_options.transport = Some(Transport::new(Arc::new(transport)));
    let secret = azure_core::credentials::Secret::new("contoso-automation-secret");
    let credential =
        azure_identity::ClientSecretCredential::new("contoso.com", AUTOMATION.to_owned(), secret, Some(options));
    make_aline_eligible(AzureIdentity::new(credential.unwrap()), &emulator.url()).await;
    assert_eq!(shown(&pim(&emulator, ALINE).eligible_roles().await.unwrap()), [ROLE]);
}

/// What an application does that may assign roles.
async fn make_aline_eligible(identity: AzureIdentity, endpoint: &str) {
    let graph = Graph::builder(identity).endpoint(endpoint).and_then(GraphBuilder::build).expect("a client");
    let order = graph.pim().assign_eligible(Principal::named(ALINE), ROLE).permanently();
    let request = order.send().await.expect("an application that may");
    let by = request.created_by.and_then(|by| by.application).and_then(|application| application.id);
    assert_eq!(by.as_deref(), Some(AUTOMATION));
}

/// A managed identity is found by the environment of a process: this test runs the next one in such a process.
#[tokio::test]
async fn a_managed_identity_makes_somebody_eligible() {
    let emulator = contoso().await;
    let output = run_with_identity(&emulator).await;
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    assert!(told.contains("1 passed"), "{told}");
    assert_eq!(shown(&pim(&emulator, ALINE).eligible_roles().await.unwrap()), [ROLE]);
}

async fn run_with_identity(emulator: &Emulator) -> std::process::Output {
    let (endpoint, header) = emulator.managed_identity();
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["--exact", "tasks::identities::as_a_managed_identity", "--include-ignored"]);
    command.env("IDENTITY_ENDPOINT", endpoint).env("IDENTITY_HEADER", header).env(ENDPOINT, emulator.url());
    // The emulator answers meanwhile.
    tokio::task::spawn_blocking(move || command.output().expect("a process")).await.expect("its output")
}

#[tokio::test]
#[ignore = "runs in a process of its own, with a managed identity"]
async fn as_a_managed_identity() {
    let endpoint = std::env::var(ENDPOINT).expect("run by another test");
    let identity = AzureIdentity::new(azure_identity::ManagedIdentityCredential::new(None).unwrap());
    make_aline_eligible(identity, &endpoint).await;
}
