//! The errors of forms that a browser posts, word for word.

use oauth1_signer::{
    Callback, Consumer, HtmlFormError, Request, Signer, Stamp,
    signature_method::{BodyHash, SigningKey},
};
use support::{
    samples::{post, stamp},
    secrets::Secrets,
    shown,
};

fn error<K: SigningKey>(signer: &Signer<K>, request: &Request, stamp: Stamp) -> HtmlFormError {
    let signed = signer.try_sign(request, stamp);
    let signed = signed.unwrap_or_else(|_| panic!("it can be signed"));
    signed.html_form().unwrap_err()
}

fn signer() -> Signer {
    Signer::new(&Consumer::new("key", "secret"), None)
}

#[track_caller]
fn says(request: &Request, text: &str) {
    assert_eq!(error(&signer(), request, stamp()).to_string(), text);
}

#[test]
fn browsers_post() {
    for method in ["GET", "PUT", "DELETE", "POSTS"] {
        let request = Request::new(method, "https://example.com/").unwrap();
        says(&request, "browsers post a form: sign a POST request");
    }
}

#[test]
fn browsers_change_line_ends() {
    let text = |name| {
        format!(
            "browsers change the line ends in \"{name}\" to CR LF: write them so, as Request::browser_form does"
        )
    };
    for value in ["\n", "\r", "a\nb", "\r\r\n", "\n\r", "\r\n\n", "a\r"] {
        says(&post().form([("title", value)]).unwrap(), &text("title"));
        let name = ["page", value].concat();
        let shown = if value.starts_with('a') {
            "pagea"
        } else {
            "page"
        };
        says(&post().form([(&name, "1")]).unwrap(), &text(shown));
        let request = post().browser_form([(name, value)]).unwrap();
        assert!(signer().sign(&request, stamp()).html_form().is_ok());
    }
    says(
        &post().form_bytes("a=b&tag%5B%5D=%0A").unwrap(),
        &text("tag"),
    );

    // Whoever chooses these could write line ends into them.
    let post = post();
    let consumer = Consumer::new("k\ney", "secret");
    let shown = error(&Signer::new(&consumer, None), &post, stamp());
    assert_eq!(shown.to_string(), text("oauth_consumer_key"));
    let shown = error(&signer(), &post, Stamp::new("\r", 1));
    assert_eq!(shown.to_string(), text("oauth_nonce"));
    says(
        &post.clone().callback(Callback::Url("\n")),
        &text("oauth_callback"),
    );
    let extra = post.clone().protocol_parameter("oauth_x", "\n").unwrap();
    says(&extra, &text("oauth_x"));
}

#[test]
fn html_parsers_change_characters() {
    for (character, number) in [
        ('\0', "U+0000"),
        ('\u{80}', "U+0080"),
        ('\u{85}', "U+0085"),
        ('\u{9f}', "U+009F"),
    ] {
        let text =
            |name| format!("HTML cannot contain the character {number} that is in \"{name}\"");
        let value = format!("a{character}b");
        says(&post().form([("title", &value)]).unwrap(), &text("title"));
        says(&post().browser_form([(value, "1")]).unwrap(), &text("a"));
    }
    for kept in ["\u{1}", "\t", "\u{7f}", "\u{a0}", "\u{fffe}", "\u{feff}"] {
        let request = post().form([("title", kept)]).unwrap();
        assert!(signer().sign(&request, stamp()).html_form().is_ok());
    }
}

#[test]
fn browsers_post_in_utf_8() {
    let text = "browsers post forms in UTF-8, and \"title\" is in another encoding";
    says(
        &post().form(&[(&b"title"[..], &b"Z\xFCrich"[..])]).unwrap(),
        text,
    );
    says(
        &post().form(&[(&b"title\xFC"[..], &b""[..])]).unwrap(),
        text,
    );
    says(&post().form_bytes("title=%ED%A0%80").unwrap(), text);
}

#[test]
fn browsers_leave_out_what_has_no_name() {
    let text = "browsers do not post a field without a name: leave it out";
    says(&post().form([("", "a")]).unwrap(), text);
    says(&post().form_bytes("a=b&=").unwrap(), text);
    assert!(post().form_bytes("a=b&&").is_ok());
}

#[test]
fn browsers_write_the_encoding() {
    let text = "browsers set the value of _charset_ themselves: make it UTF-8, or leave it out";
    says(&post().form([("_charset_", "utf-8")]).unwrap(), text);
    says(&post().form([("_Charset_", "")]).unwrap(), text);
    let request = post().form([("_charset_", "UTF-8")]).unwrap();
    assert!(signer().sign(&request, stamp()).html_form().is_ok());
}

#[test]
fn browsers_rewrite_urls() {
    let request = Request::post("https://example.com/a|b").unwrap();
    says(
        &request,
        "browsers would rewrite the URL: use the text of a parsed url::Url, with ^ and | in its path escaped as %5E and %7C",
    );
}

#[test]
fn browsers_send_the_form_only() {
    let text = "browsers do not send parameters that are signed elsewhere: put them in the form or the query";
    let request = Request::post("https://example.com/?a=b&a=b&&c").unwrap();
    let elsewhere = request.clone().signed_elsewhere([("a", "b")]).unwrap();
    says(&elsewhere, text);
    says(&elsewhere.clone().form([("a", "b")]).unwrap(), text);
    says(&elsewhere.form_bytes("a=b&&a").unwrap(), text);
    for request in [
        request.clone().form_bytes("a=b&&a&").unwrap(),
        request.clone().form([("a", "b")]).unwrap(),
        request.query([("a", "b")]).unwrap(),
    ] {
        assert!(signer().sign(&request, stamp()).html_form().is_ok());
    }
}

#[test]
fn a_form_has_no_body_hash() {
    let hash = BodyHash::sha1("body");
    says(
        &post().body_hash(&hash).unwrap(),
        "a form cannot have a body hash: its parameters are signed already",
    );
}

#[test]
fn a_page_does_not_show_the_secrets() {
    let signer = Signer::plaintext(&Consumer::new("key", "secret"), None);
    let error = error(&signer, &post(), stamp());
    assert_eq!(
        error.to_string(),
        "a PLAINTEXT signature would show the secrets in the page: use another signature method"
    );
}

#[test]
fn errors_show_no_value() {
    let secrets = Secrets::new(&["hunter2"]);
    for (name, value) in [
        ("password", "hunter2\n"),
        ("password=hunter2", "\n"),
        ("password", "hunter2\0"),
        ("_charset_", "hunter2"),
        ("", "hunter2"),
    ] {
        let request = post().form([(name, value)]).unwrap();
        let error = error(&signer(), &request, stamp());
        assert!(shown!(error).display.is_some());
        secrets.stay_out_of(shown!(error));
    }
}
