//! Credentials that are stored: they come back as what they were, and never as the other kind.

use oauth1_signer::flow::VerificationCode;
use oauth1_signer::response::Response;
use oauth1_signer::{Temporary, Token};
use support::samples::flow;

use super::secrets::ANSWER;

#[test]
fn credentials_survive_being_stored() {
    let flow = flow();
    let leg = flow.temporary_without_callback();
    let temporary = leg.accept(Response::new(200, ANSWER)).unwrap();
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
    let token = leg.accept(Response::new(200, ANSWER)).unwrap();
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
