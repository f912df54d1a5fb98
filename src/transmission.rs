//! The three places for protocol parameters ([RFC 5849 §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.5)).

mod authorization_header;
mod form_body;
mod query;

pub use self::{
    authorization_header::{AuthorizationHeader, Realm, RealmError},
    form_body::FormBody,
    query::Query,
};
