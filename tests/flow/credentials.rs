//! Credentials that an answer gives, and the fields that come with them.

use oauth1_signer::response::Response;
use oauth1_signer::{Temporary, Token};
use support::samples::{flow, stamp};

const ANSWER: &str = "user_nsid=21207597%40N07&oauth_token=t&oauth_token_secret=s&a=1&a=2";

#[test]
fn a_token_is_read_from_an_answer_without_a_flow() {
    let token = Token::from_response(Response::new(200, ANSWER)).unwrap();
    assert_eq!((token.token(), token.expose_secret()), ("t", "s"));
    let leg = flow().token_without_code(Temporary::new("", ""));
    for (status, body) in [(200, "oauth_token=t"), (401, ANSWER), (200, "")] {
        let answer = Response::new(status, body);
        let error = Token::from_response(answer).unwrap_err();
        assert_eq!(error, leg.accept(answer).unwrap_err());
        assert_eq!(error, Temporary::from_response(answer).unwrap_err());
    }
}

#[test]
fn temporary_credentials_say_whether_the_callback_is_confirmed() {
    for (confirmed, expected) in [
        ("&oauth_callback_confirmed=true", true),
        ("&oauth_callback_confirmed=TRUE", true),
        ("&oauth_callback_confirmed=false", false),
        ("", false),
    ] {
        let body = format!("{ANSWER}{confirmed}");
        let temporary = Temporary::from_response(Response::new(200, &body)).unwrap();
        assert_eq!((temporary.token(), temporary.expose_secret()), ("t", "s"));
        assert_eq!(temporary.callback_confirmed(), expected, "{confirmed}");
        // It is not a field.
        assert_eq!(temporary.fields().get("oauth_callback_confirmed"), None);
    }
    assert!(!Temporary::new("t", "s").callback_confirmed());
}

#[test]
fn fields_are_walked_in_the_order_in_which_they_came() {
    let token = Token::from_response(Response::new(200, ANSWER)).unwrap();
    let expected = [("user_nsid", "21207597@N07"), ("a", "1"), ("a", "2")];
    let mut walked = Vec::new();
    for (name, value) in token.fields() {
        walked.push((name, value));
    }
    assert_eq!(walked, expected);
    assert_eq!(token.fields().iter().collect::<Vec<_>>(), expected);
    // Of a name that occurs twice, the first.
    assert_eq!(token.fields().get("a"), Some("1"));
    assert_eq!(token.fields().get("b"), None);
    assert!(!token.fields().is_empty());
    assert_eq!(Token::new("t", "s").fields().into_iter().next(), None);
}

#[test]
fn a_token_with_a_stored_handle_is_renewed_like_the_one_that_came_with_it() {
    let body = "oauth_token=t&oauth_token_secret=s&oauth_session_handle=h%3D";
    let received = Token::from_response(Response::new(200, body)).unwrap();
    let stored = Token::new("t", "s")
        .with_field("oauth_session_handle", "older")
        .with_field("oauth_session_handle", "h=");
    let flow = flow();
    let call = |token| flow.renewal(token).unwrap().call(stamp()).unwrap();
    assert_eq!(call(&stored).base_string(), call(&received).base_string());
    assert!(call(&stored).headers().eq(call(&received).headers()));
    let without = Token::new("t", "s").with_field("oauth_session_handl", "h");
    assert!(flow.renewal(&without).is_none());
}

/// A handle that was renewed takes the place of the old one, and an empty one cannot renew.
#[test]
fn a_field_replaces_another_of_its_name() {
    let token = Token::new("t", "s")
        .with_field("oauth_session_handle", "old")
        .with_field("user_id", "1")
        .with_field("oauth_session_handle", "new");
    let fields: Vec<_> = token.fields().iter().collect();
    assert_eq!(fields, [("user_id", "1"), ("oauth_session_handle", "new")]);

    assert!(flow().renewal(&token).is_some());
    let token = token.with_field("oauth_session_handle", "");
    assert!(flow().renewal(&token).is_none());
}
