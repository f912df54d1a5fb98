//! Writing the protocol parameters to the header, the form body or the query, and reading them ([RFC 5849 §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.5)).

mod authorization_header;
mod call;
mod form_body;
mod html_form;
mod query;
mod realm;

pub use self::{
    authorization_header::{AuthorizationError, AuthorizationHeader, AuthorizationParameters},
    call::{Call, Placement},
    form_body::FormBody,
    html_form::{HtmlForm, HtmlFormError},
    query::Query,
    realm::{Realm, RealmError},
};
pub(crate) use self::{
    authorization_header::{MOST, NotTaken, Piece, Sink, read, unquoted},
    form_body::is_form_type,
};
