//! `oauth1 login`: the whole way to a token over HTTP, and one signed call with it.

mod client;
mod http;
mod listener;
mod options;
mod provider;
mod store;

use std::{error::Error, sync::mpsc, thread};

use oauth1_signer::flow::{Endpoints, EndpointsError, Flow, Leg, VerificationCode};
use oauth1_signer::response::{Clock, Response, Retry};
use oauth1_signer::signature_method::SignatureMethod;
use oauth1_signer::{Callback, Placement, Realm, Request, Signer, Temporary, Token};

pub(crate) use self::options::Options;
use self::{
    client::{Client, Received},
    listener::Listener,
    options::{Service, User},
    provider::Provider,
    store::Store,
};
use crate::{errors, input::Input, output::tell};

pub(crate) fn run(options: &Options) -> Result<(), String> {
    // Also while a line is read from the terminal.
    let interrupted = ctrlc::set_handler(|| {
        errors::show("interrupted");
        std::process::exit(130);
    });
    let client = Client::new();
    interrupted
        .map_err(Box::from)
        .and_then(|()| Login::new(options, &client)?.run())
        .map_err(|error: Box<dyn Error>| client.without_secrets(&error.to_string()))
}

/// What one login needs.
struct Login<'o> {
    options: &'o Options,
    client: &'o Client,
    store: Option<Store<'o>>,
    listener: Option<Listener>,
    service: Service,
    http_method: String,
    method: SignatureMethod,
    realm: Option<Realm>,
    clock: Clock,
    /// The provider is our own.
    is_trial: bool,
}

impl<'o> Login<'o> {
    /// Finds out what is wrong before the user is troubled.
    fn new(options: &'o Options, client: &'o Client) -> Result<Self, Box<dyn Error>> {
        let input = Input::default();
        let service = options.service(&input)?;
        let method = options.signature.method(&input)?;
        let realm = options.signature.realm()?;
        let http_method = options.calls.method.to_ascii_uppercase();
        options.calls.placement.check(&http_method)?;
        let store = options.store.as_deref();
        let store = store.map(|path| Store::new(path, options.overwrite));
        let store = store.transpose()?;
        let listener = if options.user.out_of_band {
            None
        } else {
            Some(Listener::new(&options.user)?)
        };
        let is_trial = service.is_none();
        let service = if let Some(service) = service {
            service
        } else {
            let provider = Provider::start()?;
            let address = provider.address();
            tell(&format!(
                "No service is given: a small provider on this machine, at {address}, stands in."
            ));
            provider.service()
        };
        client.hide(service.consumer.expose_secret());
        Ok(Self {
            options,
            client,
            store,
            listener,
            service,
            http_method,
            method,
            realm,
            clock: Clock::new(),
            is_trial,
        })
    }

    fn run(mut self) -> Result<(), Box<dyn Error>> {
        let flow = self.flow()?;
        let options = self.options;

        heading("1. temporary credentials");
        let callback = self
            .listener
            .as_ref()
            .map(|listener| listener.callback_url().to_owned());
        let callback = callback
            .as_deref()
            .map_or(Callback::OutOfBand, Callback::Url);
        let mut leg = if options.calls.core_1_0 {
            flow.temporary_without_callback()
        } else {
            flow.temporary(callback)
        };
        for (name, value) in &options.calls.request_parameters {
            leg = leg.query_parameter(name, value);
        }
        let received = self.send(&leg)?;
        let temporary: Temporary = leg.accept(received.answer())?;
        self.client.hide(temporary.expose_secret());
        tell(&format!("the temporary token is {}", temporary.token()));

        heading("2. authorization");
        let mut parameters = options.calls.authorize_parameters();
        if options.calls.core_1_0 {
            parameters.push(("oauth_callback", callback.as_str()));
        }
        let url = flow.authorize_url(&temporary, &parameters);
        tell(&format!("the user goes to {url}"));
        let code = self.authorize(&url, &temporary)?;

        heading("3. token");
        let leg = match code {
            Some(code) => {
                self.client.hide(code.expose_secret());
                flow.token(temporary, code)
            }
            None => flow.token_without_code(temporary),
        };
        let received = self.send(&leg)?;
        let token: Token = leg.accept(received.answer())?;
        self.client.hide(token.expose_secret());
        tell(&format!("the token is {}", token.token()));
        let names: Vec<_> = token.fields().iter().map(|(name, _)| name).collect();
        if !names.is_empty() {
            tell(&format!("with it came {}", names.join(", ")));
        }
        if let Some(store) = &self.store {
            store.store(&token)?;
            tell(if cfg!(unix) {
                "it is stored with its secret, in a file that only you can read"
            } else {
                "it is stored with its secret"
            });
        }

        if let Some(url) = self.service.call_url.clone() {
            heading("4. a signed call");
            let received = self.call(&token, &url)?;
            if !received.is_success() {
                // There is no token in it, and the error shows what is safe to show of it.
                Token::from_response(received.answer())
                    .map_err(|error| format!("the signed call failed: {error}"))?;
            }
        }
        Ok(())
    }

    fn flow(&self) -> Result<Flow, Box<dyn Error>> {
        let service = &self.service;
        let urls = (
            &service.request_url,
            &service.authorize_url,
            &service.token_url,
        );
        let endpoints = Endpoints::new(urls.0, urls.1, urls.2).map_err(|error| match error {
            EndpointsError::Temporary(error) => format!("--request-url: {error}"),
            EndpointsError::Authorize(error) => format!("--authorize-url: {error}"),
            EndpointsError::Token(error) => format!("--token-url: {error}"),
            error => error.to_string(),
        })?;
        let calls = &self.options.calls;
        let endpoints = endpoints
            .method(&self.http_method)
            .placement(calls.placement.into())
            .token_name(&calls.token_name);
        let mut flow = Flow::new(service.consumer.clone(), endpoints);
        flow = flow.signature_method(self.method.clone());
        if let Some(realm) = &self.realm {
            flow = flow.realm(realm.clone());
        }
        if self.options.signature.no_version {
            flow = flow.without_version();
        }
        Ok(flow)
    }

    /// Sends a leg's call. If the server refuses the timestamp, learns its clock and tries once more.
    fn send<A>(&mut self, leg: &Leg<A>) -> Result<Received, Box<dyn Error>> {
        let received = self.client.send(&leg.call(self.clock.stamp())?)?;
        let answer = received.answer();
        // Without anything to learn from, the refusal stands.
        if answer.retry() != Retry::WithCorrectedClock
            || self.clock.learn_from_response(&answer).is_err()
        {
            return Ok(received);
        }
        let (offset, direction) = match self.clock.offset() {
            offset @ 0.. => (offset, "ahead"),
            offset => (-offset, "behind"),
        };
        tell(&format!(
            "the server's clock is {offset} seconds {direction}; once more"
        ));
        self.client.send(&leg.call(self.clock.stamp())?)
    }

    /// Sends the user to the service, and waits until they are back. There is no code in OAuth Core
    /// 1.0.
    fn authorize(
        &self,
        url: &str,
        temporary: &Temporary,
    ) -> Result<Option<VerificationCode>, Box<dyn Error>> {
        let user = if self.is_trial {
            self.options.user.user
        } else {
            User::Ask
        };
        if self.options.user.open
            && let Err(error) = client::open_browser(url)
        {
            errors::warn(&format!(
                "no browser can be opened ({error}); go there yourself"
            ));
        }
        let Some(listener) = &self.listener else {
            let typed = match user {
                User::Ask => client::ask("the code that the service shows: ")?,
                user => provider::play_user(self.client, url, user)?
                    .ok_or("the user refused the authorization")?,
            };
            return Ok((!self.options.calls.core_1_0).then(|| VerificationCode::typed(&typed)));
        };
        if user == User::Ask {
            tell(&format!(
                "waiting for the user at {}",
                listener.callback_url()
            ));
        } else {
            // As the user's browser would: answer the page, and follow the redirect to the listener.
            let (url, (sender, played)) = (url.to_owned(), mpsc::channel());
            thread::spawn(move || {
                let result = provider::play_user(&Client::silent(), &url, user);
                let _ = sender.send(result.map_err(|error| error.to_string()));
            });
            if let Ok(Err(error)) = played.recv_timeout(client::PATIENCE) {
                return Err(error.into());
            }
        }
        let redirect = listener.wait(temporary)?;
        tell("the user is back");
        if self.options.calls.core_1_0 {
            return Ok(None);
        }
        Ok(Some(redirect.code_for(temporary)?))
    }

    fn call(&mut self, token: &Token, url: &str) -> Result<Received, Box<dyn Error>> {
        let mut signer = Signer::with_method(&self.method, &self.service.consumer, token);
        if let Some(realm) = &self.realm {
            signer = signer.with_realm(realm.clone());
        }
        if self.options.signature.no_version {
            signer = signer.without_version();
        }
        let request = Request::get(url)?;
        let signed = signer.try_sign(&request, self.clock.stamp())?;
        match self.options.calls.placement.into() {
            Placement::Query => self.client.get(&signed.query().to_url(), None),
            // A GET request has no body.
            Placement::Body | Placement::Header => {
                let header = signed.authorization_header().to_value();
                self.client.get(request.url(), Some(&header))
            }
        }
    }
}

fn heading(text: &str) {
    tell("");
    tell(text);
}

/// What the library wants to know of an answer.
impl Received {
    fn answer(&self) -> Response<'_> {
        Response::new(self.status, &self.body)
            .www_authenticate(self.www_authenticate.as_deref())
            .date(self.date.as_deref())
    }
}
