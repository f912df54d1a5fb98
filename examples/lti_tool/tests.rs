//! What the tool and the platform accept, and what they refuse.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

use std::sync::Arc;

use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
use url::form_urlencoded;

use crate::{browser::Form, http, loopback, now, platform::Platform, tool::Tool};

const KEY: &str = "platform-4711";
const SECRET: &str = "kd94hf93k423kf44";
const USER: &str = "292832126";
const RESULT: &str = "course-7:292832126";

/// A tool and a platform, each at a port of its own.
struct Both {
    tool: Arc<Tool>,
    launch_url: String,
    platform: Arc<Platform>,
}

impl Both {
    /// With the secret that the platform has.
    fn with_secret(secret: &str) -> Self {
        let (at, origin) = loopback().unwrap();
        let platform = Arc::new(Platform::new(&origin, KEY, secret).unwrap());
        let shared = Arc::clone(&platform);
        http::serve(at, move |received| shared.answer(received, now()));

        let (at, origin) = loopback().unwrap();
        let tool = Arc::new(Tool::new(&origin, &[(KEY, SECRET)]).unwrap());
        let shared = Arc::clone(&tool);
        http::serve(at, move |received| shared.answer(received, now()));
        let launch_url = format!("{origin}/launch?unit=1");
        Self {
            tool,
            launch_url,
            platform,
        }
    }

    fn form(&self, stamp: Stamp) -> Form {
        Form::of(&self.platform.launch_page(&self.launch_url, stamp).unwrap())
    }
}

#[track_caller]
fn refused(answer: &(u16, String), status: u16, body: &str) {
    assert_eq!((answer.0, &*answer.1), (status, body));
}

#[test]
fn a_launch_shows_the_user_once() {
    let both = Both::with_secret(SECRET);
    let form = both.form(Stamp::now());
    let (status, page) = form.post().unwrap();
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Hello, Ada Lovelace, née Byron."), "{page}");
    assert!(
        page.contains("<title>Ada&#39;s &quot;Notes&quot; &amp; more</title>"),
        "{page}"
    );
    refused(&form.post().unwrap(), 401, "oauth_problem=nonce_used");
    // The next launch has a nonce of its own.
    assert_eq!(both.form(Stamp::now()).post().unwrap().0, 200);
}

#[test]
fn a_launch_that_somebody_has_changed_is_refused() {
    let both = Both::with_secret(SECRET);
    let form = both.form(Stamp::now());
    for (place, (name, _)) in form.fields.iter().enumerate() {
        // That of another method would be refused before.
        if name.starts_with("oauth_") && name != "oauth_nonce" && name != "oauth_callback" {
            continue;
        }
        let mut changed = Form {
            action: form.action.clone(),
            fields: form.fields.clone(),
        };
        changed.fields[place].1 += "x";
        refused(
            &changed.post().unwrap(),
            401,
            "oauth_problem=signature_invalid",
        );
        changed.fields.remove(place);
        assert!((400..=401).contains(&changed.post().unwrap().0), "{name}");
    }
    let mut longer = Form {
        action: form.action.clone(),
        fields: form.fields.clone(),
    };
    longer.fields.push(("roles".into(), "Instructor".into()));
    refused(
        &longer.post().unwrap(),
        401,
        "oauth_problem=signature_invalid",
    );
    let mut elsewhere = form.action.clone();
    elsewhere.pop();
    let elsewhere = Form {
        action: elsewhere + "2",
        fields: form.fields.clone(),
    };
    refused(
        &elsewhere.post().unwrap(),
        401,
        "oauth_problem=signature_invalid",
    );
    // None of this has used up the nonce.
    assert_eq!(form.post().unwrap().0, 200);
}

#[test]
fn a_wrong_secret_and_an_unknown_platform_get_the_same_answer() {
    let wrong = Both::with_secret("another secret");
    let form = wrong.form(Stamp::now());
    refused(
        &form.post().unwrap(),
        401,
        "oauth_problem=signature_invalid",
    );

    let mut unknown = wrong.form(Stamp::now());
    let fields = unknown.fields.iter_mut();
    fields
        .filter(|(name, _)| name == "oauth_consumer_key")
        .for_each(|field| field.1 += "x");
    refused(
        &unknown.post().unwrap(),
        401,
        "oauth_problem=signature_invalid",
    );
}

#[test]
fn a_launch_of_another_time_is_refused() {
    let both = Both::with_secret(SECRET);
    for time in [now() - 320, now() + 320] {
        let (status, problem) = both.form(Stamp::new("nonce", time)).post().unwrap();
        assert_eq!(status, 401);
        assert!(
            problem.starts_with("oauth_problem=timestamp_refused&"),
            "{problem}"
        );
    }
}

#[test]
fn a_message_that_is_not_a_launch_is_refused() {
    let both = Both::with_secret(SECRET);
    let signer = Signer::new(&Consumer::new(KEY, SECRET), None);
    let request = Request::post(&both.launch_url)
        .unwrap()
        .form([("user_id", USER)])
        .unwrap();
    let call = signer.sign(&request, Stamp::now()).call(Placement::Body);
    let headers: Vec<_> = call.headers().collect();
    let answer = http::post(call.url(), &headers, call.body()).unwrap();
    refused(&answer, 401, "oauth_problem=parameter_rejected");
}

#[test]
fn a_user_cannot_replace_the_fields_by_moving_them_to_the_query() {
    let both = Both::with_secret(SECRET);
    let form = both.form(Stamp::now());
    let moved = form_urlencoded::Serializer::new(form.action.clone() + "&")
        .extend_pairs(&form.fields)
        .finish();
    let body = "lti_message_type=basic-lti-launch-request&lti_version=LTI-1p0\
        &resource_link_id=1&user_id=admin&roles=Instructor";
    // The parameters are still the same, so the signature is right.
    for headers in [&[("Content-Type", "text/plain")][..], &[]] {
        let answer = http::post(&moved, headers, body).unwrap();
        refused(&answer, 401, "oauth_problem=parameter_rejected");
    }
    // None of this has used up the nonce.
    assert_eq!(form.post().unwrap().0, 200);
}

#[test]
fn the_platform_takes_a_score_whose_hash_is_signed() {
    let both = Both::with_secret(SECRET);
    assert!(both.tool.score(KEY, USER, 0.5).is_err());
    both.form(Stamp::now()).post().unwrap();
    let (call, xml) = both.tool.score(KEY, USER, 0.5).unwrap();
    let send = |xml: &str| http::send(&call, "application/xml", xml).unwrap();

    refused(
        &send(&xml.replace("0.5", "1")),
        401,
        "oauth_problem=body_hash_invalid",
    );
    assert_eq!(both.platform.score(RESULT), None);
    let (status, answer) = send(&xml);
    assert_eq!(status, 200);
    assert!(
        answer.contains("<imsx_codeMajor>success</imsx_codeMajor>"),
        "{answer}"
    );
    assert_eq!(both.platform.score(RESULT), Some(0.5));
    refused(&send(&xml), 401, "oauth_problem=nonce_used");
}

#[test]
fn a_score_whose_hash_is_not_signed_is_refused() {
    let both = Both::with_secret(SECRET);
    both.form(Stamp::now()).post().unwrap();
    let (call, xml) = both.tool.score(KEY, USER, 0.5).unwrap();
    let signer = Signer::new(&Consumer::new(KEY, SECRET), None);
    let request = Request::post(call.url()).unwrap();
    let call = signer.sign(&request, Stamp::now()).call(Placement::Header);
    let answer = http::send(&call, "application/xml", &xml).unwrap();
    refused(
        &answer,
        400,
        "oauth_problem=parameter_absent&oauth_parameters_absent=oauth_body_hash",
    );
    assert_eq!(both.platform.score(RESULT), None);
}
