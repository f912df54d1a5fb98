//! The hash of a body that is not a form (OAuth Request Body Hash 1.0).

use oauth1_signer::signature_method::{BodyHash, MethodError};
use oauth1_signer::{Consumer, RequestError, Signer};
use support::samples::post;

#[test]
fn a_form_has_no_body_hash() {
    const TEXT: &str = "a form cannot have a body hash: its parameters are signed already";
    let hash = BodyHash::sha1("body");
    let form = [("a", "b")];
    for refused in [
        post().form(&form).unwrap().body_hash(&hash),
        post().form_bytes("").unwrap().body_hash(&hash),
        post().body_hash(&hash).unwrap().form(&form),
        post().body_hash(&hash).unwrap().form_bytes("a=b"),
        post()
            .form(&form)
            .unwrap()
            .protocol_parameter("oauth_body_hash", "computed elsewhere"),
    ] {
        let error = refused.unwrap_err();
        assert_eq!(error, RequestError::BodyHashOfForm);
        assert_eq!(error.to_string(), TEXT);
    }
    let twice = post().body_hash(&hash).unwrap().body_hash(&hash);
    assert_eq!(
        twice.unwrap_err().to_string(),
        "\"oauth_body_hash\" is given twice"
    );
    // What an upload has signed elsewhere is no form.
    let elsewhere = post().signed_elsewhere(&form).unwrap().body_hash(&hash);
    assert!(elsewhere.is_ok());
}

#[test]
fn the_body_hash_follows_the_method_or_is_refused() {
    let hash = |method| {
        Signer::with_key_elsewhere("key", None, method)
            .unwrap()
            .body_hash("")
    };
    for method in ["HMAC-SHA1", "RSA-SHA1"] {
        assert_eq!(hash(method), Ok(BodyHash::sha1("")));
    }
    let plaintext = Signer::plaintext(&Consumer::new("key", "secret"), None);
    assert_eq!(plaintext.body_hash(""), Ok(BodyHash::sha1("")));
    for method in ["", "HMAC-MD5", "hmac-sha1", "RSA-SHA384"] {
        let unknown = MethodError::Unknown {
            name: method.into(),
        };
        assert_eq!(hash(method), Err(unknown));
    }
    #[cfg(feature = "sha2")]
    for (method, expected) in [
        ("HMAC-SHA256", BodyHash::sha256("")),
        ("RSA-SHA256", BodyHash::sha256("")),
        ("HMAC-SHA512", BodyHash::sha512("")),
        ("RSA-SHA512", BodyHash::sha512("")),
    ] {
        assert_eq!(hash(method), Ok(expected));
    }
    #[cfg(not(feature = "sha2"))]
    assert_eq!(
        hash("RSA-SHA256").unwrap_err().to_string(),
        "RSA-SHA256 needs the feature sha2 of the crate oauth1-signer"
    );
}
