//! Excerpts of running text, where the end of a value is unknown.

use alloc::string::String;

use super::{
    escape::{Unit, units},
    names::is_sensitive_word,
    shown::Shown,
};

/// Reads running text in pieces, which are separated by tags.
#[derive(Default)]
pub(super) struct Sentence {
    state: State,
}

/// What was read last.
#[derive(Clone, Copy, Default, Eq, PartialEq)]
enum State {
    #[default]
    Nothing,
    /// The name of a secret: `the token`, `oauth_token_secret`.
    Named,
    /// The name of a secret and a space.
    Apart,
    /// The name of a secret in quotation marks: `"token"`.
    Quoted,
    /// The quoted name and another word: `name="token" value`.
    Followed,
    /// The name and an assignment sign: `token_secret=`, `'token': `.
    Assigned,
}

impl Sentence {
    /// Shows a piece of text up to the value of a secret, and returns whether there was one.
    ///
    /// Everything after the assignment sign counts as the value.
    pub(super) fn show(&mut self, text: &str, shown: &mut Shown) -> bool {
        let mut word = String::new();
        let mut at = 0;
        for Unit { character, written } in units(text) {
            if self.state == State::Assigned && !character.is_whitespace() {
                shown.hide();
                // If only more signs follow, the value is in the next piece.
                let is_value = !text[at..].trim_matches(is_lead).is_empty();
                if is_value {
                    self.state = State::Nothing;
                }
                return is_value;
            }
            if is_of_word(character) || (!word.is_empty() && "-.[]".contains(character)) {
                word.push(character.to_ascii_lowercase());
            } else {
                self.end_word(&mut word);
                self.state = self.state.then(character);
            }
            shown.add(written);
            at += written.len();
        }
        self.end_word(&mut word);
        false
    }

    /// Notes that a tag comes between the last piece and the next one.
    pub(super) fn tag(&mut self) {
        if self.state == State::Apart {
            self.state = State::Named;
        }
    }

    fn end_word(&mut self, word: &mut String) {
        if word.is_empty() {
            return;
        }
        self.state = if is_sensitive_word(word) {
            State::Named
        } else if self.state == State::Quoted {
            State::Followed
        } else {
            State::Nothing
        };
        word.clear();
    }
}

impl State {
    /// The state after a character that is not part of a word.
    fn then(self, character: char) -> Self {
        let is_quote = QUOTES.contains(character);
        match self {
            Self::Nothing | Self::Assigned => self,
            _ if SIGNS.contains(character) => Self::Assigned,
            // `token "value"`, `["token", "value"]`
            Self::Apart | Self::Quoted if is_quote => Self::Assigned,
            Self::Quoted if ",;".contains(character) => Self::Assigned,
            Self::Named if is_quote => Self::Quoted,
            Self::Named if character.is_whitespace() => Self::Apart,
            _ => self,
        }
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Whether a character may come between a name and its value.
fn is_lead(character: char) -> bool {
    character.is_whitespace() || SIGNS.contains(character)
}

/// The signs that assign a value to a name. A `<` begins the next element of escaped markup.
const SIGNS: &str = "=:<>|\u{ff1a}\u{ff1d}\u{2192}\u{21d2}";

const QUOTES: &str = "\"'`\u{2018}\u{2019}\u{201c}\u{201d}\u{ab}\u{bb}";

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    fn show(text: &str) -> (String, bool) {
        let mut shown = Shown::default();
        let found = Sentence::default().show(text, &mut shown);
        (shown.into_text(), found)
    }

    #[test]
    fn a_sentence_that_mentions_a_secret_is_shown() {
        for text in [
            "Timestamp is invalid",
            "The token was not found",
            "The \"token\" was not found",
            "Unknown token, code: 7",
            "Is this a token? Maybe: no",
            "Token not found: abc",
            "Signature base string: GET",
            "session timed out at 12:30",
            "The \"token\" is not known: abc",
        ] {
            assert_eq!(show(text), (text.into(), false), "{text}");
        }
    }

    #[test]
    fn everything_after_an_assignment_sign_is_hidden() {
        for (text, beginning) in [
            ("secret: hidden, hidden", "secret: "),
            ("token_secret=hidden hidden", "token_secret="),
            ("token secret  =>\n hidden", "token secret ="),
            ("[secret] => hidden", "[secret] ="),
            ("secret[0] = hidden", "secret[0] ="),
            ("secret -> hidden", "secret ->"),
            ("| secret | hidden |", "| secret |"),
            ("secret, \"hidden\"", "secret, \""),
            ("s:6:\"secret\";s:6:\"hidden\";", "s:6:\"secret\";"),
            ("secret.value: hidden", "secret.value: "),
            ("'secret': 'hid\\'hidden'", "'secret': "),
            ("{\\\"secret\\\":\\\"hidden\\\"}", "{\\\"secret\\\":"),
            ("(\"secret\", \"hidden\")", "(\"secret\","),
            ("(\"secret\" \"hidden\")", "(\"secret\" \""),
            ("secret \"hidden\"", "secret \""),
            ("name=\"secret\" value=\"hidden\"", "name=\"secret\" value="),
            ("secret%3Dhidden", "secret%3D"),
            ("s%65cret%253Dhidden", "s%65cret%253D"),
            ("secret&#61;hidden", "secret&#61;"),
            ("secret\u{ff1a}hidden", "secret\u{ff1a}"),
            (
                "&lt;name&gt;secret&lt;/name&gt;hidden",
                "&lt;name&gt;secret&lt;",
            ),
        ] {
            let (shown, found) = show(text);
            assert!(found, "{text}");
            assert_eq!(
                shown
                    .split_once("[...]")
                    .map(|(before, _)| before.trim_end()),
                Some(beginning.trim_end()),
                "{text}"
            );
            assert!(!shown.contains("hidden"), "{shown}");
        }
    }

    #[test]
    fn a_value_may_come_in_the_next_piece() {
        let mut shown = Shown::default();
        let mut sentence = Sentence::default();
        for piece in ["secret", " :", " = ", " "] {
            assert!(!sentence.show(piece, &mut shown), "{piece}");
            sentence.tag();
        }
        assert!(sentence.show("hidden", &mut shown));
        assert!(!sentence.show(" and more", &mut shown));
        assert_eq!(shown.into_text(), "secret : [...] and more");
    }

    #[test]
    fn a_quotation_mark_after_a_tag_begins_no_value() {
        let mut shown = Shown::default();
        let mut sentence = Sentence::default();
        assert!(!sentence.show("Bad token ", &mut shown));
        sentence.tag();
        assert!(!sentence.show("\"Photos\" is down", &mut shown));
    }
}
