//! The right base string in pieces, from which wrong ones are put together (RFC 5849, section 3.4.1.1).

use alloc::{borrow::Cow, string::String, vec::Vec};

use super::super::{
    message::Message,
    structure::{Halves, Structure},
};
use crate::encode::encode;

/// The pieces of the right base string.
pub(super) struct Draft<'a> {
    pub(super) right: &'a Structure,
    pub(super) request: Option<&'a Message>,
    /// The first two parts, encoded.
    pub(super) method: String,
    pub(super) uri: String,
    /// The parameters in the order in which the request has them: the query, the form, the protocol.
    pub(super) items: Vec<Item>,
    /// The places of the items in the right order.
    pub(super) sorted: Vec<usize>,
    /// Whether there is no time to try each parameter alone, which grows with the square of the length.
    pub(super) is_long: bool,
}

/// How many parameters, and how many bytes of a base string, are long.
const LONG: (usize, usize) = (150, 8 << 10);

/// A parameter.
pub(super) struct Item {
    pub(super) halves: Halves,
    pub(super) source: Source,
    /// The parameter in the third part.
    pub(super) text: String,
}

/// Where a parameter comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Source {
    Query,
    Form,
    Protocol,
    /// The query or the form.
    Unknown,
}

impl<'a> Draft<'a> {
    pub(super) fn new(right: &'a Structure, request: Option<&'a Message>) -> Self {
        let mut draft = Self {
            right,
            request,
            method: encode(&right.method),
            uri: encode(&right.uri),
            items: Vec::new(),
            sorted: Vec::new(),
            is_long: false,
        };
        let of_request = request.map(items_of).unwrap_or_default();
        let mut halves: Vec<_> = of_request.iter().map(|(halves, _)| halves).collect();
        halves.sort();
        let is_same = halves.iter().copied().eq(&right.parameters);
        if !is_same {
            draft.request = None;
        }
        let of_right = || {
            let parameters = right.parameters.iter().cloned();
            parameters.map(|halves| {
                let source = source_by_name(&halves, right);
                (halves, source)
            })
        };
        let items = if is_same {
            of_request
        } else {
            of_right().collect()
        };
        let items = items.into_iter().map(|(halves, source)| Item {
            text: encode(halves.joined()),
            halves,
            source,
        });
        draft.items = items.collect();
        let length: usize = draft.items.iter().map(|item| item.text.len()).sum();
        draft.is_long = draft.items.len() > LONG.0 || draft.uri.len() + length > LONG.1;
        draft.sorted = (0..draft.items.len()).collect();
        draft
            .sorted
            .sort_by(|a, b| draft.items[*a].halves.cmp(&draft.items[*b].halves));
        draft
    }

    /// The base string with these items.
    pub(super) fn of(&self, order: &[usize]) -> String {
        self.with_third(&join(order.iter().map(|at| &*self.items[*at].text)))
    }

    /// The right base string with another method and URI, both encoded.
    pub(super) fn at(&self, method: &str, uri: &str) -> String {
        [method, uri, &self.third()].join("&")
    }

    /// The base string with another third part, encoded.
    pub(super) fn with_third(&self, third: &str) -> String {
        [&self.method, &self.uri, third].join("&")
    }

    /// The base string with these items and other parameters, in the right order.
    pub(super) fn with(&self, kept: &[usize], added: &[Halves]) -> String {
        let kept = kept.iter().map(|at| &self.items[*at]);
        let mut parameters: Vec<(&Halves, Cow<'_, str>)> = kept
            .map(|item| (&item.halves, (&*item.text).into()))
            .collect();
        let added = added.iter();
        parameters.extend(added.map(|halves| (halves, encode(halves.joined()).into())));
        parameters.sort_by(|a, b| a.0.cmp(b.0));
        self.with_third(&join(parameters.iter().map(|(_, text)| &**text)))
    }

    /// The third part, encoded.
    pub(super) fn third(&self) -> String {
        join(self.sorted.iter().map(|at| &*self.items[*at].text))
    }

    /// The items that fit, in the right order.
    pub(super) fn sorted_where(&self, fits: impl Fn(&Item) -> bool) -> Vec<usize> {
        let sorted = self.sorted.iter().copied();
        sorted.filter(|at| fits(&self.items[*at])).collect()
    }

    /// Whether a parameter has this name.
    pub(super) fn item(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.halves.has_name(name))
    }
}

/// Joins the texts of parameters, as they stand in the third part.
pub(super) fn join<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<_> = texts.into_iter().collect();
    texts.join("%26")
}

fn items_of(request: &Message) -> Vec<(Halves, Source)> {
    let sources = [
        (Source::Query, request.query_pairs()),
        (Source::Form, request.form_pairs()),
        (Source::Protocol, request.protocol_pairs()),
    ];
    let items = sources.into_iter().flat_map(|(source, pairs)| {
        let signed = pairs
            .into_iter()
            .filter(|(name, _)| name != b"oauth_signature");
        signed.map(move |(name, value)| {
            let halves = Halves::of(&name, &value);
            let source = if halves.is_protocol() {
                Source::Protocol
            } else {
                source
            };
            (halves, source)
        })
    });
    items.collect()
}

/// Where a parameter comes from if the request is not known. A GET has no form.
fn source_by_name(halves: &Halves, right: &Structure) -> Source {
    if halves.is_protocol() {
        Source::Protocol
    } else if right.method == "GET" {
        Source::Query
    } else {
        Source::Unknown
    }
}
