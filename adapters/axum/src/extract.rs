//! The extractor.

use std::convert::Infallible;

use axum::{
    RequestExt,
    body::{Body, Bytes},
    extract::{FromRef, FromRequest, FromRequestParts, OriginalUri, Request},
    http::{HeaderMap, header::CONTENT_TYPE},
};
use axum_core::extract::DefaultBodyLimit;
use oauth1_signer::{
    FormBody,
    verifier::{self, Verified},
};

use crate::{Gate, Rejection};

/// Verifies a request, and extracts its body. The first field says who signed it, the second is what the
/// inner extractor `T` made of the body.
///
/// Extractors for other parts of the request come before it:
///
/// ```
/// use axum::{Json, Router, body::Bytes, extract::Path, routing::{get, post, put}};
/// use oauth1_signer_axum::{Gate, OAuth1};
///
/// #[derive(serde::Deserialize)]
/// struct Title {
///     title: String,
/// }
///
/// async fn show(Path(id): Path<u64>, OAuth1(verified, _): OAuth1) -> String {
///     format!("photo {id} for {}", verified.consumer_key())
/// }
///
/// async fn rename(Path(id): Path<u64>, OAuth1(verified, Json(body)): OAuth1<Json<Title>>) -> String {
///     format!("{} calls photo {id} {}", verified.consumer_key(), body.title)
/// }
///
/// async fn upload(OAuth1(verified, bytes): OAuth1<Bytes>) -> String {
///     format!("{} bytes, signed: {}", bytes.len(), verified.is_body_signed())
/// }
///
/// fn app(gate: Gate) -> Router {
///     Router::new()
///         .route("/photos/{id}", get(show).put(rename))
///         .route("/photos", post(upload))
///         .with_state(gate)
/// }
/// ```
///
/// A `Form` also gets the protocol parameters if the client has put them into the body.
///
/// **What `Json`, `Bytes` and other extractors get is signed only if the request has an `oauth_body_hash`.**
/// Demand one with [`Policy::require_body_hash`](oauth1_signer::verifier::Policy::require_body_hash), or look
/// at [`Verified::is_body_signed`] in the handler.
#[derive(Clone, Debug)]
#[must_use]
pub struct OAuth1<T = NoBody>(pub Verified<'static>, pub T);

impl<S, T> FromRequest<S> for OAuth1<T>
where
    Gate: FromRef<S>,
    S: Send + Sync,
    T: FromRequest<S>,
{
    type Rejection = Rejection<T::Rejection>;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.with_limited_body().into_parts();
        if is_nearly_a_form(&parts.headers) {
            return Err(Rejection::ContentType);
        }
        let bytes = buffer(body).await?;
        let Ok(OriginalUri(uri)) = OriginalUri::from_request_parts(&mut parts, state).await;
        let gate = Gate::from_ref(state);
        let verified = match gate.verify(&uri, &parts, &bytes).await {
            Ok(verified) => verified,
            Err(refusal) => {
                let realm = gate.realm();
                return Err(Rejection::Refused { refusal, realm });
            }
        };
        let request = Request::from_parts(parts, Body::from(bytes));
        let body = T::from_request(request, state).await;
        Ok(Self(verified, body.map_err(Rejection::Inner)?))
    }
}

/// Reads a body that is limited already.
async fn buffer<R>(body: Body) -> Result<Bytes, Rejection<R>> {
    let mut request = Request::new(body);
    DefaultBodyLimit::disable().apply(&mut request);
    let bytes = Bytes::from_request(request, &()).await;
    bytes.map_err(Rejection::Body)
}

/// Whether a body that is not a form might be taken for one: `axum::Form` looks at the first characters
/// of the type only, and whoever changes the type on the way would get an unsigned form through.
fn is_nearly_a_form(headers: &HeaderMap) -> bool {
    let is_form = FormBody::CONTENT_TYPE.as_bytes();
    headers.get_all(CONTENT_TYPE).iter().any(|value| {
        let value = value.as_bytes();
        let begins_like_one = value
            .get(..is_form.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(is_form));
        // Text that is not UTF-8 is no form either.
        let text = str::from_utf8(value).ok();
        begins_like_one && !verifier::Body::received(text, b"").is_form()
    })
}

/// For handlers that need no body. A form is verified like everything else in the request, and then
/// ignored.
///
/// ```
/// use oauth1_signer_axum::{NoBody, OAuth1};
///
/// async fn delete(OAuth1(verified, NoBody): OAuth1) -> String {
///     format!("goodbye, {}", verified.consumer_key())
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct NoBody;

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = Infallible;

    async fn from_request(_request: Request, _state: &S) -> Result<Self, Infallible> {
        Ok(Self)
    }
}
