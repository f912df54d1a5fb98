//! `cargo bench -p benches --bench verify`: what verifying costs, as multiples of the bare HMAC-SHA1: from
//! the texts of the header, the URL and the form to the verdict, with a store of nonces in memory.
//!
//! With `-- 10` it takes ten seconds.

#![allow(unsafe_code)] // A counting allocator is one.
#![allow(clippy::cast_possible_truncation)] // There are few works.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    hint::black_box,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use oauth1_signer::{
    signature_method::{HmacSha1, SharedSecrets},
    verifier::Verifier,
};

use works::{Work, received::Received, turns::best, works};

/// What verifying may cost at most.
const AT_MOST: [(&str, f64); 4] = [("W1", 2.2), ("W2", 2.2), ("W3 query", 2.4), ("W4", 1.5)];

const TIME: Duration = Duration::from_secs(50);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --benches` only wants to see that it runs.
    let time = if !arguments.iter().any(|argument| argument == "--bench") {
        Duration::from_millis(100)
    } else if let Some(seconds) = arguments.iter().find_map(|argument| argument.parse().ok()) {
        Duration::from_secs(seconds)
    } else {
        TIME
    };
    println!(
        "| work | HMAC-SHA1 alone | verifying | at most | with secrets as text | allocations |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |"
    );
    let works = works();
    for work in &works {
        measure(work, time / works.len() as u32);
    }
}

fn measure(work: &Work, time: Duration) {
    let (consumer, token) = work.credentials();
    let token_secret = token.as_ref().map_or("", |token| token.expose_secret());
    let secrets = (consumer.expose_secret(), token_secret);
    let origin = "https://api.example.com";
    let verifier = Verifier::<HmacSha1>::for_keys(origin).expect("an origin");
    let with_secrets = Verifier::new(origin).expect("an origin");
    let key = HmacSha1::new(secrets.0, secrets.1);
    let (mut received, mut again) = (Received::of(work), Received::of(work));
    let [limit, verifying, from_secrets] = best(
        time,
        &mut [
            &mut || _ = black_box(work.limit()),
            &mut || received.verify(&verifier, black_box(&key)),
            &mut || {
                let key = SharedSecrets::new(black_box(secrets.0), secrets.1);
                again.verify(&with_secrets, &key);
            },
        ],
    );
    // The store is warm by now.
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    for _ in 0..100 {
        received.verify(&verifier, &key);
    }
    let allocations = (ALLOCATIONS.load(Ordering::Relaxed) - before).div_ceil(100);
    let at_most = AT_MOST.iter().find(|(name, _)| *name == work.name);
    let at_most = at_most.map_or(String::new(), |(_, at_most)| format!("{at_most:.1}"));
    println!(
        "| {} | {:.2} µs | **{:.2}** | {at_most} | {:.2} | {allocations} |",
        work.name,
        limit / 1000.0,
        verifying / limit,
        from_secrets / limit,
    );
}

struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: all is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;
