//! `cargo bench -p benches --bench methods`: what signing costs with the other methods, beside
//! the bare operation over a base string that is there already.
//!
//! The ratio at the end is of the best turns; the benchmark `ratios` has
//! those of HMAC-SHA256.

use std::{hint::black_box, time::Duration};

use ::rsa::{Pkcs1v15Sign, PrivateKey, pkcs8::DecodePrivateKey, traits::SignatureScheme};
use base64::{Engine, engine::general_purpose::STANDARD};
use criterion::{Criterion, criterion_group, criterion_main};
use hmac::{Hmac, KeyInit};
use oauth1_signer::{
    Consumer, Signer, Token,
    signature_method::{HmacSha256, RsaSha256, SigningKey},
};
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use works::{Work, limit, turns::best, works};

const PEM: &str = include_str!("../tests/vectors/keys/rsa-2048.pkcs8.pem");

criterion_group!(benches, hmac_sha256, rsa_sha256, ratio);
criterion_main!(benches);

fn hmac_sha256(criterion: &mut Criterion) {
    for work in works() {
        let signer = hmac_signer();
        let (text, mac) = (work.base_string(&signer), bare_hmac());
        let mut group = criterion.benchmark_group(format!("HMAC-SHA256 {}", work.name));
        group.bench_function("ours", |bencher| bencher.iter(|| header(&work, &signer)));
        group.bench_function("bare", |bencher| {
            bencher.iter(|| limit(black_box(&mac), &text, black_box(&mut [0; 44])));
        });
    }
}

fn rsa_sha256(criterion: &mut Criterion) {
    let work = works::w1();
    let (signer, key) = (rsa_signer(), bare_rsa());
    let text = work.base_string(&signer);
    let mut group = criterion.benchmark_group("RSA-SHA256 W1, 2048 bits");
    group.bench_function("ours", |bencher| bencher.iter(|| header(&work, &signer)));
    group.bench_function("bare", |bencher| {
        bencher.iter(|| sign_bare_rsa(&key, &text));
    });
}

fn ratio(_: &mut Criterion) {
    let work = works::w1();
    let (signer, key) = (rsa_signer(), bare_rsa());
    let text = work.base_string(&signer);
    let [ours, bare] = best(
        Duration::from_secs(3),
        &mut [&mut || drop(black_box(header(&work, &signer))), &mut || {
            drop(black_box(sign_bare_rsa(&key, &text)));
        }],
    );
    println!(
        "RSA-SHA256 {} {:6.3} (at most 1.02)",
        work.name,
        ours / bare
    );
}

fn header<K: SigningKey>(work: &Work, signer: &Signer<K>) -> String {
    work.with_request(|request| {
        let signed = signer.try_sign(request, work.stamp()).ok();
        let signed = signed.expect("the key signs");
        signed.authorization_header().to_value()
    })
}

fn hmac_signer() -> Signer<HmacSha256> {
    Signer::hmac_sha256(
        &Consumer::new("consumer key", "consumer secret"),
        &Token::new("token", "token secret"),
    )
}

fn bare_hmac() -> Hmac<Sha256> {
    Hmac::new_from_slice(b"consumer%20secret&token%20secret").expect("any length")
}

fn rsa_signer() -> Signer<RsaSha256> {
    let key = RsaSha256::from_pem(PEM).expect("a key");
    Signer::with_key("consumer key", None, key)
}

fn bare_rsa() -> PrivateKey {
    PrivateKey::from_pkcs8_pem(PEM).expect("a key")
}

/// Blinded, as ours is.
fn sign_bare_rsa(key: &PrivateKey, text: &str) -> String {
    let hash = Sha256::digest(text);
    let octets = Pkcs1v15Sign::new::<Sha256>()
        .sign(Some(&mut SysRng), key, &hash)
        .expect("a signature");
    STANDARD.encode(octets)
}
