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

/// Seconds of processor time until now.
pub(crate) fn processor_time(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program, in parentheses, may contain anything.
    let (_, fields) = stat.rsplit_once(") ").unwrap_or_default();
    let ticks = fields.split(' ').skip(11).take(2);
    let ticks: f64 = ticks.filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// Kilobytes in memory.
pub(crate) fn memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let size = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    size.trim().trim_end_matches(" kB").parse().ok()
}
