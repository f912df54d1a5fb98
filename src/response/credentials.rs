//! Reading credentials from an answer ([RFC 5849 §2.1, §2.3](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

use alloc::{boxed::Box, string::String};

use super::{
    ProblemReport, Response, ResponseError,
    excerpt::{Kind, described},
};
use crate::{
    credentials::{Fields, Secret, Temporary, Token},
    form_urlencoded::{decode, pairs},
};

impl Token {
    /// Reads a token from the answer to the last leg (RFC 5849, section 2.3). A
    /// [`Flow`](crate::flow::Flow) does this for you.
    ///
    /// # Errors
    ///
    /// [`ResponseError`] if the answer contains no token.
    ///
    /// ```
    /// use oauth1_signer::{Token, response::Response};
    ///
    /// let (status, body) = (200, "oauth_token=nnch734d00sl2jdk&oauth_token_secret=pfkkdhi9sl3r4s00");
    /// let token = Token::from_response(Response::new(status, &body))?;
    /// assert_eq!(token.token(), "nnch734d00sl2jdk");
    /// # Ok::<(), oauth1_signer::response::ResponseError>(())
    /// ```
    pub fn from_response(response: Response<'_>) -> Result<Self, ResponseError> {
        let Credentials {
            token,
            secret,
            fields,
            ..
        } = Credentials::of(&response)?;
        Ok(Self::from_parts(token, secret, fields))
    }
}

impl Temporary {
    /// Reads temporary credentials from the answer to the first leg (RFC 5849, section 2.1). A
    /// [`Flow`](crate::flow::Flow) does this for you, and also checks
    /// [`Temporary::callback_confirmed`].
    ///
    /// # Errors
    ///
    /// [`ResponseError`] if the answer contains no temporary credentials.
    ///
    /// ```
    /// use oauth1_signer::{Temporary, response::Response};
    ///
    /// let body = "oauth_token=hh5s&oauth_token_secret=hdhd&oauth_callback_confirmed=true";
    /// let temporary = Temporary::from_response(Response::new(200, &body))?;
    /// assert!(temporary.callback_confirmed());
    /// # Ok::<(), oauth1_signer::response::ResponseError>(())
    /// ```
    pub fn from_response(response: Response<'_>) -> Result<Self, ResponseError> {
        let Credentials {
            token,
            secret,
            fields,
            confirmed,
        } = Credentials::of(&response)?;
        Ok(Self::from_parts(token, secret, fields, confirmed))
    }
}

/// A token, its secret, and the other fields of an answer.
struct Credentials {
    token: String,
    secret: Secret,
    fields: Fields,
    confirmed: bool,
}

impl Credentials {
    fn of(response: &Response<'_>) -> Result<Self, ResponseError> {
        if !(200..300).contains(&response.status) {
            return Err(refused(response).unwrap_or_else(|| ResponseError::Status {
                status: response.status,
                body: described(response.body),
            }));
        }
        // Some servers report problems with a 2xx status.
        Self::read(response.body).map_err(|error| refused(response).unwrap_or(error))
    }

    fn read(body: &[u8]) -> Result<Self, ResponseError> {
        let body = body.trim_ascii();
        if Kind::of(body) != Kind::Text {
            return Err(ResponseError::NotAForm {
                body: described(body),
            });
        }
        let (mut token, mut secret, mut confirmed) = (None, None, None);
        let mut fields = Fields::default();
        for pair in pairs(body) {
            let (Some(name), Some(value)) = (decode(pair.name), decode(pair.value())) else {
                return Err(ResponseError::Malformed {
                    body: described(body),
                });
            };
            let (name, place) = match name.as_str() {
                TOKEN => (TOKEN, &mut token),
                SECRET => (SECRET, &mut secret),
                CONFIRMED => (CONFIRMED, &mut confirmed),
                _ => {
                    fields.push(name, value);
                    continue;
                }
            };
            if place.replace(Secret(value)).is_some() {
                return Err(ResponseError::DuplicateField { name });
            }
        }
        let missing = |name| ResponseError::MissingField {
            name,
            body: described(body),
        };
        let token = token.filter(|token| !token.0.is_empty());
        Ok(Self {
            token: token.ok_or_else(|| missing(TOKEN))?.0.clone(),
            secret: secret.ok_or_else(|| missing(SECRET))?,
            fields,
            // Servers written in Python answer `True`.
            confirmed: confirmed.is_some_and(|confirmed| confirmed.0.eq_ignore_ascii_case("true")),
        })
    }
}

fn refused(response: &Response<'_>) -> Option<ResponseError> {
    let report = response.report()?;
    let shown = Kind::of(response.body.trim_ascii()) != Kind::Empty
        && ProblemReport::parse(None, response.body).as_ref() != Some(&report);
    Some(ResponseError::Refused {
        status: response.status,
        report: Box::new(report),
        body: shown.then(|| described(response.body)),
    })
}

const TOKEN: &str = "oauth_token";
const SECRET: &str = "oauth_token_secret";
const CONFIRMED: &str = "oauth_callback_confirmed";
