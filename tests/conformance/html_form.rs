//! A form is read by a parser of HTML, and posted as a browser posts it: what arrives is what was
//! signed.

use oauth1_signer::{
    Callback, Consumer, HtmlForm, HtmlFormError, Request, Signed, Signer, Stamp, Token,
};
use proptest::{collection::vec, prelude::*, sample::select};
use support::cases;

use self::browser::{Element, elements, posted, with_crlf};

mod browser;

type Pair = (Vec<u8>, Vec<u8>);

const URL: &str = "https://tool.example.com/launch?unit=1&amp;page=2&q='";

fn signer() -> Signer {
    Signer::new(&Consumer::new("k<e>y", "secret"), &Token::new("t&n", ""))
}

/// What is signed, apart from the query: the form in its order, then the protocol parameters.
fn signed_pairs(form: &[Pair], signed: &Signed) -> Vec<Pair> {
    let protocol = signed.protocol_parameters();
    let protocol = protocol.iter();
    let protocol = protocol.map(|(name, value)| (name.into(), value.into()));
    form.iter().cloned().chain(protocol).collect()
}

/// Whether a browser posts a pair as it is.
fn can_be_posted((name, value): &Pair) -> bool {
    let is_kept = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes);
        text.is_ok_and(|text| {
            let lost =
                |character: char| character == '\0' || ('\u{80}'..'\u{a0}').contains(&character);
            with_crlf(text) == text && !text.contains(lost)
        })
    };
    let encoding = name.eq_ignore_ascii_case(b"_charset_") && value != b"UTF-8";
    !name.is_empty() && !encoding && is_kept(name) && is_kept(value)
}

/// Text and bytes, with what is special in HTML and in forms more often than by chance.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let special = select(
        &[
            "&",
            "<",
            ">",
            "\"",
            "'",
            "=",
            "`",
            " ",
            "\t",
            "\r\n",
            "\r\n",
            "\r",
            "\n",
            "\0",
            "&#10;",
            "&amp;",
            "</form>",
            "</script>",
            "é",
            "☃",
            "😀",
            "\u{80}",
            "\u{85}",
            "\u{9f}",
            "\u{a0}",
            "\u{ffff}",
            "\u{feff}",
            "\u{1}",
            "\u{7f}",
            "a",
            "b",
        ][..],
    );
    let harmless = select(&["&", "<", "\"", "'", " ", "\r\n", "é", "😀", "&#13;", "a"][..]);
    prop_oneof![
        4 => vec(harmless, 0..6).prop_map(|parts| parts.concat().into_bytes()),
        1 => vec(special, 0..4).prop_map(|parts| parts.concat().into_bytes()),
        1 => any::<String>().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..6),
        1 => select(&["_charset_", "_CharSet_", "UTF-8", "submit", "isindex"][..])
            .prop_map(|text| text.as_bytes().to_vec()),
    ]
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    let name = text().prop_filter("refused", |name| !name.starts_with(b"oauth_"));
    vec((name, text()), 0..5)
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn a_browser_posts_what_was_signed_or_there_is_no_form(
        form in pairs(),
        callback in text(),
    ) {
        let callback = String::from_utf8_lossy(&callback);
        let request = Request::post(URL).unwrap().form(&form).unwrap();
        let (signer, request) = (signer(), request.callback(Callback::Url(&callback)));
        let signed = signer.sign(&request, Stamp::new("no\"nce", 1));
        let pairs = signed_pairs(&form, &signed);
        match signed.html_form() {
            Ok(html) => {
                let html = html.to_string();
                prop_assert!(html.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')));
                let (url, received) = posted(&html);
                prop_assert_eq!(url, request.url());
                prop_assert_eq!(&received, &pairs);
                prop_assert!(pairs.iter().all(can_be_posted));
            }
            Err(_) => prop_assert!(!pairs.iter().all(can_be_posted)),
        }
    }

    #[test]
    fn a_browser_posts_a_browser_form_whatever_its_line_ends(
        texts in vec(any::<(String, String)>(), 0..4),
        lines in vec(select(&["\r", "\n", "\r\n", "a", "&", "é"][..]), 0..12),
    ) {
        let named = |text: &String| text.replace(|c: char| c == '\0' || c.is_control(), "\n");
        let mut form: Vec<_> = texts
            .iter()
            .map(|(name, value)| (format!("n{}", named(name)), named(value)))
            .collect();
        form.push((format!("-{}", lines.concat()), lines.concat()));
        let request = Request::post(URL).unwrap().browser_form(&form).unwrap();
        let signer = signer();
        let signed = signer.sign(&request, Stamp::new("nonce", 1));
        let form: Vec<_> = form
            .iter()
            .map(|(name, value)| (with_crlf(name).into_bytes(), with_crlf(value).into_bytes()))
            .collect();
        let (_, received) = posted(&signed.html_form().unwrap().to_string());
        prop_assert_eq!(received, signed_pairs(&form, &signed));
    }

    #[test]
    fn a_form_is_the_same_however_it_is_given(form in pairs()) {
        let form: Vec<_> = form.into_iter().filter(can_be_posted).collect();
        let signer = signer();
        let html = |request: &Request| {
            let signed = signer.sign(request, Stamp::new("nonce", 1));
            signed.html_form().unwrap().to_string()
        };
        let with_pairs = Request::post(URL).unwrap().form(&form).unwrap();
        let body = with_pairs.form_body().to_string().replace("%20", "+");
        let with_bytes = Request::post(URL).unwrap().form_bytes(&body).unwrap();
        prop_assert_eq!(html(&with_bytes), html(&with_pairs));
    }

    #[test]
    fn what_a_page_adds_is_escaped_too(text in any::<String>()) {
        let request = Request::post(URL).unwrap();
        let signer = signer();
        let signed = signer.sign(&request, Stamp::new("nonce", 1));
        let form = signed.html_form().unwrap();
        let form = form.auto_submit().csp_nonce(&text).frame(&text).button(&text);
        let html = form.to_string();
        prop_assert!(html.is_ascii());
        let elements = elements(&html);
        let names: Vec<_> = elements.iter().map(|element| element.name.as_str()).collect();
        let inputs = names.iter().filter(|name| **name == "input").count();
        prop_assert_eq!(names.len() - inputs, "form noscript button script".split(' ').count());
        let expected = text.replace('\0', "\u{fffd}");
        let changed = |character: char| ('\u{80}'..'\u{a0}').contains(&character);
        prop_assume!(!text.contains(changed));
        let attribute = |element: &str, name: &str| {
            let element = elements.iter().find(|other| other.name == element).unwrap();
            element.attribute(name).unwrap().to_owned()
        };
        prop_assert_eq!(attribute("form", "target"), expected.as_str());
        prop_assert_eq!(attribute("script", "nonce"), expected);
    }
}

fn with_form<T>(read: impl FnOnce(HtmlForm<'_>) -> T) -> T {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let form = [("title", "Zürich & \"Umland\""), ("text", "a\r\nb")];
    let request = Request::post("https://tool.example.com/launch?a=b&c=d").unwrap();
    let request = request.form(form).unwrap();
    let signed = signer.sign(&request, Stamp::new("nonce", 1_316_657_628));
    read(signed.html_form().unwrap())
}

const START: &str = "\
<form action=\"https://tool.example.com/launch?a=b&amp;c=d\" method=\"post\" accept-charset=\"utf-8\" \
autocomplete=\"off\"";

const FIELDS: &str = "\
<input type=\"hidden\" name=\"title\" value=\"Z&#252;rich &amp; &quot;Umland&quot;\">
<input type=\"hidden\" name=\"text\" value=\"a&#13;&#10;b\">
<input type=\"hidden\" name=\"oauth_consumer_key\" value=\"key\">
<input type=\"hidden\" name=\"oauth_nonce\" value=\"nonce\">
<input type=\"hidden\" name=\"oauth_signature\" value=\"SIGNATURE\">
<input type=\"hidden\" name=\"oauth_signature_method\" value=\"HMAC-SHA1\">
<input type=\"hidden\" name=\"oauth_timestamp\" value=\"1316657628\">
<input type=\"hidden\" name=\"oauth_version\" value=\"1.0\">
";

const SCRIPT: &str = "\
HTMLFormElement.prototype.submit.call(document.currentScript.previousElementSibling)</script>\n";

#[test]
fn a_form_is_written_with_a_button() {
    let html = with_form(|form| form.to_string());
    let fields = FIELDS.replace("SIGNATURE", &signature(&html));
    let end = "<button type=\"submit\">Continue</button>\n</form>\n";
    assert_eq!(html, format!("{START}>\n{fields}{end}"));
}

#[test]
fn a_form_that_submits_itself_has_a_button_without_scripts_only() {
    let html = with_form(|form| {
        let form = form
            .auto_submit()
            .csp_nonce("c+/=")
            .frame("tool")
            .button("Öffnen");
        form.to_string()
    });
    let fields = FIELDS.replace("SIGNATURE", &signature(&html));
    let end = "<noscript><button type=\"submit\">&#214;ffnen</button></noscript>\n</form>\n";
    let script = format!("<script nonce=\"c+/=\">{SCRIPT}");
    assert_eq!(
        html,
        format!("{START} target=\"tool\">\n{fields}{end}{script}")
    );
}

/// It is verified elsewhere.
fn signature(html: &str) -> String {
    let (_, pairs) = posted(html);
    let signature = pairs
        .into_iter()
        .find(|(name, _)| name == b"oauth_signature");
    String::from_utf8(signature.unwrap().1).unwrap()
}

#[test]
fn a_request_without_a_form_is_posted_too() {
    let request = Request::new("post", URL).unwrap();
    let signer = signer();
    let signed = signer.sign(&request, Stamp::new("nonce", 1));
    let (_, received) = posted(&signed.html_form().unwrap().to_string());
    assert_eq!(received, signed_pairs(&[], &signed));
}

/// Seen in Chromium: it escapes two characters in a path that the crate `url` leaves alone, and
/// others in a query, where they are decoded before they are signed.
#[test]
fn a_browser_keeps_the_url() {
    let signer = signer();
    let html_form = |url: &str| {
        let request = Request::post(url).unwrap();
        let signed = signer.sign(&request, Stamp::new("nonce", 1));
        signed.html_form().map(drop)
    };
    for kept in [
        "http://127.0.0.1:8080/",
        "https://example.com/a/../b?c#d",
        "https://user@example.com/!$&'()*+,;=:@~-_.[]//%2f%5e%7C",
        "https://example.com/?^|`'{}\\[]\"<>",
        "https://[2001:db8::1]/",
        "https://bücher.example/ü",
    ] {
        assert_eq!(html_form(kept), Ok(()), "{kept}");
    }
    for changed in ["https://example.com/a^b", "https://example.com/a|b?c"] {
        assert_eq!(html_form(changed), Err(HtmlFormError::Url), "{changed}");
    }
}

#[cfg(feature = "http")]
#[test]
fn a_browser_does_not_keep_every_uri() {
    let signer = signer();
    let html_form = |uri: &str| {
        let uri: http::Uri = uri.parse().unwrap();
        let request = Request::post(&uri).unwrap();
        let signed = signer.sign(&request, Stamp::new("nonce", 1));
        signed.html_form().map(drop)
    };
    for kept in [
        "https://EXAMPLE.com:443/a%2fb?c='d'&e={f}",
        "https://example.com?c",
        "http://example.com",
    ] {
        assert_eq!(html_form(kept), Ok(()), "{kept}");
    }
    for changed in [
        "https://example.com/a/../b",
        "https://example.com/a/%2e/b",
        "https://example.com/{a}",
        "https://example.com/a\"b",
        "https://example.com/a^b",
        "http://0x7f.1/",
    ] {
        assert_eq!(html_form(changed), Err(HtmlFormError::Url), "{changed}");
    }
}

#[test]
fn the_reader_of_html_reads_as_a_browser_does() {
    let html = "<a b=\"&#0;&#128;&#129;&#252;&#13;&amp;amp;&lt;&gt;&quot;&#55296;\" c=\"\">d</a>";
    let [a] = elements(html).try_into().unwrap();
    let expected = Element {
        name: "a".into(),
        attributes: vec![
            (
                "b".into(),
                "\u{fffd}\u{20ac}\u{81}ü\r&amp;<>\"\u{fffd}".into(),
            ),
            ("c".into(), String::new()),
        ],
    };
    assert_eq!(a, expected);
    let html = "<form action=\"/\"><input name=\"a&#10;\" value=\"&#13;b&#13;&#10;\">\
        <input name=\"\" value=\"c\"><input name=\"_CHARSET_\" value=\"d\">";
    let expected = [("a\r\n", "\r\nb\r\n"), ("_CHARSET_", "UTF-8")];
    let expected = expected.map(|(name, value)| (name.into(), value.into()));
    assert_eq!(posted(html), ("/".into(), expected.into()));
}
