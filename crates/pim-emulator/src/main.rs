//! `pim-emulator`: Privileged Identity Management of Microsoft Graph, served locally.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

use clap::{Parser, Subcommand};
use pim_client::edm::DateTimeOffset;
use pim_emulator::{Clock, Emulator, Tenant};
use serde_json::json;

/// Privileged Identity Management of Microsoft Graph, served locally.
#[derive(Parser)]
#[command(name = "pim-emulator", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves a tenant until it is stopped.
    Serve(Serve),
    /// Gets an access token from an emulator that is running, and prints it.
    Token(Token),
}

#[derive(clap::Args)]
struct Serve {
    /// The port; 0 is any that is free.
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// The address. Whoever reaches it can sign in as anybody: leave it on the loopback interface.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Keeps the data in this file; without it, they end with the process.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The tenant, described in TOML; without it, the sample tenant Contoso.
    #[arg(long)]
    tenant: Option<PathBuf>,
    /// The time that PIM goes by: `frozen`, or from when on the clock is to run, such as 2025-03-21T11:00:00Z.
    #[arg(long)]
    clock: Option<ClockArgument>,
    /// The scheme, host and port that clients know it by, if a proxy in front of it has others.
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// Serves Graph's beta as well.
    #[arg(long)]
    beta: bool,
}

#[derive(clap::Args)]
struct Token {
    /// The user principal name or the id of the user.
    #[arg(long)]
    user: String,
    /// The delegated permissions, separated by commas; without it, all.
    #[arg(long, value_delimiter = ',')]
    scopes: Option<Vec<String>>,
    /// With a second factor.
    #[arg(long)]
    mfa: bool,
    /// With an authentication context satisfied, such as c1.
    #[arg(long)]
    acrs: Vec<String>,
    /// Where the emulator is.
    #[arg(long, env = "PIM_EMULATOR", default_value_t = format!("http://127.0.0.1:{PORT}"))]
    url: String,
}

/// Where the emulator is unless something else is said.
const PORT: u16 = 8765;

#[derive(Clone)]
enum ClockArgument {
    Frozen,
    From(DateTimeOffset),
}

impl FromStr for ClockArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("frozen") {
            return Ok(Self::Frozen);
        }
        text.parse().map(Self::From).map_err(|_| "give frozen, or a time such as 2025-03-21T11:00:00Z".to_owned())
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();
    let done = match Arguments::parse().command {
        Command::Serve(serve) => run(serve).await,
        Command::Token(token) => print_token(token).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pim-emulator: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(serve: Serve) -> Result<(), Box<dyn Error>> {
    let tenant = match &serve.tenant {
        Some(file) => Tenant::read(file)?,
        None => Tenant::contoso(),
    };
    let clock = match serve.clock {
        None => Clock::running(),
        Some(ClockArgument::Frozen) => Clock::frozen(),
        Some(ClockArgument::From(start)) => Clock::running_from(start),
    };
    let mut builder = Emulator::builder()
        .tenant(tenant)
        .clock(clock)
        .address(SocketAddr::new(serve.host, serve.port))
        .beta(serve.beta);
    if let Some(file) = serve.data {
        builder = builder.data(file);
    }
    if let Some(origin) = serve.origin {
        builder = builder.origin(origin);
    }
    let emulator = builder.start().await?;
    greet(&emulator, serve.host);
    tokio::select! {
        () = emulator.wait() => {}
        stopped = tokio::signal::ctrl_c() => stopped?,
    }
    Ok(())
}

/// Prints where it is, tokens of two people, and what to try.
fn greet(emulator: &Emulator, host: IpAddr) {
    let url = emulator.url();
    println!("PIM of {} at {url}", emulator.tenant().display_name());
    if !host.is_loopback() {
        println!("Anyone who reaches this address can sign in as anybody.");
    }
    let (endpoint, header) = emulator.managed_identity();
    let people = emulator.tenant().user_principal_names();
    let mut people = people.iter();
    for (who, variable) in [("administrator", "GRAPH_ADMIN_TOKEN"), ("user", "GRAPH_USER_TOKEN")] {
        let Some(user) = people.next() else { break };
        // Whoever tries it wants to activate roles, and those want a second factor.
        match emulator.sign_in(*user).mfa(true).token() {
            Ok(token) => println!("\n# the {who}, {user}, for an hour\nexport {variable}={token}"),
            Err(error) => println!("\n# the {who}, {user}: {error}"),
        }
    }
    println!("\n# a managed identity\nexport IDENTITY_ENDPOINT={endpoint} IDENTITY_HEADER={header}");
    println!("\nNext:");
    println!(
        "  curl -H \"Authorization: Bearer $GRAPH_ADMIN_TOKEN\" '{url}/v1.0/roleManagement/directory/roleDefinitions?$select=displayName'"
    );
    println!("  curl -X POST {url}/_emulator/clock -d '{{\"advance\": \"PT5H\"}}'");
}

async fn print_token(token: Token) -> Result<(), Box<dyn Error>> {
    let body = json!({"user": token.user, "scopes": token.scopes, "mfa": token.mfa, "acrs": token.acrs});
    let url = format!("{}/_emulator/tokens", token.url.trim_end_matches('/'));
    let response = reqwest::Client::new().post(&url).json(&body).send().await;
    let response =
        response.map_err(|_| format!("no emulator answers at {}; start one: pim-emulator serve", token.url))?;
    let answer: serde_json::Value = response.json().await.map_err(|_| format!("{url} is not an emulator's"))?;
    match (answer["access_token"].as_str(), answer["error"].as_str()) {
        (Some(token), _) => println!("{token}"),
        (None, Some(error)) => return Err(error.into()),
        (None, None) => return Err(format!("{url} is not an emulator's").into()),
    }
    Ok(())
}
