//! The server's clock, as far as it is known ([RFC 5849 §3.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.3)).

mod http_date;

use thiserror::Error;

use super::ProblemReport;
#[cfg(feature = "rand")]
use crate::stamp::Stamp;

/// The offset between the server's clock and ours, learned from what the server says, and stamps
/// that are right by the server's clock.
///
/// It keeps no time of its own: ours is always passed in, in seconds since 1970-01-01 00:00 UTC, so
/// that it works where there is no clock, and in tests. (`Clock::stamp` reads the system's.) Use
/// one for each service; share it between threads in a mutex.
///
/// ```
/// use oauth1_signer::response::Clock;
///
/// let ours = 1_223_696_646; // three hours slow
/// let mut clock = Clock::new();
/// clock.learn_from_date("Sat, 11 Oct 2008 06:23:08 GMT", ours)?;
/// assert_eq!(clock.offset(), 9542);
/// assert_eq!(clock.time(ours + 5), 1_223_706_193);
/// # Ok::<(), oauth1_signer::response::ClockError>(())
/// ```
///
/// Whoever can change the server's answers could set the clock, and have requests signed that are
/// of use later. So an offset has a limit, a day at first, which is more than time zones can do;
/// beyond it nothing is learned.
#[derive(Clone, Debug)]
pub struct Clock {
    offset: i64,
    limit: u64,
    /// The last time given out, if time must not go back.
    last: Option<u64>,
}

impl Clock {
    /// A clock that trusts ours until it learns something else.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            offset: 0,
            limit: DAY,
            last: None,
        }
    }

    /// Sets how many seconds the offset may be at most, in either direction.
    ///
    /// ```
    /// use oauth1_signer::response::{Clock, ClockError};
    ///
    /// let mut clock = Clock::new().with_limit(3600);
    /// let error = clock.learn(1_223_706_188, 1_223_696_646).unwrap_err();
    /// assert_eq!(error, ClockError::TooFar { offset: 9542 });
    /// assert_eq!(error.to_string(), "the server's clock is 9542 seconds from ours, which is too far");
    /// ```
    #[must_use]
    pub const fn with_limit(mut self, seconds: u64) -> Self {
        self.limit = seconds;
        self
    }

    /// Never gives a time before the last one it gave, for services that refuse a timestamp older
    /// than the last (`FatSecret`, Schoology). When it has to be set back, it stands still until time
    /// has caught up.
    ///
    /// ```
    /// use oauth1_signer::response::Clock;
    ///
    /// let mut clock = Clock::new().monotonic();
    /// assert_eq!(clock.time(1_316_657_628), 1_316_657_628);
    /// assert_eq!(clock.time(1_316_657_620), 1_316_657_628);
    /// ```
    #[must_use]
    pub const fn monotonic(mut self) -> Self {
        self.last = Some(0);
        self
    }

    /// How many seconds the server's clock is ahead of ours.
    #[must_use]
    pub const fn offset(&self) -> i64 {
        self.offset
    }

    /// Learns from a time the server gave, in seconds since 1970-01-01 00:00 UTC. `ours` is the
    /// time at which its answer came.
    ///
    /// # Errors
    ///
    /// [`ClockError::TooFar`]; then nothing has changed.
    pub fn learn(&mut self, server: u64, ours: u64) -> Result<(), ClockError> {
        let offset = i128::from(server) - i128::from(ours);
        let Ok(offset) = i64::try_from(offset) else {
            let offset = if offset > 0 { i64::MAX } else { i64::MIN };
            return Err(ClockError::TooFar { offset });
        };
        if offset.unsigned_abs() > self.limit {
            return Err(ClockError::TooFar { offset });
        }
        self.offset = offset;
        Ok(())
    }

    /// Learns from the `Date` header of an answer, whatever else the answer is.
    ///
    /// # Errors
    ///
    /// [`ClockError::NoDate`], or [`ClockError::TooFar`]; then nothing has changed.
    pub fn learn_from_date(&mut self, date: &str, ours: u64) -> Result<(), ClockError> {
        let server = http_date::unix_seconds(date).ok_or(ClockError::NoDate)?;
        self.learn(server, ours)
    }

    /// Learns from the timestamps a server says it accepts: takes the middle of them, unless our
    /// time is among them already. A report that says nothing of them changes nothing.
    ///
    /// # Errors
    ///
    /// [`ClockError::TooFar`]; then nothing has changed.
    ///
    /// ```
    /// use oauth1_signer::response::{Clock, ProblemReport};
    ///
    /// let body = b"oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1223705888-1223706488";
    /// let report = ProblemReport::parse(None, body).ok_or("no report")?;
    /// let mut clock = Clock::new();
    /// clock.learn_from_report(&report, 1_223_696_646)?;
    /// assert_eq!(clock.offset(), 9542);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn learn_from_report(
        &mut self,
        report: &ProblemReport,
        ours: u64,
    ) -> Result<(), ClockError> {
        match report.acceptable_timestamps() {
            Some((low, high)) if !(low..=high).contains(&self.corrected(ours)) => {
                self.learn(low.midpoint(high), ours)
            }
            _ => Ok(()),
        }
    }

    /// The server's time when ours is `ours`, in seconds since 1970-01-01 00:00 UTC.
    pub fn time(&mut self, ours: u64) -> u64 {
        let time = self.corrected(ours);
        match &mut self.last {
            None => time,
            Some(last) => {
                *last = time.max(*last);
                *last
            }
        }
    }

    /// A stamp with a fresh nonce and the server's time when ours is `ours`.
    ///
    /// # Panics
    ///
    /// If the operating system cannot give the first random octets of a thread.
    #[cfg(feature = "rand")]
    #[must_use]
    pub fn stamp_at(&mut self, ours: u64) -> Stamp {
        Stamp::at(self.time(ours))
    }

    /// A stamp with a fresh nonce and the server's time now, by the system's clock and the offset.
    ///
    /// # Panics
    ///
    /// If the operating system cannot give the first random octets of a thread.
    ///
    /// ```
    /// use oauth1_signer::response::Clock;
    ///
    /// let stamp = Clock::new().stamp();
    /// ```
    #[cfg(all(
        feature = "rand",
        not(all(target_family = "wasm", target_os = "unknown"))
    ))]
    #[must_use]
    pub fn stamp(&mut self) -> Stamp {
        self.stamp_at(crate::stamp::unix_now())
    }

    const fn corrected(&self, ours: u64) -> u64 {
        ours.saturating_add_signed(self.offset)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

/// Why nothing was learned of the server's clock.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ClockError {
    /// The header is no date.
    #[error("the header is not an HTTP date")]
    NoDate,
    /// The clocks are further apart than the limit. One of them is wrong, or somebody wants it so.
    #[error("the server's clock is {offset} seconds from ours, which is too far")]
    TooFar {
        /// How many seconds the server's clock is ahead of ours.
        offset: i64,
    },
}

const DAY: u64 = 24 * 60 * 60;
