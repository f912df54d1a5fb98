//! The stages of a signature, each under a line that says what it is.

use oauth1_signer::Signed;

use super::options::Placement;

pub(super) fn text(signed: &Signed<'_>, placement: Placement) -> String {
    let parameters = signed.protocol_parameters();
    let method = parameters.get("oauth_signature_method").unwrap_or_default();
    let (sections, how, signature) = match method.split_once('-') {
        // It consists of the secrets, which are shown where they are sent only.
        None => (
            "section 3.4.4",
            "PLAINTEXT: not made from the base string. It is both secrets, encoded and joined by \
             `&`.\n# It stands in the request below, encoded once more: keep that to yourself."
                .to_owned(),
            String::new(),
        ),
        Some(("RSA", _)) => (
            "section 3.4.3",
            format!("{method} of the base string with the private key, in base64."),
            format!("{}\n", signed.signature().expose_secret()),
        ),
        Some(_) => (
            "section 3.4.2",
            format!(
                "{method} of the base string, in base64. The key: both secrets, encoded and joined \
                 by `&`."
            ),
            format!("{}\n", signed.signature().expose_secret()),
        ),
    };
    format!(
        "\
# Normalized parameters (RFC 5849, section 3.4.1.3.2)
# All of the query, the form and the protocol: encoded, then sorted by name and value.
{}

# Signature base string (section 3.4.1.1)
# Method, URI and parameters, each encoded (the parameters now twice) and joined by `&`.
{}

# Signature ({sections})
# {how}
{signature}
{}",
        signed.parameters(),
        signed.base_string(),
        sending(placement),
    )
}

/// The stages in front of a command line, which a shell must pass over.
pub(super) fn as_comments(stages: &str) -> String {
    let lines = stages.lines();
    let lines = lines.map(|line| match line {
        "" => "#\n".to_owned(),
        line if line.starts_with('#') => format!("{line}\n"),
        line => format!("#   {line}\n"),
    });
    lines.collect()
}

/// The lines above what is sent.
fn sending(placement: Placement) -> &'static str {
    match placement {
        Placement::Header => HEADER,
        Placement::Query => QUERY,
        Placement::Body => BODY,
    }
}

const HEADER: &str = "\
# Request with an `Authorization` header (section 3.5.1)
# Send the protocol parameters in one place only: header, form body or URL.
";

const BODY: &str = "\
# Request with the protocol parameters in the form body (section 3.5.2)
# Send them in one place only: header, form body or URL.
";

const QUERY: &str = "\
# Signed URL (section 3.5.3)
# The same parameters behind the query: for links, and for whoever cannot set headers.
";
