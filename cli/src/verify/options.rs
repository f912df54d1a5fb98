//! The command line.

use std::path::PathBuf;

use clap::Args;

use crate::credentials::{ABOUT_SECRETS, SecretOptions};

/// Verifies a signed request, as a server does. Nothing is sent.
///
/// The request is what a client sent, as HTTP writes it: request line, headers, a blank line, body. The secrets are
/// those of the consumer and the token that it names.
#[derive(Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{STATUS}\n\n{ABOUT_SECRETS}"))]
pub(crate) struct Options {
    // As an attribute: this is no link.
    #[arg(
        help = "Origin that clients see, with the path that a proxy removes, such as \
                  'https://api.example.com'"
    )]
    pub(super) origin: String,

    /// File with the request; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub(super) request: PathBuf,

    #[command(flatten)]
    pub(super) secrets: SecretOptions,

    /// File with the consumer's public key for RSA, in PEM or DER; `-` is standard input
    #[arg(long, value_name = "FILE", help_heading = "Credentials")]
    pub(super) public_key: Option<PathBuf>,

    #[command(flatten)]
    pub(super) policy: PolicyOptions,

    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Args)]
#[command(next_help_heading = "Policy")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct PolicyOptions {
    /// Time of the server, in seconds since 1970-01-01 00:00 UTC, instead of the clock's
    #[arg(long, value_name = "SECONDS")]
    pub(super) now: Option<u64>,

    /// By how many seconds a timestamp may differ from the server's time
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(super) window: u64,

    /// Accept PLAINTEXT, over https only
    #[arg(long)]
    pub(super) allow_plaintext: bool,

    /// Accept PLAINTEXT even over http, where anyone on the way can read the secrets
    #[arg(long)]
    pub(super) insecure_transport: bool,

    /// Refuse a body that is not signed: one that is neither a form nor has an `oauth_body_hash`
    #[arg(long)]
    pub(super) require_body_hash: bool,

    /// Accept the SHA-1 hash of a body with every signature method, as Python's oauthlib sends it
    #[arg(long)]
    pub(super) allow_sha1_body_hash: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(super) struct Output {
    /// File with the base string that the client signed, to compare; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) signed: Option<PathBuf>,

    /// Show the server's base string too, which contains everything in a form, passwords included
    #[arg(long)]
    pub(super) explain: bool,
}

const STATUS: &str = "\
The exit status is 0 if the request is genuine, 1 if it is refused, and 2 if it cannot be checked.";

const EXAMPLES: &str = "\
Examples:
  export OAUTH_CONSUMER_SECRET=... OAUTH_TOKEN_SECRET=...
  oauth1 verify https://api.example.com request.txt
  oauth1 verify https://api.example.com request.txt --now 1318622958 --explain
      As if the request had arrived at another time, with the server's base string.
  oauth1 verify https://tool.example.com launch.txt --no-token
      The launch of an LTI tool.";
