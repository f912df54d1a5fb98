//! Any file as a private key: it is refused with an error that shows nothing of it, or it signs.

#![no_main]

use std::mem::needs_drop;

use libfuzzer_sys::fuzz_target;
use oauth1_signer::{
    Request, Signer, Stamp,
    signature_method::{AnyKey, MethodError, PrivateKeyError, RsaSha256, SigningKey},
};

// An error without allocated text cannot carry bytes of the file, whichever variants it gets.
const _: () = assert!(
    !needs_drop::<PrivateKeyError>(),
    "errors about a key own no text"
);

fuzz_target!(|file: &[u8]| {
    let both = [RsaSha256::from_pem(file), RsaSha256::from_der(file)];
    let mut errors = Vec::new();
    for result in both {
        match result {
            Ok(key) => sign("RSA-SHA256", &key),
            Err(error) => {
                check_error(&error);
                errors.push(error);
            }
        }
    }
    match AnyKey::from_private_key("RSA-SHA1", file) {
        Ok(key) => {
            assert!(errors.len() < 2, "a key that neither reader takes");
            sign("RSA-SHA1", &key);
        }
        Err(MethodError::Key(error)) => assert!(errors.contains(&error), "{error}"),
        Err(error) => panic!("the method is known: {error}"),
    }
    // No key makes these methods possible.
    for name in ["HMAC-SHA1", "RSA-MD5"] {
        assert!(AnyKey::from_private_key(name, b"").is_err());
    }
});

/// Signing works, or is an error.
fn sign<K: SigningKey<Error: std::error::Error> + std::fmt::Debug>(name: &str, key: &K) {
    let request = Request::get("https://example.com/").expect("a request");
    let signer = Signer::with_key("key", None, key);
    match signer.try_sign(&request, Stamp::new("nonce", 1)) {
        Ok(signed) => {
            let header = signed.authorization_header().to_value();
            assert!(header.contains(&format!("oauth_signature_method=\"{name}\"")));
            // 1024 bits are 128 bytes, which base64 writes with 172 characters.
            assert!(signed.signature().expose_secret().len() >= 172);
        }
        Err(error) => assert!(error.to_string().len() < 200),
    }
    assert!(format!("{key:?}{key:#?}").contains("[redacted]"));
}

fn check_error(error: &PrivateKeyError) {
    for text in [
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
    ] {
        assert!(text.is_ascii() && text.len() < 200, "{text}");
    }
}
