//! `cargo bench -p benches --bench growth`: how time grows with the number of parameters and with the length
//! of a value, and what two threads that share a signer do together.

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
}

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
