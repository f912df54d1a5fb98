//! Warns where other users of the machine can see a secret: in our arguments, and in those of curl.

use std::borrow::Cow;

use oauth1_signer::Signed;
use url::{Url, form_urlencoded};

use super::{Inputs, Options};
use crate::{
    errors,
    input::{Pair, Source},
    secret_names::{is_secret, shown, warn_of},
};

/// Warns of secrets in our own arguments.
pub(super) fn warn_of_arguments(options: &Options, inputs: &Inputs<'_>, url: &Url) {
    warn_of_text("<URL>", url.query().unwrap_or_default().as_bytes(), IN_URL);
    warn_of_pairs("--query", &inputs.query, IN_URL);
    let advice = "give --form-file NAME=FILE instead";
    warn_of_pairs("--form", &inputs.form, advice);
    if let (Some(given), Some(body)) = (&options.parts.form_body, &inputs.form_body)
        && let Ok(Source::Text(_)) = Source::of("--form-body", given)
    {
        let advice = "give the form as @FILE, or as - from standard input";
        warn_of_text("--form-body", body, advice);
    }
    let advice = "sign where there are no other users";
    warn_of_pairs("--signed-elsewhere", &inputs.signed_elsewhere, advice);
    let pairs = inputs.parameters.iter();
    let pairs: Vec<Pair<'_>> = pairs
        .map(|(name, value)| (name.as_bytes(), value.as_bytes()))
        .collect();
    let advice = "give --parameter-file NAME=FILE instead";
    warn_of_pairs("--parameter", &pairs, advice);
    if options
        .protocol
        .verifier
        .as_ref()
        .is_some_and(|code| !code.is_empty())
    {
        errors::warn(
            "other users of this machine can see what follows --verifier; give --verifier-file \
             instead",
        );
    }
}

const IN_URL: &str = "servers log it, too; send it in a form, with --form-file NAME=FILE";

fn warn_of_pairs(option: &str, pairs: &[Pair<'_>], advice: &str) {
    for (name, value) in pairs {
        warn_of(option, name, value, advice);
    }
}

fn warn_of_text(option: &str, form_urlencoded: &[u8], advice: &str) {
    for (name, value) in form_urlencoded::parse(form_urlencoded) {
        warn_of(option, name.as_bytes(), value.as_bytes(), advice);
    }
}

/// Warns of secrets in the command line for curl, wherever we have read them.
pub(super) fn warn_of_curl(options: &Options, signed: &Signed<'_>) {
    if options.signature.name() == "PLAINTEXT" {
        errors::warn(
            "with PLAINTEXT both secrets are in the arguments of curl, where other users of this \
             machine can see them",
        );
    }
    let parameters = signed.parameters().to_string();
    let mut names: Vec<Cow<'_, str>> = form_urlencoded::parse(parameters.as_bytes())
        .filter(|(name, value)| !value.is_empty() && is_secret(name))
        .map(|(name, _)| name)
        .collect();
    // They are sorted.
    names.dedup();
    for name in names {
        errors::warn(&format!(
            "{} is in the arguments of curl, where other users of this machine can see it; send \
             what --json prints instead",
            shown(&name)
        ));
    }
}
