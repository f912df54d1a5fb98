//! How often is memory allocated? Unlike time, this can be said exactly.

#![allow(unsafe_code)] // An allocator cannot be written without.
#![allow(clippy::similar_names)] // A signer makes what is signed.
#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    fmt::Write,
};

use oauth1_signer::{Callback, Consumer, Realm, Request, Signed, Signer, Stamp, Target, Token};
use url::Url;

/// Counts what each thread allocates; growing counts as well.
struct Counting;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Count {
    times: usize,
    bytes: usize,
}

thread_local! {
    static COUNT: Cell<Count> = const { Cell::new(Count { times: 0, bytes: 0 }) };
}

fn count(bytes: usize) {
    COUNT.with(|cell| {
        let count = cell.get();
        cell.set(Count {
            times: count.times + 1,
            bytes: count.bytes + bytes,
        });
    });
}

// SAFETY: all is left to the system's allocator. Counting allocates nothing, for the counter has a
// constant beginning and needs no drop.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn allocated<T>(work: impl FnOnce() -> T) -> Count {
    let before = COUNT.get();
    let result = work();
    let after = COUNT.get();
    drop(result);
    Count {
        times: after.times - before.times,
        bytes: after.bytes - before.bytes,
    }
}

#[track_caller]
fn allocates<T>(times: usize, work: impl FnOnce() -> T) {
    assert_eq!(allocated(work).times, times);
}

fn consumer() -> Consumer {
    Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44")
}

fn token() -> Token {
    Token::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00")
}

fn signer() -> Signer {
    Signer::new(&consumer(), &token())
}

/// Given nonces are made before counting begins.
fn stamp() -> Stamp {
    Stamp::new("kllo9940pd9333jh", 1_191_242_096)
}

fn url() -> Url {
    Url::parse("https://photos.example.net/photos?size=original").unwrap()
}

fn header(signed: &Signed) -> String {
    signed.authorization_header().to_value()
}

fn pairs(count: usize) -> Vec<(String, String)> {
    (0..count)
        .map(|number| {
            (
                format!("name{}", 7 * number % 101),
                format!("value {number}"),
            )
        })
        .collect()
}

#[test]
fn counting_works() {
    allocates(0, || 1);
    allocates(1, || Box::new(1));
    allocates(2, || (vec![0; 3], String::from("a")));
    let mut vec: Vec<u8> = Vec::with_capacity(1);
    allocates(1, || vec.reserve_exact(1000));
    assert_eq!(allocated(|| vec![0_u8; 1000]).bytes, 1000);
}

#[test]
fn header_of_a_get_with_a_callback_is_one_text() {
    let (signer, url, stamp) = (signer(), url(), stamp());
    allocates(1, || {
        let request = Request::get(&url).unwrap();
        let request = request.callback(Callback::Url("https://example.com/back"));
        header(&signer.sign(&request, stamp))
    });
}

#[test]
fn header_of_a_post_with_query_and_form_is_one_text() {
    let (signer, url, stamp) = (signer(), url(), stamp());
    allocates(1, || {
        let request = Request::post(&url).unwrap();
        let request = request.form(&[("title", "a + b")]).unwrap();
        header(&signer.sign(&request, stamp))
    });
    let stamp = self::stamp();
    allocates(1, || {
        let request = Request::post(&url).unwrap();
        let request = request.form_bytes(b"title=a+%2B+b").unwrap();
        header(&signer.sign(&request, stamp))
    });
}

#[test]
fn signing_allocates_nothing() {
    let (signer, url, stamp) = (signer(), url(), stamp());
    let pairs = pairs(100);
    let request = Request::post(&url).unwrap().form(&pairs).unwrap();
    let request = request
        .protocol_parameter("oauth_session_handle", "x")
        .unwrap();
    allocates(0, || {
        let signed = signer.sign(&request, stamp);
        signed.signature().expose_secret().len()
    });
}

#[test]
fn many_pairs_are_one_list() {
    let (signer, url) = (signer(), url());
    let pairs = pairs(100);
    let stamp = self::stamp();
    allocates(2, || {
        let request = Request::post(&url).unwrap().form(&pairs).unwrap();
        header(&signer.sign(&request, stamp))
    });

    let body = Request::post(&url)
        .unwrap()
        .form(&pairs)
        .unwrap()
        .form_body()
        .to_string();
    let stamp = self::stamp();
    allocates(2, || {
        let request = Request::post(&url).unwrap().form_bytes(&body).unwrap();
        header(&signer.sign(&request, stamp))
    });

    let mut url = url;
    url.query_pairs_mut().clear().extend_pairs(&pairs);
    let stamp = self::stamp();
    allocates(2, || {
        let request = Request::get(&url).unwrap();
        header(&signer.sign(&request, stamp))
    });
}

#[test]
fn long_values_are_not_copied() {
    let (signer, url, stamp) = (signer(), url(), stamp());
    let form = [("data", "ä ".repeat(64 * 1024 / 3))];
    allocates(1, || {
        let request = Request::post(&url).unwrap().form(&form).unwrap();
        header(&signer.sign(&request, stamp))
    });

    let form = [("data", vec![0xE4; 16 << 20])];
    let stamp = self::stamp();
    let count = allocated(|| {
        let request = Request::post(&url).unwrap().form(&form).unwrap();
        header(&signer.sign(&request, stamp))
    });
    assert!(count.bytes < 4096, "{count:?}");
}

#[test]
fn url_that_is_given_as_text_is_borrowed() {
    let consumer = Consumer::new("768fe946d252b119746fda82e1599980", "1a3c208e172d3edc");
    let signer = Signer::new(&consumer, None);
    let stamp = Stamp::new("C2F26CD5C075BA9050AD8EE90644CF29", 1_316_657_628);
    allocates(1, || {
        let request = Request::get("http://www.flickr.com/services/oauth/request_token").unwrap();
        let request = request.callback(Callback::Url("http://www.wackylabs.net/oauth/test"));
        header(&signer.sign(&request, stamp))
    });
    let url = url().to_string();
    allocates(0, || Target::try_from(url).unwrap());
}

#[test]
fn text_that_is_no_url_as_it_stands_is_parsed_and_copied_once() {
    let (signer, stamp) = (signer(), stamp());
    let text = "HTTPS://photos.example.net:443/photos?size=original";
    let parsing = allocated(|| Url::parse(text));
    allocates(parsing.times + 1, || {
        let request = Request::get(text).unwrap();
        header(&signer.sign(&request, stamp))
    });
}

#[test]
fn signer_is_the_key_and_one_text() {
    let (consumer, token) = (consumer(), token());
    allocates(2, || Signer::new(&consumer, &token));
    allocates(2, || Signer::new(&consumer, None));
    let signer = Signer::new(&consumer, &token);
    allocates(1, || signer.clone());
}

#[test]
fn room_is_enough_for_texts_that_are_all_escapes() {
    let reserved = "&".repeat(700);
    let signer = Signer::new(
        &Consumer::new(&*reserved, "s"),
        &Token::new(&*reserved, "s"),
    )
    .with_realm(Realm::new("\"\\").unwrap());
    let url = Url::parse("https://example.com/?q=%26#fragment").unwrap();
    let request = Request::get(&url)
        .unwrap()
        .callback(Callback::Url(&reserved))
        .verification_code(&reserved);
    let further = (0..20).fold(request.clone(), |request, number| {
        let name = &reserved[number..];
        request.protocol_parameter(name, "&").unwrap()
    });
    for request in [request, further] {
        let signed = signer.sign(&request, Stamp::new(reserved.clone(), u64::MAX));
        allocates(1, || signed.authorization_header().to_value());
        allocates(1, || signed.query().to_url());
    }
}

#[cfg(feature = "sha2")]
#[test]
fn only_the_longest_signatures_are_texts_of_their_own() {
    let request = Request::get("https://example.com/").unwrap();
    let signer = Signer::hmac_sha256(&consumer(), &token());
    let stamp = stamp();
    allocates(0, || _ = signer.sign(&request, stamp));
    let signer = Signer::hmac_sha512(&consumer(), &token());
    let stamp = self::stamp();
    allocates(1, || _ = signer.sign(&request, stamp));
}

#[test]
fn query_and_form_body_are_one_text() {
    let (signer, url) = (signer(), url());
    let form = [("title", "a + b")];
    let request = Request::post(&url).unwrap().form(&form).unwrap();
    let signed = signer.sign(&request, stamp());
    allocates(1, || signed.query().to_url());
    allocates(1, || signed.query().to_string());
    // And a list of the pairs in the order in which they were given.
    allocates(2, || signed.form_body().to_string());
    allocates(2, || request.form_body().to_string());
}

#[test]
fn views_allocate_nothing() {
    struct Length(usize);
    impl Write for Length {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let (signer, url) = (signer(), url());
    let request = Request::get(&url).unwrap();
    let signed = signer.sign(&request, stamp());
    allocates(0, || {
        let mut length = Length(0);
        write!(length, "{}", signed.authorization_header()).unwrap();
        write!(length, "{}", signed.query()).unwrap();
        write!(length, "{}", signed.base_string()).unwrap();
        write!(length, "{}", signed.parameters()).unwrap();
        assert!(length.0 > 500);
    });
}

#[cfg(feature = "rand")]
#[test]
fn stamp_allocates_nothing() {
    // The first one of a thread seeds its generator.
    drop(Stamp::now());
    allocates(0, || (Stamp::now(), Stamp::at(0)));
}

/// From the texts of the header, the URL and the form to the verdict.
#[cfg(feature = "std")]
mod verifying {
    use oauth1_signer::{
        Callback, Consumer, Placement, Request, Signer, Stamp,
        signature_method::SharedSecrets,
        verifier::{Body, Incoming, MemoryNonces, Verifier},
    };

    use super::{allocated, consumer, pairs, token};

    /// What each thing takes: what had to be decoded, a list of more than two pairs, and room for the
    /// nonces of half a minute, which a store that is used already has.
    #[track_caller]
    fn takes(used_store: usize, new_store: usize, request: &Request<'_>, nonce: &'static str) {
        let nonces = MemoryNonces::new();
        verify(request, nonce, &nonces, new_store);
        verify(request, "another nonce", &nonces, used_store);
    }

    #[track_caller]
    fn verify(request: &Request<'_>, nonce: &'static str, nonces: &MemoryNonces, times: usize) {
        let signer = Signer::new(&consumer(), &token());
        let stamp = Stamp::new(nonce, 1_191_242_096);
        let call = signer.sign(request, stamp).call(Placement::Header);
        let authorization = call.headers().find(|(name, _)| *name == "Authorization");
        let authorization = authorization.map(|(_, value)| value);
        let content_type = call.headers().find(|(name, _)| *name == "Content-Type");
        let content_type = content_type.map(|(_, value)| value);
        let verifier = Verifier::new("https://photos.example.net").unwrap();
        let key = SharedSecrets::new(consumer().expose_secret(), token().expose_secret());
        let count = allocated(|| {
            let body = Body::received(content_type, call.body().as_bytes());
            let incoming = Incoming::read(call.method(), call.url(), authorization, body).unwrap();
            let genuine = verifier.verify(&incoming, [&key], 1_191_242_100).unwrap();
            let verified = genuine.accept(nonces).unwrap();
            assert_eq!(verified.consumer_key(), "dpf43f3p2l4k3l03");
        });
        assert_eq!(count.times, times, "{count:?}");
        assert!(count.bytes < 24 * 1024, "{count:?}");
    }

    const URL: &str = "https://photos.example.net/photos";

    #[test]
    fn a_get_with_a_callback_takes_one_text() {
        let request = Request::get(URL).unwrap();
        let request = request.callback(Callback::Url("http://example.com/back"));
        takes(1, 2, &request, "nonce");
    }

    #[test]
    fn a_post_with_query_and_form_takes_one_text() {
        let request = Request::post(format!("{URL}?include_entities=true")).unwrap();
        let request = request
            .form([("status", "Hello Ladies + Gentlemen!")])
            .unwrap();
        takes(1, 2, &request, "nonce");
    }

    #[test]
    fn many_parameters_take_one_list() {
        let pairs = pairs(100);
        let request = Request::get(URL).unwrap().query(&pairs).unwrap();
        takes(2, 3, &request, "nonce");
        let request = Request::post(URL).unwrap().form(&pairs).unwrap();
        takes(2, 3, &request, "nonce");
    }

    #[test]
    fn long_values_are_not_copied_by_the_verifier_either() {
        let request = Request::post(URL).unwrap();
        let request = request
            .form([("text", "ä ".repeat(64 * 1024 / 3))])
            .unwrap();
        takes(1, 2, &request, "nonce");
    }

    #[test]
    fn a_url_below_the_origin_is_one_more_text() {
        let signer = Signer::new(&Consumer::new("key", "secret"), None);
        let request = Request::get(format!("{URL}?size=original")).unwrap();
        let signed = signer.sign(&request, Stamp::new("nonce", 1_191_242_096));
        let header = signed.authorization_header().to_value();
        let verifier = Verifier::new("https://photos.example.net").unwrap();
        let key = SharedSecrets::new("secret", "");
        let nonces = MemoryNonces::new();
        let count = allocated(|| {
            let path = "/photos?size=original";
            let incoming = verifier
                .read("GET", path, Some(&header), Body::none())
                .unwrap();
            let genuine = verifier.verify(&incoming, [&key], 1_191_242_096).unwrap();
            genuine.accept(&nonces).unwrap();
        });
        assert_eq!(count.times, 3);
    }

    #[test]
    fn refusing_an_unknown_consumer_takes_no_more_than_refusing_a_wrong_secret() {
        let signer = Signer::new(&Consumer::new("key", "secret"), None);
        let request = Request::get(URL).unwrap();
        let signed = signer.sign(&request, Stamp::new("nonce", 1_191_242_096));
        let header = signed.authorization_header().to_value();
        let verifier = Verifier::new("https://photos.example.net").unwrap();
        let incoming = Incoming::read("GET", URL, Some(&header), Body::none()).unwrap();
        let wrong = SharedSecrets::new("wrong", "");
        for key in [None, Some(&wrong)] {
            let count =
                allocated(|| assert!(verifier.verify(&incoming, key, 1_191_242_096).is_err()));
            assert_eq!(count.times, 0);
        }
    }
}
