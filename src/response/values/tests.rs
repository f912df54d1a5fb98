//! Signatures, times and body hashes are found in the words of servers.

use super::*;

const OURS: &str = "cEWvmwSskPc+LnpusZ6j+aUd5UQ=";

#[test]
fn signatures_are_found_in_the_words_of_servers() {
    for (text, received) in [
        (
            "oauth_signature [{}] does not match expected value [cEWvmwSskPc+LnpusZ6j+aUd5UQ=]",
            "INmKfxDrAKCzr2Y+CCUw3JGqa+g=",
        ),
        (
            "Expected value \"cEWvmwSskPc+LnpusZ6j+aUd5UQ=\". Received value \"{}\"",
            "cEWvmwSskPc LnpusZ6j aUd5UQ=",
        ),
        (
            "Invalid signature ours= cEWvmwSskPc+LnpusZ6j+aUd5UQ= yours= {}",
            "1HdjPI1pWt6Cna01NOrg9tB5Lsg=",
        ),
        (
            "Invalid signature yours={}\nours=cEWvmwSskPc+LnpusZ6j+aUd5UQ=\n",
            "1HdjPI1pWt6Cna01NOrg9tB5Lsg",
        ),
    ] {
        let text = text.replace("{}", received);
        assert_eq!(expected_signature(&text), Some(OURS), "{text}");
        assert_eq!(received_signature(&text), Some(received), "{text}");
    }
}

#[test]
fn a_received_signature_may_be_damaged_or_empty() {
    for received in ["", "cEWvmwSskPc%2BLnpusZ6j%2BaUd5UQ%3D"] {
        for text in [
            "oauth_signature [{}] does not match expected value [cEWvmwSskPc+LnpusZ6j+aUd5UQ=]",
            "Expected value \"cEWvmwSskPc+LnpusZ6j+aUd5UQ=\". Received value \"{}\"",
            "Invalid signature ours= cEWvmwSskPc+LnpusZ6j+aUd5UQ= yours= {}",
        ] {
            let text = text.replace("{}", received);
            assert_eq!(expected_signature(&text), Some(OURS), "{text}");
            assert_eq!(received_signature(&text), Some(received), "{text}");
        }
    }
}

#[test]
fn signatures_are_found_in_plain_words() {
    let (yours, damaged) = (
        "AcEWvmwSskPcLnpusZ6jaUd5UQ4=",
        "AcEWvmwSskPc LnpusZ6jaUd5UQ=",
    );
    for received in [yours, damaged] {
        for text in [
            "Signature mismatch: expected {} but received {r}",
            "Signature mismatch: expected {} but received {r} from you.",
            "Signature mismatch: Expected '{}', got '{r}'.",
            "expected signature: {}\nreceived signature: {r}\n",
            r#"{"error":"invalid_signature","expected":"{}","received":"{r}"}"#,
            r#"{"expected_signature": "{}", "received_signature": "{r}"}"#,
        ] {
            let text = text.replace("{}", OURS).replace("{r}", received);
            assert_eq!(expected_signature(&text), Some(OURS), "{text}");
            assert_eq!(received_signature(&text), Some(received), "{text}");
        }
    }
    for text in [
        "expected cEWvmwSskPc+LnpusZ6j+aUd5UQ= but received AcEWvmwSskPcLnpusZ6jaUd5UQ4=",
        "invalid signature: expected oauthsignaturebasestringofyours but received none",
        "signature, oauth_body_hash: expected cEWvmwSskPc+LnpusZ6j+aUd5UQ= ",
    ] {
        assert_eq!(expected_signature(text), None, "{text}");
        assert_eq!(received_signature(text), None, "{text}");
    }
}

#[test]
fn blanks_behind_a_signature_are_of_its_line() {
    for text in [
        "ours= {} yours= {}  \n",
        "Expected value \"{}\". Received value \"{} \"",
    ] {
        let text = text.replace("{}", OURS);
        assert_eq!(received_signature(&text), Some(OURS), "{text}");
    }
    let text = "yours=AcEWvmwSskPcLnpusZ6jaUd5UQ ";
    assert_eq!(
        received_signature(text),
        Some("AcEWvmwSskPcLnpusZ6jaUd5UQ ")
    );
}

#[test]
fn body_hashes_are_found_in_the_words_of_mastercard() {
    let hashes = |text: &str| {
        let (calculated, received) = body_hashes(text)?;
        Some(alloc::format!("{calculated} {received}"))
    };
    for (text, found) in [
        (
            "The provided oauth_body_hash does not match the SHA256 hash of the request payload. \
             Calculated: 8gvc07EIynBEDNsawysKl3cd+LbHDylpYlDiaX0Rbz8=, Received: 01Nc/+A=\",",
            "8gvc07EIynBEDNsawysKl3cd+LbHDylpYlDiaX0Rbz8= 01Nc/+A=",
        ),
        (
            "INVALID_BODY_HASH Calculated: x++p2Q=, Received: LpxcaG4%2BI%3D",
            "x++p2Q= LpxcaG4%2BI%3D",
        ),
    ] {
        assert_eq!(hashes(text).as_deref(), Some(found));
    }
    for text in [
        "oauth_body_hash: Calculated: , Received: x",
        "oauth_body_hash: Calculated: x",
        "oauth_body_hash: Received: x",
        "oauth_body_hash: Miscalculated: x, Received: x",
        "Calculated: x, Received: y",
    ] {
        assert_eq!(hashes(text), None, "{text}");
    }
}

#[test]
fn what_is_no_signature_is_left_alone() {
    for text in [
        "oauth_signature does not match expected value",
        "oauth_signature [] does not match expected value []",
        "Expected value \"GET\". Received value \"POST\"",
        "yours= 1450247855, ours= 1450334504",
        "Expected value \"cEWvmwSskPc-LnpusZ6j_aUd5UQ=\"",
        "hours= cEWvmwSskPc+LnpusZ6j+aUd5UQ=",
        "oauth_signature",
        "ours= \u{e9}cEWvmwSskPc+LnpusZ6j+aUd5UQ=",
    ] {
        assert_eq!(expected_signature(text), None, "{text}");
        assert_eq!(received_signature(text), None, "{text}");
    }
}

#[test]
fn times_are_found_in_the_words_of_servers() {
    for (text, times_in_it) in [
        (
            "Expired timestamp: given 1326837029 and now 1326841425 has a greater difference than threshold 300",
            Some((1_326_837_029, 1_326_841_425)),
        ),
        (
            "Expired timestamp, yours 1450247855, ours 1450334504",
            Some((1_450_247_855, 1_450_334_504)),
        ),
        (
            r#"{"yours":"1522554146","ours":1522573723,"difference":19577}"#,
            Some((1_522_554_146, 1_522_573_723)),
        ),
        ("yours 1450247855, ours unknown", None),
        ("given 13268370290000 and now 1326841425", None),
        ("given 1326837029x and now 1326841425", None),
        ("misgiven 1326837029 and now 1326841425", None),
        ("given 1361000000.12 and now 1361000000", None),
    ] {
        assert_eq!(times(text), times_in_it, "{text}");
    }
}
