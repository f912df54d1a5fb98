//! Excerpts of JSON.

use alloc::string::String;

use super::{
    escape, markup,
    names::{is_called_value, is_name_of_secret, is_sensitive},
    shown::Shown,
};

/// Shows JSON with its strings decoded, and hides the values of names that sound like a secret.
///
/// Returns `None` if the text is not a JSON object or array. The text may be truncated.
pub(super) fn show(text: &str) -> Option<Shown> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let mut names = Reader::new(text, Shown::muted(), false);
    let _ = names.value(false, 0);
    let mut reader = Reader::new(text, Shown::default(), names.named);
    let read = reader.value(false, 0);
    let is_json = match read {
        Ok(()) => reader.rest.trim().is_empty(),
        Err(stop) => stop == Stop::End,
    };
    is_json.then_some(reader.shown)
}

struct Reader<'t> {
    rest: &'t str,
    shown: Shown,
    /// Whether any value in the whole text is the name of a secret.
    names_secret: bool,
    /// Whether a value read so far was the name of a secret.
    named: bool,
}

#[derive(Eq, PartialEq)]
enum Stop {
    /// The text ends, or the excerpt is full.
    End,
    Malformed,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, shown: Shown, names_secret: bool) -> Self {
        Self {
            rest: text,
            shown,
            names_secret,
            named: false,
        }
    }

    fn value(&mut self, hidden: bool, depth: usize) -> Result<(), Stop> {
        match self.next()? {
            '"' => {
                let text = self.string(hidden)?;
                self.named |= is_name_of_secret(&text);
                Ok(())
            }
            '{' | '[' if depth == DEPTH => Err(Stop::Malformed),
            '{' | '[' if hidden => {
                self.shown.hide();
                let muted = self.shown.mute(true);
                let read = self.value(false, depth);
                self.shown.mute(muted);
                read
            }
            '[' => self.array(depth + 1),
            '{' => self.object(depth + 1),
            _ => self.scalar(hidden),
        }
    }

    /// Reads an array. Once a value was the name of a secret, all elements of arrays are hidden.
    fn array(&mut self, depth: usize) -> Result<(), Stop> {
        self.punctuation();
        while self.next()? != ']' {
            self.value(self.named, depth)?;
            self.separator(']')?;
        }
        self.punctuation();
        Ok(())
    }

    /// Reads an object. If the text contains the name of a secret as a value, members that are
    /// called `value` or the like are hidden.
    fn object(&mut self, depth: usize) -> Result<(), Stop> {
        self.punctuation();
        while self.next()? != '}' {
            if self.next()? != '"' {
                return Err(Stop::Malformed);
            }
            let name = self.string(false)?;
            if self.next()? != ':' {
                return Err(Stop::Malformed);
            }
            self.punctuation();
            let is_secret = self.names_secret && is_called_value(&name);
            self.value(is_secret || is_sensitive(&name), depth)?;
            self.separator('}')?;
        }
        self.punctuation();
        Ok(())
    }

    /// Reads a comma, unless the end of the array or object follows.
    fn separator(&mut self, end: char) -> Result<(), Stop> {
        match self.next()? {
            ',' => self.punctuation(),
            next if next == end => {}
            _ => return Err(Stop::Malformed),
        }
        Ok(())
    }

    /// Reads a string, shows it unless it is hidden, and returns its decoded text.
    fn string(&mut self, hidden: bool) -> Result<String, Stop> {
        self.punctuation();
        let length = string_length(self.rest);
        let (written, rest) = self.rest.split_at(length);
        self.rest = rest;
        let text = escape::unescape_json(written);
        if !hidden {
            markup::show(&text, &mut self.shown);
        } else if !text.is_empty() {
            self.shown.hide();
        }
        if rest.is_empty() {
            return Err(Stop::End);
        }
        self.punctuation();
        Ok(text)
    }

    /// Reads a number, a Boolean or `null`.
    fn scalar(&mut self, hidden: bool) -> Result<(), Stop> {
        let end = self.rest.find(|character: char| {
            !character.is_ascii_alphanumeric() && !"+-.".contains(character)
        });
        let (text, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"+-.Ee".contains(&byte));
        if !is_number && !["false", "null", "true"].contains(&text) {
            return Err(Stop::Malformed);
        }
        if hidden {
            self.shown.hide();
        } else {
            self.shown.add(text);
        }
        self.rest = rest;
        Ok(())
    }

    /// Skips white space and returns the next character without taking it.
    fn next(&mut self) -> Result<char, Stop> {
        let rest = self.rest.trim_start();
        let (space, _) = self.rest.split_at(self.rest.len() - rest.len());
        self.rest = rest;
        self.shown.add(space);
        if self.shown.is_full() {
            return Err(Stop::End);
        }
        rest.chars().next().ok_or(Stop::End)
    }

    /// Takes a character that is one byte long.
    fn punctuation(&mut self) {
        let (punctuation, rest) = self.rest.split_at(1);
        self.rest = rest;
        self.shown.add(punctuation);
    }
}

/// The length of the rest of a string, up to its closing quotation mark.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    text.bytes()
        .position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })
        .unwrap_or(text.len())
}

/// How deeply values may be nested.
const DEPTH: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        show(text).map(Shown::into_text)
    }

    #[test]
    fn json_is_shown_with_its_strings_decoded() {
        for (text, expected) in [
            (r#"{"error": "bad key"}"#, r#"{"error": "bad key"}"#),
            (
                r#"[{"a": [1, -2.5e+3, true], "b": {}}, [], null, false]"#,
                r#"[{"a": [1, -2.5e+3, true], "b": {}}, [], null, false]"#,
            ),
            (
                r#"{"a":"\u0041\u00e9\n\t\"\\\/\ud83d"}"#,
                r#"{"a":"Aé "\/\ud83d"}"#,
            ),
            (r#"{"a":"<b>Bad</b> key"}"#, r#"{"a":" Bad key"}"#),
            (r#"{"a":"Bad k"#, r#"{"a":"Bad k"#),
            (
                r#"{"error":"invalid_token","data":"x"}"#,
                r#"{"error":"invalid_token","data":"x"}"#,
            ),
            (
                r#"{"error":"The token is unknown","n":1}"#,
                r#"{"error":"The token is unknown","n":1}"#,
            ),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_values_of_secrets_are_hidden() {
        for (text, expected) in [
            (r#"{"token":"hid","a":1}"#, r#"{"token":"[...]","a":1}"#),
            (
                r#"{"token":"hid\"hid\\","a":1}"#,
                r#"{"token":"[...]","a":1}"#,
            ),
            (r#"{"token":"","a":1}"#, r#"{"token":"","a":1}"#),
            (r#"{"token":12345,"a":1}"#, r#"{"token":[...],"a":1}"#),
            (
                r#"{"token" : ["hid",{"b":["hid"]}],"a":1}"#,
                r#"{"token" : [...],"a":1}"#,
            ),
            (
                r#"{"token":{"value":"hid","x":1},"a":1}"#,
                r#"{"token":[...],"a":1}"#,
            ),
            (
                r#"{"\u0073ecret":"hid","a":1}"#,
                r#"{"secret":"[...]","a":1}"#,
            ),
            (
                r#"{"s%65cret":"hid","a":1}"#,
                r#"{"s%65cret":"[...]","a":1}"#,
            ),
            (
                r#"["a","secret","hid",["hid"],1]"#,
                r#"["a","secret","[...]",[...],[...]]"#,
            ),
            (
                r#"[["secret","hid"],["a","hid"]]"#,
                r#"[["secret","[...]"],[...]]"#,
            ),
            (
                r#"{"x":["invalid_secret","a"],"b":["secret","hid"],"c":1}"#,
                r#"{"x":["invalid_secret","a"],"b":["secret","[...]"],"c":1}"#,
            ),
            (
                r#"{"names":["a","secret"],"rows":[["hid","hid"]]}"#,
                r#"{"names":["a","secret"],"rows":[[...]]}"#,
            ),
            (
                r#"[{"Value":"hid","name":"secret"},{"value":["hid"],"n":1}]"#,
                r#"[{"Value":"[...]","name":"secret"},[...]]"#,
            ),
            (
                r#"{"name":"secret","type":"x","value":"hid"}"#,
                r#"{"name":"secret","type":"x","value":"[...]"}"#,
            ),
            (
                r#"{"a":"secret=hid hid","b":1}"#,
                r#"{"a":"secret=[...]","b":1}"#,
            ),
            (r#"{"secret=hid":1}"#, r#"{"secret=[...]":[...]}"#),
            (
                r#"{"a":"{\"secret\":\"hid\"}","b":1}"#,
                r#"{"a":"{"secret":[...]","b":1}"#,
            ),
            (r#"{"a":"b","secret":"hid"#, r#"{"a":"b","secret":"[...]"#),
            (
                r#"{"a":"b","secret":["hid", "hid"#,
                r#"{"a":"b","secret":[...]"#,
            ),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_malformed_is_not_json() {
        for text in [
            "",
            "\"a\"",
            "[31mred",
            "{'a':'b'}",
            "{a:1}",
            "{\"a\"=1}",
            "[1 2]",
            "[1]]",
            "{\"a\":1} b",
            "[\"a\" \"b\"]",
            "{\"a\",\"b\"}",
            "[truth]",
            "[1}",
            "{1:2}",
            "[-a]",
            "[+1]",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
        let nested = |depth| "[".repeat(depth);
        assert!(shown(&nested(DEPTH)).is_some());
        assert_eq!(shown(&nested(DEPTH + 1)), None);
    }
}
