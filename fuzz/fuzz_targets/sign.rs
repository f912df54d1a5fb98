//! Any request: it is refused by the stated rules, or signed as the model of the RFC signs it.

#![no_main]

use fuzz::case::{Case, Pair};
use libfuzzer_sys::fuzz_target;
use oauth1_signer::{
    Consumer, Placement, Realm, Request, Signed, Signer, Target, Token,
    signature_method::{BodyHash, Plaintext, SigningError, SigningKey},
};
use sha1::Sha1;
use support::reference::{self, decode_form};
use url::Url;

fuzz_target!(|data: &[u8]| {
    let case = Case::parse(data);
    let hash = case.hashed.as_ref().map(BodyHash::sha1);
    if let (Some(body), Some(hash)) = (&case.hashed, &hash) {
        assert_eq!(hash.as_str(), reference::body_hash::<Sha1>(body));
    }
    match (case.request(hash.as_ref()), case.is_acceptable()) {
        (Ok(request), true) => check(&case, &request, hash.as_ref()),
        (Ok(_), false) => panic!("accepted against the rules: {case:?}"),
        (Err(error), true) => panic!("refused against the rules, {error}: {case:?}"),
        (Err(error), false) => assert!(!format!("{error}{error:?}{error:#?}").is_empty()),
    }
});

fn check(case: &Case, request: &Request, hash: Option<&BodyHash>) {
    let url = case.sent_url().expect("an acceptable URL");
    assert_eq!(request.target().as_str(), url.as_str());
    assert_eq!(
        request.target().base_uri(),
        reference::base_uri(url.as_str())
    );
    let target = Target::try_from(&url).expect("a URL with http or https");
    assert_eq!(request.target().query(), target.query());
    assert_eq!(request.target().base_uri(), target.base_uri());
    assert_eq!(request.has_form(), case.has_form());
    assert!(!format!("{request:?}{request:#?}").is_empty());
    let check = Check {
        case,
        request,
        url,
        hash: hash.map(BodyHash::as_str),
        realm: case.realm.as_deref().and_then(realm),
    };

    let consumer = Consumer::new(&case.consumer.0, &case.consumer.1);
    let token = case.token.as_ref();
    let token = token.map(|(token, secret)| Token::new(token, secret));
    let token = token.as_ref();
    check.hmac(
        Signer::new(&consumer, token),
        "HMAC-SHA1",
        reference::hmac_sha1,
    );
    check.hmac(
        Signer::hmac_sha256(&consumer, token),
        "HMAC-SHA256",
        reference::hmac_sha256,
    );
    check.hmac(
        Signer::hmac_sha512(&consumer, token),
        "HMAC-SHA512",
        reference::hmac_sha512,
    );
    check.plaintext(Signer::plaintext(&consumer, token));
}

struct Check<'c> {
    case: &'c Case,
    request: &'c Request<'c>,
    /// As it is sent.
    url: Url,
    hash: Option<&'c str>,
    realm: Option<Realm>,
}

impl Check<'_> {
    fn hmac<K>(&self, signer: Signer<K>, name: &str, model: fn(&str, &str, &str) -> String)
    where
        K: SigningKey<Error: std::fmt::Debug>,
    {
        let signer = self.set(signer);
        let signed = signer
            .try_sign(self.request, self.case.stamp())
            .expect("HMAC does not fail");
        let protocol = self.case.protocol(name, self.hash);
        let base_string = self.case.base_string(&self.url, &protocol);
        assert_eq!(
            signed.base_string().to_string(),
            base_string,
            "the base string of the model"
        );
        let token = self.case.token.as_ref().map(|(token, _)| token.as_str());
        let elsewhere = Signer::with_key_elsewhere(&self.case.consumer.0, token, name);
        let elsewhere = self.set(elsewhere.expect("a method that signs the base string"));
        let prepared = elsewhere.prepare(self.request, self.case.stamp());
        assert_eq!(
            prepared.base_string().to_string(),
            base_string,
            "signing in two steps"
        );
        let signature = model(
            &base_string,
            &self.case.consumer.1,
            self.case.token_secret(),
        );
        self.check_signed(&signed, protocol, &signature);
    }

    fn plaintext(&self, signer: Signer<Plaintext>) {
        let signer = self.set(signer);
        match signer.try_sign(self.request, self.case.stamp()) {
            Ok(signed) => {
                assert_eq!(self.url.scheme(), "https", "PLAINTEXT is for https only");
                let protocol = self.case.protocol("PLAINTEXT", self.hash);
                let signature =
                    reference::plaintext(&self.case.consumer.1, self.case.token_secret());
                self.check_signed(&signed, protocol, &signature);
            }
            Err(error) => {
                assert_eq!(error, SigningError::InsecureTransport);
                assert_eq!(self.url.scheme(), "http");
            }
        }
    }

    fn set<K>(&self, mut signer: Signer<K>) -> Signer<K> {
        if !self.case.version {
            signer = signer.without_version();
        }
        match &self.realm {
            None => signer,
            Some(realm) => signer.with_realm(realm.clone()),
        }
    }

    /// Each rendering carries all that was there before, then the same protocol parameters.
    fn check_signed(&self, signed: &Signed, mut sent: Vec<(String, String)>, signature: &str) {
        assert_eq!(
            signed.signature().expose_secret(),
            signature,
            "the signature of the model"
        );
        sent.push(("oauth_signature".into(), signature.into()));
        sent.sort_by_key(|(name, _)| reference::encode(name.as_bytes()));
        let sent = sent
            .into_iter()
            .map(|(name, value)| (name.into_bytes(), value.into_bytes()));
        let sent: Vec<Pair> = sent.collect();

        let header = signed.authorization_header().to_value();
        assert!(
            header
                .bytes()
                .all(|byte| matches!(byte, b'\t' | b' '..=b'~')),
            "{header:?}"
        );
        assert_eq!(header, signed.authorization_header().to_string());
        assert_eq!(
            self.in_header(&header),
            sent,
            "the parameters in the header"
        );

        let url = signed.query().to_url();
        let parsed = Url::parse(&url).expect("a signed URL is a URL");
        assert_eq!(
            parsed.as_str(),
            url,
            "a parser changes nothing in the signed URL"
        );
        let before = self.url.query().unwrap_or_default().as_bytes();
        let after = parsed.query().expect("a signed URL has a query");
        assert_eq!(after, signed.query().to_string());
        let expected = [decode_form(before), sent.clone()].concat();
        assert_eq!(
            decode_form(after.as_bytes()),
            expected,
            "the parameters in the query"
        );
        let mut rest = parsed.clone();
        rest.set_query(self.url.query());
        assert_eq!(rest, self.url, "the rest of the URL stays");

        let form = self.request.form_body().to_string();
        assert!(form.is_ascii());
        assert_eq!(
            decode_form(form.as_bytes()),
            self.case.form(),
            "the form beside a header"
        );
        let form = signed.form_body().to_string();
        assert!(form.is_ascii());
        let expected = [self.case.form(), sent].concat();
        assert_eq!(
            decode_form(form.as_bytes()),
            expected,
            "the parameters in the form"
        );
        for placement in [Placement::Body, Placement::Header, Placement::Query] {
            let call = signed.call(placement);
            assert_eq!(
                Request::get(call.url()).is_ok(),
                placement != Placement::Query
            );
            assert!(!call.url().contains('#'), "a fragment is not sent");
        }
        if let Ok(form) = signed.html_form() {
            assert!(
                form.to_string().is_ascii(),
                "a form is the same in any encoding"
            );
        }
        assert!(!format!("{signed:?}{signed:#?}").is_empty());
    }

    fn in_header(&self, header: &str) -> Vec<Pair> {
        let mut rest = header
            .strip_prefix("OAuth ")
            .expect("the scheme of the header");
        if let Some(realm) = &self.realm {
            let realm = format!("realm={realm}, ");
            rest = rest.strip_prefix(&realm).expect("the realm stands first");
        }
        assert!(!rest.contains('+'), "a space in a header is %20: {rest}");
        let parameters = rest.split(", ").map(|parameter| {
            let unquoted = parameter
                .strip_suffix('"')
                .and_then(|rest| rest.split_once("=\""));
            let (name, value) = unquoted.expect("name=\"value\"");
            let mut pairs = decode_form(format!("{name}={value}").as_bytes());
            pairs.pop().expect("one pair")
        });
        parameters.collect()
    }
}

fn realm(text: &str) -> Option<Realm> {
    let plain = |character| matches!(character, ' '..='~' | '\t');
    let realm = Realm::new(text);
    assert_eq!(
        realm.is_ok(),
        text.chars().all(plain),
        "{text:?} as a realm"
    );
    realm.ok()
}
