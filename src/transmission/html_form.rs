//! Protocol parameters in a form that a browser posts ([RFC 5849 §3.5.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.2)).

mod check;
mod error;

use alloc::{borrow::Cow, string::String};
use core::{fmt, str};

pub use self::error::HtmlFormError;
use crate::{
    encode::{Decimal, Out, encode_to},
    form_urlencoded::pairs,
    parameters::Bytes,
    protocol::Draft,
    request::Form,
    signature_method::Signature,
};

/// An HTML form that a browser posts to the target of a signed request: the form body of RFC 5849,
/// section 3.5.2, as hidden fields. This is how LTI 1.1 launches a tool.
///
/// `Display` writes the `<form>` element. Its hidden fields are the parameters of the request's form,
/// in the order in which they were given, followed by the protocol parameters. Everything is escaped,
/// and the text is ASCII, so the form is the same in a page of any encoding.
///
/// Set the fields with [`Request::browser_form`](crate::Request::browser_form), which changes line ends
/// as a browser does before it posts the form.
///
/// ```
/// use oauth1_signer::{Callback, Consumer, Request, Signer, Stamp};
///
/// let name = String::from("Ada \"Countess\" Lovelace");
/// let fields = [
///     ("lti_message_type", "basic-lti-launch-request"),
///     ("lti_version", "LTI-1p0"),
///     ("resource_link_id", "88391-e1919"),
///     ("lis_person_name_full", name.as_str()),
/// ];
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let request = Request::post("https://tool.example.com/launch?unit=1&page=2")?
///     .browser_form(&fields)?
///     .callback(Callback::Url("about:blank"));
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
///
/// let form = signed.html_form()?.auto_submit();
/// let page = format!("<!DOCTYPE html>\n<title>Launch</title>\n{form}");
/// assert!(page.contains(r#"<form action="https://tool.example.com/launch?unit=1&amp;page=2" "#));
/// assert!(page.contains(r#"value="Ada &quot;Countess&quot; Lovelace">"#));
/// assert!(page.contains(r#"<input type="hidden" name="oauth_callback" value="about:blank">"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # The page around it
///
/// - Do not put the form into another form or into a table: HTML parsers would take it apart.
/// - Make a new page, with a new stamp, for each launch, and do not let it be cached: send
///   `Cache-Control: no-store`.
/// - The page shows its user everything that is signed. It does not contain the secrets.
#[derive(Clone, Copy)]
pub struct HtmlForm<'a> {
    draft: &'a Draft<'a>,
    signature: &'a Signature,
    frame: Option<&'a str>,
    button: &'a str,
    auto_submit: bool,
    csp_nonce: Option<&'a str>,
}

impl<'a> HtmlForm<'a> {
    pub(crate) fn new(
        draft: &'a Draft<'a>,
        signature: &'a Signature,
    ) -> Result<Self, HtmlFormError> {
        let form = Self {
            draft,
            signature,
            frame: None,
            button: "Continue",
            auto_submit: false,
            csp_nonce: None,
        };
        form.check()?;
        Ok(form)
    }

    /// Adds a script that submits the form as soon as the browser has read it. Users see a button
    /// only if scripts are switched off.
    ///
    /// The script stands in the page itself, so a content security policy must allow it: see
    /// [`HtmlForm::csp_nonce`]. Scripts do not run in HTML that is assigned to `innerHTML`.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let request = Request::post("https://tool.example.com/launch")?;
    /// # let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let form = signed.html_form()?.auto_submit().to_string();
    /// assert!(form.contains("<noscript><button type=\"submit\">Continue</button></noscript>"));
    /// assert!(form.ends_with("</script>\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn auto_submit(mut self) -> Self {
        self.auto_submit = true;
        self
    }

    /// Sets the text of the button that submits the form, which is `Continue` otherwise.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let request = Request::post("https://tool.example.com/launch")?;
    /// # let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let form = signed.html_form()?.button("Öffnen");
    /// assert!(form.to_string().contains("<button type=\"submit\">&#214;ffnen</button>"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn button(mut self, text: &'a str) -> Self {
        self.button = text;
        self
    }

    /// Gives the script of [`HtmlForm::auto_submit`] the nonce of the page's content security policy,
    /// which is another nonce than that of the stamp.
    ///
    /// If the policy has a `form-action`, it must allow the origin of the target as well.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let request = Request::post("https://tool.example.com/launch")?;
    /// # let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let nonce = "rAnd0m";
    /// let policy = format!("Content-Security-Policy: script-src 'nonce-{nonce}'");
    /// let form = signed.html_form()?.auto_submit().csp_nonce(nonce);
    /// assert!(form.to_string().contains("<script nonce=\"rAnd0m\">"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn csp_nonce(mut self, nonce: &'a str) -> Self {
        self.csp_nonce = Some(nonce);
        self
    }

    /// Sets where the answer is shown: the name of an `<iframe>` in the page, or `_blank` for a new
    /// tab. Without it, the answer replaces the page.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let request = Request::post("https://tool.example.com/launch")?;
    /// # let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let form = signed.html_form()?.auto_submit().frame("tool");
    /// let page = format!("<iframe name=\"tool\"></iframe>\n{form}");
    /// assert!(page.contains(" target=\"tool\">"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn frame(mut self, name: &'a str) -> Self {
        self.frame = Some(name);
        self
    }

    /// The names and values of the fields, spelled as in the request and by the signer.
    fn fields(&self) -> impl Iterator<Item = (Bytes<'_>, Bytes<'_>)> {
        let protocol = self.draft.parameters(Some(self.signature.bytes()));
        let protocol = protocol.in_order();
        self.form_fields()
            .chain(protocol.map(|parameter| (parameter.name, parameter.value)))
    }

    /// The fields of the request's form.
    fn form_fields(&self) -> impl Iterator<Item = (Bytes<'_>, Bytes<'_>)> {
        let request = self.draft.request();
        let encoded = match request.given_form() {
            Form::Bytes(body) => body,
            Form::None | Form::Pairs => b"",
        };
        let encoded =
            pairs(encoded).map(|pair| (Bytes::Encoded(pair.name), Bytes::Encoded(pair.value())));
        let given = request.form_pairs();
        encoded.chain(given.map(|parameter| (parameter.name, parameter.value)))
    }

    fn write(&self, out: &mut impl Out) {
        out.literal(b"<form action=\"");
        escape(self.draft.request().url(), out);
        // Unless `autocomplete` is off, a browser may restore the fields of an earlier launch when its
        // user goes back or reloads the page.
        out.literal(b"\" method=\"post\" accept-charset=\"utf-8\" autocomplete=\"off\"");
        if let Some(frame) = self.frame {
            write_attribute("target", frame, out);
        }
        out.literal(b">\n");
        for (name, value) in self.fields() {
            out.literal(b"<input type=\"hidden\"");
            for (attribute, bytes) in [("name", name), ("value", value)] {
                let text = text(bytes).expect("a form was made of UTF-8 only");
                write_attribute(attribute, &text, out);
            }
            out.literal(b">\n");
        }
        self.write_end(out);
    }

    fn write_end(&self, out: &mut impl Out) {
        if self.auto_submit {
            out.literal(b"<noscript>");
        }
        out.literal(b"<button type=\"submit\">");
        escape(self.button, out);
        out.literal(b"</button>");
        if !self.auto_submit {
            out.literal(b"\n</form>\n");
            return;
        }
        out.literal(b"</noscript>\n</form>\n<script");
        if let Some(nonce) = self.csp_nonce {
            write_attribute("nonce", nonce, out);
        }
        // In a form that has a field named `submit`, `form.submit` is that field.
        out.literal(b">HTMLFormElement.prototype.submit.call(");
        out.literal(b"document.currentScript.previousElementSibling)</script>\n");
    }
}

fn write_attribute(name: &str, value: &str, out: &mut impl Out) {
    out.literal(b" ");
    out.literal(name.as_bytes());
    out.literal(b"=\"");
    escape(value, out);
    out.literal(b"\"");
}

/// The decoded text of a name or a value, if it is UTF-8.
fn text(bytes: Bytes<'_>) -> Option<Cow<'_, str>> {
    match bytes.to_decoded() {
        Cow::Borrowed(bytes) => Some(str::from_utf8(bytes).ok()?.into()),
        Cow::Owned(bytes) => Some(String::from_utf8(bytes).ok()?.into()),
    }
}

/// Escapes text for an attribute or an element.
fn escape(text: &str, out: &mut impl Out) {
    let mut from = 0;
    for (at, character) in text.char_indices() {
        if matches!(character, ' '..='~') && !matches!(character, '"' | '&' | '\'' | '<' | '>') {
            continue;
        }
        out.literal(&text.as_bytes()[from..at]);
        from = at + character.len_utf8();
        match character {
            '"' => out.literal(b"&quot;"),
            '&' => out.literal(b"&amp;"),
            '<' => out.literal(b"&lt;"),
            '>' => out.literal(b"&gt;"),
            _ => {
                let mut number = Decimal::EMPTY;
                number.set(u64::from(u32::from(character)));
                out.literal(b"&#");
                out.literal(number.digits());
                out.literal(b";");
            }
        }
    }
    out.literal(&text.as_bytes()[from..]);
}

impl fmt::Display for HtmlForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        encode_to(f, |out| self.write(out))
    }
}

/// Shows the names of the parameters, but not their values.
impl fmt::Debug for HtmlForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HtmlForm")
            .field("request", self.draft.request())
            .field(
                "protocol",
                &self.draft.parameters(Some(self.signature.bytes())),
            )
            .field("auto_submit", &self.auto_submit)
            .finish_non_exhaustive()
    }
}
