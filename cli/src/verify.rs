//! `oauth1 verify`: verifies a request, as a server does.

mod options;
mod report;
mod request;

use std::{
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use oauth1_signer::{
    Consumer, Token,
    diagnosis::{Certainty, Evidence, Finding},
    signature_method::{AnyVerifyingKey, RsaPublicKey, SharedSecrets},
    verifier::{Incoming, Policy, Refusal, Verifier},
};

pub(crate) use self::options::Options;
use self::{report::Report, request::Request};
use crate::{
    credentials::{ConsumerSecret, Secrets},
    diagnose::is_base_string,
    input::Input,
    output,
};

/// Prints the verdict. The status is 1 if the request is refused.
pub(crate) fn run(options: &Options) -> Result<ExitCode, String> {
    let input = Input::reserved_for("<FILE>", &options.request);
    let secrets = options.secrets.secrets(&input)?;
    let public_key = options.public_key(&input)?;
    let verifier = Verifier::<AnyVerifyingKey>::for_keys(&options.origin);
    let verifier = verifier.map_err(|error| format!("<ORIGIN>: {error}"))?;
    let verifier = verifier.with_policy(options.policy());
    let content = input.file("<FILE>", &options.request)?;
    let request = Request::read(&content).map_err(|error| format!("<FILE>: {error}"))?;
    let now = options.policy.now.unwrap_or_else(clock);
    let report = Report {
        now,
        window: options.policy.window,
    };

    let incoming = match request.incoming(&verifier) {
        Ok(incoming) => incoming,
        Err(error) => {
            // Without claims there is nothing to explain.
            output::write(report::unreadable(error, &request).as_bytes())?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let secrets = secrets
        .map(|secrets| options.of_token(secrets, &incoming))
        .transpose()?;
    let key = match (&secrets, public_key) {
        (_, Some(key)) if is_rsa(&incoming) => AnyVerifyingKey::from(key),
        (_, None) if is_rsa(&incoming) => return Err(missing_public_key()),
        (Some(secrets), _) => {
            let token = secrets.token.as_deref().unwrap_or_default();
            SharedSecrets::new(&secrets.consumer, token).into()
        }
        (None, _) => return Err(ConsumerSecret::missing()),
    };

    let (mut text, code) = match verifier.verify(&incoming, [&key], now) {
        Ok(_) => (report.genuine(&incoming, &request), ExitCode::SUCCESS),
        Err(refusal) => {
            let mut text = report.refused(&refusal, &incoming);
            if refusal == Refusal::Signature {
                let signed_for = request.origins(verifier.origin()).find(|origin| {
                    let other = Verifier::<AnyVerifyingKey>::for_keys(origin);
                    let other = other.map(|other| other.with_policy(options.policy()));
                    other.is_ok_and(|other| {
                        let incoming = request.incoming(&other);
                        incoming.is_ok_and(|incoming| other.verify(&incoming, [&key], now).is_ok())
                    })
                });
                text.push('\n');
                text += &options.diagnosis(&incoming, secrets, &input, signed_for)?;
            }
            (text, ExitCode::FAILURE)
        }
    };
    if options.output.explain {
        text += &report::base_string(&incoming);
    }
    output::write(text.as_bytes())?;
    Ok(code)
}

fn is_rsa(incoming: &Incoming<'_>) -> bool {
    incoming.signature_method().starts_with("RSA-")
}

impl Options {
    fn public_key(&self, input: &Input) -> Result<Option<RsaPublicKey>, String> {
        let Some(path) = &self.public_key else {
            return Ok(None);
        };
        let content = input.file("--public-key", path)?;
        let key = if content.starts_with(b"0") {
            RsaPublicKey::from_der(&content)
        } else {
            RsaPublicKey::from_pem(&content)
        };
        key.map(Some)
            .map_err(|error| format!("--public-key: {error}"))
    }

    /// The secrets that belong to the request: without a token, it is signed with that of the consumer alone.
    fn of_token(&self, secrets: Secrets, incoming: &Incoming<'_>) -> Result<Secrets, String> {
        let has_token = incoming.token().is_some_and(|token| !token.is_empty());
        let may_lack_secret = self.secrets.without_token() || is_rsa(incoming);
        if has_token && secrets.token.is_none() && !may_lack_secret {
            return Err(
            "the request has a token: set OAUTH_TOKEN_SECRET too, or give --no-token if there is no \
             secret"
                .into(),
        );
        }
        Ok(Secrets {
            token: secrets.token.filter(|_| has_token),
            ..secrets
        })
    }

    fn policy(&self) -> Policy {
        let given = &self.policy;
        let mut policy = Policy::new().window(given.window);
        if given.insecure_transport {
            policy = policy.allow_plaintext_over_insecure_transport();
        } else if given.allow_plaintext {
            policy = policy.allow_plaintext();
        }
        if given.require_body_hash {
            policy = policy.require_body_hash();
        }
        if given.allow_sha1_body_hash {
            policy = policy.allow_sha1_body_hash();
        }
        policy
    }

    /// Why the signature is not the one of the request.
    fn diagnosis(
        &self,
        incoming: &Incoming<'_>,
        secrets: Option<Secrets>,
        input: &Input,
        signed_for: Option<String>,
    ) -> Result<String, String> {
        let mut evidence = incoming.explain().into_evidence();
        if let Some(path) = &self.output.signed {
            evidence = evidence.our_base_string(signed(&input.file("--signed", path)?)?);
        }
        if let Some(secrets) = secrets {
            evidence = with_secrets(evidence, secrets);
        }
        let diagnosis = evidence.diagnose();
        let is_proven = |finding: &Finding| finding.certainty() == Certainty::Proven;
        let is_proven = diagnosis.findings().iter().any(is_proven);
        let hint = match (signed_for, &self.output.signed) {
            (Some(origin), _) => {
                let hint = format!(
                    "The signature is right for {origin}, the name in `Host`. If that is the server's\n\
                     own, give it in place of <ORIGIN>, and to the server's verifier.\n"
                );
                if !is_proven {
                    return Ok(hint);
                }
                format!("\n{hint}")
            }
            // There are no secrets to blame.
            (None, None) if !is_proven && is_rsa(incoming) => {
                return Ok(format!("{PUBLIC_KEY}{CHANGED}"));
            }
            (None, Some(_)) if !is_proven && is_rsa(incoming) => format!("\n{PUBLIC_KEY}"),
            (None, None) if !is_proven => CHANGED.into(),
            (None, _) => String::new(),
        };
        Ok(format!(
            "In what follows, the client's side is `ours`, and the server's is `theirs`.\n\n{diagnosis}{hint}"
        ))
    }
}

/// What is printed if the reason is not proven, and there are no secrets.
const PUBLIC_KEY: &str = "\
With RSA, the public key that was given may not belong to the private key that
the client signs with.
";

/// What is printed if only the key is left to blame.
const CHANGED: &str = "
A request that was changed on the way, such as its body, looks as if the key was
wrong. Save the base string that the client signed in a file, and give that with
--signed: then the change is shown.
";

/// The base string in what `--signed` names: alone, or as `oauth1 sign --explain` shows it.
fn signed(content: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(content);
    let is_alone = text.lines().next().is_some_and(is_base_string);
    let found = text.lines().find(|line| !is_alone && is_base_string(line));
    let alone = || Some(text.trim_end_matches(['\r', '\n'])).filter(|text| text.contains('&'));
    let base_string = found.or_else(alone);
    base_string.map(str::to_owned).ok_or_else(|| {
        "--signed: there is no base string, which begins with a method and `&`, such as GET&https%3A%2F%2F"
            .into()
    })
}

fn with_secrets(evidence: Evidence, secrets: Secrets) -> Evidence {
    // The names of both do not matter.
    let consumer = Consumer::new("", secrets.consumer);
    let token = secrets.token.map(|secret| Token::new("", secret));
    evidence.credentials(&consumer, token.as_ref())
}

fn missing_public_key() -> String {
    "--public-key is missing: RSA signatures are verified with the public key of the consumer"
        .into()
}

fn clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |duration| duration.as_secs())
}
