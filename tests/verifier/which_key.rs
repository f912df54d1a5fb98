//! Which keys fit, and what is answered if none does.

use std::convert::Infallible;

use oauth1_signer::{
    BaseString, Consumer, Placement, Request, Signer, Stamp,
    signature_method::{AnyVerifyingKey, SharedSecrets, Signature, SigningKey, VerifyingKey},
    verifier::{MemoryNonces, Policy, Refusal, Verifier},
};

use crate::wire::{Key, NOW, Wire, verifier};

/// A key that checks no signatures of a method is as wrong as any other, and does not tell that its
/// consumer exists. A method that no key of the verifier's type checks is another matter.
#[cfg(feature = "rsa")]
#[test]
fn a_key_for_other_methods_is_a_wrong_key() {
    use oauth1_signer::signature_method::RsaPublicKey;

    let wire = Wire::get();
    let incoming = wire.incoming().unwrap();
    let pem = support::files::read("vectors/keys/rsa-2048.pub.pem");
    let key = RsaPublicKey::from_pem(&pem).unwrap();
    let any = AnyVerifyingKey::from(key.clone());
    let refused = verifier(Policy::new()).verify(&incoming, [any], NOW);
    assert_eq!(refused.err(), Some(Refusal::Signature));
    let for_rsa = Verifier::for_keys("https://api.example.com").unwrap();
    let refused = for_rsa.verify(&incoming, [key], NOW);
    assert_eq!(refused.err(), Some(Refusal::SignatureMethod));
}

/// A signature method of somebody's own.
struct Length(usize);

impl VerifyingKey for Length {
    fn supports(&self, method: &str) -> bool {
        method == "LENGTH"
    }

    fn verify(&self, _: &str, base_string: &BaseString<'_>, signature: &str) -> bool {
        signature == (base_string.to_string().len() + self.0).to_string()
    }

    fn stand_in() -> Self {
        Self(1_000_000)
    }
}

impl SigningKey for Length {
    type Error = Infallible;

    fn method(&self) -> &'static str {
        "LENGTH"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Infallible> {
        let length = base_string.to_string().len();
        Ok(Signature::from_text((length + self.0).to_string()))
    }
}

#[test]
fn a_verifier_for_any_key_is_told_about_keys_of_a_type_of_ones_own() {
    let request = Request::get("https://api.example.com/").unwrap();
    let call = |number| {
        let signer = Signer::with_key("key", None, Length(number));
        let signed = signer.sign(&request, Stamp::new("nonce", NOW));
        let no_key = Key::Secrets(String::new(), String::new());
        Wire::of(&signed.call(Placement::Header), no_key)
    };
    let policy = || Policy::new().methods(["LENGTH", "HMAC-SHA1", "RSA-SHA1"]);
    let (without, with) = (
        verifier(policy()),
        verifier(policy()).with_key_type::<Length>(),
    );
    let refused =
        |verifier: &Verifier<AnyVerifyingKey>, wire: &Wire, key: Option<AnyVerifyingKey>| {
            let incoming = wire.incoming().unwrap();
            verifier.verify(&incoming, key, NOW).err()
        };
    let length = |number| Some(AnyVerifyingKey::new(Length(number)));
    let secrets = || Some(AnyVerifyingKey::from(SharedSecrets::new("secret", "ts")));
    let wire = call(7);
    assert_eq!(
        refused(&without, &wire, length(7)),
        Some(Refusal::SignatureMethod)
    );
    assert_eq!(
        refused(&without, &wire, None),
        Some(Refusal::SignatureMethod)
    );
    assert_eq!(refused(&with, &wire, length(7)), None);
    for key in [length(8), secrets(), None] {
        assert_eq!(refused(&with, &wire, key), Some(Refusal::Signature));
    }
    // The stand-in's key opens nothing.
    assert_eq!(
        refused(&with, &call(1_000_000), None),
        Some(Refusal::Signature)
    );

    // The other methods are what they were.
    let wire = Wire::get();
    assert_eq!(refused(&with, &wire, secrets()), None);
    for key in [length(7), None] {
        assert_eq!(refused(&with, &wire, key), Some(Refusal::Signature));
    }
    // A policy has to allow the method.
    let forgotten = verifier(Policy::new()).with_key_type::<Length>();
    assert_eq!(
        refused(&forgotten, &call(7), length(7)),
        Some(Refusal::SignatureMethod)
    );
}

#[test]
fn an_unknown_consumer_gets_the_same_answer_as_a_wrong_secret() {
    let wire = Wire::get();
    let incoming = wire.incoming().unwrap();
    let verifier = Verifier::new("https://api.example.com").unwrap();
    let unknown = verifier
        .verify(&incoming, None::<SharedSecrets>, NOW)
        .unwrap_err();
    let wrong = SharedSecrets::new("wrong", "ts");
    let wrong = verifier.verify(&incoming, [&wrong], NOW).unwrap_err();
    assert_eq!(unknown, wrong);
    assert_eq!(unknown.status(), 401);
    assert_eq!(unknown.body(), "oauth_problem=signature_invalid");
    assert_eq!(unknown.www_authenticate(None), wrong.www_authenticate(None));
}

/// Their secret is no secret, and opens nothing.
#[test]
fn nobody_can_sign_as_the_stand_in() {
    let stand_in = "a secret of common length, for nobody";
    let request = Request::get("https://api.example.com/").unwrap();
    let signer = Signer::new(
        &Consumer::new("key", stand_in),
        &oauth1_signer::Token::new("token", stand_in),
    );
    let signed = signer.sign(&request, Stamp::new("nonce", NOW));
    let key = Key::Secrets(stand_in.into(), stand_in.into());
    let wire = Wire::of(&signed.call(Placement::Header), key);
    // It is the secret of stand-ins indeed.
    assert_eq!(wire.verify(), Ok(()));
    let incoming = wire.incoming().unwrap();
    let verifier = Verifier::new("https://api.example.com").unwrap();
    let refused = verifier.verify(&incoming, None::<SharedSecrets>, NOW);
    assert_eq!(refused.err(), Some(Refusal::Signature));
}

#[test]
fn the_result_tells_which_of_several_keys_fits() {
    let wire = Wire::get();
    let incoming = wire.incoming().unwrap();
    let verifier = Verifier::new("https://api.example.com").unwrap();
    let keys = ["new", "secret", "older"].map(|secret| SharedSecrets::new(secret, "ts"));
    let which = |keys: &[SharedSecrets]| {
        let genuine = verifier.verify(&incoming, keys, NOW)?;
        Ok::<_, Refusal>(genuine.accept(&MemoryNonces::new())?.key_index())
    };
    assert_eq!(which(&keys), Ok(1));
    assert_eq!(which(&keys[1..]), Ok(0));
    assert_eq!(which(&keys[..1]), Err(Refusal::Signature));
    assert_eq!(which(&[]), Err(Refusal::Signature));
}
