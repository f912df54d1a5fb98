//! The answers of a server: credentials, or an error that says what came instead.

use oauth1_signer::response::{Problem, Response, ResponseError, Retry};
use oauth1_signer::{Callback, Temporary};
use proptest::prelude::*;
use support::samples::flow;

fn error(status: u16, body: &str) -> ResponseError {
    let flow = flow();
    let leg = flow.token_without_code(Temporary::new("t", "s"));
    leg.accept(Response::new(status, body)).unwrap_err()
}

#[test]
fn errors_of_answers_show_what_came() {
    for (status, body, text) in [
        (200, "", "the answer is not a form, but an empty body"),
        (
            200,
            "{\"oauth_token\":\"t\",\"oauth_token_secret\":\"hidden\"}",
            "the answer is not a form, but JSON: {\"oauth_token\":\"[...]\",\"oauth_token_secret\":\"[...]\"}",
        ),
        (
            200,
            "<!DOCTYPE html><html><body>Log <i>in</i></body>",
            "the answer is not a form, but HTML: Log in",
        ),
        (
            200,
            "<?xml version=\"1.0\"?><err>bad</err>",
            "the answer is not a form, but XML: bad",
        ),
        (
            200,
            "oauth_token=t",
            "the answer has no oauth_token_secret: text: oauth_token=[...]",
        ),
        (200, "hello", "the answer has no oauth_token: text: hello"),
        (
            200,
            "oauth_token=t&oauth_token=t&oauth_token_secret=s",
            "oauth_token occurs twice in the answer",
        ),
        (
            200,
            "oauth_token=%FF&oauth_token_secret=hidden",
            "the answer is a malformed form: text: oauth_token=[...]&oauth_token_secret=[...]",
        ),
        (
            200,
            "oauth_problem=token_rejected",
            "the server refused with status 200: token_rejected",
        ),
        (
            401,
            "oauth_problem=consumer_key_refused&oauth_problem_advice=Please%20wait",
            "the server refused with status 401: consumer_key_refused (Please wait)",
        ),
        (
            401,
            "Missing Required Consumer Key",
            "the server refused with status 401: consumer_key_unknown, with text: Missing Required Consumer Key",
        ),
        (
            500,
            " ",
            "the server answered with status 500 and an empty body",
        ),
        (
            302,
            "<html><a href=\"x\">Moved</a></html>",
            "the server answered with status 302 (a redirect: is the URL of the endpoint right?) and HTML: Moved",
        ),
        // A token is no token if the status says it is not.
        (
            404,
            "oauth_token=t&oauth_token_secret=hidden",
            "the server answered with status 404 and text: oauth_token=[...]&oauth_token_secret=[...]",
        ),
    ] {
        let error = error(status, body);
        assert_eq!(error.to_string(), text);
        let debug = format!("{error:?}{error:#?}");
        assert!(!debug.contains("hidden"), "{debug}");
    }
}

#[test]
fn errors_of_answers_can_be_looked_into() {
    let refused = error(401, "oauth_problem=timestamp_refused");
    assert_eq!(
        refused.report().unwrap().problem(),
        &Problem::TimestampRefused
    );
    assert_eq!(refused.retry(), Retry::WithCorrectedClock);
    let ResponseError::Status { status: 503, body } = error(503, "<html>Down") else {
        panic!()
    };
    assert_eq!(body, "HTML: Down");
    assert_eq!(error(503, "").retry(), Retry::Later);
    assert_eq!(error(200, "").retry(), Retry::Never);
    assert_eq!(error(200, "").report(), None);
}

#[test]
fn answers_are_read_whatever_surrounds_them() {
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    for body in [
        "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true",
        "\r\n oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true\n\n",
        "&oauth_callback_confirmed=true&&oauth_token_secret=s&oauth_token=t&",
    ] {
        for status in [200, 201] {
            let temporary = leg.accept(Response::new(status, body)).unwrap();
            assert_eq!((temporary.token(), temporary.expose_secret()), ("t", "s"));
            assert!(temporary.fields().is_empty());
        }
    }
}

#[test]
fn the_callback_is_confirmed_by_true_in_any_case() {
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    for confirmed in ["true", "True", "TRUE", "tru%65"] {
        let body =
            format!("oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed={confirmed}");
        assert!(leg.accept(Response::new(200, &body)).is_ok(), "{confirmed}");
    }
    for confirmed in [
        "",
        "&oauth_callback_confirmed=false",
        "&oauth_callback_confirmed=1",
        "&oauth_callback_confirmed=+true",
        "&oauth_callback_confirmed=",
        "&Oauth_callback_confirmed=true",
    ] {
        let body = format!("oauth_token=t&oauth_token_secret=s{confirmed}");
        let error = leg.accept(Response::new(200, &body)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the server did not confirm the callback: oauth_callback_confirmed is not true"
        );
    }
}

#[test]
fn a_problem_in_the_header_is_read() {
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    let answer = Response::new(401, "<html>Unauthorized</html>").www_authenticate(Some(
        "OAuth realm=\"x\", oauth_problem=\"signature_invalid\"",
    ));
    assert_eq!(
        leg.accept(answer).unwrap_err().to_string(),
        "the server refused with status 401: signature_invalid, with HTML: Unauthorized"
    );
}

#[test]
fn a_refused_signature_leaves_something_to_look_at() {
    const BASE_STRING: &str = "GET&https%3A%2F%2Fe.com%2F&a%3Db%26x_auth_password%3Dhidden";
    let body = format!("Invalid signature. Expected signature base string: {BASE_STRING}");
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    let header = "OAuth oauth_problem=\"signature_invalid\"";
    for header in [None, Some(header)] {
        let answer = Response::new(401, &body).www_authenticate(header);
        let error = leg.accept(answer).unwrap_err();
        assert_eq!(error.report().unwrap().base_string(), Some(BASE_STRING));
        assert_eq!(
            error.to_string(),
            concat!(
                "the server refused with status 401: signature_invalid, with text: Invalid signature. ",
                "Expected signature base string: GET&https%3A%2F%2Fe.com%2F&a%3Db%26x_auth_password%3D[...]",
            )
        );
        assert!(!format!("{error:?}").contains("hidden"));
        let ResponseError::Refused {
            body: Some(body), ..
        } = error
        else {
            panic!()
        };
        assert!(body.starts_with("text: "));
    }
    for body in ["", "oauth_problem=signature_invalid"] {
        let answer = Response::new(401, body).www_authenticate(Some(header));
        let error = leg.accept(answer).unwrap_err();
        assert!(matches!(error, ResponseError::Refused { body: None, .. }));
    }
}

#[test]
fn only_the_secret_may_be_empty() {
    let flow = flow();
    let leg = flow.temporary_without_callback();
    for body in [
        "oauth_token=&oauth_token_secret=",
        "oauth_token&oauth_token_secret=",
    ] {
        let error = leg.accept(Response::new(200, body)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the answer has no oauth_token: text: {body}")
        );
    }
    let error = leg.accept(Response::new(
        200,
        "oauth_token=&oauth_token=t&oauth_token_secret=s",
    ));
    assert!(matches!(error, Err(ResponseError::DuplicateField { .. })));
    assert!(
        leg.accept(Response::new(200, "oauth_token=t&oauth_token_secret="))
            .is_ok()
    );
}

proptest! {
    #[test]
    fn reading_never_panics(status: u16, body: Vec<u8>, header in "\\PC*") {
        let answer = Response::new(status, &body).www_authenticate(Some(&header));
        let flow = flow();
        let _ = flow.temporary(Callback::OutOfBand).accept(answer);
        if let Err(error) = flow.token_without_code(Temporary::new("", "")).accept(answer) {
            let _ = (error.to_string(), format!("{error:?}"), error.retry());
        }
    }

    #[test]
    fn what_was_written_is_read(token in "\\PC+", secret in "\\PC*", name in "[a-z]{1,8}", value in "\\PC*") {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("oauth_token", &token).append_pair(&name, &value);
        body.append_pair("oauth_token_secret", &secret);
        let flow = flow();
        let leg = flow.token_without_code(Temporary::new("", ""));
        let read = leg.accept(Response::new(200, &body.finish())).unwrap();
        prop_assert_eq!(read.token(), token);
        prop_assert_eq!(read.expose_secret(), secret);
        prop_assert_eq!(read.fields().get(&name), Some(&*value));
    }

    #[test]
    fn excerpts_have_no_secret(secret in "[a-zA-Z0-9+/_.~-]{8,40}", form in 0..6usize) {
        let body = match form {
            0 => format!("oauth_token_secret={secret}"),
            1 => format!("{{\"a\": {{\"oauth_token_secret\" : \"{secret}\"}}}}"),
            2 => format!("<r><oauth_token_secret>{secret}</oauth_token_secret></r>"),
            3 => format!("<html><input name='oauth_token_secret' value='{secret}'></html>"),
            4 => format!("token secret: {secret}"),
            _ => format!("[\"oauth_token_secret={secret}\"]"),
        };
        let error = error(500, &body);
        let text = format!("{error} {error:?}");
        prop_assert!(!text.contains(&secret), "{}", text);
    }
}
