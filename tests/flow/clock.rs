//! The server's clock, and what may be sent again.

use oauth1_signer::response::{Clock, ClockError, Problem, ProblemReport, Response, Retry};
use proptest::prelude::*;

const OURS: u64 = 1_316_657_628;

fn report(text: &str) -> ProblemReport {
    ProblemReport::parse(None, text.as_bytes()).unwrap()
}

#[test]
fn an_offset_is_learned_and_learned_again() {
    let mut clock = Clock::new();
    assert_eq!(clock.time(OURS), OURS);
    clock.learn(OURS + 100, OURS).unwrap();
    assert_eq!((clock.offset(), clock.time(OURS + 1)), (100, OURS + 101));
    clock.learn(OURS - 100, OURS).unwrap();
    assert_eq!((clock.offset(), clock.time(OURS + 1)), (-100, OURS - 99));
    assert_eq!(clock.time(0), 0);
}

#[test]
fn an_offset_is_bounded() {
    let mut clock = Clock::default();
    clock.learn(OURS + 86_400, OURS).unwrap();
    for (server, offset) in [
        (OURS + 86_401, 86_401),
        (OURS - 86_401, -86_401),
        (u64::MAX, i64::MAX),
    ] {
        let error = clock.learn(server, OURS).unwrap_err();
        assert_eq!(error, ClockError::TooFar { offset });
    }
    assert_eq!(clock.offset(), 86_400);
    let mut unbounded = Clock::new().with_limit(u64::MAX);
    let error = unbounded.learn(0, u64::MAX).unwrap_err();
    assert_eq!(error, ClockError::TooFar { offset: i64::MIN });
}

#[test]
fn a_date_is_learned_from() {
    let mut clock = Clock::new();
    clock
        .learn_from_date("Thu, 22 Sep 2011 02:14:48 GMT", OURS)
        .unwrap();
    assert_eq!(clock.offset(), 60);
    let error = clock.learn_from_date("yesterday", OURS).unwrap_err();
    assert_eq!(error.to_string(), "the header is not an HTTP date");
    assert_eq!(clock.offset(), 60);
}

#[test]
fn acceptable_timestamps_are_learned_from() {
    let mut clock = Clock::new();
    let text = |low: u64, high: u64| {
        format!("oauth_problem=timestamp_refused&oauth_acceptable_timestamps={low}-{high}")
    };
    // Among them already: the nonce may be what the server did not like.
    clock
        .learn_from_report(&report(&text(OURS - 10, OURS + 300)), OURS)
        .unwrap();
    assert_eq!(clock.offset(), 0);
    clock
        .learn_from_report(&report(&text(OURS + 400, OURS + 1000)), OURS)
        .unwrap();
    assert_eq!(clock.offset(), 700);
    clock
        .learn_from_report(&report("oauth_problem=timestamp_refused"), OURS)
        .unwrap();
    assert_eq!(clock.offset(), 700);
    let far = report(&text(1_199_098_800, 1_230_721_200));
    assert!(clock.learn_from_report(&far, OURS).is_err());
    assert_eq!(clock.offset(), 700);
}

/// A minute after `OURS`.
const DATE: &str = "Thu, 22 Sep 2011 02:14:48 GMT";

fn range(low: u64, high: u64) -> String {
    format!("oauth_problem=timestamp_refused&oauth_acceptable_timestamps={low}-{high}")
}

#[test]
fn an_answer_with_a_range_is_learned_from_by_the_range() {
    let body = range(OURS + 400, OURS + 1000);
    let header = format!(
        r#"OAuth realm="x", oauth_problem="timestamp_refused", oauth_acceptable_timestamps="{}-{}""#,
        OURS + 400,
        OURS + 1000
    );
    for answer in [
        Response::new(401, &body),
        Response::new(400, &body),
        Response::new(401, "").www_authenticate(Some(&header)),
        Response::new(401, &range(OURS, OURS)).www_authenticate(Some(&header)),
    ] {
        for answer in [
            answer,
            answer.date(Some(DATE)),
            answer.date(Some("yesterday")),
        ] {
            let mut clock = Clock::new();
            clock.learn_from_response_at(&answer, OURS).unwrap();
            assert_eq!(clock.offset(), 700);
        }
    }
}

/// Texts by anybody may be in an answer that refuses nothing, and in a page about an overload.
#[test]
fn an_answer_that_is_no_refusal_is_learned_from_by_the_date_alone() {
    for text in [
        r#"[{"user":"eve","text":"Expired timestamp, yours 1450247855, ours 1450334254"}]"#,
        &range(OURS + 80_000, OURS + 80_600),
    ] {
        for status in [200, 302, 503] {
            let answer = Response::new(status, text);
            let mut clock = Clock::new();
            assert_eq!(
                clock.learn_from_response_at(&answer, OURS),
                Err(ClockError::NoTime)
            );
            clock
                .learn_from_response_at(&answer.date(Some(DATE)), OURS)
                .unwrap();
            let mut by_date = Clock::new();
            by_date.learn_from_date(DATE, OURS).unwrap();
            assert_eq!(clock.offset(), by_date.offset());
        }
    }
    let overloaded = Response::new(503, "How to fix an \"invalid signature\" error: wait");
    assert_eq!(overloaded.retry(), Retry::Later);
    assert_eq!(Response::new(401, overloaded.body()).retry(), Retry::Never);
}

#[test]
fn a_range_with_our_time_in_it_is_not_overridden_by_the_date() {
    let body = range(OURS - 10, OURS + 300);
    let answer = Response::new(401, &body).date(Some(DATE));
    let mut clock = Clock::new();
    clock.learn_from_response_at(&answer, OURS).unwrap();
    assert_eq!(clock.offset(), 0);

    // It is the corrected time that counts.
    clock.learn(OURS + 100, OURS).unwrap();
    clock.learn_from_response_at(&answer, OURS).unwrap();
    assert_eq!(clock.offset(), 100);
}

#[test]
fn a_range_that_is_too_far_is_not_replaced_by_the_date() {
    let body = range(1_199_098_800, 1_230_721_200);
    let answer = Response::new(401, &body).date(Some(DATE));
    let mut clock = Clock::new();
    let learned = clock.learn_from_response_at(&answer, OURS);
    assert!(matches!(learned, Err(ClockError::TooFar { .. })));
    assert_eq!(clock.offset(), 0);
}

#[test]
fn any_other_answer_is_learned_from_by_its_date() {
    let half_a_range = "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1316657628";
    for (status, body) in [
        (200, "[]"),
        (401, "Timestamp is invalid"),
        (401, "oauth_problem=timestamp_refused"),
        (401, "oauth_problem=token_rejected"),
        (401, half_a_range),
        (503, "<html>Down</html>"),
    ] {
        let answer = Response::new(status, body);
        let mut clock = Clock::new();
        let learned = clock.learn_from_response_at(&answer, OURS);
        assert_eq!(learned, Err(ClockError::NoTime), "{body}");
        let learned = clock.learn_from_response_at(&answer.date(Some("")), OURS);
        assert_eq!(learned, Err(ClockError::NoDate), "{body}");
        assert_eq!(clock.offset(), 0);
        let answer = answer.date(Some(DATE));
        clock.learn_from_response_at(&answer, OURS).unwrap();
        assert_eq!(clock.offset(), 60, "{body}");
    }
}

#[test]
fn a_monotonic_clock_stands_still_until_time_has_caught_up() {
    let mut clock = Clock::new().monotonic();
    clock.learn(OURS + 100, OURS).unwrap();
    assert_eq!(clock.time(OURS), OURS + 100);
    clock.learn(OURS, OURS).unwrap();
    assert_eq!(clock.time(OURS + 99), OURS + 100);
    assert_eq!(clock.time(OURS + 101), OURS + 101);
    #[cfg(feature = "rand")]
    assert_eq!(clock.stamp_at(OURS).unix_seconds(), OURS + 101);
}

#[test]
fn each_problem_says_what_may_be_sent_again() {
    for (problem, retry) in [
        (
            "additional_authorization_required",
            Retry::AfterAuthorization,
        ),
        ("consumer_key_refused", Retry::Later),
        ("consumer_key_rejected", Retry::Never),
        ("consumer_key_unknown", Retry::Never),
        ("nonce_used", Retry::WithNewStamp),
        ("parameter_absent", Retry::Never),
        ("parameter_rejected", Retry::Never),
        ("permission_denied", Retry::Never),
        ("permission_unknown", Retry::Later),
        ("signature_invalid", Retry::Never),
        ("signature_method_rejected", Retry::Never),
        ("timestamp_refused", Retry::WithCorrectedClock),
        ("token_expired", Retry::AfterRenewal),
        ("token_rejected", Retry::AfterAuthorization),
        ("token_revoked", Retry::AfterAuthorization),
        ("token_used", Retry::AfterAuthorization),
        ("user_refused", Retry::Never),
        ("verifier_invalid", Retry::AfterAuthorization),
        ("version_rejected", Retry::Never),
    ] {
        let report = report(&format!("oauth_problem={problem}"));
        assert!(!matches!(report.problem(), Problem::Other(_)), "{problem}");
        for status in [200, 400, 401, 503] {
            assert_eq!(Retry::advise(status, Some(&report)), retry, "{problem}");
            let body = format!("oauth_problem={problem}");
            assert_eq!(Response::new(status, &body).retry(), retry, "{problem}");
        }
    }
    let other = report("oauth_problem=some_future_problem");
    for (status, retry) in [
        (401, Retry::Never),
        (404, Retry::Never),
        (429, Retry::Later),
        (500, Retry::Later),
        (501, Retry::Never),
        (503, Retry::Later),
    ] {
        assert_eq!(Retry::advise(status, None), retry, "{status}");
        assert_eq!(Response::new(status, "").retry(), retry, "{status}");
        assert_eq!(Retry::advise(status, Some(&other)), retry, "{status}");
    }
}

proptest! {
    #[test]
    fn learning_never_panics(date in "\\PC*", server: u64, ours: u64, limit: u64) {
        let mut clock = Clock::new().with_limit(limit).monotonic();
        let _ = clock.learn_from_date(&date, ours);
        if clock.learn(server, ours).is_ok() {
            prop_assert_eq!(clock.time(ours), server);
            prop_assert!(clock.offset().unsigned_abs() <= limit);
        }
        let _ = clock.time(u64::MAX);
    }

    #[test]
    fn dates_that_look_right_never_panic(
        date in "(Sun|Sunday), [0-9]{1,3}( |-)(Feb|Nov|Dec)( |-)[0-9]{2,5} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
    ) {
        let _ = Clock::new().learn_from_date(&date, OURS);
    }
}

#[cfg(feature = "rand")]
#[test]
fn a_stamp_of_now_has_the_systems_time_and_the_offset() {
    let mut clock = Clock::new();
    clock.learn(1000, 0).unwrap();
    let before = oauth1_signer::Stamp::now().unix_seconds();
    let stamp = clock.stamp().unix_seconds();
    let after = oauth1_signer::Stamp::now().unix_seconds();
    assert!((before + 1000..=after + 1000).contains(&stamp), "{stamp}");
}

/// The system's time is the time of the answer.
#[cfg(feature = "rand")]
#[test]
fn our_own_time_is_read_when_it_is_not_given() {
    let mut clock = Clock::new().with_limit(u64::MAX);
    let before = oauth1_signer::Stamp::now().unix_seconds();
    clock
        .learn_from_response(&Response::new(401, "").date(Some(DATE)))
        .unwrap();
    let after = oauth1_signer::Stamp::now().unix_seconds();
    let ours = (OURS + 60).checked_add_signed(-clock.offset()).unwrap();
    assert!((before..=after).contains(&ours), "{ours}");
    assert!(clock.stamp().unix_seconds() - (OURS + 60) <= after - before + 1);
}
