//! Credentials, requests, keys and what is signed, with a secret wherever one fits.

use oauth1_signer::{
    Callback, Parameters, Place, Placement, ProtocolParameters, Realm, Request, Signed, Signer,
    Target, Temporary,
    signature_method::{
        BodyHash, HmacSha1, Plaintext, Signature, SignatureMethod, SigningError, SigningKey,
    },
};
use support::{samples::stamp, shown, shown::Shown};

use super::secret::{
    CODE, CONSUMER_SECRET, FORM_VALUE, HANDLE, TOKEN_SECRET, URL, consumer, key, plaintext,
    request, signer, token,
};

pub(super) fn all() -> Vec<Shown> {
    let values = [credentials(), keys(), requests(), signed()];
    values.into_iter().flatten().collect()
}

fn credentials() -> Vec<Shown> {
    let token_with_field = token().with_field("oauth_session_handle", HANDLE);
    vec![
        shown!(consumer()),
        shown!(token()),
        shown!(token_with_field),
        shown!(token_with_field.fields()),
        shown!(Temporary::new("hh5s93j4hdidpola", TOKEN_SECRET)),
    ]
}

fn keys() -> Vec<Shown> {
    let mut keys = vec![
        shown!(HmacSha1::new(CONSUMER_SECRET, TOKEN_SECRET)),
        shown!(Plaintext::new(CONSUMER_SECRET, TOKEN_SECRET)),
        shown!(Plaintext::new(CONSUMER_SECRET, TOKEN_SECRET).allow_insecure_transport()),
        shown!(
            SignatureMethod::from_name("HMAC-SHA1")
                .map(|method| method.key(CONSUMER_SECRET, TOKEN_SECRET))
                .unwrap()
        ),
        shown!(
            SignatureMethod::from_name("PLAINTEXT")
                .map(|method| method.key(CONSUMER_SECRET, TOKEN_SECRET))
                .unwrap()
        ),
        shown!(SignatureMethod::hmac_sha1()),
        shown!(SignatureMethod::with_key(Plaintext::new(
            CONSUMER_SECRET,
            TOKEN_SECRET
        ))),
        shown!(Signature::from_text(key())),
        shown!(BodyHash::sha1(CONSUMER_SECRET)),
    ];
    #[cfg(feature = "sha2")]
    {
        use oauth1_signer::signature_method::{HmacSha256, HmacSha512};

        keys.push(shown!(HmacSha256::new(CONSUMER_SECRET, TOKEN_SECRET)));
        keys.push(shown!(HmacSha512::new(CONSUMER_SECRET, TOKEN_SECRET)));
    }
    #[cfg(feature = "rsa")]
    {
        use oauth1_signer::signature_method::{RsaSha1, RsaSha256, RsaSha512};

        let der = include_bytes!("../../keys/rsa-1024.pkcs1.der");
        keys.push(shown!(RsaSha1::from_der(der).unwrap()));
        keys.push(shown!(RsaSha256::from_der(der).unwrap()));
        keys.push(shown!(RsaSha512::from_der(der).unwrap()));
    }
    // Its type has no `Debug`.
    let boxed: Box<dyn SigningKey<Error = SigningError>> =
        Box::new(Plaintext::new(CONSUMER_SECRET, TOKEN_SECRET));
    keys.extend([
        shown!(signer()),
        shown!(plaintext()),
        shown!(Signer::with_method(
            &SignatureMethod::plaintext(),
            &consumer(),
            &token()
        )),
        shown!(Signer::with_key("key", Some("token"), boxed)),
        shown!(keyless()),
    ]);
    keys
}

/// A signer whose key is elsewhere.
fn keyless() -> Signer<oauth1_signer::KeyElsewhere> {
    Signer::with_key_elsewhere("dpf43f3p2l4k3l03", Some("nnch734d00sl2jdk"), "HMAC-SHA1").unwrap()
}

fn requests() -> Vec<Shown> {
    let body = format!("pin={FORM_VALUE}");
    let with_bytes = Request::post(URL).unwrap().form_bytes(&body).unwrap();
    let protocol = [("oauth_verifier", CODE), ("oauth_session_handle", HANDLE)];
    vec![
        shown!(request()),
        shown!(request().form_body()),
        shown!(request().target()),
        shown!(with_bytes),
        shown!(with_bytes.form_body()),
        shown!(Target::try_from(URL).unwrap()),
        shown!(Parameters::from_pairs(&[("pin", FORM_VALUE)])),
        shown!(Parameters::from_form_urlencoded(body.as_bytes()).unwrap()),
        shown!(ProtocolParameters::from_pairs(protocol).unwrap()),
        shown!(stamp()),
        shown!(Realm::new("Photos").unwrap()),
        shown!(Callback::Url("https://example.com/back")),
        shown!(Place::Form),
        shown!(Placement::Query),
    ]
}

fn signed() -> Vec<Shown> {
    let request = request();
    let (hmac, plaintext, keyless) = (signer(), plaintext(), keyless());
    let prepared = || keyless.prepare(&request, stamp());
    let waiting = [shown!(prepared()), shown!(prepared().base_string())];
    let signature = Signature::from_text(key());
    [
        Vec::from(waiting),
        all_of(&hmac.sign(&request, stamp())),
        all_of(&plaintext.try_sign(&request, stamp()).unwrap()),
        all_of(&plaintext.sign_without_stamp(&request).unwrap()),
        all_of(&prepared().with_signature(signature)),
        vec![html_form()],
    ]
    .concat()
}

fn all_of(signed: &Signed) -> Vec<Shown> {
    vec![
        shown!(signed),
        shown!(signed.signature()),
        shown!(signed.authorization_header()),
        shown!(signed.query()),
        shown!(signed.form_body()),
        shown!(signed.protocol_parameters()),
        shown!(signed.parameters()),
        shown!(signed.base_string()),
        shown!(signed.call(Placement::Header)),
        shown!(signed.call(Placement::Query)),
        shown!(signed.call(Placement::Body)),
    ]
}

/// A browser posts nothing but a form, so nothing is signed elsewhere.
fn html_form() -> Shown {
    let request = Request::post(URL).unwrap();
    let request = request.form([("pin", FORM_VALUE)]).unwrap();
    let signer = signer();
    let signed = signer.sign(&request, stamp());
    shown!(signed.html_form().unwrap().auto_submit())
}

/// The names of methods are no secrets.
#[test]
fn keys_show_the_name_of_their_method() {
    for name in ["HMAC-SHA1", "PLAINTEXT"] {
        let key = SignatureMethod::from_name(name)
            .map(|method| method.key(CONSUMER_SECRET, TOKEN_SECRET))
            .unwrap();
        assert!(shown!(key).debug.contains(key.method()));
    }
}
