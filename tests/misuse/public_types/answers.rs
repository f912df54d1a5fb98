//! The flow and the answers of servers, with a secret wherever one fits.

use oauth1_signer::{
    Callback, Temporary, Token, encode,
    flow::{Endpoints, Flow, Redirect, VerificationCode},
    response::{Clock, Problem, ProblemReport, Response, Retry},
};
use support::{samples::stamp, shown, shown::Shown};

use super::secret::{
    CODE, CONSUMER_SECRET, FORM_VALUE, HANDLE, PASSWORD, QUERY_VALUE, TOKEN_SECRET, URL, consumer,
};

pub(super) fn all() -> Vec<Shown> {
    [flow(), answers()].concat()
}

fn flow() -> Vec<Shown> {
    let endpoints = Endpoints::new(URL, URL, URL).unwrap();
    let flow = Flow::new(consumer(), endpoints.clone());
    let first = flow.temporary(Callback::OutOfBand);
    let temporary = Temporary::new("hh5s93j4hdidpola", TOKEN_SECRET);
    let last = flow
        .token(temporary, VerificationCode::new(CODE))
        .query_parameter("pin", QUERY_VALUE)
        .form_parameter("pin", FORM_VALUE)
        .protocol_parameter("oauth_session_handle", HANDLE);
    let xauth = flow.xauth("name", PASSWORD);
    let redirect = format!(
        "/?oauth_token=hh5s93j4hdidpola&oauth_verifier={}",
        encode(CODE)
    );
    vec![
        shown!(flow),
        shown!(endpoints),
        shown!(first),
        shown!(last),
        shown!(xauth),
        shown!(last.call(stamp()).unwrap()),
        shown!(xauth.call(stamp()).unwrap()),
        shown!(VerificationCode::new(CODE)),
        shown!(VerificationCode::typed(CODE)),
        shown!(Redirect::parse(&redirect).unwrap()),
    ]
}

fn answers() -> Vec<Shown> {
    let body = answer();
    let response = Response::new(200, &body)
        .www_authenticate(Some(CONSUMER_SECRET))
        .date(Some(TOKEN_SECRET));
    let token = Token::from_response(response).unwrap();
    let temporary = Temporary::from_response(response).unwrap();
    let report = report();
    vec![
        shown!(response),
        shown!(token),
        shown!(token.fields()),
        shown!(temporary),
        shown!(temporary.fields()),
        shown!(report),
        shown!(report.problem()),
        shown!(Problem::from(
            format!("token secret: {TOKEN_SECRET}").as_str()
        )),
        shown!(Retry::advise(401, Some(&report))),
        shown!(Clock::new()),
    ]
}

/// What a server answers that gives a token.
pub(super) fn answer() -> String {
    format!(
        "oauth_token=t&oauth_token_secret={}&oauth_session_handle={}",
        encode(TOKEN_SECRET),
        encode(HANDLE)
    )
}

/// A report that repeats what it should not.
pub(super) fn report() -> ProblemReport {
    let advice = format!("the token_secret={TOKEN_SECRET} is wrong");
    let rejected = format!(
        "oauth_signature={}&oauth_verifier={}",
        encode(CONSUMER_SECRET),
        CODE
    );
    let base_string = format!("GET&http%3A%2F%2Fe.com%2F&x_auth_password%3D{PASSWORD}");
    let body = format!(
        "oauth_problem=parameter_rejected&oauth_problem_advice={}\
         &oauth_parameters_rejected={}&debug_sbs={}",
        encode(advice),
        encode(rejected),
        encode(base_string),
    );
    ProblemReport::parse(None, body.as_bytes()).unwrap()
}
