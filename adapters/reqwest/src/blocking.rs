//! The blocking client: what the other modules do for the async one.

use oauth1_signer::{Call, Signer, Stamp, signature_method::SigningKey};
use reqwest::blocking::{Body, Request, RequestBuilder, Response};

use crate::{
    Answer, CallError, FromCall, Sign, SignError, SignRequest, answer, call,
    sealed::Sealed,
    sign::{add, authorization},
};

impl Sign for RequestBuilder {
    fn sign_with<K: SigningKey>(
        self,
        signer: &Signer<K>,
        stamp: Stamp,
    ) -> Result<Self, SignError<K::Error>> {
        let (client, request) = self.build_split();
        let mut request = request.map_err(SignError::builder)?;
        signer.sign_request(&mut request, stamp)?;
        Ok(Self::from_parts(client, request))
    }
}

impl<K: SigningKey> SignRequest<Request> for Signer<K> {
    type Error = K::Error;

    fn sign_request(&self, request: &mut Request, stamp: Stamp) -> Result<(), SignError<K::Error>> {
        let body = request.body().map_or(Some(&[][..]), Body::as_bytes);
        let (method, url, headers) = (request.method(), request.url(), request.headers());
        let value = authorization(self, method, url, headers, body, stamp)?;
        add(request.headers_mut(), value)
    }
}

impl FromCall for Request {
    fn from_call(call: &Call) -> Result<Self, CallError> {
        let (method, url, headers) = call::head(call)?;
        let mut request = Self::new(method, url);
        *request.headers_mut() = headers;
        *request.body_mut() = call::body(call).map(Body::from);
        Ok(request)
    }
}

impl Answer {
    /// Reads the response of a blocking client to its end, as [`Answer::read`] does. Needs the
    /// feature `blocking`.
    ///
    /// # Errors
    ///
    /// If the connection fails, or reading takes longer than the client allows.
    ///
    /// ```no_run
    /// # fn example(client: reqwest::blocking::Client) -> Result<(), reqwest::Error> {
    /// use oauth1_signer_reqwest::Answer;
    ///
    /// let answer = Answer::read_blocking(client.get("https://api.example.com/").send()?)?;
    /// println!("{}: {} bytes", answer.status(), answer.body().len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_blocking(mut response: Response) -> Result<Self, reqwest::Error> {
        let head = answer::Head::take(response.status(), response.headers_mut());
        Ok(head.with(response.bytes()?.into()))
    }
}

impl Sealed for RequestBuilder {}

impl Sealed for Request {}
