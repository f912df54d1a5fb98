//! Parameters as data: those of the protocol, and all that count.

use oauth1_signer::{Parameters, ProtocolParameters, RequestError};
use proptest::{collection::vec, prelude::*};
use support::{cases, reference};

use crate::model;

fn list<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
    pairs.into_iter().collect()
}

proptest! {
    #![proptest_config(cases(128))]

    /// As whoever receives a request finds them: in any order.
    #[test]
    fn protocol_parameters_that_are_read_are_those_that_were_written(
        (case, order) in (model::case(), vec(any::<u32>(), 16))
    ) {
        let (signer, request) = (case.signer(), case.request(None));
        let signed = signer.sign(&request, case.stamp());
        let written = signed.protocol_parameters();
        let mut received: Vec<_> = written.iter().zip(order).collect();
        received.sort_by_key(|(_, order)| *order);
        let received = received.into_iter().map(|(pair, _)| pair);
        let read = ProtocolParameters::from_pairs(received.clone()).unwrap();
        prop_assert_eq!(list(read.iter()), list(written.iter()));
        prop_assert_eq!(list(read.clone()), list(written.clone()));
        prop_assert_eq!(format!("{read:?}"), format!("{written:?}"));
        for (name, value) in written.iter() {
            prop_assert_eq!(read.get(name), Some(value));
            prop_assert_eq!(written.get(name), Some(value));
            let again = received.clone().chain([(name, "other")]);
            let error = ProtocolParameters::from_pairs(again).unwrap_err();
            prop_assert_eq!(error, RequestError::DuplicateName { name: name.into() });
        }
    }

    #[test]
    fn parameters_are_walked_in_order_and_decoded(case in model::case()) {
        let body = case.form_bytes();
        let (signer, request) = (case.signer(), case.request(Some(&body)));
        let signed = signer.sign(&request, case.stamp());
        let parameters = signed.parameters();
        let pairs: Vec<_> = parameters
            .iter()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let encoded: Vec<_> = pairs
            .iter()
            .map(|(name, value)| (reference::encode(name), reference::encode(value)))
            .collect();
        prop_assert!(encoded.is_sorted());
        let written: Vec<_> = encoded.iter().map(|(n, v)| format!("{n}={v}")).collect();
        prop_assert_eq!(written.join("&"), parameters.to_string());
        // Given as pairs, they are the same parameters.
        let given = Parameters::from_pairs(&pairs);
        prop_assert_eq!(given.to_string(), parameters.to_string());
        prop_assert!(given.iter().eq(parameters.iter()));
    }
}

#[test]
fn a_protocol_parameter_that_is_not_there_is_none() {
    let parameters = ProtocolParameters::from_pairs([
        ("oauth_version", ""),
        ("x_auth_mode", "client_auth"),
        ("oauth_consumer_key", "a b"),
    ])
    .unwrap();
    assert_eq!(parameters.get("oauth_version"), Some(""));
    assert_eq!(parameters.get("x_auth_mode"), Some("client_auth"));
    for name in [
        "oauth_token",
        "OAUTH_VERSION",
        "x_auth",
        "",
        "oauth_signature",
    ] {
        assert_eq!(parameters.get(name), None, "{name}");
    }
    assert_eq!(
        list(parameters),
        [
            ("oauth_consumer_key", "a b"),
            ("oauth_version", ""),
            ("x_auth_mode", "client_auth"),
        ]
    );
    let none = ProtocolParameters::from_pairs([]).unwrap();
    assert_eq!(none.iter().next(), None);
}

#[test]
fn a_protocol_parameter_that_is_received_twice_is_refused() {
    for name in [
        "oauth_nonce",
        "oauth_signature",
        "oauth_expires_in",
        "x",
        "",
    ] {
        let pairs = [("oauth_token", "t"), (name, "a"), (name, "a")];
        let error = ProtocolParameters::from_pairs(pairs).unwrap_err();
        assert_eq!(error.to_string(), format!("\"{name}\" is given twice"));
    }
}
