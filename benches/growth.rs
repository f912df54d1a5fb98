//! `cargo bench -p benches --bench growth`: how time grows with the number of parameters and with the length
//! of a value, what two threads that share a signer do together, and how long a hostile server can
//! keep a client busy with an answer.

// Times and counts are far below what the types can hold.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

use std::{
    hint::black_box,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use oauth1_signer::{
    Token,
    flow::Redirect,
    response::{Clock, Response},
};
use works::{Work, many, turns, w1, w4};

fn main() {
    let long = std::env::args().any(|argument| argument == "--bench");
    let time = Duration::from_millis(if long { 1500 } else { 1 });

    println!("parameters | time of one signature | per parameter | of the limit");
    for count in [1, 10, 100, 1_000, 10_000, 100_000] {
        let work = many(count);
        let [limit, ours] = best(time, &work);
        println!(
            "{count:10} | {ours:>18.1?} ns | {:10.1} ns | {:.2}",
            ours / count as f64,
            ours / limit
        );
    }

    println!("\nform value | time of one signature | per KiB | of the limit");
    for kib in [1, 16, 256, 4 * 1024, 16 * 1024] {
        let work = w4(kib * 1024);
        let [limit, ours] = best(time, &work);
        println!(
            "{kib:6} KiB | {ours:>18.1?} ns | {:6.1} ns | {:.2}",
            ours / kib as f64,
            ours / limit
        );
    }

    let work = w1();
    // Turns of one thread and of two alternate; the best of each counts.
    let (one, two) = (0..if long { 20 } else { 1 })
        .map(|_| (rate(&work, 1, time / 8), rate(&work, 2, time / 8)))
        .fold((0.0, 0.0), |best: (f64, f64), (one, two)| {
            (best.0.max(one), best.1.max(two))
        });
    println!(
        "\nsignatures a second with one signer: {one:.0} on one thread, {two:.0} on two: {:.2} times",
        two / one
    );

    println!("\nreader of an answer | ns per KiB of the text that takes longest, by its length");
    let time = Duration::from_millis(if long { 20 } else { 1 });
    let lengths = if long {
        LENGTHS.as_slice()
    } else {
        &LENGTHS[..2]
    };
    print!("{:19}", "");
    for length in lengths {
        print!(" | {:>8} KiB", length / 1024);
    }
    println!();
    let growth: Vec<f64> = READERS
        .iter()
        .map(|(name, read)| readers_growth(name, *read, lengths, time))
        .collect();
    let growth = growth.into_iter().fold(0.0, f64::max);
    println!("largest growth of the time per KiB: {growth:.1} times");
    // Other work on the machine makes up to 5 of it. Were a reader quadratic, it would be 64 at the
    // 64 KiB that are read of a report, and 1024 at the end.
    assert!(!long || growth < 16.0, "a reader is not linear");
}

/// Prints the times of a reader, and returns how many times longer it takes at most for a KiB of a
/// longer text than for one of the shortest.
fn readers_growth(name: &str, read: Read, lengths: &[usize], time: Duration) -> f64 {
    let mut worst = vec![("", 0.0); lengths.len()];
    let mut growth: f64 = 0.0;
    for part in PARTS {
        let mut first = None;
        for (length, worst) in lengths.iter().zip(&mut worst) {
            let text = hostile(part, *length);
            let [nanoseconds] = turns::best(time, &mut [&mut || read(black_box(&text))]);
            let per_kib = nanoseconds / (*length as f64 / 1024.0);
            growth = growth.max(per_kib / *first.get_or_insert(per_kib));
            if per_kib > worst.1 {
                *worst = (part, per_kib);
            }
        }
    }
    print!("{name:19}");
    for (_, per_kib) in &worst {
        print!(" | {per_kib:12.0}");
    }
    let last = worst.last().map_or("", |(part, _)| part);
    println!(" | {growth:4.1} times | {last:?}");
    growth
}

/// A sentence that is known, so that everything after it is read, and then one part again and again.
fn hostile(part: &str, length: usize) -> String {
    let mut text = "invalid signature ".to_owned();
    while text.len() < length {
        text.push_str(part);
    }
    text
}

type Read = fn(&str);

/// All that read what a server wrote. An excerpt is read for every error, and shown with it.
const READERS: [(&str, Read); 7] = [
    ("report of a body", |text| {
        black_box(Response::new(401, text).report());
    }),
    ("report of a header", |text| {
        black_box(Response::new(401, "").www_authenticate(Some(text)).report());
    }),
    ("accept, 200", |text| accept(Response::new(200, text))),
    ("accept, 401", |text| accept(Response::new(401, text))),
    // Not the sentence that is known.
    ("accept, 500", |text| {
        accept(Response::new(500, &text[18..]));
    }),
    ("redirect", |text| {
        _ = black_box(Redirect::parse(&text[18..]).map_err(|error| format!("{error}{error:?}")));
    }),
    ("date", |text| {
        _ = black_box(Clock::new().learn_from_date(&text[18..], 0));
    }),
];

fn accept(response: Response<'_>) {
    _ = black_box(Token::from_response(response).map_err(|error| format!("{error}{error:?}")));
}

const LENGTHS: [usize; 6] = [1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20];

/// What a reader may look for again and again.
const PARTS: [&str; 36] = [
    "sbs",
    "base string ",
    "sbs &http ",
    "sbsGET&http&",
    "sbs GET&http",
    "&http",
    "debug_sbs&",
    "debug_sbs=&",
    "debug_sbs=GET&",
    "oauth_problem",
    "oauth_problem=",
    "oauth_problem=x&",
    "oauth_parameters_absent=a%26&",
    "oauth_token=&",
    "=",
    "&",
    "a&",
    "&a=b",
    "?",
    ",",
    " ",
    "a=\"b\",",
    "\"",
    "'",
    "<",
    "<a>",
    "<a b='",
    "<!--",
    "</a>",
    "<b>secret</b>",
    "[",
    "{\"a\":",
    "\\u0026",
    "&amp;",
    "%25",
    "\u{e9}",
];

/// The best times in nanoseconds: the limit's and ours.
fn best(time: Duration, work: &Work) -> [f64; 2] {
    let signer = work.signer();
    turns::best(
        2 * time,
        &mut [&mut || _ = black_box(work.limit()), &mut || {
            drop(black_box(work.ours(black_box(&signer))));
        }],
    )
}

/// Signatures a second of some threads that share one signer.
fn rate(work: &Work, threads: usize, time: Duration) -> f64 {
    let signer = work.signer();
    let barrier = Barrier::new(threads);
    let rates: Vec<f64> = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    let (start, mut count) = (Instant::now(), 0);
                    while start.elapsed() < time {
                        for _ in 0..100 {
                            drop(black_box(work.ours(&signer)));
                        }
                        count += 100;
                    }
                    f64::from(count) / start.elapsed().as_secs_f64()
                })
            })
            .collect();
        handles
            .into_iter()
            .map(|handle| handle.join().expect("no thread panics"))
            .collect()
    });
    rates.iter().sum()
}
