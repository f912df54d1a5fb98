//! The date in a `Date` header ([RFC 9110 §5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7)).

/// Reads an IMF-fixdate or one of the two obsolete forms, as seconds since 1970-01-01 00:00 UTC.
pub(super) fn unix_seconds(date: &str) -> Option<u64> {
    let mut words = date.split_ascii_whitespace();
    let first = words.next()?;
    let (day, month, year, time) = if first.ends_with(',') {
        let second = words.next()?;
        if let Some((day, rest)) = second.split_once('-') {
            // Sunday, 06-Nov-94 08:49:37 GMT
            let (month, year) = rest.split_once('-')?;
            let year = number(year, 2)?;
            // A server that answers today cannot mean a year before 1970.
            let year = if year < 70 { 2000 + year } else { 1900 + year };
            (day, month, year, words.next()?)
        } else {
            // Sun, 06 Nov 1994 08:49:37 GMT
            let month = words.next()?;
            let year = number(words.next()?, 4)?;
            (second, month, year, words.next()?)
        }
    } else {
        // Sun Nov  6 08:49:37 1994
        let (month, day, time) = (words.next()?, words.next()?, words.next()?);
        let year = number(words.next()?, 4)?;
        return unix_seconds_of(year, month, day, time);
    };
    if words.next()? != "GMT" || words.next().is_some() {
        return None;
    }
    unix_seconds_of(year, month, day, time)
}

fn unix_seconds_of(year: u64, month: &str, day: &str, time: &str) -> Option<u64> {
    let month = MONTHS.iter().position(|name| *name == month)?;
    let day = number(day, day.len().clamp(1, 2))?;
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = if month == 1 && leap { 29 } else { DAYS[month] };
    if year < 1970 || day == 0 || day > length {
        return None;
    }
    let mut parts = time.split(':');
    let mut part = |limit| number(parts.next()?, 2).filter(|part| *part <= limit);
    // A leap second counts as the second after it.
    let (hours, minutes, seconds) = (part(23)?, part(59)?, part(60)?);
    if parts.next().is_some() {
        return None;
    }

    let years = year - 1970;
    let before = year - 1;
    let leap_days = (before / 4 - before / 100 + before / 400) - LEAP_DAYS_BEFORE_1970;
    let months: u64 = DAYS[..month].iter().sum();
    let days = years * 365 + leap_days + months + u64::from(leap && month > 1) + day - 1;
    Some(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
}

fn number(digits: &str, length: usize) -> Option<u64> {
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    (digits.len() == length && all_digits).then(|| digits.parse().ok())?
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAYS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const LEAP_DAYS_BEFORE_1970: u64 = 1969 / 4 - 1969 / 100 + 1969 / 400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_forms_are_read() {
        for date in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(unix_seconds(date), Some(784_111_777), "{date}");
        }
        for (date, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Sat, 11 Oct 2008 06:23:08 GMT", 1_223_706_188),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
            ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200),
            ("Sun, 28 Feb 2100 00:00:00 GMT", 4_107_456_000),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ] {
            assert_eq!(unix_seconds(date), Some(seconds), "{date}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for date in [
            "",
            "now",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 29 Feb 2100 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37:1 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
        ] {
            assert_eq!(unix_seconds(date), None, "{date}");
        }
    }
}
