//! Any answer of a server: it is read without a panic, and what is shown of it is bounded and
//! contains no secret.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| fuzz::answers::check(data, 5 << 10));
