//! Why a request did not reach its handler, and how it is answered.

use axum::{
    body::Body,
    extract::rejection::BytesRejection,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use oauth1_signer::{Realm, verifier::Refusal};
use thiserror::Error;

/// Why a request did not reach its handler. `R` is the rejection of the inner extractor.
///
/// Handlers that want to answer differently extract a `Result`:
///
/// ```
/// use axum::{Form, extract::rejection::FormRejection, response::{IntoResponse, Response}};
/// use oauth1_signer::verifier::Refusal;
/// use oauth1_signer_axum::{OAuth1, Rejection};
///
/// type Fields = Vec<(String, String)>;
///
/// async fn create(request: Result<OAuth1<Form<Fields>>, Rejection<FormRejection>>) -> Response {
///     match request {
///         Ok(OAuth1(verified, Form(fields))) => verified.consumer_key().to_owned().into_response(),
///         Err(Rejection::Refused { refusal: Refusal::NonceUsed, .. }) => "sent twice?".into_response(),
///         Err(rejection) => rejection.into_response(),
///     }
/// }
/// # let _: axum::Router<oauth1_signer_axum::Gate> =
/// #     axum::Router::new().route("/", axum::routing::post(create));
/// ```
///
/// For all handlers, wrap the extractor. An answer with the status 401 needs its `WWW-Authenticate` header:
///
/// ```
/// use axum::{Form, Json, extract::{FromRequest, Request}, response::{IntoResponse, Response}};
/// use axum::http::header::WWW_AUTHENTICATE;
/// use oauth1_signer::verifier::Verified;
/// use oauth1_signer_axum::{OAuth1, Rejection};
///
/// struct Signed<T>(Verified<'static>, T);
///
/// impl<S, T> FromRequest<S> for Signed<T>
/// where
///     S: Send + Sync,
///     T: FromRequest<S>,
///     OAuth1<T>: FromRequest<S, Rejection = Rejection<T::Rejection>>,
/// {
///     type Rejection = Response;
///
///     async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
///         let rejection = match OAuth1::from_request(request, state).await {
///             Ok(OAuth1(verified, body)) => return Ok(Self(verified, body)),
///             Err(rejection) => rejection,
///         };
///         let problem = match &rejection {
///             Rejection::Refused { refusal, .. } => refusal.problem(),
///             _ => None,
///         };
///         let problem = problem.map(|problem| problem.as_str().to_owned());
///         let usual = rejection.into_response();
///         let mut answer = (usual.status(), Json(problem)).into_response();
///         if let Some(challenge) = usual.headers().get(WWW_AUTHENTICATE) {
///             answer.headers_mut().insert(WWW_AUTHENTICATE, challenge.clone());
///         }
///         Err(answer)
///     }
/// }
///
/// async fn create(Signed(verified, Form(fields)): Signed<Form<Vec<(String, String)>>>) -> String {
///     format!("{} sends {} fields", verified.consumer_key(), fields.len())
/// }
/// # let _: axum::Router<oauth1_signer_axum::Gate> =
/// #     axum::Router::new().route("/", axum::routing::post(create));
/// ```
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Rejection<R> {
    /// The body is too large, or the connection was lost.
    #[error(transparent)]
    Body(BytesRejection),
    /// The `Content-Type` begins like that of a form, but is another one, so the body was not signed.
    /// Some extractors would take it for a form.
    #[error("the Content-Type begins like that of a form but is a different one")]
    ContentType,
    /// The request is verified, but the inner extractor rejected it.
    #[error(transparent)]
    Inner(R),
    /// The request is not signed, not signed correctly, or a replay; or the server could not tell.
    #[error("{refusal}")]
    Refused {
        /// The reason.
        refusal: Refusal,
        /// The realm that the answer names.
        realm: Option<Realm>,
    },
}

impl<R: IntoResponse> IntoResponse for Rejection<R> {
    fn into_response(self) -> Response {
        match self {
            Self::Body(rejection) => rejection.into_response(),
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response(),
            Self::Inner(rejection) => rejection.into_response(),
            Self::Refused { refusal, realm } => {
                refusal.http_response(realm.as_ref()).map(Body::from)
            }
        }
    }
}
