//! What the feature `http` adds, with a secret wherever one fits.

use http::Uri;
use oauth1_signer::{
    Target,
    http::{HttpError, Origin},
};
use support::{samples::stamp, shown, shown::Shown};

use super::secret::{FORM_VALUE, URL, plaintext, signer};

pub(super) fn all() -> Vec<Shown> {
    let origin = Origin::new(URL).unwrap();
    let uri: Uri = URL.parse().unwrap();
    let elsewhere = "https://user:url-hunter2@example.com/?pin=query-hunter2";
    let mut all = vec![
        shown!(origin),
        shown!(Target::try_from(&uri).unwrap()),
        shown!(origin.target(&elsewhere.parse().unwrap()).unwrap_err()),
    ];
    all.extend(errors().iter().map(|error| shown!(error)));
    let in_the_clear = elsewhere.replace("https", "http");
    let mut request = http::Request::get(in_the_clear).body(()).unwrap();
    let error = plaintext().sign_http(&mut request, stamp()).unwrap_err();
    all.push(shown!(error));
    #[cfg(feature = "tower")]
    all.extend(of_tower());
    all
}

#[cfg(feature = "tower")]
fn of_tower() -> [Shown; 4] {
    use oauth1_signer::tower::SignLayer;
    use tower::{Layer, Service, service_fn};

    let origin = Origin::new(URL).unwrap();
    let layer = SignLayer::with_stamps(signer(), origin.clone(), stamp);
    let plaintext = SignLayer::with_stamps(plaintext(), origin, stamp);
    let mut service = plaintext.layer(service_fn(|request: http::Request<&'static str>| async {
        drop(request);
        Ok::<_, std::io::Error>(())
    }));
    let request = http::Request::post(URL).body(FORM_VALUE).unwrap();
    let future = service.call(request);
    [
        shown!(layer),
        shown!(layer.layer(())),
        shown!(plaintext),
        shown!(future),
    ]
}

fn errors() -> Vec<HttpError> {
    let form = "application/x-www-form-urlencoded";
    let host = "url-hunter2.example.com";
    [
        (vec![("authorization", FORM_VALUE)], ""),
        (
            vec![("content-type", form), ("content-type", FORM_VALUE)],
            "",
        ),
        (vec![("content-type", form)], "pin=form-hunter2%"),
        (vec![("content-type", form)], "{\"pin\": \"form-hunter2\"}"),
        (vec![("host", host)], ""),
    ]
    .into_iter()
    .map(|(headers, body)| {
        let mut request = http::Request::post(URL).body(body).unwrap();
        for (name, value) in headers {
            request.headers_mut().append(name, value.parse().unwrap());
        }
        signer().sign_http(&mut request, stamp()).unwrap_err()
    })
    .collect()
}
