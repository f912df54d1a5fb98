//! Are nonces what servers take, all different, and evenly spread?

use std::{collections::HashSet, time::SystemTime};

use oauth1_signer::Stamp;

const NONCES: usize = 100_000;
const LENGTH: usize = 24;
const CHARACTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The chi-square statistic of even nonces has 61 degrees of freedom, one less than there are
/// characters: it is about 61, with a standard deviation of 11, and above 150 once in 500 million
/// times. It is looked at 25 times here, so that even nonces fail once in 20 million runs.
const BOUND: f64 = 150.0;

#[test]
fn nonces_are_distinct_letters_and_digits_evenly_spread() {
    let mut seen = HashSet::new();
    let mut counts = vec![[0; 256]; LENGTH];
    for _ in 0..NONCES {
        let stamp = Stamp::at(0);
        let nonce = stamp.nonce();
        assert_eq!(nonce.len(), LENGTH, "{nonce}");
        for (count, octet) in counts.iter_mut().zip(nonce.bytes()) {
            assert!(octet.is_ascii_alphanumeric(), "{nonce}");
            count[usize::from(octet)] += 1;
        }
        assert!(seen.insert(nonce.to_owned()), "{nonce} came twice");
    }

    let mut total = [0; 256];
    for (place, count) in counts.iter().enumerate() {
        let statistic = chi_square(count);
        assert!(statistic < BOUND, "place {place}: {statistic}");
        for (sum, count) in total.iter_mut().zip(count) {
            *sum += count;
        }
    }
    let statistic = chi_square(&total);
    assert!(statistic < BOUND, "{statistic}");
}

/// A common mistake, the remainder of a random octet, makes eight characters a quarter more likely.
#[test]
fn bound_would_notice_a_small_bias() {
    let mut counts = [0; 256];
    for number in 0..NONCES {
        counts[usize::from(CHARACTERS[number % 256 % CHARACTERS.len()])] += 1;
    }
    let statistic = chi_square(&counts);
    assert!(statistic > 2.0 * BOUND, "{statistic}");
}

#[test]
fn nonces_of_two_threads_differ() {
    let nonces = || -> Vec<String> { (0..1000).map(|_| Stamp::at(0).nonce().to_owned()).collect() };
    let there = std::thread::spawn(nonces);
    let mut all: HashSet<String> = nonces().into_iter().collect();
    all.extend(there.join().expect("no panic"));
    assert_eq!(all.len(), 2000);
}

#[test]
fn now_is_the_time_of_the_clock() {
    let seconds = || {
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since_1970.expect("it is after 1970").as_secs()
    };
    let before = seconds();
    let stamp = Stamp::now();
    assert!((before..=seconds()).contains(&stamp.unix_seconds()));
    assert_eq!(Stamp::at(1_316_657_628).unix_seconds(), 1_316_657_628);
}

/// How far the counts of the characters are from even.
fn chi_square(counts: &[u32; 256]) -> f64 {
    let total: u32 = counts.iter().sum();
    let expected = f64::from(total) / 62.0;
    CHARACTERS
        .iter()
        .map(|octet| (f64::from(counts[usize::from(*octet)]) - expected).powi(2) / expected)
        .sum()
}
