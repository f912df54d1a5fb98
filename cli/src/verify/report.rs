//! What is printed.

use oauth1_signer::{
    Placement,
    verifier::{Incoming, IncomingError, Refusal},
};

use super::request::Request;

/// Later timestamps are not seconds: this one is in the year 5138.
const LAST_SECOND: u64 = 99_999_999_999;

pub(super) struct Report {
    pub(super) now: u64,
    pub(super) window: u64,
}

impl Report {
    pub(super) fn genuine(&self, incoming: &Incoming<'_>, request: &Request) -> String {
        let mut text = String::from("genuine: the signature is right\n\n");
        text += &self.claims(incoming);
        text += &line("body", &body(incoming, request));
        let nonce = "not checked: only the server's store knows whether it was used before";
        text + &line("nonce", nonce)
    }

    pub(super) fn refused(&self, refusal: &Refusal, incoming: &Incoming<'_>) -> String {
        format!(
            "{}\n{}",
            refused(refusal, help(refusal, incoming)),
            self.claims(incoming)
        )
    }

    fn claims(&self, incoming: &Incoming<'_>) -> String {
        let placement = match incoming.placement() {
            Placement::Header => "in the `Authorization` header",
            Placement::Query => "in the query",
            Placement::Body => "in the form",
        };
        let method = incoming.signature_method();
        [
            line("consumer", incoming.consumer_key()),
            line("token", incoming.token().unwrap_or("none")),
            line("signature", &format!("{method}, {placement}")),
            line("method", incoming.method()),
            line("URL", &url(incoming)),
            line("time", &self.time(incoming)),
        ]
        .concat()
    }

    fn time(&self, incoming: &Incoming<'_>) -> String {
        let Some(timestamp) = incoming.timestamp() else {
            return "none, which PLAINTEXT can do without".into();
        };
        let difference = timestamp.abs_diff(self.now);
        let direction = if timestamp > self.now { "ahead" } else { "ago" };
        format!(
            "{timestamp}, {difference} s {direction}; at most {} s are accepted",
            self.window
        )
    }
}

/// Why a request is refused, and what the server answers.
fn refused(refusal: &Refusal, help: Option<&str>) -> String {
    let (status, body) = (refusal.status(), refusal.body());
    let help = help.map(|help| format!("  = help: {help}\n"));
    format!(
        "refused: {refusal}\n  answer: {status} {body}\n{}",
        help.unwrap_or_default()
    )
}

/// The same for a request that could not be read.
pub(super) fn unreadable(error: IncomingError, request: &Request) -> String {
    let is_of_another_scheme = error == IncomingError::NotSigned && request.has_authorization();
    // What stands in the header may be a secret.
    let help = is_of_another_scheme
        .then_some("the Authorization header has another scheme: it has to begin with `OAuth `");
    refused(&error.into(), help)
}

fn help(refusal: &Refusal, incoming: &Incoming<'_>) -> Option<&'static str> {
    let method = incoming.signature_method();
    Some(match refusal {
        Refusal::Timestamp { .. } if incoming.timestamp() > Some(LAST_SECOND) => {
            "oauth_timestamp is in seconds, and this looks like milliseconds: divide it by 1000 before \
             it is signed"
        }
        Refusal::Timestamp { .. } => {
            "to verify a request of another time, give its timestamp with --now"
        }
        Refusal::BodyHashSha1 => "to accept it all the same, give --allow-sha1-body-hash",
        Refusal::InsecureTransport => "to accept it all the same, give --insecure-transport",
        Refusal::SignatureMethod if method == "PLAINTEXT" => {
            "to accept PLAINTEXT over https, give --allow-plaintext"
        }
        Refusal::SignatureMethod if method.chars().any(char::is_lowercase) => {
            "the case of the name counts: methods are in upper case, such as HMAC-SHA1"
        }
        _ => return None,
    })
}

/// The URL without its query, which has the secrets if that is where PLAINTEXT is.
fn url(incoming: &Incoming<'_>) -> String {
    let query = match incoming.target().query() {
        Some(_) => ", with its query",
        None => "",
    };
    format!("{}{query}", incoming.target().base_uri())
}

fn body(incoming: &Incoming<'_>, request: &Request) -> String {
    let body = request.body();
    match (body.bytes().len(), incoming.body_hash()) {
        (0, None) => "none".into(),
        (_, Some(_)) => "signed by its hash".into(),
        (_, None) if body.is_form() => "a form, which is signed".into(),
        (length, None) => {
            format!("{length} bytes that are NOT signed: the request has no oauth_body_hash")
        }
    }
}

/// What a client sent may hold a terminal's control characters.
fn line(name: &str, value: &str) -> String {
    format!("{name:<10} {}\n", value.replace(char::is_control, "?"))
}

/// The server's base string.
pub(super) fn base_string(incoming: &Incoming<'_>) -> String {
    format!(
        "\n# Signature base string of the server (RFC 5849, section 3.4.1.1)\n{}\n",
        incoming.base_string()
    )
}
