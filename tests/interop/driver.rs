//! Runs the three legs and signed calls against the provider of `provider.py`. See `run`.

use std::{
    env,
    error::Error,
    fmt::Display,
    time::{SystemTime, UNIX_EPOCH},
};

use oauth1_signer::{
    Answer, AnswerError, BaseString, Call, Callback, Clock, Endpoints, Flow, HmacSha1, Leg,
    MakeSigner, Placement, Problem, ProblemReport, Redirect, Request, Retry, Signature, Signer,
    SigningKey, Stamp, Temporary, Token, VerificationCode,
};
use ureq::{Agent, http};

type Key = Box<dyn SigningKey<Error = String>>;
type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// How a key is made of the consumer's secret and the token's.
struct Method {
    name: &'static str,
    key: fn(&str, &str) -> Key,
}

/// Further methods are added here, and to `METHODS` of `provider.py`.
const METHODS: &[Method] = &[Method {
    name: "HMAC-SHA1",
    key: |consumer, token| Box::new(Adapted(HmacSha1::new(consumer, token))),
}];

/// A key of any method, with an error that is the same for all.
struct Adapted<K>(K);

impl<K: SigningKey<Error: Display>> SigningKey for Adapted<K> {
    type Error = String;

    fn method(&self) -> &str {
        self.0.method()
    }

    fn sign(&self, base_string: &BaseString<'_>) -> std::result::Result<Signature, String> {
        self.0.sign(base_string).map_err(|error| error.to_string())
    }
}

const PLACEMENTS: [Placement; 3] = [Placement::Header, Placement::Query, Placement::Body];

/// Consumers that the provider knows: keys and secrets.
const CONSUMERS: [(&str, &str); 2] = [
    ("dpf43f3p2l4k3l03dpf43f3p2l4k3l", "kd94hf93k423kf44"),
    ("reservedreservedreserved", "s +&=%/ü☃~"),
];

const CALLBACK: &str = "http://printer.example.com/ready?x=a+b&y=~é";

/// With escapes of its own: oauthlib decodes `oauth_*` in a query or a body twice, and takes these
/// in the header only.
const ESCAPED_CALLBACK: &str = "http://printer.example.com/ready?x=a%20b&y=%C3%A9";

struct Driver {
    agent: Agent,
    base: String,
    passed: usize,
}

fn main() -> Result {
    let base = env::args().nth(1).ok_or("usage: interop <url>")?;
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false);
    let mut driver = Driver {
        agent: config.build().into(),
        base,
        passed: 0,
    };
    for method in METHODS {
        for (key, secret) in CONSUMERS {
            for placement in PLACEMENTS {
                let signers = signers_with(method, key, secret);
                let what = format!("{} {placement:?} {key}", method.name);
                let token = driver.legs(&what, &signers, placement)?;
                driver.calls(&what, &signers(Some(&token)), placement)?;
            }
        }
        driver.refusals(method)?;
    }
    println!("{} passed", driver.passed);
    Ok(())
}

struct Received {
    status: u16,
    date: String,
    location: String,
    body: String,
}

impl Received {
    fn answer(&self) -> Answer<'_> {
        Answer::new(self.status, &self.body)
    }
}

impl Driver {
    fn endpoints(&self) -> Result<Endpoints> {
        let url = |path| format!("{}/{path}", self.base);
        Ok(Endpoints::new(
            &url("temporary"),
            &url("authorize"),
            &url("token?lang=de+at"),
        )?)
    }

    fn legs<M>(&mut self, what: &str, signers: M, placement: Placement) -> Result<Token>
    where
        M: Fn(Option<&Token>) -> Signer<Key>,
    {
        let flow = Flow::new(signers, self.endpoints()?.placement(placement));
        let mut token = Err("no token");
        let url = match placement {
            Placement::Header => ESCAPED_CALLBACK,
            Placement::Body | Placement::Query => CALLBACK,
        };
        for callback in [Callback::OutOfBand, Callback::Url(url)] {
            let leg = flow
                .temporary(callback)
                .query_parameter("scope", "read + wríte/all")
                .form_parameter("xoauth_displayname", "Café & Co");
            let temporary = leg.accept(self.send(&leg.try_call(Stamp::now())?)?.answer())?;
            let code = self.authorize(&flow.authorize_url(&temporary, &[]), &temporary)?;
            let leg = flow.token(temporary, code);
            let got = leg.accept(self.send(&leg.try_call(Stamp::now())?)?.answer())?;
            if got.fields().get("screen_name") != Some("Café & Co") {
                return Err("the fields of the token are wrong".into());
            }
            token = Ok(got);
            self.pass(&format!("{what}: three legs, {}", callback.as_str()));
        }
        Ok(token?)
    }

    fn authorize(&self, url: &str, temporary: &Temporary) -> Result<VerificationCode> {
        let received = receive(self.agent.get(url).call())?;
        // Out of band: the page is `oauth_verifier=...`, as in a redirect.
        let redirected_to = match received.status {
            302 => received.location,
            _ => format!("?{}", received.body),
        };
        Ok(Redirect::parse(&redirected_to)?.code_for(temporary)?)
    }

    fn calls(&mut self, what: &str, signer: &Signer<Key>, placement: Placement) -> Result {
        let form = [
            ("title", "Café ☃ & térasse, 100%"),
            ("data[10]", "a+b c"),
            ("data[2]", "~-._!*'()"),
            ("empty", ""),
            ("twice", "2"),
            ("twice", "1"),
        ];
        let queries = [
            "photos",
            "photos?",
            "photos?size=original&file=vacation.jpg",
            "photos?b5=%3D%253D&a3=a&c%40=&a2=r+b&a3=2%20q&c2",
            "photos/caf%C3%A9;v=1/%2F?q=%E2%98%83&q=%C3%A9&q=P",
            "photos?q=a%2Bb&x=!*'()~&y=@:/?$,",
        ];
        for query in queries {
            let url = format!("{}/{query}", self.base);
            for (method, form) in [
                ("GET", &[][..]),
                ("POST", &form[..]),
                ("PUT", &form[..]),
                ("DELETE", &[]),
            ] {
                if placement == Placement::Body && matches!(method, "GET" | "DELETE") {
                    continue;
                }
                let mut request = Request::new(method, &url)?;
                if !form.is_empty() {
                    request = request.form(form)?;
                }
                let received = self.call(signer, &request, placement, Stamp::now())?;
                if received.status != 200 {
                    return Err(format!("{what}: {method} {query}: {}", received.body).into());
                }
                self.pass(&format!("{what}: {method} /{query}"));
            }
        }
        Ok(())
    }

    /// What the provider must refuse, and how we must understand it.
    fn refusals(&mut self, method: &Method) -> Result {
        let (key, secret) = CONSUMERS[0];
        let signers = signers_with(method, key, secret);
        let flow = Flow::new(&signers, self.endpoints()?);
        let base = self.base.clone();
        let url = format!("{base}/photos?size=original");

        for (what, key, secret, problem) in [
            (
                "wrong consumer secret",
                key,
                "wrong",
                Problem::SignatureInvalid,
            ),
            (
                "unknown consumer key",
                "unknownunknownunknown",
                secret,
                Problem::ConsumerKeyUnknown,
            ),
        ] {
            let other = Flow::new(signers_with(method, key, secret), self.endpoints()?);
            let leg = other.temporary(Callback::OutOfBand);
            let error = self.refused(&leg, Stamp::now())?;
            self.expect(what, error.report(), &problem)?;
        }

        // oauthlib's own sentence, and the clock that it makes right.
        let slow = now() - 3600;
        let leg = flow.temporary(Callback::OutOfBand);
        let received = self.send(&leg.try_call(Stamp::at(slow))?)?;
        let error = leg
            .accept(received.answer())
            .err()
            .ok_or("a stale timestamp was taken")?;
        self.expect(
            "stale timestamp of a leg",
            error.report(),
            &Problem::TimestampRefused,
        )?;
        if error.retry() != Retry::WithCorrectedClock {
            return Err("the advice is wrong".into());
        }
        let mut clock = Clock::new();
        clock.learn_from_date(&received.date, slow)?;
        let received = self.send(&leg.try_call(clock.stamp_at(slow))?)?;
        let temporary = leg.accept(received.answer())?;
        self.pass("corrected by the Date header");

        let code = self.authorize(&flow.authorize_url(&temporary, &[]), &temporary)?;
        let wrong = VerificationCode::new("0".repeat(code.expose_secret().len()));
        let leg = flow.token(temporary.clone(), wrong);
        let error = self.refused_token(&leg)?;
        self.expect(
            "wrong verification code",
            error.report(),
            &Problem::VerifierInvalid,
        )?;

        let secret = Temporary::new(temporary.token(), "wrong");
        let leg = flow.token(secret, VerificationCode::new(code.expose_secret()));
        let error = self.refused_token(&leg)?;
        self.expect(
            "wrong temporary secret",
            error.report(),
            &Problem::SignatureInvalid,
        )?;

        let leg = flow.token(temporary, code);
        let token = leg.accept(self.send(&leg.try_call(Stamp::now())?)?.answer())?;
        let error = self.refused_token(&leg)?;
        self.expect(
            "spent temporary credentials",
            error.report(),
            &Problem::TokenRejected,
        )?;

        let request = Request::get(&url)?;
        let signer = signers.signer(Some(&token));
        let received = self.call(&signer, &request, Placement::Header, Stamp::at(slow))?;
        let report = received.answer().report();
        self.expect(
            "stale timestamp of a call",
            report.as_ref(),
            &Problem::TimestampRefused,
        )?;
        let mut clock = Clock::new();
        clock.learn_from_report(&report.ok_or("no report")?, slow)?;
        let stamp = clock.stamp_at(slow);
        let (nonce, time) = (stamp.nonce().to_owned(), stamp.unix_seconds());
        let received = self.call(&signer, &request, Placement::Header, stamp)?;
        if received.status != 200 {
            return Err(format!("after the correction: {}", received.body).into());
        }
        self.pass("corrected by the acceptable timestamps");

        let replayed = Stamp::new(nonce, time);
        let received = self.call(&signer, &request, Placement::Header, replayed)?;
        let report = received.answer().report();
        self.expect("replayed nonce", report.as_ref(), &Problem::NonceUsed)?;

        let signer = signers.signer(Some(&Token::new(token.token(), "wrong")));
        let received = self.call(&signer, &request, Placement::Header, Stamp::now())?;
        let report = received.answer().report();
        self.expect(
            "wrong token secret",
            report.as_ref(),
            &Problem::SignatureInvalid,
        )
    }

    fn refused<M>(&self, leg: &Leg<'_, Temporary, M>, stamp: Stamp) -> Result<AnswerError>
    where
        M: MakeSigner<Key = Key>,
    {
        let received = self.send(&leg.try_call(stamp)?)?;
        let error = leg.accept(received.answer()).err();
        Ok(error.ok_or("the provider should have refused")?)
    }

    fn refused_token<M>(&self, leg: &Leg<'_, Token, M>) -> Result<AnswerError>
    where
        M: MakeSigner<Key = Key>,
    {
        let received = self.send(&leg.try_call(Stamp::now())?)?;
        let error = leg.accept(received.answer()).err();
        Ok(error.ok_or("the provider should have refused")?)
    }

    fn expect(&mut self, what: &str, report: Option<&ProblemReport>, problem: &Problem) -> Result {
        if report.map(ProblemReport::problem) != Some(problem) {
            return Err(format!("{what}: {report:?} instead of {problem}").into());
        }
        self.pass(&format!("{what}: refused with {problem}"));
        Ok(())
    }

    fn pass(&mut self, what: &str) {
        self.passed += 1;
        println!("ok  {what}");
    }

    fn send(&self, call: &Call) -> Result<Received> {
        let mut request = http::Request::builder()
            .method(call.method())
            .uri(call.url());
        for (name, value) in call.headers() {
            request = request.header(name, value);
        }
        receive(self.agent.run(request.body(call.body())?))
    }

    fn call(
        &self,
        signer: &Signer<Key>,
        request: &Request<'_>,
        placement: Placement,
        stamp: Stamp,
    ) -> Result<Received> {
        let signed = signer.try_sign(request, stamp)?;
        let (url, form) = match placement {
            Placement::Query => (signed.query().to_url(), request.form_body().to_string()),
            Placement::Body => (url(request), signed.form_body().to_string()),
            Placement::Header => (url(request), request.form_body().to_string()),
        };
        let mut sent = http::Request::builder().method(request.method()).uri(url);
        if placement == Placement::Header {
            sent = sent.header("Authorization", signed.authorization_header().to_value());
        }
        if form.is_empty() {
            return receive(self.agent.run(sent.body(())?));
        }
        sent = sent.header("Content-Type", "application/x-www-form-urlencoded");
        receive(self.agent.run(sent.body(form)?))
    }
}

fn now() -> u64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    since_1970.map_or(0, |elapsed| elapsed.as_secs())
}

fn signers_with<'s>(
    method: &'s Method,
    key: &'s str,
    secret: &'s str,
) -> impl Fn(Option<&Token>) -> Signer<Key> + use<'s> {
    move |token| {
        let token_secret = token.map_or("", Token::expose_secret);
        Signer::with_key(
            key,
            token.map(Token::token),
            (method.key)(secret, token_secret),
        )
    }
}

fn url(request: &Request<'_>) -> String {
    let target = request.target();
    match target.query() {
        None => target.base_uri(),
        Some(query) => format!("{}?{query}", target.base_uri()),
    }
}

fn receive(
    response: std::result::Result<http::Response<ureq::Body>, ureq::Error>,
) -> Result<Received> {
    let mut response = response?;
    let header = |name| {
        let value = response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    Ok(Received {
        status: response.status().as_u16(),
        date: header("Date"),
        location: header("Location"),
        body: response.body_mut().read_to_string()?,
    })
}
