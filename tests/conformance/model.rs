//! The literal model: on any request, every stage is what a slow reading of the RFC says.

use std::borrow::Cow;

use oauth1_signer::{
    Callback, Consumer, Place, Realm, Request, RequestError, Signer, Stamp, Token,
};
use proptest::{collection::vec, prelude::*, sample::select};
use support::cases;
use url::Url;

pub(crate) use self::{case::Case, random::case};
use self::{
    random::{arbitrary_text, method, name, value},
    spelling::{Spelling, in_form, in_query, must_be_encoded},
};

mod case;
mod random;
mod spelling;

proptest! {
    #![proptest_config(cases(768))]

    #[test]
    fn every_stage_is_what_the_model_says(case in case()) {
        let signer = case.signer();
        let body = case.form_bytes();
        for request in [case.request(None), case.request(Some(&body))] {
            case.check_stages(&request, &signer.sign(&request, case.stamp()));
        }
    }

    /// The everyday constructor, and the one for keys of one's own.
    #[test]
    fn signers_are_the_same_however_they_are_made(mut case in case()) {
        case.signature_method = "HMAC-SHA1".into();
        let consumer = Consumer::new(&case.consumer.0, &case.consumer.1);
        let token = case.token.as_ref().map(|(token, secret)| Token::new(token, secret));
        let request = case.request(None);
        let (new, with_key) = (case.set(Signer::new(&consumer, &token)), case.signer());
        let new = new.sign(&request, case.stamp());
        let with_key = with_key.sign(&request, case.stamp());
        prop_assert_eq!(
            new.authorization_header().to_value(),
            with_key.authorization_header().to_value()
        );
    }

    #[test]
    fn renderings_carry_the_same_parameters(case in case()) {
        let signer = case.signer();
        let body = case.form_bytes();
        for request in [case.request(None), case.request(Some(&body))] {
            case.check_renderings(&request, &signer.sign(&request, case.stamp()));
        }
    }
}

proptest! {
    #![proptest_config(cases(512))]

    /// Nor on the place: the same parameters give the same signature as a form, in the query, and
    /// elsewhere.
    #[test]
    fn signature_does_not_depend_on_the_order(
        (pairs, shuffled) in vec((name(), value()), 0..12)
            .prop_flat_map(|pairs| (Just(pairs.clone()), Just(pairs).prop_shuffle())),
        cuts in any::<[prop::sample::Index; 2]>(),
        spelling in any::<Spelling>(),
    ) {
        let sign = |request: &Request| {
            let signer = Signer::new(&Consumer::new("key", "secret"), None);
            let signed = signer.sign(request, Stamp::new("nonce", 1));
            signed.signature().expose_secret().to_owned()
        };
        let request = Request::post("https://example.com/").unwrap().form(&pairs).unwrap();
        let expected = sign(&request);

        let mut cuts = cuts.map(|cut| cut.index(shuffled.len() + 1));
        cuts.sort_unstable();
        let (first, last) = shuffled.split_at(cuts[1]);
        let (query, form) = first.split_at(cuts[0]);
        let url = format!("https://example.com/?{}", in_query(query, spelling));
        let body = in_form(form, spelling);
        let request = Request::post(url.as_str()).unwrap();
        let with_pairs = request.clone().signed_elsewhere(last).unwrap().form(form).unwrap();
        let with_bytes = request.form_bytes(&body).unwrap().signed_elsewhere(last).unwrap();
        prop_assert_eq!(sign(&with_pairs), expected.as_str());
        prop_assert_eq!(sign(&with_bytes), expected.as_str());
    }

    /// Nor on who owns the pairs, or on when they are added to the query.
    #[test]
    fn pairs_are_the_same_however_they_are_given(
        pairs in vec((name(), value()), 0..12),
        owned in any::<[bool; 3]>(),
        query in "(\\?([?&=a]|%41|\\+){0,6})?",
        spelling in any::<Spelling>(),
    ) {
        let url = format!("https://example.com/{query}#c");
        let url = url.as_str();
        let cow = |bytes: &Vec<u8>, owned: bool| -> Cow<'static, [u8]> {
            if owned {
                Cow::Owned(bytes.clone())
            } else {
                Cow::Borrowed(bytes.clone().leak())
            }
        };
        let mixed: Vec<_> = pairs
            .iter()
            .zip(owned.iter().cycle().skip(1).zip(owned.iter().cycle()))
            .map(|((name, value), (n, v))| (cow(name, *n), cow(value, *v)))
            .collect();
        let signer = Signer::new(&Consumer::new("key", "secret"), None);
        let sign = |request: &Request| {
            let signed = signer.sign(request, Stamp::new("nonce", 1));
            (signed.base_string().to_string(), signed.form_body().to_string())
        };
        let post = || Request::post(url).unwrap();
        let expected = sign(&post().form(&pairs).unwrap());
        prop_assert_eq!(sign(&post().form(pairs.clone()).unwrap()), expected.clone());
        prop_assert_eq!(sign(&post().form(mixed.clone()).unwrap()), expected.clone());
        let by_parts = pairs.iter().map(|(name, value)| (name, value));
        prop_assert_eq!(sign(&post().form(by_parts).unwrap()), expected.clone());

        let extended = post().query(mixed.clone()).unwrap();
        prop_assert_eq!(&sign(&extended).0, &expected.0);
        prop_assert_eq!(&sign(&Request::post(extended.url()).unwrap()).0, &expected.0);
        let (first, last) = mixed.split_at(mixed.len() / 2);
        let twice = post().query(first.to_vec()).unwrap().query(last.to_vec()).unwrap();
        prop_assert_eq!(twice.url(), extended.url());
        prop_assert_eq!(&sign(&twice).0, &expected.0);

        // All at once.
        let all = post().form(mixed.clone()).unwrap().query(pairs.clone()).unwrap();
        let all = all.signed_elsewhere(mixed).unwrap();
        let separator = if query.is_empty() { "?" } else { "&" };
        let query = format!("https://example.com/{query}{separator}{}", in_query(&pairs, spelling));
        let other = Request::post(query.as_str()).unwrap().signed_elsewhere(&pairs).unwrap();
        prop_assert_eq!(sign(&all).0, sign(&other.form(&pairs).unwrap()).0);
    }

    #[test]
    fn protocol_parameters_are_refused_however_they_are_spelled(
        rest in vec(any::<u8>(), 0..12),
        value in value(),
        others in vec((name(), value()), 0..6),
        at in any::<prop::sample::Index>(),
        spelling in any::<Spelling>(),
    ) {
        let name = [&b"oauth_"[..], &rest].concat();
        let mut pairs = others;
        pairs.insert(at.index(pairs.len() + 1), (name.clone(), value));
        let refused = |result: Result<Request, RequestError>, place| {
            let odd = |octet: &u8| !octet.is_ascii_alphanumeric() && *octet != b'_';
            let name = name.split(odd).next().unwrap();
            let name = String::from_utf8(name.to_vec()).unwrap();
            assert_eq!(result.unwrap_err(), RequestError::ProtocolParameter { name, place });
        };
        let url = format!("https://example.com/?{}", in_query(&pairs, spelling));
        let body = in_form(&pairs, spelling);
        let request = Request::post("https://example.com/?a=b").unwrap();
        refused(Request::get(url.as_str()), Place::Query);
        refused(request.clone().form(&pairs), Place::Form);
        refused(request.clone().form(pairs.clone()), Place::Form);
        refused(request.clone().query(pairs.clone()), Place::Query);
        refused(request.clone().form_bytes(&body), Place::Form);
        refused(request.clone().signed_elsewhere(&pairs), Place::Elsewhere);
    }

    /// What is taken can be signed and written, and what is not is an error.
    #[test]
    fn nothing_panics(
        method in prop_oneof![arbitrary_text(), method()],
        url in prop_oneof![
            arbitrary_text(),
            arbitrary_text().prop_map(|rest| format!("http://{rest}")),
            arbitrary_text().prop_map(|rest| format!("https://example.com/?{rest}")),
        ],
        body in prop_oneof![
            vec(any::<u8>(), 0..40),
            vec(select(&b"%%%&&==+;4fFgo\0\xFF"[..]), 0..20),
        ],
        name in arbitrary_text(),
        texts in any::<[String; 2]>(),
        realm in arbitrary_text(),
    ) {
        let first_malformed = body.iter().enumerate().position(|(at, octet)| {
            *octet == b'%'
                && !(body.len() > at + 2 && body[at + 1..at + 3].iter().all(u8::is_ascii_hexdigit))
        });
        let first_not_encoded = body.iter().position(|octet| must_be_encoded(*octet));
        let form = Request::post("https://example.com/").unwrap().form_bytes(&body);
        match (&form, first_not_encoded, first_malformed) {
            (Err(RequestError::NotFormUrlencoded { position }), Some(expected), _)
            | (Err(RequestError::MalformedEscape { position, .. }), None, Some(expected)) => {
                prop_assert_eq!(*position, expected);
            }
            (result, not_encoded, malformed) => {
                prop_assert_eq!((not_encoded, malformed), (None, None));
                let request = result.as_ref().unwrap();
                let sent = request.form_body().to_string();
                prop_assert_eq!(sent.as_bytes(), &*body);
            }
        }

        let mut requests: Vec<Request> = form.into_iter().collect();
        requests.extend(Request::new(&method, "https://example.com/"));
        requests.extend(Request::get(url.as_str()));
        requests.extend(Request::new(&method, url.as_str()).and_then(|r| r.form_bytes(&body)));
        let more: Vec<Request> = requests
            .iter()
            .filter_map(|request| request.clone().protocol_parameter(&name, &texts[0]).ok())
            .map(|request| request.callback(Callback::Url(&texts[1])).verification_code(&name))
            .collect();
        let mut signer = Signer::new(&Consumer::new(&name, &realm), &Token::new(&realm, &name));
        if let Ok(realm) = Realm::new(&realm) {
            signer = signer.with_realm(realm);
        }
        for request in requests.iter().chain(&more) {
            let signed = signer.sign(request, Stamp::new(realm.clone(), 0));
            let url = signed.query().to_url();
            let parsed = Url::parse(&url).unwrap();
            prop_assert_eq!(parsed.as_str(), &url);
            prop_assert!(signed.form_body().to_string().is_ascii());
            let header = signed.authorization_header().to_value();
            prop_assert!(header.bytes().all(|octet| matches!(octet, b'\t' | b' '..=b'~')));
            prop_assert_eq!(signed.base_string().to_string().matches('&').count(), 2);
        }
    }
}
