//! The three places for protocol parameters ([RFC 5849 §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.5)).

mod authorization_header;
mod form_body;
mod query;

use core::fmt;

pub use self::{
    authorization_header::{AuthorizationHeader, Realm, RealmError},
    form_body::FormBody,
    query::Query,
};
use crate::ProtocolParameters;

/// Writes the protocol parameters as form-urlencoded pairs, with a space as `%20`.
fn write_pairs(
    protocol: &ProtocolParameters<'_>,
    mut separator: &'static str,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    for parameter in protocol.sent() {
        out.write_str(separator)?;
        parameter.name.fmt_encoded(out)?;
        out.write_str("=")?;
        parameter.value.fmt_encoded(out)?;
        separator = "&";
    }
    Ok(())
}
