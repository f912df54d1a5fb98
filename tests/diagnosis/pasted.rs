//! Evidence as people find it: in logs, in quotes, incomplete, or huge.

use oauth1_signer::{
    Consumer, Placement, Request, Signer, Stamp,
    diagnosis::{Diagnosis, Evidence, Message},
    response::Response,
};

const RIGHT: &str = "GET&https%3A%2F%2Fe.com%2Fa&oauth_consumer_key%3Dkey%26oauth_nonce%3Dn";

fn codes(diagnosis: &Diagnosis) -> String {
    let codes = diagnosis.findings().iter().map(|finding| {
        let cause = finding.mistake().unwrap_or(finding.cause());
        cause.code()
    });
    codes.collect::<Vec<_>>().join(" ")
}

#[test]
fn quotes_around_a_base_string_are_not_part_of_it() {
    for quoted in [
        format!("\"{RIGHT}\"\n"),
        format!("'{RIGHT}'"),
        format!("` {RIGHT} `"),
    ] {
        assert!(Diagnosis::compare(&*quoted, RIGHT).base_strings_are_equal());
        assert!(Diagnosis::compare(RIGHT, quoted).base_strings_are_equal());
    }
}

/// As .NET's `HttpUtility.UrlEncode` writes them.
#[test]
fn the_encoding_of_the_parts_counts_too() {
    for (wrong, code) in [
        (RIGHT.replace("%3A", "%3a"), "escapes-lower-case"),
        (RIGHT.replace("%3D", "%3d"), "escapes-lower-case"),
        (RIGHT.replace(".com", "%2Ecom"), "unreserved-encoded"),
        (RIGHT.replace('_', "%5F"), "unreserved-encoded"),
    ] {
        let alone = Evidence::new().our_base_string(&*wrong).diagnose();
        assert_eq!(codes(&alone), code, "{wrong}");
        assert_eq!(codes(&Diagnosis::compare(&*wrong, RIGHT)), code, "{wrong}");
        let of_server = Diagnosis::compare(RIGHT, &*wrong);
        assert_eq!(codes(&of_server), code, "{wrong}");
        assert!(of_server.findings()[0].mistake().is_some(), "{wrong}");
    }
}

#[test]
fn strings_that_differ_do_not_prove_the_key_wrong() {
    let diagnosis = Diagnosis::compare(format!("{RIGHT}%26"), RIGHT);
    assert_eq!(codes(&diagnosis), "");
    assert_eq!(codes(&Diagnosis::compare(RIGHT, RIGHT)), "key-wrong");
}

#[test]
fn a_log_may_write_the_header_in_lower_case_and_have_no_body() {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let request = Request::post("https://e.com/a?b=1").unwrap();
    let request = request.form([("title", "a b")]).unwrap();
    let signed = signer.sign(&request, Stamp::new("nonce", 1_316_657_628));
    let call = signed.call(Placement::Header);
    let mut headers = call.headers();
    let (_, header) = headers.find(|(name, _)| *name == "Authorization").unwrap();
    let log = |method| {
        Message::new(method, "https://e.com/a?b=1")
            .authorization(format!("authorization: {header}"))
    };
    let diagnose = |sent: Message| codes(&Evidence::new().signed(&signed).sent(sent).diagnose());
    assert_eq!(diagnose(log("POST")), "");
    let other = "sent-differs parameter-added";
    assert_eq!(diagnose(log("POST").body("title=a%20b")), other);
    let json = "application/json";
    assert_eq!(diagnose(log("POST").content_type(json)), other);
    let redirected = "sent-differs method parameter-added";
    assert_eq!(diagnose(log("GET")), redirected);
}

#[test]
fn an_answer_about_something_else_is_not_a_refusal() {
    for (status, is_refused) in [
        (200, false),
        (400, true),
        (401, true),
        (403, true),
        (404, false),
        (429, false),
        (500, false),
    ] {
        let evidence = Evidence::new().our_base_string(RIGHT);
        let diagnosis = evidence.response(&Response::new(status, "no")).diagnose();
        assert_eq!(diagnosis.is_unexplained(), is_refused, "{status}");
    }
}

/// What a server can write into its answer must not keep a client busy.
#[test]
fn long_strings_take_no_longer_than_they_are() {
    const LONG: usize = 200_000;
    for piece in ["pwd%3D", "a%3Db%2526c%26", "%26", "%25"] {
        let text = format!(
            "GET&https%3A%2F%2Fe.com%2F&{}",
            piece.repeat(LONG / piece.len())
        );
        let diagnosis = Diagnosis::compare(&*text, RIGHT);
        assert!(!format!("{diagnosis}{diagnosis:#}").is_empty());
    }
}

/// The one piece that everybody has is the request as it left, with its signature.
#[test]
fn the_signature_that_was_sent_is_ours() {
    let (consumer, other) = (
        Consumer::new("key", "secret"),
        Consumer::new("key", "other"),
    );
    let request = Request::get("https://e.com/a?q=a%20b").unwrap();
    let signer = Signer::new(&consumer, None);
    let signed = signer.sign(&request, Stamp::new("n", 1));
    let right = Message::from(&signed.call(Placement::Header));
    let evidence = || Evidence::new().credentials(&consumer, None);
    assert_eq!(codes(&evidence().sent(right.clone()).diagnose()), "");

    // Another program signed `a+b`.
    let wrong = Request::get("https://e.com/a?q=a%2Bb").unwrap();
    let signed = signer.sign(&wrong, Stamp::new("n", 1));
    let header = signed.authorization_header().to_value();
    let sent = Message::new("GET", "https://e.com/a?q=a%20b").authorization(header);
    let diagnosis = evidence().sent(sent).diagnose();
    assert!(codes(&diagnosis).contains("space-as-plus-literal"));

    let unknown = Evidence::new()
        .credentials(&other, None)
        .sent(right)
        .diagnose();
    assert_eq!(codes(&unknown), "");
    assert!(unknown.is_unexplained());
}

#[test]
fn what_was_signed_here_belongs_to_its_signature() {
    let consumer = Consumer::new("key", "secret");
    let request = Request::get("https://e.com/a").unwrap();
    let signer = Signer::new(&consumer, None);
    let signed = signer.sign(&request, Stamp::new("n", 1));
    let other = Consumer::new("key", "another secret");
    let evidence = Evidence::new().signed(&signed).credentials(&other, None);
    assert_eq!(codes(&evidence.diagnose()), "key-wrong");
}

#[test]
fn a_complaint_about_something_else_is_told() {
    let body = "oauth_problem=token_expired";
    let report = Evidence::new()
        .response(&Response::new(401, body))
        .diagnose()
        .to_string();
    let note = "note: the server says `token_expired`, which is not about the signature";
    assert!(report.contains(note), "{report}");
    let body = "oauth_problem=signature_invalid";
    let report = Evidence::new()
        .response(&Response::new(401, body))
        .diagnose()
        .to_string();
    assert!(!report.contains("which is not about"), "{report}");
}

/// Texts are cut for the report, wherever the cut falls.
#[test]
fn letters_outside_ascii_are_not_cut_in_two() {
    for letters in ["\u{e9}", "\u{3042}", "\u{1f600}"] {
        for before in 0..16 {
            let text = format!("GEThttp://{}{letters}{letters}&a%3Db", "x".repeat(before));
            assert!(codes(&Diagnosis::compare(&*text, RIGHT)).contains("joined-wrongly"));
        }
    }
}
