//! Nothing of the flow shows a secret.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

use std::fmt::Debug;

use oauth1_signer::{
    Answer, Call, Callback, Clock, Consumer, Endpoints, Flow, Leg, Placement, ProblemReport,
    Redirect, Stamp, Temporary, Token, VerificationCode,
};

#[track_caller]
fn hides(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    for text in [&text, &format!("{value:#?}")] {
        assert!(!text.contains("hidden"), "{text}");
    }
    text
}

fn flow() -> Flow {
    let url = "https://user:hidden@photos.example.net/oauth?key=hidden";
    Flow::new(
        Consumer::new("key", "hidden"),
        Endpoints::new(url, url, url).unwrap(),
    )
}

fn stamp() -> Stamp {
    Stamp::new("nonce", 1_316_657_628)
}

const BODY: &str =
    "oauth_token=t&oauth_token_secret=hidden&oauth_session_handle=hidden&user_nsid=1";

#[test]
fn credentials() {
    let flow = flow();
    let leg = flow.temporary_without_callback();
    let temporary = leg.accept(Answer::new(200, BODY)).unwrap();
    assert_eq!(
        hides(&temporary),
        r#"Temporary { token: "t", secret: [redacted], fields: {"oauth_session_handle", "user_nsid"} }"#
    );
    let leg = flow.token(temporary, VerificationCode::new("hidden"));
    let token = leg.accept(Answer::new(200, BODY)).unwrap();
    assert_eq!(
        hides(&token),
        r#"Token { token: "t", secret: [redacted], fields: {"oauth_session_handle", "user_nsid"} }"#
    );
    hides(token.fields());
    hides(&VerificationCode::new("hidden"));
    hides(&Redirect::parse("/?oauth_token=t&oauth_verifier=hidden").unwrap());
}

#[test]
fn legs_and_calls() {
    let flow = flow();
    hides(&flow);
    hides(
        &Endpoints::new(
            "https://e.com/?hidden",
            "https://e.com/?hidden",
            "https://e.com/",
        )
        .unwrap(),
    );
    let show = |leg: &Leg<Token>| -> Call {
        hides(leg);
        leg.call(stamp()).unwrap()
    };
    for placement in [Placement::Header, Placement::Query, Placement::Body] {
        let leg = flow
            .token(
                Temporary::new("t", "hidden"),
                VerificationCode::new("hidden"),
            )
            .placement(placement)
            .query_parameter("q", "hidden")
            .form_parameter("f", "hidden")
            .protocol_parameter("oauth_p", "hidden");
        hides(&show(&leg));
        hides(&show(&flow.xauth("name", "hidden").placement(placement)));
    }
    hides(&flow.temporary(Callback::OutOfBand));
    let token = flow
        .token_without_code(Temporary::new("t", "hidden"))
        .accept(Answer::new(200, BODY))
        .unwrap();
    hides(&show(&flow.renewal(&token).unwrap()));
}

#[test]
fn answers_and_reports() {
    hides(&Answer::new(200, BODY).www_authenticate(Some("hidden")));
    let body = "oauth_problem=parameter_rejected&oauth_parameters_rejected=oauth_verifier%3Dhidden";
    hides(&ProblemReport::parse(None, body.as_bytes()).unwrap());
    hides(&Clock::new());
}

#[test]
fn everything_can_go_to_another_thread() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Flow>();
    check::<Leg<'static, Token>>();
    check::<Leg<'static, Temporary>>();
    check::<Call>();
    check::<Clock>();
    check::<Endpoints>();
    check::<ProblemReport>();
    check::<Redirect>();
    check::<Temporary>();
    check::<VerificationCode>();
    check::<oauth1_signer::AnswerError>();
    check::<oauth1_signer::CallError>();
    check::<oauth1_signer::RedirectError>();
}

#[cfg(feature = "serde")]
#[test]
fn credentials_survive_being_stored() {
    let flow = flow();
    let leg = flow.temporary_without_callback();
    let temporary = leg.accept(Answer::new(200, BODY)).unwrap();
    let stored = serde_json::to_string(&temporary).unwrap();
    assert_eq!(
        stored,
        r#"{"temporary":"t","secret":"hidden","fields":[["oauth_session_handle","hidden"],["user_nsid","1"]]}"#
    );
    // One cannot be taken for the other.
    assert!(serde_json::from_str::<Token>(&stored).is_err());
    let temporary: Temporary = serde_json::from_str(&stored).unwrap();
    assert_eq!(
        (temporary.token(), temporary.expose_secret()),
        ("t", "hidden")
    );
    assert_eq!(temporary.fields().get("user_nsid"), Some("1"));

    let leg = flow.token(temporary, VerificationCode::new("c"));
    let token = leg.accept(Answer::new(200, BODY)).unwrap();
    let stored = serde_json::to_string(&token).unwrap();
    assert!(serde_json::from_str::<Temporary>(&stored).is_err());
    let token: Token = serde_json::from_str(&stored).unwrap();
    assert_eq!((token.token(), token.expose_secret()), ("t", "hidden"));
    assert!(flow.renewal(&token).is_some());

    let plain = serde_json::to_string(&Token::new("a", "b")).unwrap();
    assert_eq!(plain, r#"{"token":"a","secret":"b"}"#);
    let token: Token = serde_json::from_str(&plain).unwrap();
    assert!(token.fields().is_empty());
}
