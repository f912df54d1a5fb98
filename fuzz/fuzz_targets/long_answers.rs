//! As `answers`, with answers of up to a megabyte: they are read in linear time, or the target runs
//! into its timeout.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| fuzz::answers::check(data, 1 << 20));
