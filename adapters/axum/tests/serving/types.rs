//! What the types are, and what they show.

use axum::{
    Form,
    extract::{FromRequest, rejection::FormRejection},
};
use oauth1_signer::verifier::{MemoryNonces, Refusal};
use oauth1_signer_axum::{Gate, NoBody, OAuth1, Rejection};

use crate::app;

#[test]
fn rejections_say_why() {
    type Any = Rejection<FormRejection>;
    let message = String::from("down");
    for (rejection, text) in [
        (
            Any::ContentType,
            "the Content-Type begins like that of a form but is a different one",
        ),
        (
            Any::Refused {
                refusal: Refusal::NonceUsed,
                realm: None,
            },
            "the nonce has been used before",
        ),
        (
            Any::Refused {
                refusal: Refusal::Credentials { message },
                realm: None,
            },
            "the credentials could not be looked up: down",
        ),
    ] {
        assert_eq!(rejection.to_string(), text);
    }
}

#[test]
fn a_gate_shows_no_secret() {
    let gate = Gate::new(app::verifier(), app::Accounts, MemoryNonces::new());
    assert_eq!(format!("{gate:?}"), "Gate { realm: None, .. }");
}

#[test]
fn types_are_shared_by_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Gate>();
    shared::<NoBody>();
    shared::<OAuth1<Form<()>>>();
}

/// Extractors whose rejections are not errors can be wrapped too.
#[test]
fn any_extractor_can_be_wrapped() {
    struct Custom;

    impl<S: Send + Sync> FromRequest<S> for Custom {
        type Rejection = (axum::http::StatusCode, String);

        async fn from_request(_: axum::extract::Request, _: &S) -> Result<Self, Self::Rejection> {
            Ok(Self)
        }
    }

    async fn handler(OAuth1(_, Custom): OAuth1<Custom>) {}
    let _: axum::Router<Gate> = axum::Router::new().route("/", axum::routing::post(handler));
}
