//! A response that has been read to its end.

use std::fmt;

use oauth1_signer::response::Response;
use reqwest::{StatusCode, header::HeaderMap};

/// A response that has been read to its end, so that its problem report or its token can be read.
///
/// [`Answer::response`] is what a [`Clock`](oauth1_signer::response::Clock) and the legs of a
/// [`Flow`](oauth1_signer::flow::Flow) learn from. If the server refuses the timestamp, for example,
/// correct the clock and sign once more:
///
/// ```no_run
/// use oauth1_signer::{Signer, response::{Clock, Retry}};
/// use oauth1_signer_reqwest::{Answer, Sign};
/// use reqwest::RequestBuilder;
///
/// async fn send(
///     request: impl Fn() -> RequestBuilder, // such as `|| client.post(url).form(&fields)`
///     signer: &Signer,
///     clock: &mut Clock,
/// ) -> Result<Answer, Box<dyn std::error::Error>> {
///     let first = request().sign_with(signer, clock.stamp())?;
///     let answer = Answer::read(first.send().await?).await?;
///     if answer.response().retry() != Retry::WithCorrectedClock
///         || clock.learn_from_response(&answer.response()).is_err()
///     {
///         return Ok(answer);
///     }
///     let second = request().sign_with(signer, clock.stamp())?;
///     Ok(Answer::read(second.send().await?).await?)
/// }
/// ```
#[derive(Clone)]
pub struct Answer(http::Response<Vec<u8>>);

impl Answer {
    /// Reads a response to its end, whatever its status is and however long it is.
    ///
    /// # Errors
    ///
    /// If the connection fails, or reading takes longer than the client allows.
    ///
    /// ```no_run
    /// # async fn example(client: reqwest::Client) -> Result<(), reqwest::Error> {
    /// use oauth1_signer_reqwest::Answer;
    ///
    /// let answer = Answer::read(client.get("https://api.example.com/").send().await?).await?;
    /// println!("{}: {} bytes", answer.status(), answer.body().len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn read(mut response: reqwest::Response) -> Result<Self, reqwest::Error> {
        let head = Head::take(response.status(), response.headers_mut());
        Ok(head.with(response.bytes().await?.into()))
    }

    /// What the server says: problem reports, tokens, and what can be done about a refusal.
    ///
    /// ```no_run
    /// # async fn example(client: reqwest::Client) -> Result<(), reqwest::Error> {
    /// # use oauth1_signer_reqwest::Answer;
    /// let answer = Answer::read(client.get("https://api.example.com/").send().await?).await?;
    /// if let Some(report) = answer.response().report() {
    ///     println!("refused: {report}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn response(&self) -> Response<'_> {
        Response::from(&self.0)
    }

    /// The HTTP status.
    ///
    /// ```no_run
    /// # async fn example(client: reqwest::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// # use oauth1_signer_reqwest::Answer;
    /// let answer = Answer::read(client.get("https://api.example.com/").send().await?).await?;
    /// if answer.status().is_success() {
    ///     println!("done");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// The headers.
    ///
    /// ```no_run
    /// # async fn example(client: reqwest::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// # use oauth1_signer_reqwest::Answer;
    /// let answer = Answer::read(client.get("https://api.example.com/").send().await?).await?;
    /// if let Some(seconds) = answer.headers().get("Retry-After") {
    ///     println!("wait for {}", seconds.to_str()?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The body.
    ///
    /// ```no_run
    /// # async fn example(client: reqwest::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// # use oauth1_signer_reqwest::Answer;
    /// let answer = Answer::read(client.get("https://api.example.com/").send().await?).await?;
    /// println!("{}", String::from_utf8_lossy(answer.body()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }
}

/// Shows the status and the length of the body, because both the headers and the body may contain
/// secrets.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status())
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

/// What a response has before its body.
pub(crate) struct Head {
    status: StatusCode,
    headers: HeaderMap,
}

impl Head {
    pub(crate) fn take(status: StatusCode, headers: &mut HeaderMap) -> Self {
        let headers = std::mem::take(headers);
        Self { status, headers }
    }

    pub(crate) fn with(self, body: Vec<u8>) -> Answer {
        let mut response = http::Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Answer(response)
    }
}
