//! Any evidence about a refused signature: the diagnosis comes without a panic and in bounded time, and
//! its report is ASCII in lines of at most 80 columns that show no secret.

use oauth1_signer::{
    Consumer, Token,
    diagnosis::{self, Diagnosis, Evidence},
    response::Response,
};

use crate::{
    Message, contains_secret, lossy, number,
    shown::{SECRET, check_debug},
};

/// Reads evidence from an input, and looks for what is wrong. A header `long: 1000 a%3Db%26` lengthens
/// both base strings, to at most `longest` bytes.
///
/// The first line is the method and the URL of the request that was sent, and the body is the server's
/// answer.
///
/// # Panics
///
/// If a rule is violated.
pub fn check(data: &[u8], longest: usize) {
    // What is in the input is shown, also if it looks like the secret.
    if contains_secret(data) {
        return;
    }
    let input = Message::parse(data);
    let evidence = evidence(&input, longest);
    check_debug(&evidence);
    check_report(&evidence.diagnose());
    if let (Some(ours), Some(theirs)) = (input.text("ours"), input.text("theirs")) {
        check_report(&Diagnosis::compare(ours, theirs));
    }
}

fn evidence(input: &Message, longest: usize) -> Evidence {
    let mut evidence = Evidence::new();
    if let Some(text) = base_string(input, "ours", longest) {
        evidence = evidence.our_base_string(text);
    }
    if let Some(text) = base_string(input, "theirs", longest) {
        evidence = evidence.their_base_string(text);
    }
    if let Some(text) = input.decoded("signature") {
        evidence = evidence.our_signature(text);
    }
    if let Some(text) = input.decoded("expected") {
        evidence = evidence.expected_signature(text);
    }
    if let Some(text) = input.decoded("received") {
        evidence = evidence.received_signature(text);
    }
    if let Some(request) = request(input) {
        evidence = evidence.request(request);
    }
    if let Some(sent) = sent(input) {
        evidence = evidence.sent(sent);
    }
    if let Some(seconds) = input.number("clock") {
        evidence = evidence.their_time(seconds);
    }
    if let Some(seconds) = input.number("now") {
        evidence = evidence.our_time(seconds);
    }
    if let Some(secret) = input.decoded("secret") {
        let token = input.decoded("token");
        // A token's secret that must not be shown, unless the input has another.
        let token = token.map(|secret| match secret.as_str() {
            "-" => Token::new("", SECRET),
            secret => Token::new("", secret),
        });
        evidence = evidence.credentials(&Consumer::new("", secret), &token);
    }
    if let Some(body) = input.body {
        let status = input.number("status").unwrap_or(401);
        let header = input.text("www-authenticate");
        let date = input.text("date");
        let response = Response::new(u16::try_from(status).unwrap_or(u16::MAX), body)
            .www_authenticate(header.as_deref())
            .date(date.as_deref());
        evidence = evidence.response(&response);
    }
    evidence
}

fn base_string(input: &Message, name: &str, longest: usize) -> Option<String> {
    let mut text = input.text(name)?;
    let repeated = input.text("long").unwrap_or_default();
    let (times, unit) = repeated.split_once(' ').unwrap_or_default();
    let room = longest.saturating_sub(text.len());
    if let Some(most) = room.checked_div(unit.len()) {
        let times = usize::try_from(number(times.as_bytes())).unwrap_or(usize::MAX);
        text.push_str(&unit.repeat(times.min(most)));
    }
    Some(text)
}

/// The request that was meant, from `request: GET https://example.com/`.
fn request(input: &Message) -> Option<diagnosis::Message> {
    let line = input.text("request")?;
    let (method, url) = line.split_once(' ').unwrap_or(("GET", &line));
    let protocol = input.pairs("protocol").unwrap_or_default();
    let mut request = diagnosis::Message::new(method, url).protocol_parameters(&protocol);
    if let Some(form) = input.pairs("form") {
        request = request.form(&form);
    }
    if let Some(realm) = input.decoded("realm") {
        request = request.realm(realm);
    }
    if let Some(body) = input.decoded("payload") {
        request = request.body(body);
    }
    Some(request)
}

/// The request that was sent.
fn sent(input: &Message) -> Option<diagnosis::Message> {
    let line = &input.first_line;
    if line.is_empty() {
        return None;
    }
    let (method, url) = line.split_once(' ').unwrap_or(("GET", line));
    let mut sent = diagnosis::Message::new(method, url);
    if let Some(value) = input.text("authorization") {
        sent = sent.authorization(value);
    }
    if let Some(value) = input.text("type") {
        sent = sent.content_type(value);
    }
    if let Some(body) = input.bytes("body") {
        sent = sent.body(body);
    }
    Some(sent)
}

fn check_report(diagnosis: &Diagnosis) {
    for text in [format!("{diagnosis}"), format!("{diagnosis:#}")] {
        assert!(text.is_ascii(), "a report is ASCII: {text}");
        for line in text.lines() {
            assert!(line.len() <= 80, "{} columns: {line}", line.len());
            assert!(
                !line.chars().any(char::is_control),
                "a report has no control characters: {line:?}"
            );
        }
        assert!(!text.contains(SECRET), "a report shows no secret: {text}");
    }
    check_debug(diagnosis);
    for finding in diagnosis.findings() {
        check_debug(finding);
        assert_eq!(finding.cause().to_string(), finding.cause().code());
        let shown = [finding.ours(), finding.theirs()];
        let shown: Vec<String> = shown
            .iter()
            .flatten()
            .map(|text| lossy(text.as_bytes()))
            .collect();
        assert!(
            !shown.iter().any(|text| text.contains(SECRET)),
            "the texts of a finding contain no secret"
        );
    }
}
