//! Any evidence about a refused signature: a diagnosis comes in bounded time, and its report can be
//! posted.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| fuzz::diagnosis::check(data, 64 << 10));
