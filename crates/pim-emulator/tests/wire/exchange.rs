//! One request over a bare socket, and what is to come back.

use std::collections::BTreeMap;
use std::time::Duration;

use pim_emulator::{Clock, Emulator, Tenant};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A request and what is to come back.
pub(crate) struct Exchange {
    /// Whose tool sends it so, and what for.
    pub(crate) what: &'static str,
    /// How many minutes pass before.
    pub(crate) after: u64,
    /// The part of the user principal name before the @.
    pub(crate) who: &'static str,
    /// The request line without the version of HTTP, and headers of its own in the lines below.
    pub(crate) head: &'static str,
    pub(crate) body: &'static str,
    pub(crate) status: u16,
    /// What the tool reads: pointers into the answer, and what is there. `-` is nothing at all, and
    /// anything may follow where a `*` is at the end.
    pub(crate) reads: &'static [(&'static str, &'static str)],
    /// What later requests need: names, and pointers into the answer.
    pub(crate) keeps: &'static [(&'static str, &'static str)],
}

impl Exchange {
    /// A `GET` by the administrator that succeeds.
    pub(crate) const fn get(what: &'static str, head: &'static str, reads: &'static [(&str, &str)]) -> Self {
        Self { what, after: 0, who: "admin", head, body: "", status: 200, reads, keeps: &[] }
    }

    /// Another request by the administrator.
    pub(crate) const fn send(what: &'static str, head: &'static str, body: &'static str, status: u16) -> Self {
        Self { what, after: 0, who: "admin", head, body, status, reads: &[], keeps: &[] }
    }

    pub(crate) const fn by(mut self, who: &'static str) -> Self {
        self.who = who;
        self
    }

    pub(crate) const fn after(mut self, minutes: u64) -> Self {
        self.after = minutes;
        self
    }

    pub(crate) const fn reads(mut self, reads: &'static [(&str, &str)]) -> Self {
        self.reads = reads;
        self
    }

    pub(crate) const fn keeps(mut self, keeps: &'static [(&str, &str)]) -> Self {
        self.keeps = keeps;
        self
    }
}

/// An emulator, asked over bare sockets.
pub(crate) struct Wire {
    emulator: Emulator,
    names: BTreeMap<String, String>,
}

impl Wire {
    /// The sample tenant at the time of Microsoft's tutorial, with beta.
    pub(crate) async fn new() -> Self {
        let clock = Clock::frozen_at("2025-03-21T11:06:00Z".parse().expect("a time"));
        let builder = Emulator::builder().tenant(Tenant::contoso()).clock(clock).beta(true);
        let emulator = builder.start().await.expect("it starts");
        let tenant = emulator.tenant();
        let objects = [
            ("aline", "alined@contoso.com"),
            ("adele", "adelev@contoso.com"),
            ("diego", "diegos@contoso.com"),
            ("operators", "operators"),
            ("helpdesk", "helpdesk"),
        ];
        let roles = [
            ("user-administrator", "User Administrator"),
            ("groups-administrator", "Groups Administrator"),
            ("reports-reader", "Reports Reader"),
        ];
        let objects = objects.map(|(name, reference)| (name, tenant.object_id(reference)));
        let roles = roles.map(|(name, reference)| (name, tenant.role_id(reference)));
        let names = objects
            .into_iter()
            .chain(roles)
            .map(|(name, id)| (name.to_owned(), id.unwrap_or_else(|| panic!("the tenant has no {name}")).to_string()))
            .chain([("host".to_owned(), emulator.url().trim_start_matches("http://").to_owned())])
            .collect();
        Self { emulator, names }
    }

    /// Sends the request and looks at what comes back.
    pub(crate) async fn play(&mut self, exchange: &Exchange) {
        let what = exchange.what;
        self.emulator.clock().advance(Duration::from_secs(exchange.after * 60));
        let (status, body) = self.ask(exchange).await;
        assert_eq!(status, exchange.status, "{what}: {body:#}");
        for (pointer, expected) in exchange.reads {
            let expected = self.named(expected);
            let found = body.pointer(pointer);
            let text = found.filter(|value| !value.is_null()).map(|value| match value {
                Value::String(text) => text.clone(),
                value => value.to_string(),
            });
            let is_as_expected = match expected.strip_suffix('*') {
                Some(beginning) => text.is_some_and(|text| text.starts_with(beginning)),
                None if expected == "-" => found.is_none(),
                None => text.as_ref() == Some(&expected),
            };
            assert!(is_as_expected, "{what}: {pointer} is to be {expected} in {body:#}");
        }
        for (name, pointer) in exchange.keeps {
            let kept = body.pointer(pointer).and_then(Value::as_str);
            let kept = kept.unwrap_or_else(|| panic!("{what}: no {pointer} in {body:#}"));
            self.names.insert((*name).to_owned(), kept.to_owned());
        }
    }

    async fn ask(&self, exchange: &Exchange) -> (u16, Value) {
        let user = format!("{}@contoso.com", exchange.who);
        let token = self.emulator.sign_in(user).mfa(true).token().expect("a user of the tenant");
        let (line, headers) = exchange.head.split_once('\n').unwrap_or((exchange.head, ""));
        let line = self.named(line);
        let headers: String = headers.lines().fold(String::new(), |all, header| all + header.trim() + "\r\n");
        let body = self.named(exchange.body);
        let url = self.emulator.url();
        let host = url.trim_start_matches("http://");
        let content = match body.len() {
            0 => String::new(),
            length => format!("Content-Type: application/json\r\nContent-Length: {length}\r\n"),
        };
        let text = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n{headers}{content}\
             Connection: close\r\n\r\n{body}"
        );
        let mut socket = TcpStream::connect(host).await.expect("it listens");
        socket.write_all(text.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.expect("it answers with text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer of HTTP");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let body = serde_json::from_str(body).unwrap_or_else(|_| Value::from(body));
        (status, body)
    }

    /// The text with the ids that its names stand for.
    fn named(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("<{name}>"), id))
    }
}
