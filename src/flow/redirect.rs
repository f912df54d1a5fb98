//! The redirect that brings the user back ([RFC 5849 §2.2](https://www.rfc-editor.org/rfc/rfc5849#section-2.2)).

use alloc::{boxed::Box, string::String};
use core::fmt;

use thiserror::Error;

use super::VerificationCode;
use crate::{
    credentials::Temporary,
    form_urlencoded::{decode, pairs},
    response::{Problem, ProblemReport},
};

/// The redirect with which the service sends the user back to the callback (RFC 5849, section 2.2).
///
/// ```
/// use oauth1_signer::{Temporary, flow::{Redirect, RedirectError}};
///
/// let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// let url = "http://printer.example.com/ready?oauth_token=hh5s93j4hdidpola&oauth_verifier=hfdp7dh39dks9884";
/// let code = Redirect::parse(url)?.code_for(&temporary)?;
/// assert_eq!(code.expose_secret(), "hfdp7dh39dks9884");
///
/// // The redirect of another user, or of an earlier attempt.
/// let other = Temporary::new("hdk48Djdsa", "xyz4992k83j47x0b");
/// assert_eq!(
///     Redirect::parse(url)?.code_for(&other).unwrap_err(),
///     RedirectError::TokenMismatch
/// );
/// # Ok::<(), RedirectError>(())
/// ```
#[derive(Clone)]
pub struct Redirect {
    token: String,
    code: Option<VerificationCode>,
}

impl Redirect {
    /// Reads the URL that the user came back to. It may be the whole URL with any scheme, the part
    /// that a listener sees (`/ready?oauth_token=...`), or the query alone, with or without `?`
    /// (`oauth_token=...`). Parameters of your own are ignored.
    ///
    /// The text counts as a query without `?` if none of `?`, `/` and `:` comes before its first
    /// `=`.
    ///
    /// # Errors
    ///
    /// [`RedirectError::Denied`] if the user refused, and other [`RedirectError`]s if the redirect
    /// does not carry an authorization.
    ///
    /// ```
    /// use oauth1_signer::flow::{Redirect, RedirectError};
    ///
    /// let error = Redirect::parse("/cb?denied=NPcudxy0yU5T3tBzho7iCotZ3cnetKwcTIRlX0iwRl0").unwrap_err();
    /// assert_eq!(error, RedirectError::Denied);
    /// assert_eq!(error.to_string(), "the user refused the authorization");
    /// ```
    pub fn parse(url: &str) -> Result<Self, RedirectError> {
        let before_fragment = url.split_once('#').map_or(url, |(before, _)| before);
        let query = query(before_fragment).as_bytes();
        let (mut token, mut code, mut denied) = (None, None, false);
        for pair in pairs(query) {
            let (name, place) = match decode(pair.name).as_deref() {
                Some(TOKEN) => (TOKEN, &mut token),
                Some(VERIFIER) => (VERIFIER, &mut code),
                Some("denied") => {
                    denied = true;
                    continue;
                }
                _ => continue,
            };
            let value = decode(pair.value()).ok_or(RedirectError::Malformed { name })?;
            if place.replace(value).is_some() {
                return Err(RedirectError::Duplicate { name });
            }
        }
        if code.is_none() {
            if let Some(report) = ProblemReport::parse(None, query) {
                return Err(match report.problem() {
                    Problem::PermissionDenied | Problem::UserRefused => RedirectError::Denied,
                    _ => RedirectError::Problem(Box::new(report)),
                });
            }
            if denied {
                return Err(RedirectError::Denied);
            }
        }
        Ok(Self {
            token: token.ok_or(RedirectError::NoToken)?,
            code: code.map(VerificationCode::new),
        })
    }

    /// Returns the verification code, after checking that the redirect belongs to these temporary
    /// credentials.
    ///
    /// # Errors
    ///
    /// [`RedirectError::TokenMismatch`] if it belongs to others. [`RedirectError::NoCode`] if it has
    /// no code: servers of OAuth Core 1.0 do not send one, see [`Redirect::check`].
    ///
    /// ```
    /// use oauth1_signer::{Temporary, flow::Redirect};
    ///
    /// let temporary = Temporary::new("hh5s93j4", "hdhd0244");
    /// let redirect = Redirect::parse("/ready?oauth_token=hh5s93j4&oauth_verifier=hfdp7dh3")?;
    /// assert_eq!(redirect.code_for(&temporary)?.expose_secret(), "hfdp7dh3");
    /// # Ok::<(), oauth1_signer::flow::RedirectError>(())
    /// ```
    pub fn code_for(self, temporary: &Temporary) -> Result<VerificationCode, RedirectError> {
        self.check(temporary)?;
        self.code.ok_or(RedirectError::NoCode)
    }

    /// The identifier of the temporary credentials. A server with many users finds the credentials
    /// by it.
    ///
    /// ```
    /// use oauth1_signer::flow::Redirect;
    ///
    /// let redirect = Redirect::parse("/ready?oauth_token=hh5s93j4&oauth_verifier=hfdp7dh3")?;
    /// assert_eq!(redirect.token(), "hh5s93j4");
    /// # Ok::<(), oauth1_signer::flow::RedirectError>(())
    /// ```
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Checks that the redirect belongs to these temporary credentials. Use it with a server of
    /// OAuth Core 1.0, which does not send a code. See
    /// [`Flow::token_without_code`](super::Flow::token_without_code).
    ///
    /// # Errors
    ///
    /// [`RedirectError::TokenMismatch`] if it does not.
    ///
    /// ```
    /// use oauth1_signer::{Temporary, flow::Redirect};
    ///
    /// let temporary = Temporary::new("sjevj", "7wjD2de");
    /// Redirect::parse("http://localhost:3000/activate/callback?oauth_token=sjevj")?.check(&temporary)?;
    /// # Ok::<(), oauth1_signer::flow::RedirectError>(())
    /// ```
    pub fn check(&self, temporary: &Temporary) -> Result<(), RedirectError> {
        if self.token == temporary.token() {
            Ok(())
        } else {
            Err(RedirectError::TokenMismatch)
        }
    }
}

fn query(url: &str) -> &str {
    let first_name = url.split_once('=').map_or(url, |(name, _)| name);
    if first_name.contains(['?', '/', ':']) {
        url.split_once('?').map_or("", |(_, query)| query)
    } else {
        url
    }
}

/// Shows the token, but not the code.
impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect")
            .field("token", &self.token)
            .field("code", &self.code)
            .finish()
    }
}

/// Why a redirect does not lead to a token.
///
/// ```
/// use oauth1_signer::flow::{Redirect, RedirectError};
///
/// match Redirect::parse("/ready?oauth_problem=permission_denied") {
///     Ok(redirect) => println!("authorized {}", redirect.token()),
///     Err(RedirectError::Denied) => println!("you refused the authorization"),
///     Err(error) => println!("authorization failed: {error}"),
/// }
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum RedirectError {
    /// The user refused. Do not ask them again at once.
    #[error("the user refused the authorization")]
    Denied,
    /// A parameter occurs twice.
    #[error("{name} occurs twice in the redirect")]
    Duplicate {
        /// The name of the parameter.
        name: &'static str,
    },
    /// A parameter contains a malformed escape or is not UTF-8.
    #[error("{name} of the redirect is malformed")]
    Malformed {
        /// The name of the parameter.
        name: &'static str,
    },
    /// The verification code is missing.
    #[error("the redirect has no oauth_verifier")]
    NoCode,
    /// The token is missing, so this is not a redirect from the service.
    #[error("the redirect has no oauth_token")]
    NoToken,
    /// The service reports another problem.
    #[error("the service reports {0}")]
    Problem(Box<ProblemReport>),
    /// The redirect belongs to other temporary credentials: those of another user, of an earlier
    /// attempt, or of an attacker who wants the user to accept theirs.
    #[error("the oauth_token of the redirect is not that of the temporary credentials")]
    TokenMismatch,
}

const TOKEN: &str = "oauth_token";
const VERIFIER: &str = "oauth_verifier";
