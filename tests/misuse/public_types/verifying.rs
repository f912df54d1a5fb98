//! Received requests, and what a verifier makes of them, with a secret wherever one fits.

use oauth1_signer::{
    AuthorizationParameters, Placement,
    signature_method::{AnyVerifyingKey, SharedSecrets},
    verifier::{
        AcceptError, Body, Incoming, IncomingError, Insertion, NonceKey, Nonces, Policy, Refusal,
        Verifier,
    },
};
use support::{samples::stamp, shown, shown::Shown};

use super::secret::{
    CODE, CONSUMER_SECRET, FORM_VALUE, HANDLE, TOKEN_SECRET, consumer, key, plaintext, request,
    token,
};

/// Takes every nonce.
#[derive(Debug)]
struct Anything;

impl Nonces for Anything {
    type Error = std::convert::Infallible;

    fn insert(&self, _: &NonceKey<'_>) -> Result<Insertion, Self::Error> {
        Ok(Insertion::New)
    }
}

pub(super) fn all() -> Vec<Shown> {
    let request = request();
    let signer = plaintext();
    let call = signer
        .try_sign(&request, stamp())
        .unwrap()
        .call(Placement::Header);
    let header = call
        .headers()
        .find(|(name, _)| *name == "Authorization")
        .unwrap()
        .1;
    let body = Body::form(call.body().as_bytes());
    let incoming = Incoming::read(call.method(), call.url(), Some(header), body).unwrap();
    let verifier = Verifier::new("https://user:url-hunter2@api.example.com").unwrap();
    // What is signed elsewhere is not received, which does not matter to PLAINTEXT.
    let verifier = verifier.with_policy(Policy::new().allow_plaintext());
    let secrets = SharedSecrets::new(consumer().expose_secret(), token().expose_secret());
    let verify = || {
        verifier
            .verify(&incoming, [&secrets], stamp().unix_seconds())
            .unwrap()
    };
    let verified = verify().accept(&Anything).unwrap();
    let mut all = vec![
        shown!(AuthorizationParameters::parse(header).unwrap()),
        shown!(body),
        shown!(incoming),
        shown!(incoming.protocol_parameters()),
        shown!(incoming.explain()),
        shown!(incoming.explain().into_evidence()),
        shown!(verifier),
        shown!(Policy::new()),
        shown!(secrets),
        shown!(AnyVerifyingKey::from(secrets.clone())),
        shown!(AnyVerifyingKey::new(secrets.clone())),
        shown!(verify()),
        shown!(verified),
        shown!(verified.into_owned()),
        shown!(NonceKey::new("key", Some("token"), "nonce", 1)),
        shown!(Insertion::New),
        shown!(AcceptError::<std::convert::Infallible>::Replayed),
        shown!(AuthorizationParameters::parse(&format!("OAuth {}", key())).unwrap_err()),
        shown!(Refusal::Signature),
    ];
    all.extend(errors().iter().map(|error| shown!(error)));
    #[cfg(feature = "std")]
    {
        use oauth1_signer::verifier::{MemoryNonces, MemoryNoncesError};

        all.extend([shown!(MemoryNonces::new()), shown!(MemoryNoncesError::Full)]);
    }
    #[cfg(feature = "rsa")]
    {
        use oauth1_signer::signature_method::RsaPublicKey;

        let pem = support::files::read("keys/public.pem");
        all.push(shown!(RsaPublicKey::from_pem(&pem).unwrap()));
        all.push(shown!(RsaPublicKey::from_pem(CONSUMER_SECRET).unwrap_err()));
    }
    all
}

/// Requests that are refused, with a secret where the mistake is.
fn errors() -> Vec<IncomingError> {
    let read = |url: &str, header: Option<&str>, form: &str| {
        let body = Body::form(form.as_bytes());
        Incoming::read("POST", url, header, body).unwrap_err()
    };
    let header = |parameter: &str| {
        let header = format!("OAuth oauth_consumer_key=\"key\", {parameter}");
        read("https://a.example/", Some(&header), "")
    };
    let form = |form: &str| read("https://a.example/", None, form);
    vec![
        header(&format!("oauth_signature=\"{CONSUMER_SECRET}")),
        header(&format!("oauth_signature={CONSUMER_SECRET}")),
        header(&format!("oauth_signature=\"{CONSUMER_SECRET}\\\"")),
        header(&format!("{TOKEN_SECRET}=\"\", {TOKEN_SECRET}=\"\"")),
        header(&format!("oauth_verifier=\"{CODE}%FF\"")),
        form(&format!("oauth_timestamp={TOKEN_SECRET}")),
        form(&format!("oauth_verifier={CODE}%FF&oauth_x={HANDLE}")),
        form(&format!("oauth_x={FORM_VALUE}&oauth_x={FORM_VALUE}")),
        form(&format!("oauth_=%3D{FORM_VALUE}&a={FORM_VALUE}%")),
        read("https://user:url-hunter2@a.example:x/", None, ""),
        read(
            "https://a.example/?oauth_x=query-hunter2",
            Some("OAuth"),
            "",
        ),
    ]
}
