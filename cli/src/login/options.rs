//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, ValueEnum, builder::PossibleValuesParser};
use oauth1_signer::Consumer;
use url::{Host, Url};

use crate::{
    credentials::{ABOUT_SECRETS, ConsumerOptions},
    input::Input,
    method::MethodOptions,
    secret_names::warn_of,
    sign::Placement,
};

/// Gets a token: sends the user to the service, and brings the token back.
///
/// Without a service, it shows the steps with a small provider that it starts on this machine.
#[derive(Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{ABOUT_SECRETS}"))]
pub(crate) struct Options {
    #[command(flatten)]
    urls: Urls,

    /// File to store the token in; on Unix, only you can read it. `oauth1 sign --token-file` takes it
    #[arg(long, value_name = "FILE", help_heading = "Token")]
    pub(crate) store: Option<PathBuf>,

    /// Replace the file of --store if it exists
    #[arg(long, requires = "store", help_heading = "Token")]
    pub(crate) overwrite: bool,

    #[command(flatten)]
    pub(crate) user: UserOptions,

    #[command(flatten)]
    consumer: ConsumerOptions,

    #[command(flatten)]
    pub(crate) signature: MethodOptions,

    #[command(flatten)]
    pub(crate) calls: Calls,
}

#[derive(Args)]
#[command(next_help_heading = "Service")]
#[allow(clippy::struct_field_names)] // They are the names of the options.
struct Urls {
    /// URL for temporary credentials, also called request tokens
    #[arg(long, value_name = "URL", requires_all = ["authorize_url", "token_url", "store"])]
    request_url: Option<String>,

    /// URL at which the user authorizes
    #[arg(long, value_name = "URL", requires = "request_url")]
    authorize_url: Option<String>,

    /// URL for tokens, also called access tokens
    #[arg(long, value_name = "URL", requires = "request_url")]
    token_url: Option<String>,

    /// URL to get with the token at the end, as a trial
    #[arg(long, value_name = "URL", requires = "request_url")]
    call_url: Option<String>,
}

#[derive(Args)]
#[command(next_help_heading = "User")]
pub(crate) struct UserOptions {
    /// Ask for a code that the service shows, instead of waiting for the user's browser
    #[arg(long)]
    pub(crate) out_of_band: bool,

    /// Port on this machine at which to wait for the user's browser; 0 takes a free one
    #[arg(long, default_value_t = 0, conflicts_with = "out_of_band")]
    pub(crate) port: u16,

    // As an attribute: this is no link.
    #[arg(
        help = "Callback on this machine, as it is registered with the service, such as \
                http://localhost:8080/callback"
    )]
    #[arg(long, value_name = "URL", conflicts_with_all = ["out_of_band", "port"])]
    pub(crate) callback_url: Option<String>,

    /// Open the service's page in a browser
    #[arg(long)]
    pub(crate) open: bool,

    /// What the user does at the provider on this machine
    #[arg(long, value_enum, default_value_t = User::Allow, conflicts_with = "request_url")]
    pub(crate) user: User,
}

#[derive(Args)]
#[command(next_help_heading = "Calls")]
pub(crate) struct Calls {
    /// HTTP method of the calls for credentials and tokens
    #[arg(long, default_value = "POST", ignore_case = true)]
    #[arg(value_parser = PossibleValuesParser::new(["GET", "POST"]))]
    pub(crate) method: String,

    /// Where the protocol parameters travel: in the `Authorization` header, in the query of the URL, or
    /// in the form that is the body
    #[arg(long, value_enum, default_value_t = Placement::Header)]
    pub(crate) placement: Placement,

    /// Parameter to add to the first call, such as scope=read; as often as needed
    #[arg(long = "request-parameter", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) request_parameters: Vec<(String, String)>,

    /// Parameter to add to the user's URL, such as perms=read; as often as needed
    #[arg(long = "authorize-parameter", value_name = "NAME=VALUE", value_parser = pair)]
    authorize_parameters: Vec<(String, String)>,

    /// Name of the token in the user's URL
    #[arg(
        long,
        value_name = "NAME",
        default_value = "oauth_token",
        requires = "request_url"
    )]
    pub(crate) token_name: String,

    /// The service follows OAuth Core 1.0, which neither confirms callbacks nor gives codes
    #[arg(long)]
    pub(crate) core_1_0: bool,
}

/// Where a service is, and who we are there.
pub(crate) struct Service {
    pub(crate) request_url: String,
    pub(crate) authorize_url: String,
    pub(crate) token_url: String,
    pub(crate) call_url: Option<String>,
    pub(crate) consumer: Consumer,
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

impl Options {
    /// The service, or `None` for our own provider.
    pub(crate) fn service(&self, input: &Input) -> Result<Option<Service>, String> {
        self.calls.warn();
        let (Some(request_url), Some(authorize_url), Some(token_url)) = (
            self.urls.request_url.clone(),
            self.urls.authorize_url.clone(),
            self.urls.token_url.clone(),
        ) else {
            if self.signature.name() == "HMAC-SHA1" {
                return Ok(None);
            }
            return Err(
                "the provider on this machine takes HMAC-SHA1 only; for a service, give \
                        --request-url, --authorize-url, --token-url and --store"
                    .into(),
            );
        };
        if !self.signature.insecure_transport {
            let urls = [
                ("--request-url", Some(&request_url)),
                ("--token-url", Some(&token_url)),
                ("--call-url", self.urls.call_url.as_ref()),
            ];
            let is_plaintext = self.signature.name() == "PLAINTEXT";
            for (option, url) in urls {
                // What is wrong with others is told later.
                let url = url.and_then(|url| Url::parse(url).ok());
                let Some(url) = url.filter(|url| url.scheme() == "http") else {
                    continue;
                };
                if is_plaintext {
                    return Err(format!("{option}: {}", MethodOptions::INSECURE));
                }
                if option != "--call-url" && !is_loopback(&url) {
                    return Err(format!(
                        "{option}: the service would answer with a secret over http; use https, or \
                         allow it with --insecure-transport"
                    ));
                }
            }
        }
        let has_private_key = self.signature.has_private_key();
        Ok(Some(Service {
            request_url,
            authorize_url,
            token_url,
            call_url: self.urls.call_url.clone(),
            consumer: self.consumer.consumer(has_private_key, input)?,
        }))
    }
}

impl Calls {
    /// Warns of secrets among the parameters.
    fn warn(&self) {
        let advice = "log in where there are no other users";
        for (option, pairs) in [
            ("--request-parameter", &self.request_parameters),
            ("--authorize-parameter", &self.authorize_parameters),
        ] {
            for (name, value) in pairs {
                warn_of(option, name.as_bytes(), value.as_bytes(), advice);
            }
        }
    }

    pub(crate) fn authorize_parameters(&self) -> Vec<(&str, &str)> {
        self.authorize_parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("there is no `=`")?;
    Ok((name.to_owned(), value.to_owned()))
}

const EXAMPLES: &str = "\
Examples:
  oauth1 login
      Shows the steps with a small provider on this machine.
  oauth1 login --out-of-band --user wrong-code
      The same with a code that the user mistypes.
  export OAUTH_CONSUMER_KEY=... OAUTH_CONSUMER_SECRET=...
  oauth1 login --method GET --placement query \\
      --request-url https://www.flickr.com/services/oauth/request_token \\
      --authorize-url https://www.flickr.com/services/oauth/authorize \\
      --token-url https://www.flickr.com/services/oauth/access_token \\
      --authorize-parameter perms=read --store token.json
      Gets a token from a service. Its documentation tells the URLs.";
