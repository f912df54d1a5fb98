//! What the types do for threads, copies and moves. Which of them may, is in `public_types`.

use std::{convert::Infallible, sync::Arc, thread};
use support::implements;

use oauth1_signer::signature_method::{HmacSha1, SigningKey};
use oauth1_signer::{Callback, Consumer, Realm, Request, Signer, Stamp, Token};

fn signer() -> Signer {
    let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
    Signer::new(
        &consumer,
        &Token::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00"),
    )
    .with_realm(Realm::new("Photos").unwrap())
    .without_version()
}

fn headers(signer: &Signer) -> Vec<String> {
    let request = Request::get("https://photos.example.net/photos?size=original").unwrap();
    (0..200)
        .map(|second| {
            let signed = signer.sign(&request, Stamp::new("kllo9940pd9333jh", second));
            signed.authorization_header().to_value()
        })
        .collect()
}

#[test]
fn signer_is_shared_between_threads() {
    let signer = signer();
    let expected = headers(&signer);
    let [first, second] = thread::scope(|scope| {
        let threads = [0; 2].map(|_| scope.spawn(|| headers(&signer)));
        threads.map(|thread| thread.join().unwrap())
    });
    assert_eq!(first, expected);
    assert_eq!(second, expected);
}

#[test]
fn request_is_signed_in_another_thread() {
    let url = String::from("https://photos.example.net/photos");
    let form = [("title", "a")];
    let request = Request::post(&url).unwrap().form(&form).unwrap();
    let signer = signer();
    let sign = || {
        let signed = signer.sign(&request, Stamp::new("n", 1));
        signed.form_body().to_string()
    };
    let there = thread::scope(|scope| scope.spawn(sign).join().unwrap());
    assert_eq!(there, sign());
}

#[test]
fn clone_of_a_signer_signs_the_same() {
    let signer = signer();
    let clone = signer.clone();
    let expected = headers(&signer);
    drop(signer);
    assert_eq!(headers(&clone), expected);
}

#[test]
fn clone_of_a_request_is_the_same_request() {
    let form = [("z", "1"), ("a", "2"), ("m", "3"), ("a", "1")];
    let request = Request::post("https://photos.example.net/photos?b&c=d").unwrap();
    let request = request.form(&form).unwrap().verification_code("473f82d3");
    let signer = signer();
    let sign = |request: &Request| {
        signer
            .sign(request, Stamp::new("n", 1))
            .form_body()
            .to_string()
    };
    assert_eq!(sign(&request.clone()), sign(&request));
}

/// A stamp signs once. That using it twice does not compile is shown beside the type itself.
#[test]
fn stamp_cannot_be_copied() {
    const {
        assert!(!implements!(Stamp: Clone));
        assert!(!implements!(Stamp: Copy));
        // The question is asked in the right way.
        assert!(implements!(Callback<'static>: Copy));
        assert!(implements!(Signer: Clone));
        assert!(!implements!(Signer: Copy));
    }
}

#[test]
fn several_signers_share_one_key() {
    fn header(key: impl SigningKey<Error = Infallible>) -> String {
        let signer = Signer::with_key("ck", Some("tk"), key);
        let request = Request::get("https://api.example.com/").unwrap();
        let signed = signer.sign(&request, Stamp::new("nonce", 1));
        signed.authorization_header().to_value()
    }
    let key = Arc::new(HmacSha1::new("cs", "ts"));
    let expected = header(HmacSha1::new("cs", "ts"));
    assert_eq!(header(&*key), expected);
    assert_eq!(header(Arc::clone(&key)), expected);
    assert_eq!(header(Box::new(HmacSha1::new("cs", "ts"))), expected);
}
