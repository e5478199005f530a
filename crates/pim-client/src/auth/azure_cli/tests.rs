//! Against a script that stands in for the CLI.

#![cfg(unix)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use tempfile::TempDir;

use super::*;
use crate::ErrorKind;

const SECRET: &str = "eyJ0eXAi.s3cr3t.c2ln";

/// A folder with a script that runs `body`, and notes how it was called.
struct Fake(TempDir);

impl Fake {
    fn new(body: &str) -> Self {
        let fake = Self(tempfile::tempdir().unwrap());
        let calls = fake.path("calls");
        let script = format!("#!/bin/sh\necho \"$@\" >> '{}'\n{body}\n", calls.display());
        // Another process writes it: a program that somebody has open for writing cannot be run, and tests that fork
        // meanwhile would have it open.
        let mut shell = std::process::Command::new("sh")
            .args(["-c", "cat > \"$0\" && chmod 700 \"$0\""])
            .arg(fake.path("az"))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
        assert!(shell.wait().unwrap().success());
        fake
    }

    fn printing(json: &str) -> Self {
        Self::new(&format!("echo '{json}'"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn cli(&self) -> AzureCli {
        AzureCli::new().program(self.path("az"))
    }

    fn calls(&self) -> Vec<String> {
        fs::read_to_string(self.path("calls")).unwrap_or_default().lines().map(str::to_owned).collect()
    }
}

fn request() -> TokenRequest {
    TokenRequest::new("https://graph.microsoft.com", &["RoleManagement.Read.Directory"][..])
}

async fn failure(cli: &AzureCli, request: &TokenRequest) -> String {
    let error = cli.token(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
    let text = format!("{error} {error:?} {cli:?}");
    assert!(!text.contains("s3cr3t") && !text.contains('\n'), "{text}");
    error.to_string()
}

#[tokio::test]
async fn the_cli_is_asked_once_and_its_token_is_kept() {
    let fake = Fake::printing(&format!(
        r#"{{"accessToken":"{SECRET}","expiresOn":"2030-01-01 00:00:00.000000","expires_on":4102444800,"tokenType":"Bearer"}}"#
    ));
    let cli = fake.cli().tenant("contoso.onmicrosoft.com").unwrap();
    for _ in 0..3 {
        let token = cli.token(&request()).await.unwrap();
        assert!(token.token.is_in(SECRET));
        assert_eq!(token.expires_at, Some(UNIX_EPOCH + Duration::from_hours(1_139_568)));
    }
    assert_eq!(
        fake.calls(),
        [
            "account get-access-token --output json --resource https://graph.microsoft.com --tenant contoso.onmicrosoft.com"
        ]
    );
    assert!(!format!("{cli:?}").contains("s3cr3t"));
}

#[tokio::test]
async fn an_end_in_local_time_is_not_known() {
    for end in [r#""expiresOn":"2030-01-01 00:00:00.000000""#, r#""expires_on":null"#, r#""expires_on":"soon""#] {
        let fake = Fake::printing(&format!(r#"{{"accessToken":"{SECRET}",{end}}}"#));
        assert_eq!(fake.cli().token(&request()).await.unwrap().expires_at, None, "{end}");
    }
}

#[tokio::test]
async fn a_challenge_says_what_to_run_and_the_cli_is_asked_anew() {
    let fake = Fake::printing(&format!(r#"{{"accessToken":"{SECRET}","expires_on":4102444800}}"#));
    let cli = fake.cli().tenant("contoso.com").unwrap();
    cli.token(&request()).await.unwrap();
    let claims = Claims::parse(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#).unwrap();
    assert_eq!(
        failure(&cli, &request().with_claims(claims.clone())).await,
        format!(
            "the Azure CLI's token cannot be stepped up from here; run `az login --tenant contoso.com \
             --scope https://graph.microsoft.com/.default --claims-challenge {}` and try again",
            claims.to_base64()
        )
    );
    cli.token(&request()).await.unwrap();
    assert_eq!(fake.calls().len(), 2);
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_to() {
    let fake = Fake::new("echo 'WARNING: x' >&2; echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1");
    assert_eq!(
        failure(&fake.cli(), &request()).await,
        "the Azure CLI needs a new sign-in; run `az login`: Please run 'az login' to setup account."
    );
    assert_eq!(failure(&fake.cli(), &request()).await.lines().count(), 1);
    let secret = "s3cr3t.".repeat(30);
    let fake = Fake::new(&format!("echo {SECRET}; printf 'broken {secret}\\033[31m\\nmore\\n' >&2; exit 3"));
    assert_eq!(failure(&fake.cli(), &request()).await, "the Azure CLI gave no token: broken … [31m");
    let fake = Fake::new("exit 2");
    assert_eq!(failure(&fake.cli(), &request()).await, "the Azure CLI gave no token: it does not say why");
}

#[tokio::test]
async fn what_is_no_cli_is_told() {
    let missing = AzureCli::new().program("/nonexistent/az");
    assert!(failure(&missing, &request()).await.contains("install it from https://aka.ms/azure-cli"));
    let fake = Fake::new("");
    fs::set_permissions(fake.path("az"), fs::Permissions::from_mode(0o600)).unwrap();
    assert!(failure(&fake.cli(), &request()).await.contains("see whether `az version` works"));
    for wrong in
        ["", "s3cr3t", "[]", r#"{"accessToken":5}"#, r#"{"accessToken":""}"#, r#"{"accessToken":"s3cr3t s3cr3t"}"#]
    {
        let fake = Fake::printing(wrong);
        assert!(failure(&fake.cli(), &request()).await.contains("the Azure CLI's answer holds no token"), "{wrong}");
    }
    let fake = Fake::new("sleep 20");
    let started = std::time::Instant::now();
    let cli = fake.cli().timeout(Duration::from_millis(100));
    assert!(failure(&cli, &request()).await.contains("gave no token within 0.1 s"));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn nothing_but_an_address_is_put_on_the_command_line() {
    let fake = Fake::new("");
    for wrong in ["--help", "https://x & calc", "https://x\n", "$(s3cr3t)"] {
        let error = fake.cli().token(&TokenRequest::new(wrong, &[][..])).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    assert!(fake.calls().is_empty());
    assert!(AzureCli::new().tenant("a b").is_err());
}
