//! The signature method, and what signers have besides credentials.

use std::path::PathBuf;

use clap::{Args, builder::PossibleValuesParser};
use oauth1_signer::{Realm, signature_method::SignatureMethod};

use crate::input::Input;

#[derive(Args)]
#[command(next_help_heading = "Signature")]
pub(crate) struct MethodOptions {
    /// Signature method that the service asks for
    #[arg(
        long,
        value_name = "NAME",
        default_value = "HMAC-SHA1",
        ignore_case = true
    )]
    #[arg(value_parser = PossibleValuesParser::new(NAMES))]
    signature_method: String,

    /// File with the private key for RSA, in PEM or DER; `-` is standard input
    #[arg(long, value_name = "FILE")]
    private_key: Option<PathBuf>,

    /// Realm of the `Authorization` header; it is not signed
    #[arg(long)]
    realm: Option<String>,

    /// Leave `oauth_version` out
    #[arg(long)]
    pub(crate) no_version: bool,

    /// Let secrets travel over http, where anyone on the way can read them
    #[arg(long)]
    pub(crate) insecure_transport: bool,
}

const NAMES: [&str; 7] = [
    "HMAC-SHA1",
    "HMAC-SHA256",
    "HMAC-SHA512",
    "RSA-SHA1",
    "RSA-SHA256",
    "RSA-SHA512",
    "PLAINTEXT",
];

impl MethodOptions {
    pub(crate) fn method(&self, input: &Input) -> Result<SignatureMethod, String> {
        let name = self.name();
        match (&self.private_key, self.has_private_key()) {
            (Some(path), true) => {
                let key = input.file("--private-key", path)?;
                SignatureMethod::from_private_key(&name, &key)
                    .map_err(|error| format!("--private-key: {error}"))
            }
            (None, true) => Err(format!(
                "--private-key is missing: {name} signs with a private key in PEM or DER"
            )),
            (Some(_), false) => Err(format!(
                "--private-key: {name} signs with shared secrets; choose RSA with \
                 --signature-method RSA-SHA1, RSA-SHA256 or RSA-SHA512"
            )),
            (None, false) if name == "PLAINTEXT" && self.insecure_transport => {
                Ok(SignatureMethod::plaintext_over_insecure_transport())
            }
            (None, false) => SignatureMethod::from_name(&name)
                .map_err(|error| format!("--signature-method: {error}")),
        }
    }

    /// Whether the secrets of the consumer and the token are not part of the key.
    pub(crate) fn has_private_key(&self) -> bool {
        self.name().starts_with("RSA-")
    }

    /// What to do if PLAINTEXT refuses http.
    pub(crate) const INSECURE: &str = "PLAINTEXT would send the secrets unprotected over http; use \
                                       https, or allow it with --insecure-transport";

    pub(crate) fn realm(&self) -> Result<Option<Realm>, String> {
        self.realm
            .as_ref()
            .map(|realm| Realm::new(realm).map_err(|error| format!("--realm: {error}")))
            .transpose()
    }

    pub(crate) fn name(&self) -> String {
        self.signature_method.to_ascii_uppercase()
    }
}
