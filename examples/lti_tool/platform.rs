//! The platform: it launches the tool from a page, and takes the scores that the tool reports.

use std::{
    collections::HashMap,
    error::Error,
    sync::{Mutex, PoisonError},
};

use oauth1_signer::{
    Callback, Consumer, Request, Signer, Stamp, TargetError,
    response::Problem,
    signature_method::SharedSecrets,
    verifier::{MemoryNonces, Policy, Refusal, Verifier},
};

use crate::{
    http::{Answer, Received},
    text::{between, unescaped},
};

pub(crate) struct Platform {
    signer: Signer,
    verifier: Verifier,
    nonces: MemoryNonces,
    /// The key and the secret that the tool has given to the platform.
    key: String,
    secrets: SharedSecrets,
    scores: Mutex<HashMap<String, f64>>,
}

impl Platform {
    pub(crate) fn new(origin: &str, key: &str, secret: &str) -> Result<Self, TargetError> {
        // The outcome service takes XML, which is signed by its hash only. Without one, anybody on the way
        // could change the score.
        let policy = Policy::new().require_body_hash();
        Ok(Self {
            signer: Signer::new(&Consumer::new(key, secret), None),
            verifier: Verifier::new(origin)?.with_policy(policy),
            nonces: MemoryNonces::new(),
            key: key.to_owned(),
            secrets: SharedSecrets::new(secret, ""),
            scores: Mutex::default(),
        })
    }

    /// The page whose form the user's browser posts to the tool.
    pub(crate) fn launch_page(&self, tool: &str, stamp: Stamp) -> Result<String, Box<dyn Error>> {
        let outcomes = format!("{}/outcomes", self.verifier.origin());
        let fields = [
            ("lti_message_type", "basic-lti-launch-request"),
            ("lti_version", "LTI-1p0"),
            ("resource_link_id", "88391-e1919"),
            ("resource_link_title", "Ada's \"Notes\" & more"),
            ("resource_link_description", "First line\nSecond line"),
            ("user_id", "292832126"),
            ("roles", "Learner"),
            ("lis_person_name_full", "Ada Lovelace, née Byron"),
            ("lis_outcome_service_url", &outcomes),
            ("lis_result_sourcedid", "course-7:292832126"),
        ];
        let request = Request::post(tool)?
            .browser_form(fields)?
            .callback(Callback::Url("about:blank"));
        let signed = self.signer.sign(&request, stamp);
        Ok(signed.html_form()?.auto_submit().to_string())
    }

    /// The outcome service.
    pub(crate) fn answer(&self, received: &Received, now: u64) -> Answer {
        if !received.is_for("/outcomes") {
            return Answer::not_found();
        }
        match self.replace_result(received, now) {
            Ok(()) => Answer::new(200, "application/xml", SUCCESS),
            Err(refusal) => refusal.into(),
        }
    }

    fn replace_result(&self, received: &Received, now: u64) -> Result<(), Refusal> {
        let incoming = received.incoming(&self.verifier)?;
        let is_tool = incoming.consumer_key() == self.key && incoming.token().is_none();
        let secrets = is_tool.then_some(&self.secrets);
        // This also compares the hash of the body.
        let genuine = self.verifier.verify(&incoming, secrets, now)?;
        genuine.accept(&self.nonces)?;

        // A real platform has a parser of XML.
        let xml = String::from_utf8_lossy(&received.body);
        let id = between(&xml, "<sourcedId>", "</sourcedId>");
        let score = between(&xml, "<textString>", "</textString>");
        let score = score.and_then(|score| score.parse().ok());
        let score = score.filter(|score| (0.0..=1.0).contains(score));
        let (Some(id), Some(score)) = (id, score) else {
            return Err(Refusal::because(Problem::ParameterRejected));
        };
        let mut scores = self.scores.lock().unwrap_or_else(PoisonError::into_inner);
        scores.insert(unescaped(id), score);
        Ok(())
    }

    pub(crate) fn score(&self, id: &str) -> Option<f64> {
        let scores = self.scores.lock().unwrap_or_else(PoisonError::into_inner);
        scores.get(id).copied()
    }
}

const SUCCESS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<imsx_POXEnvelopeResponse xmlns="http://www.imsglobal.org/services/ltiv1p1/xsd/imsoms_v1p0">
  <imsx_POXHeader>
    <imsx_POXResponseHeaderInfo>
      <imsx_version>V1.0</imsx_version>
      <imsx_statusInfo><imsx_codeMajor>success</imsx_codeMajor></imsx_statusInfo>
    </imsx_POXResponseHeaderInfo>
  </imsx_POXHeader>
  <imsx_POXBody><replaceResultResponse/></imsx_POXBody>
</imsx_POXEnvelopeResponse>
"#;
