//! A small provider on loopback, and a user of it.
//!
//! It signs what it receives again and compares. It is an example of what servers answer, not of
//! how to write one: it forgets nothing, and takes one consumer only.

use std::{
    collections::{HashMap, HashSet},
    error::Error,
    net::{SocketAddr, TcpListener},
    sync::Mutex,
    thread,
};

use oauth1_signer::{Callback, Consumer, Request, Signer, Stamp, Token, encode};
use url::form_urlencoded;

use super::{
    client::{Client, now},
    http::{Incoming, Outgoing},
    options::{Service, User},
};

const KEY: &str = "dpf43f3p2l4k3l03";
const SECRET: &str = "kd94hf93k423kf44";

pub(crate) struct Provider {
    address: SocketAddr,
}

impl Provider {
    /// Starts to serve, until the program ends.
    pub(crate) fn start() -> Result<Self, Box<dyn Error>> {
        let socket = TcpListener::bind("127.0.0.1:0")?;
        let address = socket.local_addr()?;
        thread::spawn(move || {
            let state = Mutex::default();
            for stream in socket.incoming().flatten() {
                if let Ok(incoming) = Incoming::read(&stream) {
                    let _ = answer(&incoming, &state).write(&stream);
                }
            }
        });
        Ok(Self { address })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn service(&self) -> Service {
        let url = |path| format!("http://{}/{path}", self.address);
        Service {
            request_url: url("initiate"),
            authorize_url: url("authorize"),
            token_url: url("token"),
            call_url: Some(url("photos?file=vacation%20caf%C3%A9.jpg&size=original")),
            consumer: Consumer::new(KEY, SECRET),
        }
    }
}

/// Does at the provider what a user would do in a browser: the code that the page shows, or an
/// empty text after a redirect; `None` if they refuse and are not redirected.
pub(crate) fn play_user(
    client: &Client,
    url: &str,
    user: User,
) -> Result<Option<String>, Box<dyn Error>> {
    let decision = if user == User::Refuse {
        "refuse"
    } else {
        "allow"
    };
    let received = client.get(&format!("{url}&decision={decision}"), None)?;
    if let Some(location) = received.location {
        let wrong = if user == User::WrongCode { "0" } else { "" };
        // The listener answers when it is asked for the redirect; nobody waits for that here.
        thread::spawn(move || {
            Client::silent()
                .get(&format!("{location}{wrong}"), None)
                .is_ok()
        });
        return Ok(Some(String::new()));
    }
    if !received.is_success() {
        return Err(format!("the provider answered the user with {}", received.status).into());
    }
    let code = received.body.rsplit(' ').next().unwrap_or_default();
    Ok(match user {
        User::Refuse => None,
        User::WrongCode => Some("000-000-000".to_owned()),
        User::Allow | User::Ask => Some(code.to_owned()),
    })
}

#[derive(Default)]
struct State {
    nonces: HashSet<String>,
    temporary: HashMap<String, Authorization>,
    tokens: HashMap<String, String>,
}

struct Authorization {
    secret: String,
    callback: String,
    code: Option<String>,
}

fn answer(incoming: &Incoming, state: &Mutex<State>) -> Outgoing {
    let Ok(mut state) = state.lock() else {
        return Outgoing::new("500 Internal Server Error", "");
    };
    let path = incoming.target.split('?').next().unwrap_or_default();
    let answer = match path {
        "/initiate" => initiate(incoming, &mut state),
        "/authorize" => Ok(authorize(incoming, &mut state)),
        "/token" => token(incoming, &mut state),
        "/photos" => photos(incoming, &mut state),
        _ => Ok(Outgoing::new("404 Not Found", "Not found.\n")),
    };
    answer.unwrap_or_else(|problem| Outgoing {
        header: Some(("WWW-Authenticate", "OAuth realm=\"photos\"".to_owned())),
        ..Outgoing::new("401 Unauthorized", format!("oauth_problem={problem}\n"))
    })
}

fn initiate(incoming: &Incoming, state: &mut State) -> Result<Outgoing, String> {
    let oauth = verified(incoming, state, |_| None)?;
    let callback = oauth
        .get("oauth_callback")
        .ok_or("parameter_absent&oauth_parameters_absent=oauth_callback")?;
    let (token, secret) = (random(), random());
    let body =
        format!("oauth_token={token}&oauth_token_secret={secret}&oauth_callback_confirmed=true\n");
    let authorization = Authorization {
        secret,
        callback: callback.clone(),
        code: None,
    };
    state.temporary.insert(token, authorization);
    Ok(Outgoing::new("200 OK", body))
}

fn authorize(incoming: &Incoming, state: &mut State) -> Outgoing {
    let query = incoming
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    let query: HashMap<String, String> = parsed(query.as_bytes()).into_iter().collect();
    let token = query.get("oauth_token").map_or("", String::as_str);
    let Some(authorization) = state.temporary.get_mut(token) else {
        return Outgoing::new("400 Bad Request", "This request has expired.\n");
    };
    let allowed = match query.get("decision").map(String::as_str) {
        Some("allow") => true,
        Some("refuse") => false,
        _ => {
            let page = format!(
                "Allow: {0}&decision=allow\nRefuse: {0}&decision=refuse\n",
                incoming.target
            );
            return Outgoing::new("200 OK", page);
        }
    };
    let code = random();
    let answer = match (authorization.callback.as_str(), allowed) {
        ("oob", true) => Outgoing::new("200 OK", format!("Your code is {code}")),
        ("oob", false) => Outgoing::new("200 OK", "Refused."),
        (callback, _) => {
            let separator = if callback.contains('?') { '&' } else { '?' };
            let location = if allowed {
                format!("{callback}{separator}oauth_token={token}&oauth_verifier={code}")
            } else {
                format!("{callback}{separator}denied={token}")
            };
            Outgoing {
                header: Some(("Location", location)),
                ..Outgoing::new("302 Found", "")
            }
        }
    };
    if allowed {
        authorization.code = Some(code);
    } else {
        state.temporary.remove(token);
    }
    answer
}

fn token(incoming: &Incoming, state: &mut State) -> Result<Outgoing, String> {
    let oauth = verified(incoming, state, |state| Some(&state.temporary))?;
    let temporary = oauth.get("oauth_token").ok_or("parameter_absent")?;
    let code = oauth.get("oauth_verifier").ok_or("parameter_absent")?;
    // Spent, whether the code is right or not.
    let authorization = state.temporary.remove(temporary).ok_or("token_rejected")?;
    match authorization.code {
        None => return Err("permission_unknown".into()),
        Some(right) if right != *code => return Err("verifier_invalid".into()),
        Some(_) => {}
    }
    let (token, secret) = (random(), random());
    let body = format!(
        "oauth_token={token}&oauth_token_secret={secret}&user_nsid=21207597%40N07&fullname=Caf%C3%A9%20Owner\n"
    );
    state.tokens.insert(token, secret);
    Ok(Outgoing::new("200 OK", body))
}

fn photos(incoming: &Incoming, state: &mut State) -> Result<Outgoing, String> {
    verified(incoming, state, |state| Some(&state.tokens))?;
    Ok(Outgoing::new("200 OK", "Here is your photo.\n"))
}

/// Where the secret of a token is found.
trait Secrets {
    fn secret(&self, token: &str) -> Option<&str>;
}

impl Secrets for HashMap<String, Authorization> {
    fn secret(&self, token: &str) -> Option<&str> {
        Some(&self.get(token)?.secret)
    }
}

impl Secrets for HashMap<String, String> {
    fn secret(&self, token: &str) -> Option<&str> {
        Some(self.get(token)?)
    }
}

/// The protocol parameters of a request, if the signature is what it should be; the problem else.
fn verified(
    incoming: &Incoming,
    state: &mut State,
    secrets: impl for<'s> Fn(&'s State) -> Option<&'s dyn Secrets>,
) -> Result<HashMap<String, String>, String> {
    let (oauth, url, form) = split(incoming);
    let get = |name: &str| {
        oauth
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| format!("parameter_absent&oauth_parameters_absent={name}"))
    };
    if get("oauth_consumer_key")? != KEY {
        return Err("consumer_key_unknown".into());
    }
    if get("oauth_signature_method")? != "HMAC-SHA1" {
        return Err("signature_method_rejected".into());
    }
    let time: u64 = get("oauth_timestamp")?
        .parse()
        .map_err(|_| "timestamp_refused")?;
    let (low, high) = (now() - 300, now() + 300);
    if !(low..=high).contains(&time) {
        return Err(format!(
            "timestamp_refused&oauth_acceptable_timestamps={low}-{high}"
        ));
    }
    let token = match secrets(state) {
        None => None,
        Some(secrets) => {
            let token = get("oauth_token")?;
            let secret = secrets.secret(token).ok_or("token_rejected")?;
            Some(Token::new(token, secret))
        }
    };

    let nonce = get("oauth_nonce")?;
    let mut signer = Signer::new(&Consumer::new(KEY, SECRET), token.as_ref());
    if !oauth.contains_key("oauth_version") {
        signer = signer.without_version();
    }
    let mut request = Request::new(&incoming.method, &url)
        .and_then(|request| request.form(&form))
        .map_err(|_| "parameter_rejected")?;
    if let Some(callback) = oauth.get("oauth_callback") {
        request = request.callback(Callback::Url(callback));
    }
    if let Some(code) = oauth.get("oauth_verifier") {
        request = request.verification_code(code);
    }
    let signed = signer.sign(&request, Stamp::new(nonce.to_owned(), time));
    if signed.signature().expose_secret() != get("oauth_signature")? {
        let base_string = encode(signed.base_string().to_string());
        return Err(format!("signature_invalid&debug_sbs={base_string}"));
    }
    // After the signature: nobody else can use up a nonce.
    if !state.nonces.insert(format!("{time} {nonce}")) {
        return Err("nonce_used".into());
    }
    Ok(oauth)
}

type Pairs = Vec<(String, String)>;

/// The protocol parameters, wherever they are, and the URL and the form without them.
fn split(incoming: &Incoming) -> (HashMap<String, String>, String, Pairs) {
    let mut oauth = HashMap::new();
    let header = incoming.header("authorization").unwrap_or_default();
    if let Some(parameters) = header.strip_prefix("OAuth ") {
        for (name, value) in parameters
            .split(", ")
            .filter_map(|text| text.split_once('='))
        {
            // Percent-encoded as in a form, but that + is a plus.
            let value = value.trim_matches('"').replace('+', "%2B");
            oauth.extend(parsed(format!("{name}={value}").as_bytes()));
        }
    }
    let is_protocol = |name: &str| name.starts_with("oauth_");
    let (path, query) = incoming
        .target
        .split_once('?')
        .unwrap_or((&incoming.target, ""));
    let (protocol, rest): (Vec<&str>, Vec<&str>) =
        query.split('&').partition(|pair| is_protocol(pair));
    oauth.extend(parsed(protocol.join("&").as_bytes()));
    let host = incoming.header("host").unwrap_or_default();
    let url = format!("http://{host}{path}?{}", rest.join("&"));
    let (protocol, form): (Pairs, Pairs) = parsed(&incoming.body)
        .into_iter()
        .partition(|(name, _)| is_protocol(name));
    oauth.extend(protocol);
    (oauth, url, form)
}

fn parsed(text: &[u8]) -> Pairs {
    form_urlencoded::parse(text).into_owned().collect()
}

/// A fresh nonce is as good a token, secret or code as any.
fn random() -> String {
    Stamp::now().nonce().to_owned()
}
