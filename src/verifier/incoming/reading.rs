//! Reading a received request strictly ([RFC 5849 §3.2, §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

use alloc::string::String;
use core::ops::Range;

use super::{Body, Incoming, IncomingError};
use crate::{
    form_urlencoded::{MalformedEscape, separators},
    parameters::{Pairs, Parameter},
    protocol::{Name, Received, Slot},
    request::{PROTOCOL, Place, Target, is_token},
    transmission::{self, AuthorizationError, MOST, NotTaken, Piece, Placement, Sink},
};

/// What is read at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) form_bytes: usize,
    pub(crate) parameters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            form_bytes: 1 << 20,
            parameters: 10_000,
        }
    }
}

/// The most bytes of a URL that are read.
const LONGEST_URL: usize = 64 * 1024;

/// Checks a URL before it is copied.
pub(crate) fn check_url(url: &str) -> Result<(), IncomingError> {
    if url.len() > LONGEST_URL {
        return Err(IncomingError::TooLong {
            place: Place::Query,
            limit: LONGEST_URL,
        });
    }
    Ok(())
}

impl<'a> Incoming<'a> {
    /// Built in place, because copying freshly written fields stalls on store forwarding.
    #[inline]
    pub(crate) fn read_target(
        method: &'a str,
        target: Target<'a>,
        authorization: Option<&'a str>,
        body: Body<'a>,
        limits: Limits,
    ) -> Result<Self, IncomingError> {
        let mut incoming = Self {
            method,
            target,
            pairs: Pairs::new(),
            protocol: Received::new(authorization.unwrap_or_default()),
            placement: Placement::Header,
            realm: None,
            timestamp: None,
            body,
        };
        incoming.fill(authorization, limits)?;
        Ok(incoming)
    }

    fn fill(
        &mut self,
        authorization: Option<&'a str>,
        limits: Limits,
    ) -> Result<(), IncomingError> {
        if self.method.is_empty() || !self.method.bytes().all(is_token) {
            return Err(IncomingError::Method);
        }
        let mut placement = match authorization.map(|header| self.read_header(header)) {
            None | Some(Err(AuthorizationError::Scheme)) => None,
            Some(read) => {
                read?;
                // A realm may stand in a header of its own.
                (!self.protocol.is_empty()).then_some(Placement::Header)
            }
        };
        if let Some(query) = self.target.query() {
            let query = query.as_bytes();
            check_count(query, Place::Query, limits)?;
            let read = self.pairs.extend_with_query(query, 0);
            self.take_from(Place::Query, read, &mut placement)?;
        }
        if self.body.is_form() {
            let form = self.body.bytes();
            if form.len() > limits.form_bytes {
                return Err(IncomingError::TooLong {
                    place: Place::Form,
                    limit: limits.form_bytes,
                });
            }
            check_count(form, Place::Form, limits)?;
            let read = self.pairs.extend_with_encoded(form);
            self.take_from(Place::Form, read, &mut placement)?;
        }
        let query = self.target.query().unwrap_or_default();
        self.pairs.sort(query.as_bytes());
        self.placement = placement.ok_or(IncomingError::NotSigned)?;
        self.timestamp = check(&self.protocol)?;
        Ok(())
    }

    fn read_header(&mut self, header: &'a str) -> Result<(), AuthorizationError> {
        let mut filling = Filling {
            protocol: &mut self.protocol,
            header,
            realm: &mut self.realm,
        };
        transmission::read(header, &mut filling)
    }

    /// Moves the protocol parameters of a place that has just been read out of the pairs.
    #[inline]
    fn take_from(
        &mut self,
        place: Place,
        read: Result<(), MalformedEscape>,
        placement: &mut Option<Placement>,
    ) -> Result<(), IncomingError> {
        read.map_err(
            |MalformedEscape { position }| IncomingError::MalformedEscape { place, position },
        )?;
        let query = self.target.query().unwrap_or_default().as_bytes();
        let Some(first) = self.pairs.name_with_prefix(PROTOCOL, query) else {
            return Ok(());
        };
        if placement.is_some() {
            let name = first.shown();
            return Err(IncomingError::SeveralPlaces { name, place });
        }
        *placement = Some(match place {
            Place::Form => Placement::Body,
            _ => Placement::Query,
        });
        take_protocol(&mut self.pairs, &mut self.protocol, query, place)
    }
}

/// A request that takes the elements of its header.
struct Filling<'i, 'a> {
    protocol: &'i mut Received<'a>,
    header: &'a str,
    realm: &'i mut Option<&'a str>,
}

impl Sink for Filling<'_, '_> {
    fn decoded(&mut self) -> &mut String {
        self.protocol.text_mut()
    }

    fn realm(&mut self, text: Range<usize>) -> bool {
        self.realm.replace(&self.header[text]).is_none()
    }

    #[inline(always)]
    fn parameter(
        &mut self,
        known: Option<Name>,
        name: Piece,
        value: Piece,
    ) -> Result<(), NotTaken> {
        if self.protocol.is_full(MOST) {
            return Err(NotTaken::TooMany);
        }
        let is_new = match known {
            Some(name) => self.protocol.take_known(name, slot(value)),
            None => self.protocol.take(slot(name), slot(value)),
        };
        if is_new {
            Ok(())
        } else {
            Err(NotTaken::Duplicate)
        }
    }
}

#[inline(always)]
fn slot(piece: Piece) -> Slot {
    Slot::in_header(piece.start, piece.end, piece.is_decoded)
}

fn check_count(text: &[u8], place: Place, limits: Limits) -> Result<(), IncomingError> {
    // Empty pairs count as well, because room is made for them. Most texts are too short for so many.
    if text.len() >= limits.parameters && separators(text) >= limits.parameters {
        return Err(IncomingError::TooManyParameters {
            place,
            limit: limits.parameters,
        });
    }
    Ok(())
}

fn take_protocol(
    pairs: &mut Pairs<'_>,
    protocol: &mut Received<'_>,
    query: &[u8],
    place: Place,
) -> Result<(), IncomingError> {
    let is_protocol = |pair: &Parameter<'_>| pair.rank.begins_with(PROTOCOL);
    let found = || pairs.over(query).iter().filter(is_protocol);
    if found().nth(MOST).is_some() {
        return Err(IncomingError::TooManyParameters { place, limit: MOST });
    }
    let room = found().map(|pair| pair.name.len() + pair.value.len()).sum();
    if u32::try_from(room).is_err() {
        let limit = u32::MAX as usize;
        return Err(IncomingError::TooLong { place, limit });
    }
    protocol.reserve(room);
    for pair in found() {
        let (name, value) = (protocol.copy(pair.name), protocol.copy(pair.value));
        let (Some(copied), Some(value)) = (name, value) else {
            let name = pair.name.shown();
            return Err(IncomingError::NotText { name, place });
        };
        if !protocol.take(copied, value) {
            let name = pair.name.shown();
            return Err(IncomingError::Duplicate { name, place });
        }
    }
    pairs.retain(query, |pair| !is_protocol(pair));
    Ok(())
}

/// Checks what does not depend on a policy, and returns the timestamp.
fn check(protocol: &Received<'_>) -> Result<Option<u64>, IncomingError> {
    let require = |name: Name| {
        if protocol.has(name) {
            return Ok(());
        }
        let name = name.as_str();
        Err(IncomingError::Missing { name })
    };
    require(Name::ConsumerKey)?;
    require(Name::SignatureMethod)?;
    require(Name::Signature)?;
    let has_stamp = protocol.has(Name::Timestamp) && protocol.has(Name::Nonce);
    if !has_stamp && protocol.get(Name::SignatureMethod) != Some("PLAINTEXT") {
        require(Name::Timestamp)?;
        require(Name::Nonce)?;
    }
    if protocol
        .get(Name::Version)
        .is_some_and(|version| version != "1.0")
    {
        return Err(IncomingError::Version);
    }
    let Some(timestamp) = protocol.get(Name::Timestamp) else {
        return Ok(None);
    };
    match number(timestamp) {
        None | Some(0) => Err(IncomingError::Timestamp),
        timestamp => Ok(timestamp),
    }
}

/// A number that consists of digits only: `parse` would take a plus sign as well.
fn number(digits: &str) -> Option<u64> {
    let begins_with_digit = digits.starts_with(|first: char| first.is_ascii_digit());
    begins_with_digit.then(|| digits.parse().ok())?
}
