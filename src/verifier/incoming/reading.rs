//! Reading a received request strictly ([RFC 5849 §3.2, §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

use super::{Body, Incoming, IncomingError};
use crate::{
    form_urlencoded::{MalformedEscape, separators},
    parameters::{Pairs, Parameter},
    protocol::{Name, NotTaken, Received},
    request::{PROTOCOL, Place, Target, is_token},
    transmission::{self, AuthorizationError, Element, LONGEST, MOST, Part, Placement},
};

/// What is read at most.
#[derive(Clone, Copy, Debug)]
pub(in crate::verifier) struct Limits {
    pub(in crate::verifier) form_bytes: usize,
    pub(in crate::verifier) parameters: usize,
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
pub(in crate::verifier) fn check_url(url: &str) -> Result<(), IncomingError> {
    if url.len() > LONGEST_URL {
        return Err(IncomingError::TooLong {
            place: Place::Query,
            limit: LONGEST_URL,
        });
    }
    Ok(())
}

impl<'a> Incoming<'a> {
    pub(in crate::verifier) fn read_target(
        method: &'a str,
        target: Target<'a>,
        authorization: Option<&'a str>,
        body: Body<'a>,
        limits: Limits,
    ) -> Result<Self, IncomingError> {
        if method.is_empty() || !method.bytes().all(is_token) {
            return Err(IncomingError::Method);
        }
        let mut realm = None;
        let mut protocol = match authorization.map(|header| from_header(header, &mut realm)) {
            None | Some(Err(AuthorizationError::Scheme)) => None,
            Some(read) => Some((read?, Placement::Header)),
        };

        let mut pairs = Pairs::new();
        let query = target.query().unwrap_or_default().as_bytes();
        check_count(query, Place::Query, limits)?;
        let read = pairs.extend_with_query(query, 0);
        take_from(&mut pairs, query, Place::Query, read, &mut protocol)?;
        if body.is_form() {
            let form = body.bytes();
            if form.len() > limits.form_bytes {
                return Err(IncomingError::TooLong {
                    place: Place::Form,
                    limit: limits.form_bytes,
                });
            }
            check_count(form, Place::Form, limits)?;
            let read = pairs.extend_with_encoded(form);
            take_from(&mut pairs, query, Place::Form, read, &mut protocol)?;
        }
        pairs.sort(query);

        let (mut protocol, placement) = protocol.ok_or(IncomingError::NotSigned)?;
        protocol.finish();
        let timestamp = check(&protocol)?;
        Ok(Self {
            method,
            target,
            pairs,
            protocol,
            placement,
            realm,
            timestamp,
            body,
        })
    }
}

#[inline]
fn from_header<'a>(
    header: &'a str,
    realm: &mut Option<&'a [u8]>,
) -> Result<Received, AuthorizationError> {
    if header.len() > LONGEST {
        return Err(AuthorizationError::TooLong { limit: LONGEST });
    }
    let mut received = Received::with_room(header.len());
    transmission::read(header.as_bytes(), |element| match element {
        Element::Realm { text, position } => match realm.replace(text) {
            None => Ok(()),
            Some(_) => Err(AuthorizationError::Duplicate { position }),
        },
        Element::Parameter {
            name,
            value,
            position,
        } => {
            if received.len() == MOST {
                return Err(AuthorizationError::TooManyParameters { limit: MOST });
            }
            let given = |part: Part<'a>| (part.text, part.unreserved);
            let taken = received.take::<b'+'>(given(name), given(value));
            taken.map_err(|error| match error {
                NotTaken::Duplicate => AuthorizationError::Duplicate { position },
                NotTaken::NotText => AuthorizationError::NotText { position },
            })
        }
    })?;
    Ok(received)
}

fn check_count(text: &[u8], place: Place, limits: Limits) -> Result<(), IncomingError> {
    // Empty pairs count as well, because room is made for them.
    if separators(text) >= limits.parameters {
        return Err(IncomingError::TooManyParameters {
            place,
            limit: limits.parameters,
        });
    }
    Ok(())
}

/// Moves the protocol parameters of a place that has just been read out of the pairs.
#[inline]
fn take_from(
    pairs: &mut Pairs<'_>,
    query: &[u8],
    place: Place,
    read: Result<(), MalformedEscape>,
    protocol: &mut Option<(Received, Placement)>,
) -> Result<(), IncomingError> {
    read.map_err(
        |MalformedEscape { position }| IncomingError::MalformedEscape { place, position },
    )?;
    let Some(first) = pairs.name_with_prefix(PROTOCOL, query) else {
        return Ok(());
    };
    if protocol.is_some() {
        let name = first.shown();
        return Err(IncomingError::SeveralPlaces { name, place });
    }
    let placement = match place {
        Place::Form => Placement::Body,
        _ => Placement::Query,
    };
    *protocol = Some((take_protocol(pairs, query, place)?, placement));
    Ok(())
}

fn take_protocol(
    pairs: &mut Pairs<'_>,
    query: &[u8],
    place: Place,
) -> Result<Received, IncomingError> {
    let is_protocol = |pair: &Parameter<'_>| pair.rank.begins_with(PROTOCOL);
    let found = || pairs.over(query).iter().filter(is_protocol);
    if found().nth(MOST).is_some() {
        return Err(IncomingError::TooManyParameters { place, limit: MOST });
    }
    let room = found().map(|pair| pair.name.len() + pair.value.len()).sum();
    let mut received = Received::with_room(room);
    for pair in found() {
        let taken = received.take::<b' '>(pair.name.as_given(), pair.value.as_given());
        taken.map_err(|error| {
            let name = pair.name.shown();
            match error {
                NotTaken::Duplicate => IncomingError::Duplicate { name, place },
                NotTaken::NotText => IncomingError::NotText { name, place },
            }
        })?;
    }
    pairs.retain(query, |pair| !is_protocol(pair));
    Ok(received)
}

/// Checks what does not depend on a policy, and returns the timestamp.
fn check(protocol: &Received) -> Result<Option<u64>, IncomingError> {
    let require = |name: Name| match protocol.get(name) {
        Some(value) => Ok(value),
        None => Err(IncomingError::Missing {
            name: name.as_str(),
        }),
    };
    require(Name::ConsumerKey)?;
    let method = require(Name::SignatureMethod)?;
    require(Name::Signature)?;
    if method != "PLAINTEXT" {
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
    // `parse` would take a plus sign as well.
    let digits = Some(timestamp).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.and_then(|digits| digits.parse().ok()) {
        None | Some(0) => Err(IncomingError::Timestamp),
        timestamp => Ok(timestamp),
    }
}
