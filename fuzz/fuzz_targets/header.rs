//! Any `Authorization` header: it is refused with an error that says where, or read as it is written.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use oauth1_signer::{
    AuthorizationError, AuthorizationParameters,
    verifier::{Body, Incoming, IncomingError},
};
use support::reference::encode;

fuzz_target!(|data: &[u8]| {
    let Ok(header) = str::from_utf8(data) else {
        return;
    };
    let parsed = AuthorizationParameters::parse(header);
    let incoming = Incoming::read("GET", "https://a.example/", Some(header), Body::none());
    match parsed {
        Ok(parameters) => {
            check(&parameters);
            if let Err(IncomingError::Authorization(error)) = incoming {
                panic!("read by itself, but refused in a request: {error}");
            }
        }
        Err(error) => {
            let text = error.to_string();
            assert!(text.is_ascii() && text.len() < 200, "{text}");
            let position = match error {
                AuthorizationError::Character { position }
                | AuthorizationError::Duplicate { position }
                | AuthorizationError::Expected { position, .. }
                | AuthorizationError::MalformedEscape { position }
                | AuthorizationError::NotText { position } => position,
                _ => 0,
            };
            assert!(position <= header.len());
            match incoming {
                Err(IncomingError::Authorization(other)) => assert_eq!(other, error),
                // A header of another scheme is ignored.
                Err(IncomingError::NotSigned) => assert_eq!(error, AuthorizationError::Scheme),
                other => panic!("refused by itself, but read in a request: {other:?}"),
            }
        }
    }
});

/// What is read and written again is read the same.
fn check(parameters: &AuthorizationParameters) {
    let names: BTreeSet<_> = parameters.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), parameters.iter().count(), "each name once");
    let mut written: Vec<String> = parameters
        .iter()
        .map(|(name, value)| {
            let (name, value) = (encode(name.as_bytes()), encode(value.as_bytes()));
            format!("{name}=\"{value}\"")
        })
        .collect();
    if let Some(realm) = parameters.realm() {
        let realm = realm.replace('\\', "\\\\").replace('"', "\\\"");
        written.insert(0, format!("realm=\"{realm}\""));
    }
    let written = format!("OAuth {}", written.join(", "));
    // Encoded, a header may be longer than what is read.
    if written.len() > 16 * 1024 {
        return;
    }
    // A name that was written with an escape may be that of the realm.
    if parameters
        .iter()
        .any(|(name, _)| name.is_empty() || name.eq_ignore_ascii_case("realm"))
    {
        return;
    }
    let again = AuthorizationParameters::parse(&written).expect("a header that we have written");
    assert!(parameters.iter().eq(again.iter()), "{written}");
    assert_eq!(parameters.realm(), again.realm());
    assert!(!format!("{parameters:?}{parameters:#?}").is_empty());
}
