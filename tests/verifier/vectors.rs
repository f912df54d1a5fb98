//! Every case of `auth_header.json` and `verify.json`.

use oauth1_signer::{
    AuthorizationParameters,
    signature_method::AnyVerifyingKey,
    verifier::{Body, Incoming, MemoryNonces, Policy, Refusal, Verifier},
};
use serde::Deserialize;
use support::files::cases;

#[derive(Deserialize)]
struct Given {
    name: String,
    header: String,
    expect: String,
    realm: Option<String>,
    params: Option<Vec<(String, String)>>,
}

#[test]
fn every_header_is_read_or_refused() {
    let cases: Vec<Given> = cases("auth_header.json");
    assert_eq!(cases.len(), 25);
    for case in cases {
        let name = &case.name;
        match AuthorizationParameters::parse(&case.header) {
            Ok(parameters) => {
                assert_ne!(case.expect, "reject", "{name}");
                assert_eq!(
                    parameters.realm().as_deref(),
                    case.realm.as_deref(),
                    "{name}"
                );
                let read: Vec<_> = parameters.iter().map(owned).collect();
                assert_eq!(Some(read), case.params, "{name}");
            }
            Err(error) => assert_ne!(case.expect, "accept", "{name}: {error}"),
        }
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[derive(Deserialize)]
struct Case {
    name: String,
    method: String,
    url: String,
    authorization: Option<String>,
    content_type: Option<String>,
    body: Option<String>,
    consumer_secret: String,
    token_secret: Option<String>,
    public_key: Option<String>,
    result: String,
    parameters: Option<String>,
    base_string: Option<String>,
}

impl Case {
    fn incoming(&self) -> Result<Incoming<'_>, Refusal> {
        let body = self.body.as_deref().unwrap_or_default();
        let body = Body::received(self.content_type.as_deref(), body.as_bytes());
        let authorization = self.authorization.as_deref();
        Ok(Incoming::read(
            &self.method,
            &self.url,
            authorization,
            body,
        )?)
    }

    fn key(&self) -> AnyVerifyingKey {
        match &self.public_key {
            None => {
                let token_secret = self.token_secret.as_deref().unwrap_or_default();
                let secrets = (&*self.consumer_secret, token_secret);
                oauth1_signer::signature_method::SharedSecrets::new(secrets.0, secrets.1).into()
            }
            #[cfg(feature = "rsa")]
            Some(file) => {
                let pem = support::files::read(&format!("vectors/keys/{file}"));
                oauth1_signer::signature_method::RsaPublicKey::from_pem(&pem)
                    .unwrap()
                    .into()
            }
            #[cfg(not(feature = "rsa"))]
            Some(file) => panic!("{file} needs the feature rsa"),
        }
    }

    /// Whether this build has the signature method.
    fn has_feature(&self) -> bool {
        let sha2 = ["HMAC-SHA256", "HMAC-SHA512"];
        let needs_sha2 = self
            .incoming()
            .is_ok_and(|incoming| sha2.contains(&incoming.signature_method()));
        (cfg!(feature = "rsa") || self.public_key.is_none())
            && (cfg!(feature = "sha2") || !needs_sha2)
    }

    fn verify(&self) -> Result<(), Refusal> {
        let verifier = Verifier::<AnyVerifyingKey>::for_keys("https://api.example.com")
            .unwrap()
            .with_policy(Policy::new().allow_plaintext());
        let incoming = self.incoming()?;
        let now = incoming.timestamp().unwrap_or(1);
        let genuine = verifier.verify(&incoming, [self.key()], now)?;
        let verified = genuine.accept(&MemoryNonces::new())?;
        assert_eq!(verified.consumer_key(), incoming.consumer_key());
        let token = incoming.token().filter(|token| !token.is_empty());
        assert_eq!(verified.token(), token);
        Ok(())
    }
}

#[test]
fn every_request_is_verified_or_refused() {
    let cases: Vec<Case> = cases("verify.json");
    assert_eq!(cases.len(), 99);
    for case in cases.iter().filter(|case| case.has_feature()) {
        let name = &case.name;
        match (case.result.as_str(), case.verify()) {
            ("ok", Ok(())) => {
                let incoming = case.incoming().unwrap();
                let parameters = incoming.parameters().to_string();
                assert_eq!(Some(parameters), case.parameters, "{name}");
                if let Some(base_string) = &case.base_string {
                    assert_eq!(&incoming.base_string().to_string(), base_string, "{name}");
                    assert_eq!(incoming.explain().base_string(), base_string, "{name}");
                }
            }
            ("ok", Err(refusal)) => panic!("{name}: {refusal}"),
            ("reject", Err(_)) | ("either", _) => {}
            (expected, verified) => panic!("{name}: {expected}, but {verified:?}"),
        }
    }
}
