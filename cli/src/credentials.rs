//! Credentials from the environment, files and options. Whatever goes wrong, their values are not
//! shown.

use std::{
    env::{self, VarError},
    path::{Path, PathBuf},
};

use clap::Args;
use oauth1_signer::Consumer;

use crate::{errors, input::Input};

#[derive(Args)]
#[command(next_help_heading = "Credentials")]
pub(crate) struct ConsumerOptions {
    /// Consumer key, which services also call API key; by default from `OAUTH_CONSUMER_KEY`
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    consumer_key: Option<String>,

    #[command(flatten)]
    secret: ConsumerSecret,
}

#[derive(Args)]
#[command(next_help_heading = "Credentials")]
#[allow(clippy::struct_field_names)] // They are the names of the options.
pub(crate) struct ConsumerSecret {
    /// File with the consumer secret; `-` is standard input
    #[arg(long, value_name = "FILE")]
    consumer_secret_file: Option<PathBuf>,

    /// Consumer secret; safer in a file, or by default from `OAUTH_CONSUMER_SECRET`
    #[arg(long, value_name = "SECRET", allow_hyphen_values = true)]
    #[arg(conflicts_with = "consumer_secret_file")]
    consumer_secret: Option<String>,
}

#[derive(Args)]
#[command(next_help_heading = "Credentials")]
pub(crate) struct TokenOptions {
    /// File with a token and its secret, as `oauth1 login --store` writes it; `-` is standard input
    #[arg(long, value_name = "FILE")]
    #[arg(conflicts_with_all = ["token", "token_secret", "token_secret_file"])]
    token_file: Option<PathBuf>,

    /// Token, permanent or temporary; an empty one ('') is sent as such; by default from
    /// `OAUTH_TOKEN`
    #[arg(long, allow_hyphen_values = true)]
    token: Option<String>,

    #[command(flatten)]
    secret: TokenSecret,

    /// Sign without a token, even if the environment has one, and without its secret unless an option
    /// gives that
    #[arg(long)]
    #[arg(conflicts_with_all = ["token", "token_file"])]
    no_token: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Credentials")]
#[allow(clippy::struct_field_names)]
struct TokenSecret {
    /// File with the secret of the token; `-` is standard input
    #[arg(long, value_name = "FILE")]
    token_secret_file: Option<PathBuf>,

    /// Secret of the token; safer in a file, or by default from `OAUTH_TOKEN_SECRET`
    #[arg(long, value_name = "SECRET", allow_hyphen_values = true)]
    #[arg(conflicts_with = "token_secret_file")]
    token_secret: Option<String>,
}

/// The secrets alone, for what does not sign.
#[derive(Args)]
#[command(next_help_heading = "Credentials")]
pub(crate) struct SecretOptions {
    #[command(flatten)]
    consumer: ConsumerSecret,

    /// File with a token and its secret, as `oauth1 login --store` writes it; `-` is standard input
    #[arg(long, value_name = "FILE")]
    #[arg(conflicts_with_all = ["token_secret", "token_secret_file"])]
    token_file: Option<PathBuf>,

    #[command(flatten)]
    token: TokenSecret,

    /// The request was signed without a token secret, even if the environment has one
    #[arg(long)]
    #[arg(conflicts_with_all = ["token_file", "token_secret", "token_secret_file"])]
    no_token: bool,
}

/// The shared secrets. That of the token is `None` if there is no token.
pub(crate) struct Secrets {
    pub(crate) consumer: String,
    pub(crate) token: Option<String>,
}

/// A token and its secret. Services may sign with either alone.
pub(crate) struct Token {
    pub(crate) name: Option<String>,
    pub(crate) secret: String,
}

pub(crate) const ABOUT_SECRETS: &str = "\
Secrets belong in environment variables, or in files that only you can read. As options they stay in
the history of the shell, and other users of the machine can see them in its list of processes. An
empty environment variable counts as not set.";

impl ConsumerOptions {
    /// The consumer. With a private key, it has no secret.
    pub(crate) fn consumer(
        &self,
        has_private_key: bool,
        input: &Input,
    ) -> Result<Consumer, String> {
        let key = match &self.consumer_key {
            Some(key) => key.clone(),
            None => variable("OAUTH_CONSUMER_KEY")?
                .ok_or_else(|| missing("--consumer-key", "set OAUTH_CONSUMER_KEY"))?,
        };
        without_line_end("--consumer-key", &key)?;
        let secret = match self.secret.read(input)? {
            Some(secret) => secret,
            None if has_private_key => String::new(),
            None => return Err(ConsumerSecret::missing()),
        };
        Ok(Consumer::new(key, secret))
    }
}

impl ConsumerSecret {
    fn read(&self, input: &Input) -> Result<Option<String>, String> {
        let file = self.consumer_secret_file.as_deref();
        let given = self.consumer_secret.as_deref();
        let options = ("--consumer-secret", "--consumer-secret-file");
        secret(options.0, options.1, given, file, input)
    }

    pub(crate) fn missing() -> String {
        let advice = "set OAUTH_CONSUMER_SECRET or give --consumer-secret-file";
        missing("--consumer-secret", advice)
    }
}

impl TokenSecret {
    fn read(&self, input: &Input) -> Result<Option<String>, String> {
        let file = self.token_secret_file.as_deref();
        let given = self.token_secret.as_deref();
        let options = ("--token-secret", "--token-secret-file");
        secret(options.0, options.1, given, file, input)
    }

    fn is_given(&self) -> bool {
        self.token_secret.is_some() || self.token_secret_file.is_some()
    }
}

impl SecretOptions {
    /// The secrets, or `None` if there is none of a consumer.
    pub(crate) fn secrets(&self, input: &Input) -> Result<Option<Secrets>, String> {
        let consumer = self.consumer.read(input)?;
        let token = match &self.token_file {
            Some(path) => Some(token_in(&input.file("--token-file", path)?)?.secret),
            None if self.no_token => None,
            None => self.token.read(input)?,
        };
        match consumer {
            Some(consumer) => Ok(Some(Secrets { consumer, token })),
            None if self.token_file.is_some() || self.token.is_given() => {
                Err(ConsumerSecret::missing())
            }
            None => Ok(None),
        }
    }

    /// Whether it was said that there is no token secret.
    pub(crate) fn without_token(&self) -> bool {
        self.no_token
    }
}

impl TokenOptions {
    /// The token, whose name is `None` before there is one.
    pub(crate) fn token(&self, has_private_key: bool, input: &Input) -> Result<Token, String> {
        if let Some(path) = &self.token_file {
            let content = input.file("--token-file", path)?;
            return token_in(&content);
        }
        let name = match &self.token {
            Some(token) => Some(token.clone()),
            None if self.no_token => None,
            None => variable("OAUTH_TOKEN")?,
        };
        let secret = if self.no_token && !self.secret.is_given() {
            // That of the environment belongs to the token that is left out.
            None
        } else {
            self.secret.read(input)?
        };
        if let Some(name) = &name {
            without_line_end("--token", name)?;
        }
        match (&name, secret) {
            (None, Some(_)) if !self.no_token => Err(missing(
                "--token",
                "its secret is there; set OAUTH_TOKEN, or sign with --no-token, which uses a secret \
                 only from --token-secret-file",
            )),
            (Some(token), None) if !token.is_empty() && !has_private_key => Err(missing(
                "--token-secret",
                "a token has one; set OAUTH_TOKEN_SECRET or give --token-secret-file",
            )),
            (_, secret) => Ok(Token {
                name,
                secret: secret.unwrap_or_default(),
            }),
        }
    }
}

/// Reads what `oauth1 login` stores. What the reader of JSON complains of may contain the secret, so
/// only the place is told.
fn token_in(json: &[u8]) -> Result<Token, String> {
    let token: oauth1_signer::Token = serde_json::from_slice(json).map_err(|error| {
        format!(
            "--token-file: line {} column {} is not as `oauth1 login --store` writes it: \
             {{\"token\": \"...\", \"secret\": \"...\"}}",
            error.line(),
            error.column()
        )
    })?;
    Ok(Token {
        name: Some(token.token().to_owned()),
        secret: token.expose_secret().to_owned(),
    })
}

/// A secret from an option, a file or the environment, in this order.
fn secret(
    option: &str,
    file_option: &'static str,
    given: Option<&str>,
    file: Option<&Path>,
    input: &Input,
) -> Result<Option<String>, String> {
    let name = option.trim_start_matches('-').replace('-', "_");
    let name = format!("OAUTH_{}", name.to_ascii_uppercase());
    if let Some(secret) = given {
        without_line_end(option, secret)?;
        // That there is none is no secret.
        if !secret.is_empty() {
            errors::warn(&format!(
                "other users of this machine can see what follows {option}; set {name} or give \
                 {file_option} instead"
            ));
        }
        return Ok(Some(secret.to_owned()));
    }
    match file {
        Some(path) => input.secret(file_option, path).map(Some),
        None => variable(&name),
    }
}

/// The value of an environment variable, or `None` if it is empty or not set.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => {
            without_line_end(name, &value)?;
            Ok(Some(value))
        }
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not text in UTF-8")),
    }
}

/// Refuses what was copied together with the end of its line, since the signature would be wrong.
fn without_line_end(name: &str, value: &str) -> Result<(), String> {
    if value.ends_with(['\n', '\r']) {
        return Err(format!(
            "{name} ends in a line break, which would count as part of it; remove it"
        ));
    }
    Ok(())
}

fn missing(option: &str, advice: &str) -> String {
    format!("{option} is missing: {advice}")
}
