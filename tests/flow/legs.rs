//! The legs of Netflix, Flickr, Photobucket, Tumblr and Digg, held against `sign_services.json`.

use std::collections::BTreeMap;

use oauth1_signer::flow::{Endpoints, Flow, VerificationCode};
use oauth1_signer::response::Response;
use oauth1_signer::{
    Call, Callback, Consumer, Placement, Request, Signer, Stamp, Temporary, Token,
};
use serde::Deserialize;
use url::Url;

#[derive(Deserialize)]
struct Case {
    name: String,
    method: String,
    url: String,
    form: Option<Vec<(String, String)>>,
    oauth: BTreeMap<String, String>,
    consumer_secret: String,
    token_secret: Option<String>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    base_string: String,
    signature: String,
}

impl Case {
    fn named(name: &str) -> Self {
        let cases: Vec<Self> = support::files::cases("sign_services.json");
        cases.into_iter().find(|case| case.name == name).unwrap()
    }

    fn consumer(&self) -> Consumer {
        Consumer::new(&self.oauth["oauth_consumer_key"], &self.consumer_secret)
    }

    fn stamp(&self) -> Stamp {
        let timestamp = self.oauth["oauth_timestamp"].parse().unwrap();
        Stamp::new(self.oauth["oauth_nonce"].clone(), timestamp)
    }

    fn flow(&self, placement: Placement) -> Flow {
        let authorize = "https://www.example.com/authorize";
        let endpoints = Endpoints::new(&self.url, authorize, &self.url)
            .unwrap()
            .method(&self.method)
            .placement(placement);
        Flow::new(self.consumer(), endpoints)
    }

    /// The request of the vector, found again in the call, wherever it is.
    fn check(&self, call: &Call, placement: Placement) {
        let name = &self.name;
        assert_eq!(call.method(), self.method, "{name}");
        assert_eq!(call.base_string(), self.expected.base_string, "{name}");
        let url = Url::parse(call.url()).unwrap();
        let of_pairs = |pairs: &[u8]| -> Vec<(String, String)> {
            url::form_urlencoded::parse(pairs).into_owned().collect()
        };
        let mut query = of_pairs(url.query().unwrap_or_default().as_bytes());
        let mut body = of_pairs(call.body().as_bytes());
        let header = call
            .headers()
            .find(|(name, _)| *name == "Authorization")
            .map(|(_, value)| {
                let value = value.strip_prefix("OAuth ").unwrap();
                of_pairs(value.replace('"', "").replace(", ", "&").as_bytes())
            });
        let mut sent = match placement {
            Placement::Header => header.clone().unwrap(),
            Placement::Query => protocol(&mut query),
            Placement::Body => protocol(&mut body),
        };
        assert_eq!(header.is_some(), placement == Placement::Header, "{name}");
        let mut oauth = self.oauth.clone();
        oauth.insert("oauth_signature".into(), self.expected.signature.clone());
        sent.sort();
        assert_eq!(sent, oauth.into_iter().collect::<Vec<_>>(), "{name}");
        let given = Url::parse(&self.url).unwrap();
        let given = of_pairs(given.query().unwrap_or_default().as_bytes());
        assert_eq!(query, given, "{name}");
        assert_eq!(body, self.form.clone().unwrap_or_default(), "{name}");
        let has_type = call.headers().any(|(name, _)| name == "Content-Type");
        assert_eq!(has_type, !call.body().is_empty(), "{name}");
    }
}

fn protocol(pairs: &mut Vec<(String, String)>) -> Vec<(String, String)> {
    let (protocol, rest) = pairs
        .drain(..)
        .partition(|(name, _)| name.starts_with("oauth_"));
    *pairs = rest;
    protocol
}

const PLACES: [Placement; 3] = [Placement::Header, Placement::Query, Placement::Body];

fn places(case: &Case) -> impl Iterator<Item = Placement> {
    let get = case.method == "GET";
    PLACES
        .into_iter()
        .filter(move |placement| !(get && *placement == Placement::Body))
}

#[test]
fn temporary_credentials_of_a_server_of_core_1_0() {
    for name in ["netflix-request-token", "photobucket-login-request"] {
        let case = Case::named(name);
        for placement in places(&case) {
            let flow = case.flow(placement);
            let call = flow
                .temporary_without_callback()
                .call(case.stamp())
                .unwrap();
            case.check(&call, placement);
        }
    }
}

#[test]
fn parameters_of_a_leg_are_signed_like_those_of_its_url() {
    let case = Case::named("photobucket-login-request");
    let url = "http://api.photobucket.com/login/request";
    let endpoints = Endpoints::new(url, url, url)
        .unwrap()
        .placement(Placement::Query);
    let flow = Flow::new(case.consumer(), endpoints);
    let leg = flow.temporary_without_callback();
    let call = leg.query_parameter("format", "json").call(case.stamp());
    case.check(&call.unwrap(), Placement::Query);
}

#[test]
fn temporary_credentials_of_flickr() {
    for name in ["flickr-request-token", "flickr-request-token-comment-22"] {
        let case = Case::named(name);
        for placement in places(&case) {
            let flow = case.flow(placement);
            let callback = Callback::Url(&case.oauth["oauth_callback"]);
            let call = flow.temporary(callback).call(case.stamp()).unwrap();
            case.check(&call, placement);
        }
    }
}

#[test]
fn token_requests_of_netflix_flickr_and_digg() {
    for name in [
        "netflix-access-token",
        "flickr-access-token",
        "digg-access-token",
    ] {
        let case = Case::named(name);
        for placement in places(&case) {
            let flow = case.flow(placement);
            let secret = case.token_secret.as_deref().unwrap();
            let temporary = Temporary::new(&case.oauth["oauth_token"], secret);
            let mut leg = match case.oauth.get("oauth_verifier") {
                None => flow.token_without_code(temporary),
                Some(code) => flow.token(temporary, VerificationCode::new(code)),
            };
            if case
                .oauth
                .get("oauth_callback")
                .is_some_and(|callback| callback == "oob")
            {
                leg = leg.callback(Callback::OutOfBand);
            }
            case.check(&leg.call(case.stamp()).unwrap(), placement);
        }
    }
}

/// The calls after the flow, signed with the token that an answer gave.
#[test]
fn the_token_of_an_answer_signs_the_calls_after_it() {
    for name in [
        "netflix-user",
        "netflix-queue-add",
        "flickr-photoset-page",
        "tumblr-photo-post",
    ] {
        let case = Case::named(name);
        let body = format!(
            "oauth_token={}&oauth_token_secret={}&user_nsid=21207597%40N07\n",
            case.oauth["oauth_token"],
            case.token_secret.as_deref().unwrap()
        );
        let consumer = case.consumer();
        let token = Token::from_response(Response::new(200, &body)).unwrap();
        assert_eq!(token.fields().get("user_nsid"), Some("21207597@N07"));

        let signer = Signer::new(&consumer, &token);
        let form = case.form.clone().unwrap_or_default();
        let mut request = Request::new(&case.method, &case.url).unwrap();
        if case.form.is_some() {
            request = request.form(&form).unwrap();
        }
        let signed = signer.sign(&request, case.stamp());
        assert_eq!(
            signed.signature().expose_secret(),
            case.expected.signature,
            "{name}"
        );
    }
}
