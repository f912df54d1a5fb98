//! The user's browser: it posts the form of a page.

use std::io;

use url::form_urlencoded;

use crate::{
    http::post,
    text::{between, unescaped},
};

/// A form, as a browser has read it.
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

impl Form {
    pub(crate) fn of(page: &str) -> Self {
        let attribute = |tag: &str, name: &str| {
            let value = between(tag, &format!(" {name}=\""), "\"");
            unescaped(value.unwrap_or_default())
        };
        let fields = page.split("<input ").skip(1);
        Self {
            action: attribute(page, "action"),
            fields: fields
                .map(|tag| (attribute(tag, "name"), attribute(tag, "value")))
                .collect(),
        }
    }

    pub(crate) fn post(&self) -> io::Result<(u16, String)> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.fields)
            .finish();
        let content_type = ("Content-Type", "application/x-www-form-urlencoded");
        post(&self.action, &[content_type], &body)
    }
}
