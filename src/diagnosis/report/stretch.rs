//! The stretch in which two texts differ.

use alloc::vec::Vec;

use super::text::escape;

/// The units of a text: characters and whole escapes, also those that are encoded again.
pub(super) fn units(text: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = escape_length(rest).unwrap_or(first.len_utf8());
        let (unit, behind) = rest.split_at(length);
        units.push(unit);
        rest = behind;
    }
    units
}

/// The length of `%2C`, `%252C` and so on.
fn escape_length(text: &str) -> Option<usize> {
    let text = text.as_bytes();
    escape(text)?;
    let mut length = 3;
    while text[length - 2..].starts_with(b"25") {
        let digits = text.get(length..length + 2);
        let Some(true) = digits.map(|digits| digits.iter().all(u8::is_ascii_hexdigit)) else {
            break;
        };
        length += 2;
    }
    Some(length)
}

/// The first stretch in which two texts differ, in units.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Stretch {
    pub(super) from: usize,
    /// Where it ends in each of the texts.
    pub(super) ours: usize,
    pub(super) theirs: usize,
}

impl Stretch {
    /// `None` if the texts are the same.
    pub(super) fn between(ours: &[&str], theirs: &[&str]) -> Option<Self> {
        let pairs = ours.iter().zip(theirs);
        let from = pairs.take_while(|(our, their)| our == their).count();
        let (ours_left, theirs_left) = (&ours[from..], &theirs[from..]);
        if ours_left.is_empty() && theirs_left.is_empty() {
            return None;
        }
        // The shortest stretch behind which the texts go on in the same way.
        for length in 1..=2 * LONGEST {
            for our in length.saturating_sub(LONGEST)..=length.min(LONGEST) {
                let their = length - our;
                if our > ours_left.len() || their > theirs_left.len() {
                    continue;
                }
                let (ours_rest, theirs_rest) = (&ours_left[our..], &theirs_left[their..]);
                if goes_on(ours_rest, theirs_rest) {
                    return Some(Self {
                        from,
                        ours: from + our,
                        theirs: from + their,
                    });
                }
            }
        }
        let ends = ours_left.iter().rev().zip(theirs_left.iter().rev());
        let same = ends.take_while(|(our, their)| our == their).count();
        Some(Self {
            from,
            ours: ours.len() - same,
            theirs: theirs.len() - same,
        })
    }
}

/// Whether two texts begin with the same units, or end here.
fn goes_on(ours: &[&str], theirs: &[&str]) -> bool {
    match (ours, theirs) {
        ([first, second, ..], [other_first, other_second, ..]) => {
            first == other_first && second == other_second
        }
        _ => ours == theirs,
    }
}

/// How many units of a text are tried.
const LONGEST: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ours: &str, theirs: &str, [our, their]: [&str; 2]) {
        let (ours, theirs) = (units(ours), units(theirs));
        let stretch = Stretch::between(&ours, &theirs).expect("they differ");
        let our_stretch = ours[stretch.from..stretch.ours].concat();
        let their_stretch = theirs[stretch.from..stretch.theirs].concat();
        assert_eq!([our_stretch, their_stretch], [our, their]);
    }

    #[test]
    fn the_first_difference_is_found() {
        check("two+words", "two%20words", ["+", "%20"]);
        check("a+b%2C+c", "a%20b%2C%20c", ["+", "%20"]);
        check("a%252Cb", "a%2Cb", ["%252C", "%2C"]);
        check("flickr.com", "www.flickr.com", ["", "www."]);
        check("/a", "/a/", ["", "/"]);
        check("http", "https", ["", "s"]);
        check("GET", "POST", ["GE", "POS"]);
        check("\u{e9}x", "%C3%A9x", ["\u{e9}", "%C3%A9"]);
        check("", "x", ["", "x"]);
        assert_eq!(Stretch::between(&units("a%2"), &units("a%2")), None);
    }

    #[test]
    fn texts_that_have_nothing_in_common_differ_as_a_whole() {
        let (ours, theirs) = ("a".repeat(100), "b".repeat(90) + "a");
        let stretch = Stretch::between(&units(&ours), &units(&theirs));
        let whole = Stretch {
            from: 0,
            ours: 99,
            theirs: 90,
        };
        assert_eq!(stretch, Some(whole));
    }
}
