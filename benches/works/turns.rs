//! Times that can be compared, on a machine that has other work to do as well.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// One turn.
const TURN: Duration = Duration::from_micros(40);

/// The best time of each contestant, in nanoseconds.
///
/// They take short turns, and the best turn counts: other work only ever adds. Every round begins
/// at another depth of the stack: runs in which a buffer happened to lie across two pages of memory
/// were up to a fifth slower.
pub fn best<const N: usize>(time: Duration, contestants: &mut [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut best = [f64::INFINITY; N];
    let mut calls = [1; N];
    let start = Instant::now();
    for round in 0.. {
        at_depth(round % 64, &mut || {
            for ((contestant, best), calls) in contestants.iter_mut().zip(&mut best).zip(&mut calls)
            {
                let start = Instant::now();
                for _ in 0..*calls {
                    contestant();
                }
                let nanoseconds = start.elapsed().as_nanos() as f64 / f64::from(*calls);
                *best = best.min(nanoseconds);
                *calls = (TURN.as_nanos() as f64 / *best).ceil() as u32;
            }
        });
        if start.elapsed() >= time {
            break;
        }
    }
    best
}

/// Runs below so many frames of about a hundred bytes.
#[inline(never)]
fn at_depth(depth: usize, run: &mut dyn FnMut()) {
    let frame = black_box([0_u8; 64]);
    if depth == 0 {
        run();
    } else {
        at_depth(depth - 1, run);
    }
    black_box(frame);
}
