//! The stages of a signature, each under a line that says what it is.

use oauth1_signer::Signed;

use super::options::Place;

pub(crate) fn until_signature(signed: &Signed<'_>) -> String {
    format!(
        "\
# Normalized parameters (RFC 5849, section 3.4.1.3.2)
# All of the query, the form and the protocol: encoded, then sorted by name and value.
{}

# Signature base string (section 3.4.1.1)
# Method, URI and parameters, each encoded (the parameters now twice) and joined by `&`.
{}

# Signature (section 3.4.2)
# HMAC-SHA1 of the base string, in base64. The key: both secrets, encoded and joined by `&`.
{}
",
        signed.parameters(),
        signed.base_string(),
        signed.signature().expose_secret(),
    )
}

/// The lines above what is sent.
pub(crate) fn sending(place: Place) -> &'static str {
    match place {
        Place::Header => HEADER,
        Place::Query => QUERY,
        Place::Form => FORM,
    }
}

const HEADER: &str = "\
# Request with an `Authorization` header (section 3.5.1)
# Send the protocol parameters in one place only: header, form body or URL.
";

const FORM: &str = "\
# Request with the protocol parameters in the form body (section 3.5.2)
# Send them in one place only: header, form body or URL.
";

const QUERY: &str = "\
# Signed URL (section 3.5.3)
# The same parameters behind the query: for links, and for whoever cannot set headers.
";
