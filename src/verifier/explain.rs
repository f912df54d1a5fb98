//! What the developer of a server may know about a refused request.

use alloc::string::{String, ToString};
use core::fmt;

use super::Incoming;
use crate::{
    diagnosis::{Diagnosis, Evidence, Message},
    transmission::{FormBody, Placement},
};

impl Incoming<'_> {
    /// The server's base string of the request and, with the one that the client signed, why they differ.
    /// It is for the developer of the server, and must not be sent to a client: the base string contains
    /// everything in a form, passwords included.
    ///
    /// ```
    /// use oauth1_signer::{diagnosis::Cause, verifier::{Body, Incoming}};
    ///
    /// let authorization = concat!(
    ///     r#"OAuth oauth_consumer_key="key", oauth_nonce="nonce", oauth_signature="c2lnbmF0dXJl", "#,
    ///     r#"oauth_signature_method="HMAC-SHA1", oauth_timestamp="1316657628""#,
    /// );
    /// let url = "https://api.example.com/photos?size=original";
    /// let incoming = Incoming::read("GET", url, Some(authorization), Body::none())?;
    ///
    /// let from_the_client = "GET&http%3A%2F%2Fapi.example.com%2Fphotos&oauth_consumer_key%3Dkey\
    ///     %26oauth_nonce%3Dnonce%26oauth_signature_method%3DHMAC-SHA1\
    ///     %26oauth_timestamp%3D1316657628%26size%3Doriginal";
    /// let diagnosis = incoming.explain().compare(from_the_client);
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::Scheme);
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn explain(&self) -> Explanation {
        let message = Message::new(self.method(), self.target().as_str());
        let message = if self.body().is_form() {
            message
                .content_type(FormBody::CONTENT_TYPE)
                .body(self.body().bytes())
        } else {
            message.body(self.body().bytes())
        };
        let message = match self.placement() {
            Placement::Header => message.protocol_parameters(self.protocol_parameters()),
            Placement::Body | Placement::Query => message,
        };
        let base_string = self.base_string().to_string();
        Explanation {
            evidence: Evidence::new()
                .sent(message)
                .our_signature(self.signature())
                .their_base_string(&*base_string),
            base_string,
        }
    }
}

/// What a server makes of a request, for its developer. See [`Incoming::explain`].
///
/// ```
/// # use oauth1_signer::verifier::{Body, Incoming};
/// # let url = "https://api.example.com/photos?oauth_consumer_key=key&oauth_nonce=nonce\
/// #     &oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1&oauth_signature=c2lnbmF0dXJl";
/// # let incoming = Incoming::read("GET", url, None, Body::none())?;
/// let explanation = incoming.explain();
/// println!("our base string: {}", explanation.base_string());
/// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
/// ```
#[derive(Clone)]
pub struct Explanation {
    base_string: String,
    evidence: Evidence,
}

impl Explanation {
    /// The server's base string.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?oauth_consumer_key=key&oauth_nonce=nonce\
    /// #     &oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1&oauth_signature=c2lnbmF0dXJl";
    /// # let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert!(incoming.explain().base_string().starts_with("GET&https%3A%2F%2F"));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn base_string(&self) -> &str {
        &self.base_string
    }

    /// Compares with the base string that the client signed. In the diagnosis, "ours" is the client's.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?oauth_consumer_key=key&oauth_nonce=nonce\
    /// #     &oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1&oauth_signature=c2lnbmF0dXJl";
    /// # let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// let from_the_client = "POST&https%3A%2F%2Fapi.example.com%2Fphotos&…";
    /// let diagnosis = incoming.explain().compare(from_the_client);
    /// println!("{diagnosis}");
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn compare(&self, of_the_client: impl Into<String>) -> Diagnosis {
        let evidence = self.evidence.clone();
        evidence.our_base_string(of_the_client).diagnose()
    }

    /// What is known so far, as seen by the client: add its base string, its credentials or the request
    /// that it meant, and diagnose.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?oauth_consumer_key=key&oauth_nonce=nonce\
    /// #     &oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1&oauth_signature=c2lnbmF0dXJl";
    /// # let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// use oauth1_signer::Consumer;
    ///
    /// let evidence = incoming.explain().into_evidence();
    /// let diagnosis = evidence.credentials(&Consumer::new("key", "secret"), None).diagnose();
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn into_evidence(self) -> Evidence {
        self.evidence
    }
}

/// Shows no base string, because a form may contain passwords.
impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation")
            .field("base_string", &self.base_string.len())
            .finish_non_exhaustive()
    }
}
