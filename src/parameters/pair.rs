//! Pairs of names and values as callers give them ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::{borrow::Cow, boxed::Box, rc::Rc, string::String, sync::Arc, vec::Vec};

/// A pair of a name and a value, neither of them encoded yet.
///
/// A pair is a tuple `(name, value)` of two [texts](Text), or a reference to a tuple of texts or bytes.
/// So arrays, vectors, slices and maps can be given, by value or by reference, with text or bytes,
/// borrowed or owned. Borrowed text is not copied. An empty list needs a type: `[("", ""); 0]`.
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
impl<'a, N: BorrowedText, V: BorrowedText> Pair<'a> for &'a (N, V) {}

impl<'a, T: BorrowedText + ?Sized> Text<'a> for &'a T {}
impl Text<'_> for String {}
impl Text<'_> for Box<str> {}
impl Text<'_> for Vec<u8> {}
impl<'a> Text<'a> for Cow<'a, str> {}
impl<'a> Text<'a> for Cow<'a, [u8]> {}

/// What a [`Text`] can borrow: `str`, `String`, bytes, and what points to them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the text or the bytes of a name or a value",
    label = "must be text or bytes, borrowed or owned",
    note = "write numbers and booleans as text first, such as `page.to_string()`; leave out what is `None`"
)]
pub trait BorrowedText: sealed::BorrowedText {}

impl BorrowedText for str {}
impl BorrowedText for String {}
impl BorrowedText for [u8] {}
impl<const N: usize> BorrowedText for [u8; N] {}
impl BorrowedText for Vec<u8> {}
impl BorrowedText for Cow<'_, str> {}
impl BorrowedText for Cow<'_, [u8]> {}
impl<T: BorrowedText + ?Sized> BorrowedText for Box<T> {}
impl<T: BorrowedText + ?Sized> BorrowedText for Rc<T> {}
impl<T: BorrowedText + ?Sized> BorrowedText for Arc<T> {}
impl<T: BorrowedText + ?Sized> BorrowedText for &T {}

/// The bytes of a pair, borrowed if the pair borrows them.
#[inline]
pub(crate) fn into_bytes<'a>(pair: impl Pair<'a>) -> (Cow<'a, [u8]>, Cow<'a, [u8]>) {
    sealed::Pair::into_bytes(pair)
}

/// The bytes of a text, borrowed if the text borrows them.
#[inline]
pub(crate) fn text_into_bytes<'a>(text: impl Text<'a>) -> Cow<'a, [u8]> {
    sealed::Text::into_bytes(text)
}

mod sealed {
    use super::{Arc, Box, Cow, Rc, String, Vec};

    pub trait Pair<'a> {
        fn into_bytes(self) -> (Cow<'a, [u8]>, Cow<'a, [u8]>);
    }

    pub trait Text<'a> {
        fn into_bytes(self) -> Cow<'a, [u8]>;
    }

    pub trait BorrowedText {
        fn bytes(&self) -> &[u8];
    }

    impl<'a, N: Text<'a>, V: Text<'a>> Pair<'a> for (N, V) {
        #[inline]
        fn into_bytes(self) -> (Cow<'a, [u8]>, Cow<'a, [u8]>) {
            (self.0.into_bytes(), self.1.into_bytes())
        }
    }

    impl<'a, N: BorrowedText, V: BorrowedText> Pair<'a> for &'a (N, V) {
        #[inline]
        fn into_bytes(self) -> (Cow<'a, [u8]>, Cow<'a, [u8]>) {
            (self.0.bytes().into(), self.1.bytes().into())
        }
    }

    impl<'a, T: BorrowedText + ?Sized> Text<'a> for &'a T {
        #[inline]
        fn into_bytes(self) -> Cow<'a, [u8]> {
            self.bytes().into()
        }
    }

    impl<'a> Text<'a> for String {
        fn into_bytes(self) -> Cow<'a, [u8]> {
            self.into_bytes().into()
        }
    }

    impl<'a> Text<'a> for Box<str> {
        fn into_bytes(self) -> Cow<'a, [u8]> {
            self.into_string().into_bytes().into()
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

    impl BorrowedText for str {
        #[inline]
        fn bytes(&self) -> &[u8] {
            self.as_bytes()
        }
    }

    impl BorrowedText for String {
        #[inline]
        fn bytes(&self) -> &[u8] {
            self.as_bytes()
        }
    }

    impl BorrowedText for [u8] {
        #[inline]
        fn bytes(&self) -> &[u8] {
            self
        }
    }

    impl<const N: usize> BorrowedText for [u8; N] {
        #[inline]
        fn bytes(&self) -> &[u8] {
            self
        }
    }

    impl BorrowedText for Vec<u8> {
        #[inline]
        fn bytes(&self) -> &[u8] {
            self
        }
    }

    impl BorrowedText for Cow<'_, str> {
        fn bytes(&self) -> &[u8] {
            self.as_bytes()
        }
    }

    impl BorrowedText for Cow<'_, [u8]> {
        fn bytes(&self) -> &[u8] {
            self
        }
    }

    impl<T: BorrowedText + ?Sized> BorrowedText for Box<T> {
        fn bytes(&self) -> &[u8] {
            (**self).bytes()
        }
    }

    impl<T: BorrowedText + ?Sized> BorrowedText for Rc<T> {
        fn bytes(&self) -> &[u8] {
            (**self).bytes()
        }
    }

    impl<T: BorrowedText + ?Sized> BorrowedText for Arc<T> {
        fn bytes(&self) -> &[u8] {
            (**self).bytes()
        }
    }

    impl<T: BorrowedText + ?Sized> BorrowedText for &T {
        #[inline]
        fn bytes(&self) -> &[u8] {
            (**self).bytes()
        }
    }
}
