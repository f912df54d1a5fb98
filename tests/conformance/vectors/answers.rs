//! What comes back: answers of servers, and the user who is redirected.

use oauth1_signer::{
    Callback, Consumer, Temporary,
    flow::{Endpoints, Flow, Redirect},
    response::{ProblemReport, Response, ResponseError},
};

use super::{
    Case,
    Outcome::{self, Passed},
};

pub(super) fn error_response(case: &Case) -> Outcome {
    let www_authenticate: Option<String> = case.get("www_authenticate");
    let body: Option<String> = case.get("body");
    let body = body.unwrap_or_default();
    let report = ProblemReport::parse(www_authenticate.as_deref(), body.as_bytes());
    assert_eq!(report.is_some(), !case.0["expected"].is_null(), "{case}");
    let Some(report) = report else {
        return Passed;
    };
    let owned = |(low, high): (&str, &str)| (low.to_owned(), high.to_owned());
    let expected = Case(&case.0["expected"]);
    assert_eq!(
        report.problem().as_str(),
        expected.get::<String>("problem"),
        "{case}"
    );
    assert_eq!(
        report.advice().map(str::to_owned),
        expected.get::<Option<String>>("advice"),
        "{case}"
    );
    assert_eq!(
        report.acceptable_versions().map(owned),
        expected.get::<Option<(String, String)>>("acceptable_versions"),
        "{case}"
    );
    assert_eq!(
        report.acceptable_timestamps(),
        expected.get::<Option<(u64, u64)>>("acceptable_timestamps"),
        "{case}"
    );
    assert_eq!(
        report.parameters_absent(),
        expected.get::<Vec<String>>("parameters_absent"),
        "{case}"
    );
    assert_eq!(
        report.parameters_rejected(),
        expected.get::<Vec<(String, String)>>("parameters_rejected"),
        "{case}"
    );
    assert_eq!(
        report.base_string().map(str::to_owned),
        expected.get::<Option<String>>("debug_sbs"),
        "{case}"
    );
    Passed
}

fn flow(authorize: &str) -> Flow {
    let url = "https://example.com/";
    let endpoints = Endpoints::new(url, authorize, url).unwrap();
    Flow::new(Consumer::new("key", "secret"), endpoints)
}

pub(super) fn authorize_url(case: &Case) -> Outcome {
    let extra: Vec<(String, String)> = case.get("extra");
    let extra: Vec<(&str, &str)> = extra.iter().map(|(n, v)| (&**n, &**v)).collect();
    let temporary = Temporary::new(case.get::<String>("oauth_token"), "secret");
    let url = flow(&case.get::<String>("endpoint")).authorize_url(&temporary, &extra);
    assert_eq!(url, case.get::<String>("url"), "{case}");
    Passed
}

pub(super) fn callback(case: &Case) -> Outcome {
    let redirect = Redirect::parse(&case.get::<String>("url"));
    assert_eq!(redirect.is_ok(), !case.0["expected"].is_null(), "{case}");
    if let Ok(redirect) = redirect {
        let expected = Case(&case.0["expected"]);
        let token: String = expected.get("oauth_token");
        assert_eq!(redirect.token(), token, "{case}");
        let code = redirect.code_for(&Temporary::new(token, "")).unwrap();
        let expected: String = expected.get("oauth_verifier");
        assert_eq!(code.expose_secret(), expected, "{case}");
    }
    Passed
}

/// Every case as an answer to the first leg and to the last.
pub(super) fn token_response(case: &Case) -> Outcome {
    let flow = flow("https://example.com/");
    let body: String = case.get("body");
    let answer = Response::new(200, &body);
    let first = flow.temporary(Callback::OutOfBand);
    let last = flow.token_without_code(Temporary::new("", ""));
    let token = last.accept(answer);
    assert_eq!(token.is_ok(), !case.0["expected"].is_null(), "{case}");
    let Ok(token) = token else {
        assert!(first.accept(answer).is_err(), "{case}");
        return Passed;
    };
    let expected = Case(&case.0["expected"]);
    let extra: Vec<(String, String)> = expected.get("extra");
    let extra: Vec<(&str, &str)> = extra.iter().map(|(n, v)| (&**n, &**v)).collect();
    assert_eq!(token.fields().iter().collect::<Vec<_>>(), extra, "{case}");
    let secret: String = expected.get("oauth_token_secret");
    assert_eq!(token.expose_secret(), secret, "{case}");
    assert_eq!(
        token.token(),
        expected.get::<String>("oauth_token"),
        "{case}"
    );

    match expected.get("callback_confirmed") {
        Some(true) => assert!(first.accept(answer).is_ok(), "{case}"),
        None | Some(false) => assert_eq!(
            first.accept(answer).unwrap_err(),
            ResponseError::CallbackNotConfirmed,
            "{case}"
        ),
    }
    let temporary = first.without_confirmation().accept(answer).unwrap();
    assert_eq!(temporary.token(), token.token(), "{case}");
    assert_eq!(temporary.expose_secret(), secret, "{case}");
    assert_eq!(
        temporary.fields().iter().collect::<Vec<_>>(),
        extra,
        "{case}"
    );
    Passed
}
