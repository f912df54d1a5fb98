//! The server's clock ([RFC 5849 §3.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.3)).

mod http_date;

use thiserror::Error;

use super::{ProblemReport, Response};
#[cfg(feature = "rand")]
use crate::stamp::Stamp;

/// The offset between the server's clock and ours, learned from the server's answers. It makes
/// stamps that are right by the server's clock (RFC 5849, section 3.3).
///
/// Use one `Clock` for each service, and a mutex to share it between threads. Sign with
/// `Clock::stamp`, and if the server refuses the timestamp, let the clock learn from the answer
/// and sign once more:
///
/// ```
/// # #[cfg(feature = "rand")] {
/// use oauth1_signer::response::{Clock, Response, Retry};
///
/// let mut clock = Clock::new();
/// let stamp = clock.stamp(); // sign with it and send
/// # let date = "Sat, 11 Oct 2008 06:23:08 GMT";
/// # let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
/// # let mut clock = Clock::new().with_limit(now);
/// let (status, body) = (401, "Timestamp is invalid"); // what the server answered
/// let response = Response::new(status, &body).date(Some(date)); // its `Date` header
/// if response.retry() == Retry::WithCorrectedClock && clock.learn_from_response(&response).is_ok() {
///     let stamp = clock.stamp(); // sign again and send, but only one time
/// #     assert!(stamp.unix_seconds() - 1_223_706_188 < 60);
/// }
/// # }
/// ```
///
/// `Clock::stamp` and `Clock::learn_from_response` read the system clock. Each has a variant
/// that takes our time as `ours`, in seconds since 1970-01-01 00:00 UTC, for tests and for platforms
/// without a system clock. Nothing else reads it.
///
/// An attacker who can change the server's answers could set the clock ahead, and collect signed
/// requests to use later. The offset is therefore limited, by default to a day, which is more than
/// a wrong time zone can cause. A larger offset is an error and changes nothing.
#[derive(Clone, Debug)]
pub struct Clock {
    offset: i64,
    limit: u64,
    /// The last time given out, if time must not run backwards.
    last: Option<u64>,
}

impl Clock {
    /// Creates a clock with an offset of zero, which trusts our clock until it learns otherwise.
    ///
    /// ```
    /// use oauth1_signer::response::Clock;
    ///
    /// assert_eq!(Clock::new().offset(), 0);
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self {
            offset: 0,
            limit: DAY,
            last: None,
        }
    }

    /// Learns the server's time from an answer that has just arrived, by the system clock. Needs the
    /// feature `rand`, and does not exist on `wasm32-unknown-unknown`, which has no system clock.
    /// Use [`Clock::learn_from_response_at`] there; it says what is learned.
    ///
    /// # Errors
    ///
    /// Those of [`Clock::learn_from_response_at`].
    ///
    /// ```
    /// use oauth1_signer::response::{Clock, ClockError, Response};
    ///
    /// let mut clock = Clock::new();
    /// let response = Response::new(401, "Timestamp is invalid").date(None);
    /// assert_eq!(clock.learn_from_response(&response), Err(ClockError::NoTime));
    /// ```
    #[cfg(all(
        feature = "rand",
        not(all(target_family = "wasm", target_os = "unknown"))
    ))]
    pub fn learn_from_response(&mut self, response: &Response<'_>) -> Result<(), ClockError> {
        self.learn_from_response_at(response, crate::stamp::unix_now())
    }

    /// Learns the server's time from an answer. `ours` is our time when it arrived, in seconds since
    /// 1970-01-01 00:00 UTC.
    ///
    /// Of what the answer says, only the first of these counts:
    ///
    /// 1. with a status of 4xx, the range of timestamps that the server accepts, then the time with
    ///    which it compared the timestamp, as in [`Clock::learn_from_report`]: some servers compare
    ///    timestamps with another clock than the one that writes the `Date` header;
    /// 2. the `Date` header, as in [`Clock::learn_from_date`].
    ///
    /// You can learn from any answer, whatever its status, except one from a cache, whose date is
    /// old.
    ///
    /// # Errors
    ///
    /// [`ClockError::NoTime`] if there is none of these, [`ClockError::NoDate`] if the `Date` header would
    /// count but is not an HTTP date, and [`ClockError::TooFar`] if the offset exceeds the limit.
    /// The clock then stays as it is.
    ///
    /// ```
    /// use oauth1_signer::response::{Clock, Response};
    ///
    /// let ours = 1_223_696_646; // more than two hours slow
    /// let mut clock = Clock::new();
    /// let response = Response::new(200, "[]").date(Some("Sat, 11 Oct 2008 06:23:08 GMT"));
    /// clock.learn_from_response_at(&response, ours)?;
    /// assert_eq!(clock.offset(), 9542);
    /// assert_eq!(clock.time(ours + 5), 1_223_706_193);
    ///
    /// let body = "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1223705000-1223705600";
    /// let response = Response::new(401, &body).date(Some("Sat, 11 Oct 2008 06:23:08 GMT"));
    /// clock.learn_from_response_at(&response, ours)?;
    /// assert_eq!(clock.time(ours), 1_223_705_300);
    /// # Ok::<(), oauth1_signer::response::ClockError>(())
    /// ```
    pub fn learn_from_response_at(
        &mut self,
        response: &Response<'_>,
        ours: u64,
    ) -> Result<(), ClockError> {
        // Answers that refuse nothing may contain texts by anybody.
        let is_refused = (400..=499).contains(&response.status());
        match response.report().filter(|_| is_refused) {
            Some(report)
                if report.acceptable_timestamps().is_some() || report.server_time().is_some() =>
            {
                self.learn_from_report(&report, ours)
            }
            _ => match response.date {
                Some(date) => self.learn_from_date(date, ours),
                None => Err(ClockError::NoTime),
            },
        }
    }

    /// Learns from the value of an answer's `Date` header, whatever the status of the answer.
    /// `ours` is our time when it arrived, in seconds since 1970-01-01 00:00 UTC.
    ///
    /// # Errors
    ///
    /// [`ClockError::NoDate`] if the value is not an HTTP date, and [`ClockError::TooFar`] if the
    /// offset exceeds the limit. The clock then stays as it is.
    ///
    /// ```
    /// use oauth1_signer::response::Clock;
    ///
    /// let (header, ours) = ("Sat, 11 Oct 2008 06:23:08 GMT", 1_223_706_190);
    /// let mut clock = Clock::new();
    /// clock.learn_from_date(header, ours)?;
    /// assert_eq!(clock.offset(), -2);
    /// # Ok::<(), oauth1_signer::response::ClockError>(())
    /// ```
    pub fn learn_from_date(&mut self, date: &str, ours: u64) -> Result<(), ClockError> {
        let server = http_date::unix_seconds(date).ok_or(ClockError::NoDate)?;
        self.learn(server, ours)
    }

    /// Learns from the range of timestamps that the server says it accepts. The clock is set to the
    /// middle of the range, unless its time is in the range already. Without a range, it is set to
    /// the [time](ProblemReport::server_time) that the report mentions, and a report with neither
    /// changes nothing. `ours` is our time when it arrived, in seconds since 1970-01-01 00:00 UTC.
    ///
    /// # Errors
    ///
    /// [`ClockError::TooFar`] if the offset exceeds the limit. The clock then stays as it is.
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
        match (report.acceptable_timestamps(), report.server_time()) {
            (Some((low, high)), _) if (low..=high).contains(&self.corrected(ours)) => Ok(()),
            (Some((low, high)), _) => self.learn(low.midpoint(high), ours),
            (None, Some(time)) => self.learn(time, ours),
            (None, None) => Ok(()),
        }
    }

    /// Learns from a time that the server gave. `ours` is our time when the answer arrived. Both
    /// are in seconds since 1970-01-01 00:00 UTC.
    ///
    /// # Errors
    ///
    /// [`ClockError::TooFar`] if the offset exceeds the limit. The clock then stays as it is.
    ///
    /// ```
    /// use oauth1_signer::response::Clock;
    ///
    /// let (server, ours) = (1_316_657_700, 1_316_657_628);
    /// let mut clock = Clock::new();
    /// clock.learn(server, ours)?;
    /// assert_eq!(clock.time(ours), server);
    /// # Ok::<(), oauth1_signer::response::ClockError>(())
    /// ```
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

    /// Makes a stamp with a fresh nonce and the server's time now, by the system clock and the
    /// offset. Needs the feature `rand`, and does not exist on `wasm32-unknown-unknown`, which has
    /// no system clock.
    ///
    /// # Panics
    ///
    /// If the operating system cannot provide the random bytes for the first nonce of a thread.
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

    /// Makes a stamp with a fresh nonce and the server's time when ours is `ours`, in seconds since
    /// 1970-01-01 00:00 UTC. Needs the feature `rand`.
    ///
    /// # Panics
    ///
    /// If the operating system cannot provide the random bytes for the first nonce of a thread.
    ///
    /// ```
    /// use oauth1_signer::response::Clock;
    ///
    /// let stamp = Clock::new().stamp_at(1_316_657_628);
    /// assert_eq!(stamp.unix_seconds(), 1_316_657_628);
    /// ```
    #[cfg(feature = "rand")]
    #[must_use]
    pub fn stamp_at(&mut self, ours: u64) -> Stamp {
        Stamp::at(self.time(ours))
    }

    /// The server's time when ours is `ours`. Both are in seconds since 1970-01-01 00:00 UTC.
    ///
    /// ```
    /// use oauth1_signer::{Stamp, response::Clock};
    ///
    /// let ours = 1_316_657_628;
    /// let mut clock = Clock::new();
    /// let stamp = Stamp::new("nonce", clock.time(ours));
    /// assert_eq!(stamp.unix_seconds(), ours);
    /// ```
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

    /// The number of seconds that the server's clock is ahead of ours. It is negative if the
    /// server's clock is slow.
    ///
    /// ```
    /// use oauth1_signer::response::Clock;
    ///
    /// let mut clock = Clock::new();
    /// clock.learn(1_316_657_600, 1_316_657_628)?;
    /// assert_eq!(clock.offset(), -28);
    /// # Ok::<(), oauth1_signer::response::ClockError>(())
    /// ```
    #[must_use]
    pub const fn offset(&self) -> i64 {
        self.offset
    }

    /// Sets the largest offset to accept, in seconds and in either direction. The default is a day.
    ///
    /// ```
    /// use oauth1_signer::response::{Clock, ClockError};
    ///
    /// let mut clock = Clock::new().with_limit(3600);
    /// let error = clock.learn(1_223_706_188, 1_223_696_646).unwrap_err();
    /// assert_eq!(error, ClockError::TooFar { offset: 9542 });
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the server's clock is 9542 seconds ahead of ours, which exceeds the limit: \
    ///      check the system clock, or set Clock::with_limit"
    /// );
    /// ```
    #[must_use]
    pub const fn with_limit(mut self, seconds: u64) -> Self {
        self.limit = seconds;
        self
    }

    /// Makes the clock never run backwards, for services that refuse a timestamp older than the
    /// last one (`FatSecret`, Schoology). If it has to be set back, it stands still until the time
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

    const fn corrected(&self, ours: u64) -> u64 {
        ours.saturating_add_signed(self.offset)
    }
}

impl Response<'_> {
    /// The time in the `Date` header, in seconds since 1970-01-01 00:00 UTC.
    pub(crate) fn unix_time(&self) -> Option<u64> {
        self.date.and_then(http_date::unix_seconds)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a [`Clock`] did not learn from an answer.
///
/// ```
/// use oauth1_signer::response::{Clock, ClockError};
///
/// let ours = 1_316_657_628;
/// let error = Clock::new().learn_from_date("yesterday", ours).unwrap_err();
/// assert_eq!(error, ClockError::NoDate);
/// assert_eq!(error.to_string(), "the header is not an HTTP date");
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ClockError {
    /// The header is not an HTTP date.
    #[error("the header is not an HTTP date")]
    NoDate,
    /// The answer contains neither a range of acceptable timestamps nor a `Date` header.
    #[error("the answer does not give the server's time: pass its Date header to Response::date")]
    NoTime,
    /// The clocks are further apart than the limit. One of them is wrong, or somebody has tampered
    /// with the answer.
    #[error(
        "the server's clock is {} seconds {} ours, which exceeds the limit: \
         check the system clock, or set Clock::with_limit",
        .offset.unsigned_abs(),
        if *.offset < 0 { "behind" } else { "ahead of" }
    )]
    TooFar {
        /// The number of seconds that the server's clock is ahead of ours.
        offset: i64,
    },
}

const DAY: u64 = 24 * 60 * 60;
