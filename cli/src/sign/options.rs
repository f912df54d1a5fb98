//! The command line.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, ValueEnum};
use oauth1_signer::{Callback, Signer, Stamp, signature_method::AnyKey};
use url::Url;

use crate::{
    credentials::{ABOUT_SECRETS, ConsumerOptions, TokenOptions},
    input::Input,
    method::MethodOptions,
};

/// Signs a request and prints what to send. Nothing is sent.
#[derive(Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{ABOUT_SECRETS}"))]
pub(crate) struct Options {
    /// HTTP method, such as GET or POST
    pub(crate) method: String,

    // As an attribute: this is no link.
    #[arg(help = "URL with its query, such as 'https://api.example.com/photos?size=original'")]
    pub(crate) url: String,

    #[command(flatten)]
    pub(crate) parts: Parts,

    #[command(flatten)]
    consumer: ConsumerOptions,

    #[command(flatten)]
    token: TokenOptions,

    #[command(flatten)]
    pub(crate) signature: MethodOptions,

    #[command(flatten)]
    pub(crate) protocol: Protocol,

    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Args)]
#[command(next_help_heading = "Query, form and body")]
pub(crate) struct Parts {
    /// Parameter to add to the query, not encoded; as often as needed
    #[arg(long, value_name = "NAME=VALUE", allow_hyphen_values = true)]
    pub(crate) query: Vec<OsString>,

    /// Field of the form that is the body, not encoded; as often as needed
    #[arg(long, value_name = "NAME=VALUE", allow_hyphen_values = true)]
    pub(crate) form: Vec<OsString>,

    /// Field of the form whose value is the content of a file (`-` is standard input), such as a
    /// password; after those of --form
    #[arg(long, value_name = "NAME=FILE", allow_hyphen_values = true)]
    pub(crate) form_file: Vec<OsString>,

    /// Make the line ends in the form CR LF, as a browser does before it posts a form (LTI)
    #[arg(long)]
    pub(crate) browser_form: bool,

    /// Whole form, form-urlencoded already: the text itself, @FILE, or - for standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    #[arg(conflicts_with_all = ["form", "form_file", "browser_form"])]
    pub(crate) form_body: Option<OsString>,

    /// Body that is not a form, such as JSON: the text itself, @FILE, or - for standard input. It is
    /// not signed
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    #[arg(conflicts_with_all = ["form", "form_file", "browser_form", "form_body"])]
    pub(crate) body: Option<OsString>,

    /// Content type of --body [default: application/octet-stream]
    #[arg(long, value_name = "TYPE", requires = "body")]
    pub(crate) content_type: Option<String>,

    /// Sign the hash of the body too (`oauth_body_hash`), for services that want it; without --body it
    /// is the hash of an empty body
    #[arg(long)]
    pub(crate) body_hash: bool,

    /// Parameter that is signed here and sent by other means, such as a field of a multipart upload;
    /// as often as needed
    #[arg(long, value_name = "NAME=VALUE", allow_hyphen_values = true)]
    pub(crate) signed_elsewhere: Vec<OsString>,
}

#[derive(Args)]
#[command(next_help_heading = "Protocol parameters")]
pub(crate) struct Protocol {
    /// Where the protocol parameters travel: in the `Authorization` header, in the query of the URL, or
    /// in the form that is the body
    #[arg(long, value_enum, default_value_t = Placement::Header)]
    pub(crate) placement: Placement,

    /// Where the service sends the user back to, or `oob` for nowhere (first leg)
    #[arg(long, value_name = "URL")]
    pub(crate) callback: Option<String>,

    /// Code that the user brought back, also called PIN (third leg); safer in a file
    #[arg(long, value_name = "CODE")]
    pub(crate) verifier: Option<String>,

    /// File with the code that the user brought back; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "verifier")]
    pub(crate) verifier_file: Option<PathBuf>,

    /// Extra protocol parameter, as often as needed; if it is a secret, see --parameter-file
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) parameter: Vec<OsString>,

    /// Extra protocol parameter whose value is the line in a file (`-` is standard input), such as
    /// `oauth_session_handle`; after those of --parameter
    #[arg(long, value_name = "NAME=FILE")]
    pub(crate) parameter_file: Vec<OsString>,

    /// Nonce, instead of a fresh one
    #[arg(long)]
    pub(crate) nonce: Option<String>,

    /// Seconds since 1970-01-01 00:00 UTC, instead of the clock's
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(crate) timestamp: Option<String>,

    /// Leave out nonce and timestamp, which only PLAINTEXT can do without
    #[arg(long, conflicts_with_all = ["nonce", "timestamp"])]
    pub(crate) no_stamp: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// Print a command line for curl and any shell of the POSIX family
    #[arg(long)]
    pub(crate) curl: bool,

    /// Print a JSON object with `method`, `url`, `headers` and `body`
    #[arg(long, conflicts_with = "curl")]
    pub(crate) json: bool,

    /// Show the stages too: normalized parameters, signature base string, signature
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Clone, Copy, Eq, PartialEq, ValueEnum)]
pub(crate) enum Placement {
    Header,
    Query,
    Body,
}

impl From<Placement> for oauth1_signer::Placement {
    fn from(placement: Placement) -> Self {
        match placement {
            Placement::Body => Self::Body,
            Placement::Header => Self::Header,
            Placement::Query => Self::Query,
        }
    }
}

impl Options {
    pub(crate) fn signer(&self, input: &Input) -> Result<Signer<AnyKey>, String> {
        let has_private_key = self.signature.has_private_key();
        let consumer = self.consumer.consumer(has_private_key, input)?;
        let token = self.token.token(has_private_key, input)?;
        let method = self.signature.method(input)?;
        let key = method.key(consumer.expose_secret(), &token.secret);
        let mut signer = Signer::with_key(consumer.key(), token.name.as_deref(), key);
        if self.signature.no_version {
            signer = signer.without_version();
        }
        match self.signature.realm()? {
            None => Ok(signer),
            Some(realm) if self.protocol.placement == Placement::Header => {
                Ok(signer.with_realm(realm))
            }
            Some(_) => Err("--realm stands in the header only: use --placement header".into()),
        }
    }
}

impl Protocol {
    /// The stamp, or `None` to sign without one.
    pub(crate) fn stamp(&self) -> Result<Option<Stamp>, String> {
        if self.no_stamp {
            return Ok(None);
        }
        let seconds = self.timestamp.as_deref().map(seconds).transpose()?;
        Ok(Some(match (&self.nonce, seconds) {
            (None, None) => Stamp::now(),
            (None, Some(seconds)) => Stamp::at(seconds),
            (Some(nonce), None) => Stamp::new(nonce.clone(), Stamp::now().unix_seconds()),
            (Some(nonce), Some(seconds)) => Stamp::new(nonce.clone(), seconds),
        }))
    }

    pub(crate) fn callback(&self) -> Result<Option<Callback<'_>>, String> {
        match self.callback.as_deref() {
            None => Ok(None),
            Some("oob") => Ok(Some(Callback::OutOfBand)),
            Some(url) if Url::parse(url).is_ok() => Ok(Some(Callback::Url(url))),
            Some(_) => Err("--callback is neither an absolute URL nor `oob`".into()),
        }
    }
}

fn seconds(text: &str) -> Result<u64, String> {
    match text.parse() {
        // No year before 5138 has so many seconds.
        Ok(seconds) if seconds > 99_999_999_999 => {
            Err("--timestamp is in seconds; this looks like milliseconds".into())
        }
        Ok(seconds) if !text.starts_with('+') => Ok(seconds),
        _ => Err("--timestamp is a whole number of seconds since 1970-01-01 00:00 UTC".into()),
    }
}

const EXAMPLES: &str = "\
Examples:
  export OAUTH_CONSUMER_KEY=... OAUTH_CONSUMER_SECRET=... OAUTH_TOKEN=... OAUTH_TOKEN_SECRET=...
  oauth1 sign GET 'https://api.example.com/photos?size=original'
  oauth1 sign POST https://api.example.com/posts --form title='Hello, world' --curl | sh
  oauth1 sign POST https://api.example.com/posts --body @post.json --content-type application/json
  oauth1 sign GET https://api.example.com/me --token-file token.json --json
  oauth1 sign GET https://api.example.com/me --signature-method RSA-SHA256 --private-key key.pem
  oauth1 sign GET https://api.example.com/me --explain";
