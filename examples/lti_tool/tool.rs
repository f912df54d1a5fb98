//! The tool: it verifies launches, shows the user, and reports scores to the platform.

use std::{
    collections::HashMap,
    error::Error,
    sync::{Mutex, MutexGuard, PoisonError},
};

use oauth1_signer::{
    Call, Consumer, Placement, Request, Signer, Stamp, TargetError,
    response::Problem,
    signature_method::SharedSecrets,
    verifier::{MemoryNonces, Refusal, Verifier},
};
use url::form_urlencoded;

use crate::{
    http::{Answer, Received},
    text::escaped,
};

pub(crate) struct Tool {
    verifier: Verifier,
    nonces: MemoryNonces,
    /// The platforms that the tool knows, by their keys. They share a secret with the tool, and there is
    /// no token.
    platforms: HashMap<String, (Consumer, SharedSecrets)>,
    /// The last launch of each user. A user belongs to a platform.
    launches: Mutex<HashMap<(String, String), Launch>>,
}

/// Who has launched the tool, and from where. It is only made of a request that is verified.
struct Launch {
    platform: String,
    fields: HashMap<String, String>,
}

impl Tool {
    /// A tool at a public origin. It must be the one that browsers see, even if a proxy that speaks https
    /// stands in front of this program.
    pub(crate) fn new(origin: &str, platforms: &[(&str, &str)]) -> Result<Self, TargetError> {
        let platforms = platforms.iter().map(|(key, secret)| {
            let consumer = Consumer::new(*key, *secret);
            (
                (*key).to_owned(),
                (consumer, SharedSecrets::new(secret, "")),
            )
        });
        Ok(Self {
            verifier: Verifier::new(origin)?,
            nonces: MemoryNonces::new(),
            platforms: platforms.collect(),
            launches: Mutex::default(),
        })
    }

    /// Verifies a launch.
    fn launch(&self, received: &Received, now: u64) -> Result<Launch, Refusal> {
        let incoming = received.incoming(&self.verifier)?;
        // Whoever posts a form can move its signed parameters to the query, and send a body of another
        // type, which is not signed. So the form has to be where the signature is.
        if incoming.placement() != Placement::Body {
            return Err(Refusal::because(Problem::ParameterRejected));
        }
        let platform = self.platforms.get(incoming.consumer_key());
        // LTI has no tokens, so a launch that names one has no key.
        let platform = platform.filter(|_| incoming.token().is_none_or(str::is_empty));
        let secrets = platform.map(|(_, secrets)| secrets);
        let genuine = self.verifier.verify(&incoming, secrets, now)?;
        let verified = genuine.accept(&self.nonces)?;
        // The fields are signed, so they can be trusted from here on.
        let launch = Launch {
            platform: verified.consumer_key().to_owned(),
            fields: form_urlencoded::parse(&received.body)
                .into_owned()
                .collect(),
        };
        let is_launch = launch.field("lti_message_type") == "basic-lti-launch-request"
            && launch.field("lti_version") == "LTI-1p0"
            && !launch.field("resource_link_id").is_empty();
        if is_launch {
            Ok(launch)
        } else {
            Err(Refusal::because(Problem::ParameterRejected))
        }
    }

    /// Answers a launch with a page for the user.
    pub(crate) fn answer(&self, received: &Received, now: u64) -> Answer {
        if !received.is_for("/launch") {
            return Answer::not_found();
        }
        match self.launch(received, now) {
            Ok(launch) => {
                let answer = Answer::new(200, "text/html; charset=utf-8", launch.page());
                let user = (launch.platform.clone(), launch.field("user_id").to_owned());
                self.launches().insert(user, launch);
                answer
            }
            Err(refusal) => refusal.into(),
        }
    }

    /// Makes the message that tells the platform the score of a user, from 0 to 1: the call, and its body.
    pub(crate) fn score(
        &self,
        platform: &str,
        user: &str,
        score: f64,
    ) -> Result<(Call, String), Box<dyn Error>> {
        let (consumer, _) = self.platforms.get(platform).ok_or("no such platform")?;
        let launches = self.launches();
        let launch = launches.get(&(platform.to_owned(), user.to_owned()));
        let launch = launch.ok_or("the user has not launched the tool")?;
        let xml = launch.replace_result(score);
        // The body is not a form, so the signature covers its hash.
        let signer = Signer::new(consumer, None);
        let hash = signer.body_hash(&xml)?;
        let url = launch.field("lis_outcome_service_url");
        let request = Request::post(url)?.body_hash(&hash)?;
        let call = signer.sign(&request, Stamp::now()).call(Placement::Header);
        Ok((call, xml))
    }

    fn launches(&self) -> MutexGuard<'_, HashMap<(String, String), Launch>> {
        self.launches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Launch {
    /// A field of the launch. Platforms leave out what they do not know or do not tell.
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    fn page(&self) -> String {
        let or = |name: &str, other| match self.field(name) {
            "" => escaped(other),
            value => escaped(value),
        };
        format!(
            "<!DOCTYPE html>\n<title>{}</title>\n<p>Hello, {}.\n<p>{} sent you ({}, {}).\n",
            or("resource_link_title", "The tool"),
            or("lis_person_name_full", "whoever you are"),
            escaped(&self.platform),
            or("user_id", "anonymous"),
            or("roles", "without a role"),
        )
    }

    /// The message of the Basic Outcomes service that sets a score.
    fn replace_result(&self, score: f64) -> String {
        let id = escaped(self.field("lis_result_sourcedid"));
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<imsx_POXEnvelopeRequest xmlns="http://www.imsglobal.org/services/ltiv1p1/xsd/imsoms_v1p0">
  <imsx_POXHeader>
    <imsx_POXRequestHeaderInfo>
      <imsx_version>V1.0</imsx_version>
      <imsx_messageIdentifier>{id}</imsx_messageIdentifier>
    </imsx_POXRequestHeaderInfo>
  </imsx_POXHeader>
  <imsx_POXBody>
    <replaceResultRequest>
      <resultRecord>
        <sourcedGUID><sourcedId>{id}</sourcedId></sourcedGUID>
        <result>
          <resultScore><language>en</language><textString>{score}</textString></resultScore>
        </result>
      </resultRecord>
    </replaceResultRequest>
  </imsx_POXBody>
</imsx_POXEnvelopeRequest>
"#
        )
    }
}
