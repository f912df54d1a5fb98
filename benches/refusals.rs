//! `cargo bench -p benches --bench refusals`: does the time of a refusal tell why?
//!
//! A consumer that is unknown, a wrong secret, and signatures whose first or last byte is wrong take turns,
//! with secrets that together are longer than a block of the hash, and with short ones. The medians are
//! printed, not asserted: a busy machine decides about them.

// Times are far below what the types can hold.
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]

use std::{hint::black_box, time::Instant};

use oauth1_signer::{
    Consumer, Request, Signer, Stamp, Token,
    signature_method::{SharedSecrets, SignatureMethod},
    verifier::{Body, Incoming, Refusal, Verifier},
};

const NOW: u64 = 1_316_657_628;
const URL: &str = "https://api.example.com/1/statuses?include=all&page=2";

struct Way {
    name: &'static str,
    header: String,
    key: Option<SharedSecrets>,
    nanoseconds: Vec<u32>,
}

fn main() {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let times = if is_bench { 100_000 } else { 100 };
    for method in ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"] {
        for secret in [
            "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
            "kd94hf93k423kf44",
        ] {
            measure(method, secret, times);
        }
    }
}

fn measure(method: &str, secret: &str, times: usize) {
    let verifier = Verifier::new("https://api.example.com").expect("an origin");
    let mut ways = ways(method, secret);
    for round in 0..times {
        // Whoever comes first finds a colder cache.
        for turn in 0..ways.len() {
            let count = ways.len();
            let way = &mut ways[(round + turn) % count];
            let start = Instant::now();
            let refused = black_box(refuse(&verifier, black_box(way)));
            let elapsed = start.elapsed();
            assert_eq!(refused, Some(Refusal::Signature));
            way.nanoseconds.push(elapsed.as_nanos() as u32);
        }
    }
    println!("\n{method}, secrets of {} bytes\n", secret.len());
    println!("| refused | median | to the mean of the medians |\n| --- | ---: | ---: |");
    let medians: Vec<_> = ways.iter_mut().map(Way::median).collect();
    let mean = medians.iter().sum::<f64>() / medians.len() as f64;
    for (way, median) in ways.iter().zip(medians) {
        let percent = 100.0 * (median / mean - 1.0);
        println!("| {} | {median:.0} ns | {percent:+.1} % |", way.name);
    }
}

fn refuse(verifier: &Verifier, way: &Way) -> Option<Refusal> {
    let incoming = Incoming::read("GET", URL, Some(&way.header), Body::none());
    let incoming = incoming.expect("a request");
    verifier.verify(&incoming, way.key.as_ref(), NOW).err()
}

fn ways(method: &str, secret: &str) -> Vec<Way> {
    let method = SignatureMethod::from_name(method).expect("a method");
    let consumer = Consumer::new("xvz1evFS4wEEPTGEFPHBog", secret);
    let signer = Signer::with_method(&method, &consumer, &Token::new("token", secret));
    let request = Request::get(URL).expect("a request");
    let stamp = Stamp::new("kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", NOW);
    let signed = signer.try_sign(&request, stamp).expect("a signature");
    let header = signed.authorization_header().to_value();
    let signature = oauth1_signer::encode(signed.signature().expose_secret());
    let with = |place: usize| {
        let mut other = signature.clone();
        let new = if other.as_bytes()[place] == b'A' {
            "E"
        } else {
            "A"
        };
        other.replace_range(place..=place, new);
        header.replace(&signature, &other)
    };
    let right = SharedSecrets::new(secret, secret);
    let wrong = SharedSecrets::new(&secret.to_lowercase(), &secret.to_uppercase());
    let last = signature.trim_end_matches("%3D").len() - 1;
    let way = |name, header, key| Way {
        name,
        header,
        key,
        nanoseconds: Vec::new(),
    };
    vec![
        way("unknown consumer", header.clone(), None),
        way("wrong secret", header.clone(), Some(wrong)),
        way("first byte of the signature", with(0), Some(right.clone())),
        way("last byte of the signature", with(last), Some(right)),
    ]
}

impl Way {
    fn median(&mut self) -> f64 {
        self.nanoseconds.sort_unstable();
        f64::from(self.nanoseconds[self.nanoseconds.len() / 2])
    }
}
