//! The command line.

use std::error::Error as _;

use clap::{
    CommandFactory, Error, FromArgMatches, Parser, ValueEnum,
    error::{ContextKind, ContextValue, ErrorKind},
    parser::ValueSource,
};
use oauth1_signer::{Consumer, Realm, Signer, Stamp, Token};

/// Signs a request with OAuth 1.0a (RFC 5849) and prints what to send. Nothing is sent.
///
/// Without any argument it walks through a published example.
#[derive(Parser)]
#[command(name = "sign", after_help = SECRETS)]
pub(crate) struct Options {
    /// HTTP method, such as GET or POST
    pub(crate) method: String,

    /// URL with its query, as it will be sent
    pub(crate) url: String,

    /// Field of the form that is the body, not encoded; as often as needed
    #[arg(long, value_name = "NAME=VALUE", allow_hyphen_values = true)]
    pub(crate) form: Vec<String>,

    /// Form that is the body, form-urlencoded already
    #[arg(long, value_name = "TEXT", conflicts_with = "form")]
    pub(crate) form_body: Option<String>,

    /// Where the protocol parameters travel
    #[arg(long = "in", value_name = "PLACE", value_enum, default_value_t = Place::Header)]
    pub(crate) place: Place,

    /// Consumer key, which services also call API key
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    #[arg(env = "OAUTH_CONSUMER_KEY", hide_env_values = true)]
    consumer_key: Option<String>,

    /// Consumer secret; safer in the environment
    #[arg(long, value_name = "SECRET", allow_hyphen_values = true)]
    #[arg(env = "OAUTH_CONSUMER_SECRET", hide_env_values = true)]
    consumer_secret: Option<String>,

    /// Token, permanent or temporary; none before the first leg
    #[arg(long, allow_hyphen_values = true)]
    #[arg(env = "OAUTH_TOKEN", hide_env_values = true)]
    token: Option<String>,

    /// Secret of the token; safer in the environment
    #[arg(long, value_name = "SECRET", allow_hyphen_values = true)]
    #[arg(env = "OAUTH_TOKEN_SECRET", hide_env_values = true)]
    token_secret: Option<String>,

    /// Realm of the header; it is not signed
    #[arg(long)]
    realm: Option<String>,

    /// Where the service sends the user back to: a URL, or `oob` for nowhere (first leg)
    #[arg(long, value_name = "URL")]
    pub(crate) callback: Option<String>,

    /// Code that the user brought back, also called PIN (third leg)
    #[arg(long, value_name = "CODE")]
    pub(crate) verifier: Option<String>,

    /// Further protocol parameter, such as `oauth_body_hash`; as often as needed
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) parameter: Vec<String>,

    /// Leave `oauth_version` out
    #[arg(long)]
    no_version: bool,

    /// Nonce, instead of a fresh one
    #[arg(long)]
    nonce: Option<String>,

    /// Seconds since 1970-01-01 00:00 UTC, instead of the clock's
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    timestamp: Option<u64>,

    /// Show the stages first: parameters, base string, signature
    #[arg(long)]
    pub(crate) explain: bool,

    /// Print a command line for curl instead
    #[arg(long)]
    pub(crate) curl: bool,
}

const SECRETS: &str = "\
Secrets are safer in environment variables than in options: options stay in the history of the \
shell, and other users of the machine can read them in its list of processes. An empty variable \
counts as not set.";

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Place {
    Header,
    Query,
    Form,
}

/// Reads the command line and the environment.
pub(crate) fn read() -> Result<Options, Error> {
    let matches = Options::command().try_get_matches()?;
    let mut options = Options::from_arg_matches(&matches)?;
    for (id, value) in [
        ("consumer_key", &mut options.consumer_key),
        ("consumer_secret", &mut options.consumer_secret),
        ("token", &mut options.token),
        ("token_secret", &mut options.token_secret),
    ] {
        // `OAUTH_TOKEN=` means no token, while `--token ''` means an empty one, which is sent.
        if matches.value_source(id) == Some(ValueSource::EnvVariable) {
            value.take_if(|value| value.is_empty());
        }
    }
    Ok(options)
}

/// What is wrong with a command line. Values are not repeated: they may be secrets.
pub(crate) fn in_one_line(error: &Error) -> String {
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = of(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::ArgumentConflict if of(ContextKind::PriorArg) == argument => {
            format!("{argument} is given twice")
        }
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg);
            format!("{argument} cannot be used together with {other}")
        }
        ErrorKind::InvalidUtf8 => {
            "not everything given is UTF-8; octets go percent-encoded into <URL> or --form-body"
                .into()
        }
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
            format!("{argument} needs a value")
        }
        ErrorKind::InvalidValue => {
            let known = of(ContextKind::ValidValue).replace(' ', ", ");
            format!("{argument} is one of {known}")
        }
        ErrorKind::MissingRequiredArgument => {
            format!(
                "{argument} is missing: sign [OPTIONS] <METHOD> <URL>; --help lists the options"
            )
        }
        ErrorKind::UnknownArgument if argument.starts_with("--") => {
            let similar = match &*of(ContextKind::SuggestedArg) {
                "" => ";".into(),
                similar => format!("; do you mean {similar}?"),
            };
            format!("there is no option {argument}{similar} --help lists the options")
        }
        ErrorKind::TooManyValues => format!("{argument} takes no value"),
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            "only -h has one hyphen; a value that begins with one is given as --option=-value"
                .into()
        }
        ErrorKind::UnknownArgument => {
            "there is more than <METHOD> and <URL>; a value with spaces needs quotation marks"
                .into()
        }
        ErrorKind::ValueValidation => match error.source() {
            Some(source) => format!("{argument}: {source}"),
            None => format!("{argument} is invalid"),
        },
        kind => format!("{kind}; --help lists the options"),
    }
}

/// Splits at the first `=`, so that values may contain it.
pub(crate) fn pairs<'a>(
    option: &str,
    given: &'a [String],
) -> Result<Vec<(&'a str, &'a str)>, String> {
    let pair = |(place, text): (usize, &'a String)| {
        text.split_once('=').ok_or_else(|| {
            let place = place + 1;
            format!("{option} takes NAME=VALUE, but number {place} has no `=`")
        })
    };
    given.iter().enumerate().map(pair).collect()
}

impl Options {
    pub(crate) fn signer(&self) -> Result<Signer, String> {
        let missing = |option: &str| {
            let variable = option.to_ascii_uppercase().replace('-', "_");
            format!("--{option} is missing; it can also be set as OAUTH_{variable}")
        };
        let key = self.consumer_key.as_deref();
        let secret = self.consumer_secret.as_deref();
        let consumer = Consumer::new(
            key.ok_or_else(|| missing("consumer-key"))?,
            secret.ok_or_else(|| missing("consumer-secret"))?,
        );
        let token = match (&self.token, &self.token_secret) {
            (None, None) => None,
            (Some(token), Some(secret)) => Some(Token::new(token, secret)),
            (Some(_), None) => return Err(missing("token-secret") + "; a token has one"),
            (None, Some(_)) => return Err(missing("token") + "; its secret is there"),
        };
        let mut signer = Signer::new(&consumer, &token);
        if self.no_version {
            signer = signer.without_version();
        }
        match (&self.realm, self.place) {
            (None, _) => Ok(signer),
            (Some(realm), Place::Header) => match Realm::new(realm) {
                Ok(realm) => Ok(signer.with_realm(realm)),
                Err(error) => Err(format!("--realm: {error}")),
            },
            (Some(_), _) => Err("--realm stands in a header only: use --in header".into()),
        }
    }

    pub(crate) fn stamp(&self) -> Result<Stamp, String> {
        // No year before 5138 has so many seconds.
        if self
            .timestamp
            .is_some_and(|seconds| seconds > 99_999_999_999)
        {
            return Err("--timestamp is in seconds; this looks like milliseconds".into());
        }
        Ok(match (&self.nonce, self.timestamp) {
            (None, None) => Stamp::now(),
            (None, Some(seconds)) => Stamp::at(seconds),
            (Some(nonce), None) => Stamp::new(nonce.clone(), Stamp::now().unix_seconds()),
            (Some(nonce), Some(seconds)) => Stamp::new(nonce.clone(), seconds),
        })
    }
}
