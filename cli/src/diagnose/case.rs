//! All pieces of evidence, each in its place.

use oauth1_signer::{
    diagnosis::{Evidence, Message},
    response::Response,
};
use url::form_urlencoded;

use super::{
    label::{Kind, Label, Side},
    pieces::{Found, Piece},
    request::{Answer, Request},
};

/// What is known, in the places that it has for a diagnosis.
#[derive(Default)]
pub(super) struct Case {
    ours: Option<String>,
    theirs: Option<String>,
    signature: Option<String>,
    expected: Option<String>,
    received: Option<String>,
    meant: Option<Request>,
    sent: Option<Request>,
    header: Option<String>,
    answer: Option<Answer>,
    our_time: Option<u64>,
    their_time: Option<u64>,
    /// Whether the next request that nobody has labelled is the one that was meant, because another
    /// follows, as in what `curl -v` prints.
    first_is_meant: bool,
}

/// A piece, with the name of the option or text from which it comes, such as `line 3`.
pub(super) struct Located {
    pub(super) found: Found,
    pub(super) place: String,
}

impl Case {
    /// Finds a place for each piece. Those that nobody has labelled take what is left, and the notes
    /// say so.
    pub(super) fn of(pieces: Vec<Located>, notes: &mut Vec<String>) -> Result<Self, String> {
        let mut case = Self::default();
        let (labelled, others): (Vec<_>, Vec<_>) =
            pieces.into_iter().partition(Located::is_labelled);
        let requests = others.iter().filter(|one| one.is_request()).count();
        case.first_is_meant = requests > 1;
        for Located { found, place } in labelled.into_iter().chain(others) {
            let guess = case.put(found.piece, found.label);
            match guess {
                Ok(Some(guess)) => notes.push(format!("{place} is taken for {guess}")),
                Ok(None) => {}
                Err(error) => return Err(format!("{place}: {error}")),
            }
        }
        case.header_goes_into_its_request();
        Ok(case)
    }

    pub(super) fn is_empty(&self) -> bool {
        let strings = [
            &self.ours,
            &self.theirs,
            &self.signature,
            &self.expected,
            &self.received,
        ];
        strings.iter().all(|text| text.is_none())
            && self.header.is_none()
            && self.answer.is_none()
            && self.meant.is_none()
            && self.sent.is_none()
            && (self.our_time.is_none() || self.their_time.is_none())
    }

    /// Puts a piece where it belongs. What had to be guessed is returned.
    fn put(&mut self, piece: Piece, label: Label) -> Result<Option<&'static str>, String> {
        let side = label.side;
        let guessed = |what| side.is_none().then_some(what);
        match piece {
            Piece::BaseString(text) => {
                let is_ours = match side {
                    Some(Side::Ours | Side::Sent) => true,
                    Some(Side::Theirs | Side::Received) => false,
                    None => self.ours.is_none(),
                };
                let (place, name) = if is_ours {
                    (&mut self.ours, "the base string that was signed")
                } else {
                    (&mut self.theirs, "the base string that the server made")
                };
                set(place, text, name)?;
                Ok(guessed(name))
            }
            Piece::Signature(text) => {
                let (place, name) = match side {
                    Some(Side::Ours | Side::Sent) => (&mut self.signature, OUR_SIGNATURE),
                    Some(Side::Received) => (&mut self.received, "the received signature"),
                    None if self.signature.is_none() => (&mut self.signature, OUR_SIGNATURE),
                    Some(Side::Theirs) | None => (&mut self.expected, "the expected signature"),
                };
                set(place, text, name)?;
                Ok(guessed(name))
            }
            Piece::Request(request) => {
                let is_sent = match side {
                    Some(Side::Sent | Side::Received | Side::Theirs) => true,
                    Some(Side::Ours) if label.kind == Some(Kind::Request) => false,
                    _ if std::mem::take(&mut self.first_is_meant) => self.meant.is_some(),
                    _ => {
                        self.sent.is_none()
                            && (self.meant.is_some() || request.has("oauth_signature"))
                    }
                };
                let (place, name) = if is_sent {
                    (&mut self.sent, "the request that was sent")
                } else {
                    (&mut self.meant, "the request that was meant")
                };
                set(place, request, name)?;
                Ok(guessed(name).filter(|_| label.kind.is_none()))
            }
            Piece::Authorization(value) => {
                set(&mut self.header, value, "the `Authorization` header")?;
                Ok(None)
            }
            Piece::Answer(answer) => {
                // A client that follows redirects shows all answers, and 100 is none yet.
                if self.answer.as_ref().is_none_or(|old| old.status < 400) {
                    self.answer = Some(answer);
                    return Ok(None);
                }
                // The body in another file than what `curl -v` says.
                if let Some(old) = self.answer.as_mut()
                    && old.body.is_empty()
                    && answer.is_body()
                {
                    old.body = answer.body;
                    return Ok(None);
                }
                set(&mut self.answer, answer, "an answer that refuses")?;
                Ok(None)
            }
            Piece::Time(seconds) => {
                let (place, name) = match side {
                    Some(Side::Ours | Side::Sent) => (&mut self.our_time, "our time"),
                    Some(Side::Theirs | Side::Received) => (&mut self.their_time, "their time"),
                    None => return Err("say whose time it is: `our time:` or `their time:`".into()),
                };
                set(place, seconds, name)?;
                Ok(None)
            }
        }
    }

    /// A header that was pasted by itself belongs to the request that lacks one.
    fn header_goes_into_its_request(&mut self) {
        if self.header.is_none() || self.sent.is_some() {
            return;
        }
        if let Some(mut request) = self
            .meant
            .take_if(|request| request.authorization.is_none())
        {
            request.authorization = self.header.take();
            self.sent = Some(request);
        }
    }

    /// The scheme of a request that does not tell it. It must not make a difference.
    fn scheme(&self) -> &'static str {
        let told = self.answer.as_ref().and_then(Answer::base_string);
        let strings = [
            self.ours.as_deref(),
            self.theirs.as_deref(),
            told.as_deref(),
        ];
        let mut uris = strings
            .iter()
            .filter_map(|text| text.as_deref()?.split('&').nth(1));
        match uris.next() {
            Some(uri) if uri.to_ascii_lowercase().starts_with("http%3a") => "http",
            _ => "https",
        }
    }

    pub(super) fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::new();
        if let Some(text) = &self.ours {
            evidence = evidence.our_base_string(text.clone());
        }
        if let Some(text) = &self.theirs {
            evidence = evidence.their_base_string(text.clone());
        }
        if let Some(text) = &self.signature {
            evidence = evidence.our_signature(text.clone());
        }
        if let Some(text) = &self.expected {
            evidence = evidence.expected_signature(text.clone());
        }
        if let Some(text) = &self.received {
            evidence = evidence.received_signature(text.clone());
        }
        if let Some(message) = self
            .meant
            .as_ref()
            .and_then(|request| self.meant_message(request))
        {
            evidence = evidence.request(message);
        }
        if let Some(request) = &self.sent {
            evidence = evidence.sent(request.message(self.scheme()));
        } else if let Some(header) = &self.header {
            evidence = evidence.sent(Message::new("", "").authorization(header.clone()));
        }
        if let Some(answer) = &self.answer {
            let response = Response::new(answer.status, &answer.body)
                .www_authenticate(answer.www_authenticate.as_deref())
                .date(answer.date.as_deref());
            evidence = evidence.response(&response);
        }
        if let Some(seconds) = self.our_time {
            evidence = evidence.our_time(seconds);
        }
        if let Some(seconds) = self.their_time {
            evidence = evidence.their_time(seconds);
        }
        evidence
    }

    /// The request that was meant. If it is not signed yet, its protocol parameters are those of the
    /// base string.
    fn meant_message(&self, request: &Request) -> Option<Message> {
        let message = request.message(self.scheme());
        if request.has("oauth_consumer_key") {
            return Some(message);
        }
        let protocol = self.protocol_parameters();
        (!protocol.is_empty()).then(|| message.protocol_parameters(&protocol))
    }

    /// The protocol parameters in the base string, or in the request that was sent.
    fn protocol_parameters(&self) -> Vec<(String, String)> {
        let texts = [&self.ours, &self.theirs];
        let mut parts = texts
            .iter()
            .filter_map(|text| text.as_deref()?.splitn(3, '&').nth(2));
        let Some(parameters) = parts.next() else {
            return Vec::new();
        };
        let plain: String = form_urlencoded::parse(format!("={parameters}").as_bytes())
            .map(|(_, value)| value.into_owned())
            .collect();
        form_urlencoded::parse(plain.as_bytes())
            .into_owned()
            .filter(|(name, _)| name.starts_with("oauth_") && name != "oauth_signature")
            .collect()
    }

    /// Whether the request was signed with a token.
    pub(super) fn has_token(&self) -> bool {
        let in_string = |text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            let found = text.split("oauth_token%3D").nth(1);
            found.is_some_and(|rest| !rest.is_empty() && !rest.starts_with("%26"))
        };
        let in_request =
            |request: &Option<Request>| request.as_ref().is_some_and(|one| one.has("oauth_token"));
        in_string(&self.ours) || in_string(&self.theirs) || in_request(&self.sent)
    }
}

const OUR_SIGNATURE: &str = "the signature that was made";

fn set<T>(place: &mut Option<T>, value: T, name: &str) -> Result<(), String> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!(
            "{name} is there already; label what this is, or leave it out"
        )),
    }
}

impl Located {
    fn is_request(&self) -> bool {
        matches!(self.found.piece, Piece::Request(_))
    }

    fn is_labelled(&self) -> bool {
        self.found.label.side.is_some()
    }
}
