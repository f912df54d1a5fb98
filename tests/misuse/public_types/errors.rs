//! Every error, made of input that has a secret in it.

use oauth1_signer::{
    Callback, Parameters, Realm, Request, RequestError, Signer, Target, Temporary, Token,
    flow::{CallError, Endpoints, Flow, Redirect},
    response::{Clock, Response},
    signature_method::{SignatureMethod, SigningError},
};
use support::{
    samples::{post, stamp},
    shown,
    shown::Shown,
};

use super::{
    answers,
    secret::{FORM_VALUE, TOKEN_SECRET, URL, consumer, plaintext, request},
};

pub(super) fn all() -> Vec<Shown> {
    let mut all: Vec<_> = of_requests().iter().map(|error| shown!(error)).collect();
    let malformed = Parameters::from_form_urlencoded(b"pin=query-hunter2%");
    all.extend([
        shown!(malformed.unwrap_err()),
        shown!(Realm::new("url-hunter2\n").unwrap_err()),
        shown!(Target::try_from("ftp://user:url-hunter2@example.com").unwrap_err()),
        shown!(Target::try_from("https://user:url-hunter2@a b").unwrap_err()),
    ]);
    all.push(of_a_form());
    all.extend(of_methods());
    all.extend(of_the_flow());
    all
}

fn of_requests() -> [RequestError; 8] {
    let form = [("pin", FORM_VALUE), ("oauth_token", FORM_VALUE)];
    let pairs = [("pin", FORM_VALUE)];
    let signed_already = URL.replace('#', "&oauth_token=query-hunter2#");
    [
        Request::post("ftp://user:url-hunter2@example.com").unwrap_err(),
        Request::post("https://user:url-hunter2@example.com:99999").unwrap_err(),
        Request::post(&signed_already).unwrap_err(),
        Request::post("https://example.com/?pin=query-hunter2%").unwrap_err(),
        request().form(&pairs).unwrap_err(),
        request().signed_elsewhere(&form).unwrap_err(),
        request()
            .protocol_parameter("oauth_token", TOKEN_SECRET)
            .unwrap_err(),
        request()
            .protocol_parameter("oauth_session_handle", TOKEN_SECRET)
            .unwrap_err(),
    ]
}

fn of_a_form() -> Shown {
    let form = [("pin", format!("{FORM_VALUE}\n"))];
    let request = Request::post(URL).unwrap().form(&form).unwrap();
    let signer = Signer::new(&consumer(), None);
    let error = signer.sign(&request, stamp()).html_form().unwrap_err();
    shown!(error)
}

fn of_methods() -> Vec<Shown> {
    let insecure = Request::post("http://user:url-hunter2@example.com/?pin=query-hunter2").unwrap();
    let in_the_clear = plaintext().try_sign(&insecure, stamp()).unwrap_err();
    let request = post();
    let hmac = Signer::with_method(&SignatureMethod::hmac_sha1(), &consumer(), None);
    let mut all = vec![
        shown!(in_the_clear),
        shown!(hmac.sign_without_stamp(&request).unwrap_err()),
        // It says what another crate says, and nothing else.
        shown!(SigningError::other("the module is locked")),
        shown!(SignatureMethod::from_name("HMAC-MD5").unwrap_err()),
        shown!(SignatureMethod::from_name("RSA-SHA1").unwrap_err()),
    ];
    #[cfg(feature = "rsa")]
    {
        use super::secret::CONSUMER_SECRET;
        use oauth1_signer::signature_method::RsaSha1;

        let begin = "-----BEGIN PRIVATE KEY-----";
        for file in [
            CONSUMER_SECRET.to_owned(),
            format!("{begin}\n{CONSUMER_SECRET}\n"),
            format!("{CONSUMER_SECRET}\n{begin}\n{TOKEN_SECRET}"),
        ] {
            all.push(shown!(RsaSha1::from_pem(&file).unwrap_err()));
            all.push(shown!(
                SignatureMethod::from_private_key("RSA-SHA1", file.as_bytes()).unwrap_err()
            ));
        }
    }
    all.shrink_to_fit();
    all
}

fn of_the_flow() -> Vec<Shown> {
    let url = "https://user:url-hunter2@e.com/";
    let flow = Flow::new(consumer(), Endpoints::new(url, url, url).unwrap());
    let leg = || flow.token_without_code(Temporary::new("t", TOKEN_SECRET));
    let name = "oauth_token";
    let bad_calls = [
        leg().query_parameter(name, "query-hunter2").call(stamp()),
        leg().form_parameter(name, FORM_VALUE).call(stamp()),
        leg().protocol_parameter(name, TOKEN_SECRET).call(stamp()),
        leg()
            .form_parameter("pin", FORM_VALUE)
            .method("GET")
            .call(stamp()),
    ];
    let mut all: Vec<_> = bad_calls.map(|call| shown!(call.unwrap_err())).into();
    all.push(shown!(CallError::Key(SigningError::InsecureTransport)));

    for url in [
        "ftp://user:url-hunter2@e.com",
        "https://user:url-hunter2@/?pin=query-hunter2",
    ] {
        all.push(shown!(Endpoints::new(url, url, url).unwrap_err()));
        all.push(shown!(
            Endpoints::new("https://e.com/", url, url).unwrap_err()
        ));
    }

    let secret = oauth1_signer::encode(TOKEN_SECRET);
    for redirect in [
        format!("/?oauth_verifier={secret}"),
        format!("/?oauth_token=t&oauth_verifier={secret}&oauth_verifier={secret}"),
        format!("/?oauth_token=t&oauth_verifier={secret}%FF"),
        format!("/?oauth_problem=x&oauth_problem_advice=token_secret%3D{secret}"),
    ] {
        all.push(shown!(Redirect::parse(&redirect).unwrap_err()));
    }

    let good = answers::answer();
    for body in [
        good.replace("oauth_token=", "token="),
        good.clone() + "&oauth_token=u",
        good.replace("=t&", "=%FF&"),
        format!("{{\"oauth_token_secret\": \"{TOKEN_SECRET}\"}}"),
    ] {
        all.push(shown!(
            Token::from_response(Response::new(200, &body)).unwrap_err()
        ));
    }
    let first = flow.temporary(Callback::OutOfBand);
    for status in [200, 401, 500] {
        let answer = Response::new(status, &good);
        all.push(shown!(first.accept(answer).unwrap_err()));
    }
    let far = Clock::new().learn(u64::MAX, 0).unwrap_err();
    let no_date = Clock::new().learn_from_date(TOKEN_SECRET, 0).unwrap_err();
    let no_time = Response::new(401, TOKEN_SECRET);
    let no_time = Clock::new().learn_from_response_at(&no_time, 0);
    all.extend([shown!(far), shown!(no_date), shown!(no_time.unwrap_err())]);
    all
}

/// The text of an error is looked at too, and not only its `Debug`.
#[test]
fn every_error_is_displayed() {
    for shown in all() {
        assert!(shown.display.is_some(), "{}", shown.type_name);
    }
}
