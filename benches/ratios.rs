//! `cargo bench --bench ratios`: what signing costs, as multiples of the bare HMAC-SHA1.

mod works;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    hint::black_box,
    time::{Duration, Instant},
};

use works::{Work, works};

fn main() {
    let works = works();
    for work in &works {
        let signer = work.signer();
        let [limit, ours, peers] = best(&mut [
            &mut || work.limit(),
            &mut || work.ours(&signer),
            &mut || work.peers(),
        ]);
        let [a, b] = best(&mut [
            &mut || {
                work.just_request();
                String::new()
            },
            &mut || {
                work.just_sign(&signer);
                String::new()
            },
        ]);
        println!("request {a:.0} sign {:.0} header {:.0}", b - a, ours - b);
        println!(
            "{:9} {:7} bytes  limit {:8.0} ns  ours {:.2} (at most {})  peer {:.2}",
            work.name,
            work.base_string_length(),
            limit,
            ours / limit,
            work.at_most,
            peers / limit
        );
    }
}

fn best<const N: usize>(contestants: &mut [&mut dyn FnMut() -> String; N]) -> [f64; N] {
    let mut best = [f64::INFINITY; N];
    let start = Instant::now();
    let mut turns = 0;
    while turns < 50 || start.elapsed() < Duration::from_millis(1500) {
        for (contestant, best) in contestants.iter_mut().zip(&mut best) {
            let n = if best.is_finite() {
                (20_000.0 / *best).ceil().max(1.0) as u32
            } else {
                1
            };
            let start = Instant::now();
            for _ in 0..n {
                black_box(contestant());
            }
            *best = best.min(start.elapsed().as_nanos() as f64 / f64::from(n));
        }
        turns += 1;
    }
    best
}
