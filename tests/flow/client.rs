//! A flow in a program: kept in a struct, shared, and sent to another thread.

use std::{sync::Arc, thread};

use oauth1_signer::flow::{Endpoints, EndpointsError, Flow, Leg, VerificationCode};
use oauth1_signer::response::Response;
use oauth1_signer::signature_method::{HmacSha1, SignatureMethod};
use oauth1_signer::{Callback, Consumer, Temporary, Token};
use support::samples::{ENDPOINT, endpoints, stamp};

/// No type parameters, whatever the signature method is.
#[derive(Clone, Debug)]
struct Client {
    flow: Flow,
    last_leg: Option<Leg<Token>>,
}

impl Client {
    fn new(method: SignatureMethod) -> Self {
        let consumer = Consumer::new("key", "secret");
        Self {
            flow: Flow::new(consumer, endpoints()).signature_method(method),
            last_leg: None,
        }
    }

    fn base_string(&self) -> String {
        let leg = self.flow.temporary(Callback::OutOfBand);
        leg.call(stamp()).unwrap().base_string().to_owned()
    }
}

#[test]
fn a_flow_is_a_field_of_a_struct_whatever_its_method() {
    let mut clients = vec![
        Client::new(SignatureMethod::default()),
        Client::new(SignatureMethod::plaintext()),
        Client::new(SignatureMethod::with_key(HmacSha1::new("another", ""))),
    ];
    for client in &mut clients {
        let temporary = Temporary::new("t", "s");
        let code = VerificationCode::new("code");
        client.last_leg = Some(client.flow.token(temporary, code));
    }
    let body = "oauth_token=a&oauth_token_secret=b";
    for client in clients {
        let leg = client.last_leg.unwrap();
        assert!(leg.call(stamp()).is_ok());
        let token = leg.accept(Response::new(200, body)).unwrap();
        assert_eq!(token.token(), "a");
    }
}

#[test]
fn a_flow_is_shared_between_threads_and_outlives_its_maker() {
    let client = Arc::new(Client::new(SignatureMethod::default()));
    let expected = client.base_string();
    let threads = [0; 2].map(|_| {
        let client = Arc::clone(&client);
        thread::spawn(move || client.base_string())
    });
    let copy = Client::clone(&client);
    drop(client);
    for thread in threads {
        assert_eq!(thread.join().unwrap(), expected);
    }
    assert_eq!(copy.base_string(), expected);
}

#[test]
fn a_service_with_one_endpoint_has_it_for_every_leg() {
    let endpoints = Endpoints::token_only(ENDPOINT).unwrap();
    let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    let urls = [
        flow.temporary(Callback::OutOfBand).call(stamp()),
        flow.token_without_code(Temporary::new("t", "s"))
            .call(stamp()),
        flow.xauth("name", "password").call(stamp()),
    ]
    .map(|call| call.unwrap().url().to_owned());
    assert_eq!(urls, [ENDPOINT; 3]);
    let url = flow.authorize_url(&Temporary::new("t", "s"), &[]);
    assert_eq!(url, format!("{ENDPOINT}&oauth_token=t"));
}

#[test]
fn the_one_endpoint_is_checked_as_that_for_tokens() {
    let error = |url| Endpoints::token_only(url).unwrap_err();
    assert!(matches!(error("/token"), EndpointsError::Token(_)));
    assert_eq!(
        error("/token").to_string(),
        "the endpoint for tokens: the URL does not begin with http:// or https://"
    );
}
