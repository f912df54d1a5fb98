//! Verifying requests of the crate `http` ([RFC 5849 §3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

use ::http::{
    HeaderMap, HeaderValue, Method, StatusCode, Uri,
    header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE},
    request::Parts,
};
use alloc::string::String;

use super::uri::path_and_query;
use crate::{
    signature_method::VerifyingKey,
    transmission::{AuthorizationError, FormBody, Realm, is_form_type},
    verifier::{Body, Incoming, IncomingError, Refusal, Verifier},
};

impl<K: VerifyingKey> Verifier<K> {
    /// Reads a request of the crate `http`. The body is a form if its `Content-Type` says so. Needs the
    /// feature `http`.
    ///
    /// Pass the bytes of the body as they arrived. A scheme and a host in the URI are ignored, because
    /// the verifier's origin is the one that clients see.
    ///
    /// # Errors
    ///
    /// [`IncomingError::HeaderTwice`] if there is more than one `Authorization` or `Content-Type` header,
    /// and the errors of [`Verifier::read`].
    ///
    /// ```
    /// use http::Request;
    /// use oauth1_signer::{Consumer, Signer, Stamp, signature_method::SharedSecrets, verifier::Verifier};
    ///
    /// let mut request = Request::post("https://api.example.com/posts?draft=1")
    ///     .header("content-type", "application/x-www-form-urlencoded")
    ///     .body("title=Z%C3%BCrich")?;
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// signer.sign_http(&mut request, Stamp::new("nonce", 1316657628))?;
    ///
    /// let verifier = Verifier::new("https://api.example.com")?;
    /// let (parts, body) = request.into_parts();
    /// let incoming = verifier.read_http(&parts, body.as_bytes())?;
    /// let genuine = verifier.verify(&incoming, [SharedSecrets::new("secret", "")], 1316657630)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_http<'a>(
        &self,
        parts: &'a Parts,
        body: &'a [u8],
    ) -> Result<Incoming<'a>, IncomingError> {
        self.read_http_at(&parts.method, &parts.uri, &parts.headers, body)
    }

    /// The same for a URI that is not that of the request, such as the original one that a router has
    /// shortened. Needs the feature `http`.
    ///
    /// # Errors
    ///
    /// Those of [`Verifier::read_http`].
    ///
    /// ```
    /// use http::{Request, Uri};
    /// use oauth1_signer::verifier::{IncomingError, Verifier};
    ///
    /// let verifier = Verifier::new("https://api.example.com")?;
    /// let original: Uri = "/v1/photos".parse()?;
    /// let (parts, ()) = Request::get("/photos").body(())?.into_parts();
    /// let incoming = verifier.read_http_at(&parts.method, &original, &parts.headers, b"");
    /// assert_eq!(incoming.unwrap_err(), IncomingError::NotSigned);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_http_at<'a>(
        &self,
        method: &'a Method,
        uri: &Uri,
        headers: &'a HeaderMap,
        body: &'a [u8],
    ) -> Result<Incoming<'a>, IncomingError> {
        let authorization = match only(headers, &AUTHORIZATION, "Authorization")? {
            Some(value) => Some(text(value)?),
            None => None,
        };
        let content_type = only(headers, &CONTENT_TYPE, "Content-Type")?;
        let body = if content_type.is_some_and(|value| is_form_type(value.as_bytes())) {
            Body::form(body)
        } else {
            Body::other(body)
        };
        let path_and_query = path_and_query(uri)?;
        if path_and_query.starts_with('?') {
            // The path of `http://example.com?a=b` is sent as a slash.
            let path_and_query = String::from("/") + path_and_query;
            return self.read(method.as_str(), &path_and_query, authorization, body);
        }
        self.read(method.as_str(), path_and_query, authorization, body)
    }
}

impl Refusal {
    /// The answer to the client: status, `WWW-Authenticate` header and body. Needs the feature `http`.
    ///
    /// ```
    /// use oauth1_signer::verifier::Refusal;
    ///
    /// let answer = Refusal::Signature.http_response(None);
    /// assert_eq!(answer.status(), 401);
    /// assert_eq!(answer.headers()["www-authenticate"], r#"OAuth oauth_problem="signature_invalid""#);
    /// assert_eq!(answer.body(), "oauth_problem=signature_invalid");
    /// ```
    #[must_use]
    pub fn http_response(&self, realm: Option<&Realm>) -> ::http::Response<String> {
        let mut answer = ::http::Response::new(self.body());
        *answer.status_mut() =
            StatusCode::from_u16(self.status()).unwrap_or(StatusCode::UNAUTHORIZED);
        let headers = answer.headers_mut();
        let challenge = self.www_authenticate(realm);
        if let Some(Ok(challenge)) = challenge.map(HeaderValue::try_from) {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static(FormBody::CONTENT_TYPE),
        );
        answer
    }
}

fn only<'a>(
    headers: &'a HeaderMap,
    header: &::http::HeaderName,
    name: &'static str,
) -> Result<Option<&'a HeaderValue>, IncomingError> {
    let mut values = headers.get_all(header).iter();
    let value = values.next();
    if values.next().is_some() {
        return Err(IncomingError::HeaderTwice { name });
    }
    Ok(value)
}

fn text(value: &HeaderValue) -> Result<&str, AuthorizationError> {
    str::from_utf8(value.as_bytes()).map_err(|error| AuthorizationError::Character {
        position: error.valid_up_to(),
    })
}
