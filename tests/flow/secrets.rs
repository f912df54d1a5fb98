//! Nothing of the flow shows a secret: what exactly is shown instead.

use oauth1_signer::flow::{Endpoints, Flow, Leg, Redirect, VerificationCode};
use oauth1_signer::response::{Clock, ProblemReport, Response};
use oauth1_signer::{Call, Callback, Consumer, Placement, Temporary, Token};
use support::{samples::stamp, secrets::Secrets, shown, shown::Shown};

#[track_caller]
fn hides(shown: Shown) -> String {
    Secrets::new(&["hidden"]).stay_out_of(shown)
}

fn flow() -> Flow {
    let url = "https://user:hidden@photos.example.net/oauth?key=hidden";
    Flow::new(
        Consumer::new("key", "hidden"),
        Endpoints::new(url, url, url).unwrap(),
    )
}

/// An answer with a secret, and a field that is as good as one.
pub(super) const ANSWER: &str =
    "oauth_token=t&oauth_token_secret=hidden&oauth_session_handle=hidden&user_nsid=1";

#[test]
fn credentials_show_the_token_and_the_names_of_fields() {
    let flow = flow();
    let leg = flow.temporary_without_callback();
    let temporary = leg.accept(Response::new(200, ANSWER)).unwrap();
    assert_eq!(
        hides(shown!(temporary)),
        r#"Temporary { token: "t", secret: [redacted], fields: {"oauth_session_handle", "user_nsid"} }"#
    );
    let leg = flow.token(temporary, VerificationCode::new("hidden"));
    let token = leg.accept(Response::new(200, ANSWER)).unwrap();
    assert_eq!(
        hides(shown!(token)),
        r#"Token { token: "t", secret: [redacted], fields: {"oauth_session_handle", "user_nsid"} }"#
    );
    hides(shown!(token.fields()));
    hides(shown!(VerificationCode::new("hidden")));
    hides(shown!(
        Redirect::parse("/?oauth_token=t&oauth_verifier=hidden").unwrap()
    ));
}

#[test]
fn legs_and_calls_hide_their_parameters_in_every_placement() {
    let flow = flow();
    hides(shown!(flow));
    hides(shown!(
        Endpoints::new(
            "https://e.com/?hidden",
            "https://e.com/?hidden",
            "https://e.com/",
        )
        .unwrap(),
    ));
    let show = |leg: &Leg<Token>| -> Call {
        hides(shown!(leg));
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
        hides(shown!(show(&leg)));
        hides(shown!(show(
            &flow.xauth("name", "hidden").placement(placement)
        )));
    }
    hides(shown!(flow.temporary(Callback::OutOfBand)));
    let token = flow
        .token_without_code(Temporary::new("t", "hidden"))
        .accept(Response::new(200, ANSWER))
        .unwrap();
    hides(shown!(show(&flow.renewal(&token).unwrap())));
}

#[test]
fn an_answer_shows_its_length_and_not_its_body() {
    let answer = Response::new(200, ANSWER)
        .www_authenticate(Some("hidden"))
        .date(Some("hidden"));
    assert_eq!(
        hides(shown!(answer)),
        format!(
            "Response {{ status: 200, body_bytes: {}, .. }}",
            ANSWER.len()
        )
    );
    let body = "oauth_problem=parameter_rejected&oauth_parameters_rejected=oauth_verifier%3Dhidden";
    hides(shown!(ProblemReport::parse(None, body.as_bytes()).unwrap()));
    hides(shown!(Clock::new()));
}
