//! `oauth1 login`: the whole way to a token over HTTP, and one signed call with it.
//!
//! Without options it runs against a small provider that it starts on loopback, plays the user as
//! well, and prints each step:
//!
//! ```text
//! oauth1 login
//! oauth1 login --out-of-band --user wrong-code
//! ```
//!
//! Against a service, with the key and the secret of the consumer in `OAUTH_CONSUMER_KEY` and
//! `OAUTH_CONSUMER_SECRET`:
//!
//! ```text
//! oauth1 login --method GET --placement query \
//!     --request-url https://www.flickr.com/services/oauth/request_token \
//!     --authorize-url https://www.flickr.com/services/oauth/authorize \
//!     --token-url https://www.flickr.com/services/oauth/access_token \
//!     --call-url 'https://api.flickr.com/services/rest/?method=flickr.test.login&format=json' \
//!     --authorize-parameter perms=read --store token.json
//! ```

mod client;
mod http;
mod listener;
mod options;
mod provider;
mod store;

use std::{error::Error, process::ExitCode, sync::mpsc, thread};

use oauth1_signer::flow::{Endpoints, Flow, Leg, Redirect, VerificationCode};
use oauth1_signer::response::{Clock, Response};
use oauth1_signer::{Callback, Consumer, Placement, Request, Signer, Temporary, Token};

pub(crate) use self::options::Options;
use self::{
    client::{Client, Received},
    listener::Listener,
    options::User,
    provider::Provider,
};
use crate::errors;

pub(crate) fn run(options: &Options) -> ExitCode {
    // Also while a line is read from the terminal.
    let interrupted = ctrlc::set_handler(|| {
        eprintln!("\ninterrupted: no token was stored");
        std::process::exit(130);
    });
    let result = interrupted.map_err(Box::from).and_then(|()| login(options));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => errors::failure(&error.to_string()),
    }
}

fn login(options: &Options) -> Result<(), Box<dyn Error>> {
    // Not after the user has been troubled.
    if let Some(path) = options.store.as_deref().filter(|path| path.exists()) {
        return Err(format!("{}: the file exists already", path.display()).into());
    }
    let client = Client::new();
    let (service, provider) = if let Some(service) = options.service()? {
        (service, None)
    } else {
        let provider = Provider::start()?;
        println!("a provider of our own listens on {}", provider.address());
        (provider.service(), Some(provider))
    };
    let endpoints = Endpoints::new(
        &service.request_url,
        &service.authorize_url,
        &service.token_url,
    )?
    .method(&options.method)
    .placement(options.placement.into())
    .token_name(&options.token_name);
    let consumer = Consumer::new(service.consumer_key, service.consumer_secret);
    let flow = Flow::new(consumer.clone(), endpoints);
    let mut clock = Clock::new();

    println!("\n1. temporary credentials");
    let listener = if options.out_of_band {
        None
    } else {
        Some(Listener::new(options.port)?)
    };
    let callback_url = listener.as_ref().map(Listener::callback_url);
    let callback = match &callback_url {
        Some(url) => Callback::Url(url),
        None => Callback::OutOfBand,
    };
    let mut leg = if options.core_1_0 {
        flow.temporary_without_callback()
    } else {
        flow.temporary(callback)
    };
    for (name, value) in &options.request_parameters {
        leg = leg.query_parameter(name, value);
    }
    let received = send(&client, &leg, &mut clock)?;
    let temporary: Temporary = leg.accept(received.answer())?;

    println!("\n2. authorization");
    let mut parameters = options.authorize_parameters();
    if options.core_1_0 {
        parameters.push(("oauth_callback", callback.as_str()));
    }
    let url = flow.authorize_url(&temporary, &parameters);
    println!("the user goes to {url}");
    let user = if provider.is_some() {
        options.user
    } else {
        User::Ask
    };
    let code = authorize(&client, options, user, &url, listener, &temporary)?;

    println!("\n3. token");
    let leg = match code {
        Some(code) => flow.token(temporary, code),
        None => flow.token_without_code(temporary),
    };
    let received = send(&client, &leg, &mut clock)?;
    let token: Token = leg.accept(received.answer())?;
    println!("{token:?}");
    if let Some(path) = &options.store {
        store::store(path, &token)?;
        println!("stored in {}", path.display());
    }

    println!("\n4. a signed call");
    if let Some(url) = &service.call_url {
        let received = call(&client, &consumer, &token, options, url, &mut clock)?;
        if !received.is_success() {
            return Err(match received.answer().report() {
                Some(report) => format!("the call was refused: {report}"),
                None => format!("the call was answered with status {}", received.status),
            }
            .into());
        }
    }
    Ok(())
}

/// Sends a leg's call. If the server refuses the timestamp, learns its clock and tries once more.
fn send<A>(client: &Client, leg: &Leg<A>, clock: &mut Clock) -> Result<Received, Box<dyn Error>> {
    let received = client.send(&leg.call(clock.stamp())?)?;
    let report = received.answer().report();
    if oauth1_signer::response::Retry::advise(received.status, report.as_ref())
        != oauth1_signer::response::Retry::WithCorrectedClock
    {
        return Ok(received);
    }
    let Some(date) = &received.date else {
        return Ok(received);
    };
    clock.learn_from_date(date, client::now())?;
    println!(
        "the server's clock is {} seconds ahead; once more",
        clock.offset()
    );
    client.send(&leg.call(clock.stamp())?)
}

/// Sends the user to the service, and waits until he is back. There is no code in OAuth Core 1.0.
fn authorize(
    client: &Client,
    options: &Options,
    user: User,
    url: &str,
    listener: Option<Listener>,
    temporary: &Temporary,
) -> Result<Option<VerificationCode>, Box<dyn Error>> {
    if options.open {
        client::open_browser(url)?;
    }
    let Some(listener) = listener else {
        let typed = match user {
            User::Ask => client::ask("the code that the service shows: ")?,
            user => provider::play_user(client, url, user)?
                .ok_or("the user refused the authorization")?,
        };
        return Ok((!options.core_1_0).then(|| VerificationCode::typed(&typed)));
    };
    if user == User::Ask {
        println!("waiting for the user at {}", listener.callback_url());
    } else {
        // As the user's browser would: answer the page, and follow the redirect to the listener.
        let (url, (sender, played)) = (url.to_owned(), mpsc::channel());
        let browser = thread::spawn(move || {
            let result = provider::play_user(&Client::silent(), &url, user);
            let _ = sender.send(result.map_err(|error| error.to_string()));
        });
        if let Ok(Err(error)) = played.recv_timeout(client::PATIENCE) {
            return Err(error.into());
        }
        drop(browser);
    }
    let redirected_to = listener.wait()?;
    let redirect = Redirect::parse(&redirected_to)?;
    println!("the user is back with {redirect:?}");
    if options.core_1_0 {
        redirect.check(temporary)?;
        return Ok(None);
    }
    Ok(Some(redirect.code_for(temporary)?))
}

fn call(
    client: &Client,
    consumer: &Consumer,
    token: &Token,
    options: &Options,
    url: &str,
    clock: &mut Clock,
) -> Result<Received, Box<dyn Error>> {
    let signer = Signer::new(consumer, token);
    let request = Request::get(url)?;
    let signed = signer.sign(&request, clock.stamp());
    match options.placement.into() {
        Placement::Query => client.get(&signed.query().to_url(), None),
        // A GET request has no body.
        Placement::Body | Placement::Header => {
            client.get(url, Some(&signed.authorization_header().to_value()))
        }
    }
}

/// What the library wants to know of an answer.
impl Received {
    fn answer(&self) -> Response<'_> {
        Response::new(self.status, &self.body).www_authenticate(self.www_authenticate.as_deref())
    }
}
