//! Any answer of a server: it is read without a panic, in linear time, and what is shown of it is
//! bounded and contains no secret.

use std::sync::LazyLock;

use oauth1_signer::{
    Callback, Consumer, Temporary,
    flow::{Endpoints, Flow, Redirect, VerificationCode},
    response::{Clock, ClockError, Problem, ProblemReport, Response, ResponseError, Retry},
};
use support::reference::encode;

use crate::{
    Message, contains_secret, number,
    shown::{SECRET, check_debug, check_shown},
};

/// Reads an answer of a server in every way there is. It is at most `longest` bytes long.
///
/// # Panics
///
/// If a rule is violated.
pub fn check(data: &[u8], longest: usize) {
    let message = Message::parse(data);
    // What is in the input is shown, also if it looks like the secret.
    if contains_secret(data) {
        return;
    }
    let status = u16::try_from(number(message.first_line.as_bytes())).unwrap_or(u16::MAX);
    let repeated = message.bytes("long").unwrap_or_default();
    let header = message.bytes("www-authenticate");
    let header = header.map(|header| lengthen(header, repeated, longest));
    let header = header.map(|header| String::from_utf8_lossy(&header).into_owned());
    let body = lengthen(message.body.unwrap_or_default(), repeated, longest);

    let with_secret = with_secret(&message, &body);
    // One long body takes long enough.
    let bodies = if body.len() > LONG {
        vec![with_secret]
    } else {
        vec![with_secret, body]
    };
    for body in bodies {
        let response = Response::new(status, &body).www_authenticate(header.as_deref());
        check_debug(&response);
        check_reports(status, header.as_deref(), &body, &response);
        check_legs(status, response, body.len());
        check_redirect(&String::from_utf8_lossy(&body));
    }

    let ours = message.number("ours").unwrap_or(1_316_657_628);
    let limit = message.number("limit").unwrap_or(86_400);
    let date = message.text("date");
    if let Some(date) = &date {
        let mut clock = Clock::new().with_limit(limit);
        let learned = clock.learn_from_date(date, ours);
        check_clock(&mut clock, limit, ours, learned);
    }
    let body = message.body.unwrap_or_default();
    let response = Response::new(status, body).www_authenticate(header.as_deref());
    check_learning(
        &response.date(date.as_deref()),
        date.as_deref(),
        limit,
        ours,
    );
}

/// What a refusal says of timestamps counts before the date, and nothing else counts.
fn check_learning(response: &Response, date: Option<&str>, limit: u64, ours: u64) {
    let clock = || Clock::new().with_limit(limit);
    let refused = (400..=499).contains(&response.status());
    let report = response.report().filter(|_| refused);
    let time = report.filter(|report| {
        report.acceptable_timestamps().is_some() || report.server_time().is_some()
    });
    let mut expected = clock();
    let should = match (time, date) {
        (Some(report), _) => expected.learn_from_report(&report, ours),
        (None, Some(date)) => expected.learn_from_date(date, ours),
        (None, None) => Err(ClockError::NoTime),
    };
    let mut learning = clock();
    let learned = learning.learn_from_response_at(response, ours);
    assert_eq!(learned, should);
    assert_eq!(learning.offset(), expected.offset());
    check_clock(&mut learning, limit, ours, learned);
}

/// From which length on a body is read fewer times.
const LONG: usize = 1 << 16;

/// Writes a text again and again after the input, so that short inputs make long answers.
///
/// `20000 sbs` writes `sbs` 20,000 times.
fn lengthen(text: &[u8], repeated: &[u8], longest: usize) -> Vec<u8> {
    let mut text = text.to_vec();
    let times = usize::try_from(number(repeated)).unwrap_or(usize::MAX);
    let digits = repeated.iter().take_while(|byte| byte.is_ascii_digit());
    let unit = repeated.get(digits.count() + 1..).unwrap_or_default();
    let room = longest.saturating_sub(text.len());
    if let Some(most) = room.checked_div(unit.len()) {
        text.extend(unit.repeat(times.min(most)));
    }
    text
}

/// Puts a form's `oauth_token_secret` somewhere into a body. Some letters of its name are
/// percent-encoded.
fn with_secret(message: &Message, body: &[u8]) -> Vec<u8> {
    let spelling = message.number("spelling").unwrap_or(0);
    let at = message.number("at").unwrap_or(u64::MAX);
    let at = usize::try_from(at).unwrap_or(usize::MAX).min(body.len());
    let mut with_secret = body[..at].to_vec();
    with_secret.push(b'&');
    for (place, letter) in "oauth_token_secret".bytes().enumerate() {
        match spelling >> (2 * place) & 3 {
            1 => with_secret.extend(format!("%{letter:02X}").bytes()),
            2 => with_secret.extend(format!("%{letter:02x}").bytes()),
            _ => with_secret.push(letter),
        }
    }
    with_secret.push(b'=');
    with_secret.extend_from_slice(SECRET.as_bytes());
    with_secret.push(b'&');
    with_secret.extend_from_slice(&body[at..]);
    with_secret
}

fn check_reports(status: u16, header: Option<&str>, body: &[u8], response: &Response) {
    let reports = [
        response.report(),
        ProblemReport::parse(header, body),
        ProblemReport::parse(None, body),
        ProblemReport::from_sentence(body),
    ];
    if reports[1].is_some() || reports[3].is_some() {
        assert!(
            reports[0].is_some(),
            "an answer has the report of its parts"
        );
    }
    let refused = (400..=499).contains(&status);
    let counts = &reports[usize::from(!refused)];
    assert_eq!(response.retry(), Retry::advise(status, counts.as_ref()));
    for report in distinct(reports.iter().flatten()) {
        check_shown(report);
        assert_eq!(&Problem::from(report.problem().as_str()), report.problem());
        let _: Retry = Retry::advise(status, Some(report));
        let _ = (
            report.advice(),
            report.acceptable_versions(),
            report.base_string(),
        );
        let _ = (report.parameters_absent(), report.parameters_rejected());
        if let Some((low, high)) = report.acceptable_timestamps() {
            assert!(low <= high);
            for ours in [0, low, u64::MAX] {
                let mut clock = Clock::new();
                let learned = clock.learn_from_report(report, ours);
                check_clock(&mut clock, 86_400, ours, learned);
            }
        }
    }
}

fn check_legs(status: u16, response: Response, length: usize) {
    static FLOW: LazyLock<Flow> = LazyLock::new(|| {
        let url = "https://example.com/oauth";
        let endpoints = Endpoints::new(url, url, url).expect("endpoints");
        Flow::new(Consumer::new("key", "consumer secret"), endpoints)
    });
    let leg = FLOW.temporary(Callback::OutOfBand);
    let confirmed = leg.accept(response);
    let mut all = vec![leg.without_confirmation().accept(response)];
    if let Ok(temporary) = &confirmed {
        let unconfirmed = all[0].as_ref().expect("less is asked for");
        assert_eq!(temporary.token(), unconfirmed.token());
    }
    all.push(confirmed);

    let temporary = Temporary::new("token", "token secret");
    let token = FLOW
        .token(temporary, VerificationCode::new("code"))
        .accept(response);
    assert_eq!(token.is_ok(), all[0].is_ok(), "both read the same form");
    let mut tokens = vec![token];
    if length <= LONG {
        all.push(FLOW.temporary_without_callback().accept(response));
        tokens.push(FLOW.xauth("name", "password").accept(response));
        let renewal = tokens[0].as_ref().ok();
        if let Some(leg) = renewal.and_then(|token| FLOW.renewal(token)) {
            check_debug(&leg);
            tokens.push(leg.accept(response));
        }
    }

    all.iter().flatten().for_each(check_debug);
    tokens.iter().flatten().for_each(check_debug);
    let errors = all.iter().filter_map(|result| result.as_ref().err());
    let errors = errors.chain(tokens.iter().filter_map(|result| result.as_ref().err()));
    for error in distinct(errors) {
        check_shown(error);
        let retry = match error {
            ResponseError::Refused { .. } | ResponseError::Status { .. } => {
                Retry::advise(status, error.report())
            }
            _ => Retry::Never,
        };
        assert_eq!(error.retry(), retry);
    }
}

/// Showing takes most of the time, and equal values show the same.
fn distinct<'v, T: PartialEq>(values: impl Iterator<Item = &'v T>) -> Vec<&'v T> {
    let mut distinct = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

fn check_redirect(text: &str) {
    match Redirect::parse(text) {
        Ok(redirect) => {
            check_debug(&redirect);
            let temporary = Temporary::new(redirect.token(), "");
            assert_eq!(redirect.check(&temporary), Ok(()));
            let written = format!("?oauth_token={}", encode(redirect.token().as_bytes()));
            let read = Redirect::parse(&written).expect("a token alone is accepted");
            assert_eq!(read.token(), redirect.token());
            if let Err(error) = redirect.code_for(&temporary) {
                check_shown(&error);
            }
        }
        Err(error) => check_shown(&error),
    }
}

fn check_clock(clock: &mut Clock, limit: u64, ours: u64, learned: Result<(), ClockError>) {
    assert!(clock.offset().unsigned_abs() <= limit);
    if let Err(error) = learned {
        check_shown(&error);
        assert_eq!(clock.offset(), 0, "an error changes nothing");
    }
    let _: u64 = clock.time(ours);
    check_debug(clock);
}
