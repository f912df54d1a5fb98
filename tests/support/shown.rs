//! What a value shows of itself.

use std::fmt::{Debug, Display};

/// What a value shows of itself: as `{:?}`, as `{:#?}` and, if it can be displayed, as `{}`.
#[derive(Clone, Debug)]
pub struct Shown {
    /// See [`short_name`].
    pub type_name: &'static str,
    /// `{:?}`
    pub debug: String,
    /// `{:#?}`
    pub pretty: String,
    /// `{}`
    pub display: Option<String>,
}

impl Shown {
    /// See [`shown!`](crate::shown!), which finds out whether there is a `display`.
    pub fn new<T: Debug>(value: &T, display: Option<String>) -> Self {
        Self {
            type_name: short_name::<T>(),
            debug: format!("{value:?}"),
            pretty: format!("{value:#?}"),
            display,
        }
    }

    /// For a type whose `{}` is what is sent.
    #[must_use]
    pub fn without_display(self) -> Self {
        let display = None;
        Self { display, ..self }
    }

    /// All the texts there are.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let display = self.display.as_deref();
        [self.debug.as_str(), &self.pretty]
            .into_iter()
            .chain(display)
    }
}

/// The name of a type without its path, its parameters, and the `&` of a reference.
pub fn short_name<T: ?Sized>() -> &'static str {
    let name = std::any::type_name::<T>().trim_start_matches('&');
    let name = name.split('<').next().unwrap();
    name.rsplit("::").next().unwrap()
}

/// What a value shows of itself, whether or not it can be displayed.
#[macro_export]
macro_rules! shown {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)] // One of the two is not needed.
        use $crate::shown::{CanBeDisplayed as _, CannotBeDisplayed as _};
        match &$value {
            value => $crate::shown::Shown::new(value, (&$crate::shown::Probe(value)).displayed()),
        }
    }};
}

/// Asks whether a value can be displayed: `displayed` of a reference to this is that of the first
/// trait if the type allows it, and that of the second one otherwise.
#[derive(Debug)]
pub struct Probe<'v, T>(pub &'v T);

/// For values that can be displayed.
pub trait CanBeDisplayed {
    /// The `{}`.
    fn displayed(&self) -> Option<String>;
}

impl<T: Display> CanBeDisplayed for Probe<'_, T> {
    fn displayed(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

/// For values of all types.
pub trait CannotBeDisplayed {
    /// Nothing.
    fn displayed(&self) -> Option<String>;
}

impl<T> CannotBeDisplayed for &Probe<'_, T> {
    fn displayed(&self) -> Option<String> {
        None
    }
}
