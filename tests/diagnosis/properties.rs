//! Known mistakes, made by a model of their own on random requests, are named. Where no mistake was
//! made, nothing is found. No text is too odd to be read.

mod mistakes;
mod random;

use oauth1_signer::{
    Consumer, Placement, Signed, Token,
    diagnosis::{Certainty, Diagnosis, Evidence, Message},
    response::Response,
};
use proptest::{collection::vec, prelude::*, sample::select};
use support::{cases, reference};

use self::{
    mistakes::{MISTAKES, OF_KEYS, Right},
    random::{Case, arbitrary_text, case},
};

proptest! {
    #![proptest_config(cases(48))]

    /// Both base strings are known.
    #[test]
    fn a_mistake_is_named(case in case()) {
        case.sign(|signed| {
            let right = Right::of(&case, signed);
            let theirs = right.text();
            for mistake in MISTAKES {
                let wrong = (mistake.make)(&right);
                if wrong.text == theirs {
                    continue;
                }
                let diagnosis = Diagnosis::compare(&wrong.text, &theirs);
                mistake.assert_named(&diagnosis, wrong.parameter.as_deref(), &wrong.text);
            }
        });
    }

    /// Our base string and what was sent are known.
    #[test]
    fn a_mistake_is_named_without_a_server(case in case()) {
        case.sign(|signed| {
            let right = Right::of(&case, signed);
            let sent = signed.call(Placement::Header);
            for mistake in MISTAKES {
                let wrong = (mistake.make)(&right);
                if wrong.text == right.text() {
                    continue;
                }
                let evidence = Evidence::new().our_base_string(&wrong.text).sent(&sent);
                let diagnosis = evidence.diagnose();
                mistake.assert_named(&diagnosis, wrong.parameter.as_deref(), &wrong.text);
            }
        });
    }
}

proptest! {
    #![proptest_config(cases(8))]

    /// Both signatures and the secrets are known.
    #[test]
    fn a_mistake_is_found_by_its_signature(case in case()) {
        case.sign(|signed| {
            let right = Right::of(&case, signed);
            let (consumer, token) = (&case.secrets.0, &case.secrets.1);
            for mistake in MISTAKES.iter().filter(|mistake| mistake.is_searched) {
                let wrong = (mistake.make)(&right);
                if wrong.text == right.text() {
                    continue;
                }
                let ours = reference::hmac_sha1(&wrong.text, consumer, token);
                let diagnosis = case.searched(signed, &ours).diagnose();
                mistake.assert_named(&diagnosis, None, &wrong.text);
            }
        });
    }

    #[test]
    fn a_mistake_of_the_key_is_found_by_its_signature(case in case()) {
        case.sign(|signed| {
            let (consumer, token) = (&case.secrets.0, &case.secrets.1);
            let right = reference::key(consumer, token);
            for (code, key) in OF_KEYS {
                let key = key(consumer, token);
                if key == right {
                    continue;
                }
                let text = signed.base_string().to_string();
                let ours = reference::hmac::<sha1::Sha1>(key.as_bytes(), text.as_bytes(), 64);
                let diagnosis = case.searched(signed, &ours).diagnose();
                let mut findings = diagnosis.findings().iter();
                assert!(findings.any(|finding| finding.cause().code() == *code), "{code}: {diagnosis:?}");
            }
        });
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_was_signed_and_sent_is_right(case in case(), place in select(&[Placement::Header, Placement::Query])) {
        case.sign(|signed| {
            let alone = Evidence::new().our_base_string(signed.base_string().to_string());
            assert_clean(&alone.diagnose());
            let evidence = Evidence::new().signed(signed);
            assert_clean(&evidence.diagnose());
            assert_clean(&evidence.clone().sent(&signed.call(place)).diagnose());
            if case.form.is_some() {
                assert_clean(&evidence.clone().sent(&signed.call(Placement::Body)).diagnose());
            }
            let evidence = evidence.credentials(&case.consumer(), &case.token());
            assert_clean(&evidence.clone().sent(&signed.call(place)).diagnose());

            // The server makes the same.
            let theirs = Right::of(&case, signed).text();
            let signature = signed.signature().expose_secret();
            let evidence = evidence.their_base_string(theirs).expected_signature(signature);
            let diagnosis = evidence.received_signature(signature).diagnose();
            assert_clean(&diagnosis);
            assert!(diagnosis.base_strings_are_equal());
        });
    }

    /// If the strings are the same and nothing else is known, the key is suspected.
    #[test]
    fn the_key_is_left_when_the_strings_are_the_same(case in case()) {
        case.sign(|signed| {
            let theirs = Right::of(&case, signed).text();
            let diagnosis = Evidence::new().signed(signed).their_base_string(theirs).diagnose();
            assert!(diagnosis.base_strings_are_equal());
            for finding in diagnosis.findings() {
                assert!(finding.certainty() < Certainty::Proven, "{diagnosis:?}");
                assert!(finding.cause().code().starts_with("key-"), "{diagnosis:?}");
            }
        });
    }
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn no_text_is_too_odd(texts in vec(arbitrary_text(), 16), numbers in any::<[Option<u64>; 2]>()) {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = texts.as_slice() else {
            unreachable!("there are sixteen");
        };
        let request = Message::new(a, b)
            .protocol_parameters([(c, d), (e, f)])
            .form([(g, h)])
            .realm(i);
        let sent = Message::new(a, j).authorization(k).content_type(l).body(m.as_str());
        let mut evidence = Evidence::new()
            .our_base_string(n)
            .our_signature(d)
            .request(request)
            .sent(sent)
            .their_base_string(o)
            .expected_signature(p)
            .received_signature(h)
            .credentials(&Consumer::new(a, c), &Token::new(e, i))
            .response(&Response::new(401, g).www_authenticate(Some(k)).date(Some(f)));
        if let Some(seconds) = numbers[0] {
            evidence = evidence.their_time(seconds);
        }
        if let Some(seconds) = numbers[1] {
            evidence = evidence.our_time(seconds);
        }
        assert_printable(&evidence.diagnose());
        assert_printable(&Diagnosis::compare(n, o));
        assert_printable(&Evidence::new().our_base_string(n).diagnose());
    }
}

#[track_caller]
fn assert_clean(diagnosis: &Diagnosis) {
    assert!(diagnosis.findings().is_empty(), "{diagnosis:?}");
    assert!(!diagnosis.is_unexplained());
}

#[track_caller]
fn assert_printable(diagnosis: &Diagnosis) {
    for report in [format!("{diagnosis}"), format!("{diagnosis:#}")] {
        let printable =
            |line: &str| line.len() <= 80 && line.bytes().all(|b| matches!(b, b' '..=b'~'));
        assert!(report.lines().all(printable), "{report}");
    }
}

impl Case {
    /// The evidence of a server that tells which signature it expected.
    fn searched(&self, signed: &Signed<'_>, ours: &str) -> Evidence {
        Evidence::new()
            .request(signed)
            .our_signature(ours)
            .expected_signature(signed.signature().expose_secret())
            .credentials(&self.consumer(), &self.token())
    }
}
