//! Pairs of names and values as callers give them ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::{borrow::Cow, string::String, vec::Vec};

/// A pair of a name and a value, neither of them encoded yet.
///
/// A pair is a tuple `(name, value)` of two [texts](Text), or a reference to a tuple of texts or bytes.
/// So arrays, vectors, slices and maps can be given, by value or by reference, with text or bytes,
/// borrowed or owned. Borrowed text is not copied.
///
/// ```
/// use std::collections::HashMap;
///
/// use oauth1_signer::Request;
///
/// let url = "https://api.example.com/posts";
/// let (title, tags) = (String::from("Zürich"), vec![("tag", "city"), ("tag", "lake")]);
/// let map = HashMap::from([(String::from("page"), 7.to_string())]);
///
/// let request = Request::post(url)?.form([("title", &title)])?;
/// let request = Request::post(url)?.form(&tags)?;
/// let request = Request::post(url)?.form(&map)?;
/// let request = Request::post(url)?.form(tags.into_iter().chain([("title", title.as_str())]))?;
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a pair of a name and a value",
    label = "each item must be a tuple `(name, value)` of text or bytes",
    note = "give an array of pairs, such as `[(\"status\", &status)]`, or a map"
)]
pub trait Pair<'a>: sealed::Pair<'a> {}

/// A name or a value: text or bytes, borrowed or owned.
///
/// ```
/// use oauth1_signer::{Request, Text};
///
/// fn url<'a>(term: impl Text<'a>) -> Result<String, oauth1_signer::RequestError> {
///     let request = Request::get("https://api.example.com/titles")?.query([("term", term)])?;
///     Ok(request.url().to_owned())
/// }
///
/// let term = String::from("dark");
/// assert_eq!(url(&term)?, url(term)?);
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the text or the bytes of a name or a value",
    label = "must be text or bytes, borrowed or owned",
    note = "write numbers and booleans as text first, such as `page.to_string()`; leave out what is `None`"
)]
pub trait Text<'a>: sealed::Text<'a> {}

impl<'a, N: Text<'a>, V: Text<'a>> Pair<'a> for (N, V) {}
impl<'a, N: AsRef<[u8]>, V: AsRef<[u8]>> Pair<'a> for &'a (N, V) {}

impl<'a, T: AsRef<[u8]> + ?Sized> Text<'a> for &'a T {}
impl Text<'_> for String {}
impl Text<'_> for Vec<u8> {}
impl<'a> Text<'a> for Cow<'a, str> {}
impl<'a> Text<'a> for Cow<'a, [u8]> {}

/// The bytes of a pair, borrowed if the pair borrows them.
#[inline]
pub(crate) fn into_bytes<'a>(pair: impl Pair<'a>) -> (Cow<'a, [u8]>, Cow<'a, [u8]>) {
    sealed::Pair::into_bytes(pair)
}

mod sealed {
    use super::{Cow, String, Vec};

    pub trait Pair<'a> {
        fn into_bytes(self) -> (Cow<'a, [u8]>, Cow<'a, [u8]>);
    }

    pub trait Text<'a> {
        fn into_bytes(self) -> Cow<'a, [u8]>;
    }

    impl<'a, N: Text<'a>, V: Text<'a>> Pair<'a> for (N, V) {
        #[inline]
        fn into_bytes(self) -> (Cow<'a, [u8]>, Cow<'a, [u8]>) {
            (self.0.into_bytes(), self.1.into_bytes())
        }
    }

    impl<'a, N: AsRef<[u8]>, V: AsRef<[u8]>> Pair<'a> for &'a (N, V) {
        #[inline]
        fn into_bytes(self) -> (Cow<'a, [u8]>, Cow<'a, [u8]>) {
            (self.0.as_ref().into(), self.1.as_ref().into())
        }
    }

    impl<'a, T: AsRef<[u8]> + ?Sized> Text<'a> for &'a T {
        #[inline]
        fn into_bytes(self) -> Cow<'a, [u8]> {
            self.as_ref().into()
        }
    }

    impl<'a> Text<'a> for String {
        fn into_bytes(self) -> Cow<'a, [u8]> {
            self.into_bytes().into()
        }
    }

    impl<'a> Text<'a> for Vec<u8> {
        fn into_bytes(self) -> Cow<'a, [u8]> {
            self.into()
        }
    }

    impl<'a> Text<'a> for Cow<'a, str> {
        fn into_bytes(self) -> Cow<'a, [u8]> {
            match self {
                Cow::Borrowed(text) => text.as_bytes().into(),
                Cow::Owned(text) => text.into_bytes().into(),
            }
        }
    }

    impl<'a> Text<'a> for Cow<'a, [u8]> {
        fn into_bytes(self) -> Cow<'a, [u8]> {
            self
        }
    }
}
