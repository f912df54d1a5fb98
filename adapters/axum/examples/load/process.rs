//! What the server's process uses, as Linux counts it. Elsewhere it is unknown.

use std::fs;

/// Of one turn.
pub(crate) struct Usage {
    /// Requests.
    pub(crate) count: f64,
    /// Seconds.
    pub(crate) elapsed: f64,
    /// Seconds of processor time of the server, on all processors.
    pub(crate) processor: f64,
}

impl Usage {
    /// Requests a second.
    pub(crate) fn rate(&self) -> f64 {
        self.count / self.elapsed
    }

    /// Microseconds of processor time for each request.
    pub(crate) fn cost(&self) -> f64 {
        self.processor / self.count * 1e6
    }
}

/// Seconds of processor time until now, in all threads.
pub(crate) fn processor_time(process: u32) -> f64 {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
        return f64::NAN;
    };
    let nanoseconds: f64 = threads
        .filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("schedstat")).ok())
        .filter_map(|stat| stat.split(' ').next()?.parse::<f64>().ok())
        .sum();
    nanoseconds / 1e9
}

/// Kilobytes in memory.
pub(crate) fn memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let size = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    size.trim().trim_end_matches(" kB").parse().ok()
}
