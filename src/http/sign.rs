//! Signing requests of the crate `http` ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use ::http::{
    HeaderMap, HeaderValue, Method,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
    uri::Authority,
};

use super::{BodyBytes, HttpError, Origin, uri};
use crate::{
    request::{Request, Target, TargetError},
    signature_method::{MethodError, SigningKey},
    signer::Signer,
    stamp::Stamp,
    transmission::{AuthorizationHeader, is_form_type},
};

impl<K: SigningKey> Signer<K> {
    /// Signs a request of the crate `http`: adds an `Authorization` header, which is marked as
    /// sensitive. Needs the feature `http`.
    ///
    /// If the `Content-Type` is `application/x-www-form-urlencoded`, the body is a form and is
    /// signed too; other bodies are not. Sign a request right before it is sent, and again each time
    /// that it is sent. To see whether something
    /// changes it afterwards, [compare it](crate::Signed::check_http). To sign behind retries and
    /// redirects, use the layer of the feature `tower`.
    ///
    /// # Errors
    ///
    /// [`HttpError`], and then the request is as it was.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let url = String::from("https://api.example.com/photos?size=original");
    /// let mut request = http::Request::get(url).body(())?;
    /// signer.sign_http(&mut request, Stamp::new("nonce", 1316657628))?;
    ///
    /// let value = &request.headers()["authorization"];
    /// assert!(value.is_sensitive());
    /// assert!(value.to_str()?.contains(r#"oauth_signature="3wPJGUfQfGmzfcs4ww9jKmTTu3s%3D""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sign_http<B: BodyBytes>(
        &self,
        request: &mut ::http::Request<B>,
        stamp: Stamp,
    ) -> Result<(), HttpError<K::Error>> {
        let target = Target::try_from(request.uri()).map_err(|error| match error {
            TargetError::Relative => HttpError::Relative,
            error => error.into(),
        })?;
        self.sign_http_for(target, request, stamp)
    }

    /// Signs a request that is sent to an origin, like [`Signer::sign_http`]. Its URI is relative, as
    /// hyper's connections want it, or of that origin. Needs the feature `http`.
    ///
    /// # Errors
    ///
    /// [`OriginError::Foreign`](super::OriginError::Foreign) in [`HttpError::Origin`] if the URI is
    /// of another origin, and the errors of [`Signer::sign_http`].
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, Stamp, http::Origin};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let origin = Origin::new("https://api.example.com")?;
    /// let mut request = http::Request::get("/photos?size=original").body("")?;
    /// signer.sign_http_at(&origin, &mut request, Stamp::new("nonce", 1316657628))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sign_http_at<B: BodyBytes>(
        &self,
        origin: &Origin,
        request: &mut ::http::Request<B>,
        stamp: Stamp,
    ) -> Result<(), HttpError<K::Error>> {
        let target = origin.target(request.uri())?;
        self.sign_http_for(target, request, stamp)
    }

    /// The value of the `Authorization` header for a request, marked as sensitive. It is what
    /// [`Signer::sign_http`] is made of, for clients that have request types of their own. Needs the
    /// feature `http`.
    ///
    /// `headers` are all that the request has. The bytes of the `body` are read if `headers` say that
    /// it is a form; `None` stands for a body that cannot be read. Pass `Some(b"")` if there is no body.
    ///
    /// # Errors
    ///
    /// - [`HttpError::Authorization`] if the request has such a header already;
    /// - [`HttpError::Host`] if it has a `Host` header, and this is not the host of the target;
    /// - [`HttpError::ContentTypeGivenTwice`] if it has several `Content-Type` headers;
    /// - [`HttpError::FormUnreadable`] if the body is a form, and `None`, and
    ///   [`HttpError::BodyUnreadable`] if it is `None` for a signer with a
    ///   [body hash](Signer::with_http_body_hash);
    /// - [`HttpError::Request`] if the request cannot be signed, for example because its query is
    ///   signed already;
    /// - [`HttpError::Key`] if the key fails.
    ///
    /// ```
    /// use http::{HeaderMap, Method};
    /// use oauth1_signer::{Consumer, Signer, Stamp, Target};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let target = Target::try_from("https://api.example.com/photos?size=original")?;
    /// let stamp = Stamp::new("nonce", 1316657628);
    /// let value =
    ///     signer.http_authorization(&Method::GET, target, &HeaderMap::new(), Some(b""), stamp)?;
    /// assert!(value.to_str()?.contains(r#"oauth_signature="3wPJGUfQfGmzfcs4ww9jKmTTu3s%3D""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn http_authorization(
        &self,
        method: &Method,
        target: Target<'_>,
        headers: &HeaderMap,
        body: Option<&[u8]>,
        stamp: Stamp,
    ) -> Result<HeaderValue, HttpError<K::Error>> {
        if headers.contains_key(AUTHORIZATION) {
            return Err(HttpError::Authorization);
        }
        if !names_host_of(headers, &target) {
            return Err(HttpError::Host);
        }
        let mut content_types = headers.get_all(CONTENT_TYPE).iter();
        let content_type = content_types.next();
        if content_types.next().is_some() {
            return Err(HttpError::ContentTypeGivenTwice);
        }
        let mut request = Request::new(method.as_str(), target)?;
        let hash;
        if content_type.is_some_and(|content_type| is_form_type(content_type.as_bytes())) {
            request = request.form_bytes(body.ok_or(HttpError::FormUnreadable)?)?;
        } else if let Some(hash_of) = self.http_body_hash {
            hash = hash_of(body.ok_or(HttpError::BodyUnreadable)?);
            request = request.body_hash(&hash)?;
        }
        let signed = self.try_sign(&request, stamp).map_err(HttpError::Key)?;
        Ok(sensitive(signed.authorization_header()))
    }

    /// Makes [`Signer::sign_http`], and all that is built on it, sign bodies that are not forms too, with
    /// an `oauth_body_hash`, as Mastercard and LTI want it. Needs the feature `http`.
    ///
    /// [`Signer::sign`] does not see such bodies: there, use [`Request::body_hash`].
    ///
    /// # Errors
    ///
    /// [`MethodError`] if this crate does not know the signature method, or needs the feature
    /// `sha2` for its hash.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None).with_http_body_hash()?;
    /// let mut request = http::Request::put("https://api.example.com/posts/7")
    ///     .header("content-type", "application/json")
    ///     .body(r#"{"title": "Zürich"}"#)?;
    /// signer.sign_http(&mut request, Stamp::new("nonce", 1316657628))?;
    /// assert!(request.headers()["authorization"].to_str()?.contains("oauth_body_hash=\""));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_http_body_hash(mut self) -> Result<Self, MethodError> {
        self.http_body_hash = Some(self.hash_of_bodies()?);
        Ok(self)
    }

    fn sign_http_for<B: BodyBytes>(
        &self,
        target: Target<'_>,
        request: &mut ::http::Request<B>,
        stamp: Stamp,
    ) -> Result<(), HttpError<K::Error>> {
        let (method, headers) = (request.method(), request.headers());
        let body = request.body().body_bytes();
        let value = self.http_authorization(method, target, headers, body, stamp)?;
        let added = request.headers_mut().try_insert(AUTHORIZATION, value);
        added.map_err(|_| HttpError::TooManyHeaders)?;
        Ok(())
    }
}

fn sensitive(header: AuthorizationHeader<'_>) -> HeaderValue {
    let mut value = HeaderValue::try_from(header.to_value())
        .expect("the header consists of visible ASCII characters, spaces and tabs");
    value.set_sensitive(true);
    value
}

/// Whether all `Host` headers, of which there should be one at most, name the host of the target.
fn names_host_of(headers: &HeaderMap, target: &Target<'_>) -> bool {
    let origin = Origin::from(target);
    headers.get_all(HOST).iter().all(|host| {
        let host = Authority::try_from(host.as_bytes()).ok();
        let host = host.and_then(|host| uri::written(target.is_secure(), &host, "/").ok());
        host.is_some_and(|host| origin.is_of(&host))
    })
}
