//! The command line.

use clap::{ArgMatches, Args, ValueEnum, parser::ValueSource};
use oauth1_signer::{Consumer, Realm, Signer, Stamp, Token};

/// Signs a request and prints what to send. Nothing is sent.
#[derive(Args)]
#[command(after_help = SECRETS)]
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
    /// Takes an empty variable for none: `OAUTH_TOKEN=` means that there is no token, while
    /// `--token ''` means an empty one, which is sent.
    pub(crate) fn without_empty_variables(mut self, matches: &ArgMatches) -> Self {
        for (id, value) in [
            ("consumer_key", &mut self.consumer_key),
            ("consumer_secret", &mut self.consumer_secret),
            ("token", &mut self.token),
            ("token_secret", &mut self.token_secret),
        ] {
            if matches.value_source(id) == Some(ValueSource::EnvVariable) {
                value.take_if(|value| value.is_empty());
            }
        }
        self
    }

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
