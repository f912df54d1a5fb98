//! What can be said on the command line.

use std::{env, error::Error, path::PathBuf};

use clap::{Args, ValueEnum};

/// Gets a token in three legs, and makes one signed call with it.
#[derive(Args)]
pub(crate) struct Options {
    /// Where temporary credentials ("request tokens") are; without, our own provider is started
    #[arg(long, requires_all = ["authorize_url", "token_url"])]
    request_url: Option<String>,
    /// Where the user authorizes
    #[arg(long, requires = "request_url")]
    authorize_url: Option<String>,
    /// Where tokens ("access tokens") are
    #[arg(long, requires = "request_url")]
    token_url: Option<String>,
    /// What to get with the token
    #[arg(long, requires = "request_url")]
    call_url: Option<String>,
    /// The method of the first and the last leg
    #[arg(long, default_value = "POST")]
    pub(crate) method: String,
    /// Where the signed parameters travel
    #[arg(long, value_enum, default_value_t = Placement::Header)]
    pub(crate) placement: Placement,
    /// The name of the token in the user's URL
    #[arg(long, default_value = "oauth_token")]
    pub(crate) token_name: String,
    /// A further parameter of the first leg, such as scope=read
    #[arg(long = "request-parameter", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) request_parameters: Vec<(String, String)>,
    /// A further parameter of the user's URL, such as perms=read
    #[arg(long = "authorize-parameter", value_name = "NAME=VALUE", value_parser = pair)]
    authorize_parameters: Vec<(String, String)>,
    /// The server is one of OAuth Core 1.0, which neither confirms callbacks nor gives codes
    #[arg(long)]
    pub(crate) core_1_0: bool,
    /// The user types in a code, instead of being redirected to a listener on loopback
    #[arg(long)]
    pub(crate) out_of_band: bool,
    /// The port of the listener; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Open the user's URL in a browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Store the token in this file
    #[arg(long)]
    pub(crate) store: Option<PathBuf>,
    /// What the user does at our own provider
    #[arg(long, value_enum, default_value_t = User::Allow)]
    pub(crate) user: User,
}

/// Where a service is, and who we are there.
pub(crate) struct Service {
    pub(crate) request_url: String,
    pub(crate) authorize_url: String,
    pub(crate) token_url: String,
    pub(crate) call_url: Option<String>,
    pub(crate) consumer_key: String,
    pub(crate) consumer_secret: String,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum User {
    /// Authorizes at once
    Allow,
    /// You are the user
    Ask,
    /// Refuses
    Refuse,
    /// Authorizes, and brings a wrong code back
    WrongCode,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Placement {
    Body,
    Header,
    Query,
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
    /// The service, or `None` for our own provider.
    pub(crate) fn service(&self) -> Result<Option<Service>, Box<dyn Error>> {
        let (Some(request_url), Some(authorize_url), Some(token_url)) = (
            self.request_url.clone(),
            self.authorize_url.clone(),
            self.token_url.clone(),
        ) else {
            return Ok(None);
        };
        let variable = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
        Ok(Some(Service {
            request_url,
            authorize_url,
            token_url,
            call_url: self.call_url.clone(),
            consumer_key: variable("OAUTH_CONSUMER_KEY")?,
            consumer_secret: variable("OAUTH_CONSUMER_SECRET")?,
        }))
    }

    pub(crate) fn authorize_parameters(&self) -> Vec<(&str, &str)> {
        self.authorize_parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("there is no =")?;
    Ok((name.to_owned(), value.to_owned()))
}
