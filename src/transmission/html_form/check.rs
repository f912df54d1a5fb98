//! What a browser would post otherwise than it was signed ([HTML, section 4.10.21](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html)).

use url::Url;

use super::{HtmlForm, HtmlFormError, text};
use crate::{
    form_urlencoded::pairs,
    parameters::Bytes,
    request::{BODY_HASH, Request},
};

impl HtmlForm<'_> {
    /// Whether a browser would post exactly what was signed, and could show it.
    pub(super) fn check(&self) -> Result<(), HtmlFormError> {
        let request = self.draft.request();
        let protocol = self.draft.parameters(None);
        if !request.method().eq_ignore_ascii_case("POST") {
            return Err(HtmlFormError::Method);
        }
        if protocol.get("oauth_signature_method") == Some("PLAINTEXT") {
            return Err(HtmlFormError::Plaintext);
        }
        if protocol.get(BODY_HASH).is_some() {
            return Err(HtmlFormError::BodyHash);
        }
        if !keeps_url(request) {
            return Err(HtmlFormError::Url);
        }
        let in_query = pairs(request.target().query().unwrap_or_default().as_bytes()).count();
        if request.parameters().len() != in_query + self.form_fields().count() {
            return Err(HtmlFormError::SignedElsewhere);
        }
        self.fields()
            .try_for_each(|(name, value)| check_field(name, value))
    }
}

/// Whether a browser requests the URL that was signed. In a query, it may escape more characters
/// than are escaped, which leaves the parameters as they are.
fn keeps_url(request: &Request<'_>) -> bool {
    let before_query = request.target().before_query();
    // `url` leaves two characters alone that browsers escape.
    request.url().is_ascii()
        && !before_query.contains(['^', '|'])
        && Url::parse(before_query).is_ok_and(|url| url.as_str() == before_query)
}

fn check_field(name: Bytes<'_>, value: Bytes<'_>) -> Result<(), HtmlFormError> {
    let shown = || name.shown();
    let (Some(name), Some(value)) = (text(name), text(value)) else {
        return Err(HtmlFormError::NotUtf8 { name: shown() });
    };
    if name.is_empty() {
        return Err(HtmlFormError::EmptyName);
    }
    for text in [&name, &value] {
        if let Some(character) = text.chars().find(|character| is_replaced(*character)) {
            return Err(HtmlFormError::Character {
                name: shown(),
                character,
            });
        }
        if has_other_line_end(text) {
            return Err(HtmlFormError::LineEnd { name: shown() });
        }
    }
    if name.eq_ignore_ascii_case("_charset_") && value != "UTF-8" {
        return Err(HtmlFormError::Charset);
    }
    Ok(())
}

/// Whether an HTML parser makes another character of the number of this one. It reads U+0080 to
/// U+009F as bytes of windows-1252.
fn is_replaced(character: char) -> bool {
    matches!(character, '\0' | '\u{80}'..='\u{9f}')
}

/// Whether a line ends with a CR or an LF alone, of which browsers make CR LF.
fn has_other_line_end(text: &str) -> bool {
    let mut previous = '\0';
    for character in text.chars() {
        if (previous == '\r') != (character == '\n') {
            return true;
        }
        previous = character;
    }
    previous == '\r'
}
