//! The words of a command line, as a shell of the POSIX family reads them.

use std::{iter::Peekable, str::CharIndices};

/// The words of the first command in a text.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Command<'t> {
    pub(super) words: Vec<String>,
    /// What follows the line in which the command ends.
    pub(super) rest: &'t str,
    /// Whether an `&` without quotes ends it, as in a URL that nobody has quoted.
    pub(super) cut_at_ampersand: bool,
}

impl<'t> Command<'t> {
    /// Reads a command, which may go on in the next line after a backslash or within quotes.
    pub(super) fn read(text: &'t str) -> Result<Self, String> {
        let mut shell = Shell {
            characters: text.char_indices().peekable(),
            words: Vec::new(),
            word: None,
        };
        let end = shell.run()?;
        let after = match end {
            End::Text => text.len(),
            End::Line(at) | End::Operator(at, _) => at,
        };
        let rest = text[after..].split_once('\n').map_or("", |(_, rest)| rest);
        let cut_at_ampersand =
            matches!(end, End::Operator(at, '&') if !text[at + 1..].starts_with('&'));
        Ok(Self {
            words: shell.words,
            rest,
            cut_at_ampersand,
        })
    }
}

struct Shell<'t> {
    characters: Peekable<CharIndices<'t>>,
    words: Vec<String>,
    /// The word that has begun. An empty one is a word, too.
    word: Option<String>,
}

/// Where a command ends.
enum End {
    Text,
    Line(usize),
    Operator(usize, char),
}

impl Shell<'_> {
    fn run(&mut self) -> Result<End, String> {
        while let Some((at, character)) = self.characters.next() {
            match character {
                '\n' => {
                    self.end_of_word();
                    return Ok(End::Line(at));
                }
                '>' | '<' => {
                    // The number before it is that of a file, as in `2>/dev/null`.
                    let number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
                    self.word = self.word.take().filter(|word| !number(word));
                    self.end_of_word();
                    return Ok(End::Operator(at, character));
                }
                ';' | '|' | '&' => {
                    self.end_of_word();
                    return Ok(End::Operator(at, character));
                }
                '#' if self.word.is_none() => {
                    while self.characters.next_if(|next| next.1 != '\n').is_some() {}
                }
                '\'' => self.single_quotes()?,
                '"' => self.double_quotes()?,
                '\\' => self.escape(),
                '$' if self.next_is('\'') => {
                    self.characters.next();
                    self.ansi_quotes()?;
                }
                '$' | '`' => self.dollar(character)?,
                _ if character.is_whitespace() => self.end_of_word(),
                _ => self.push(character),
            }
        }
        self.end_of_word();
        Ok(End::Text)
    }

    fn end_of_word(&mut self) {
        self.words.extend(self.word.take());
    }

    fn push(&mut self, character: char) {
        self.word.get_or_insert_default().push(character);
    }

    fn next_is(&mut self, expected: char) -> bool {
        self.characters
            .peek()
            .is_some_and(|(_, next)| *next == expected)
    }

    fn next(&mut self) -> Result<char, String> {
        let next = self.characters.next();
        next.map(|(_, character)| character)
            .ok_or_else(|| "the command ends within quotes; paste all of it".to_owned())
    }

    /// After a backslash, outside of quotes.
    fn escape(&mut self) {
        // Texts from Windows have CR LF at the end of their lines.
        if self.next_is('\r') {
            self.characters.next();
        }
        match self.characters.next() {
            Some((_, '\n')) | None => {}
            Some((_, character)) => self.push(character),
        }
    }

    fn single_quotes(&mut self) -> Result<(), String> {
        self.word.get_or_insert_default();
        loop {
            match self.next()? {
                '\'' => return Ok(()),
                character => self.push(character),
            }
        }
    }

    fn double_quotes(&mut self) -> Result<(), String> {
        self.word.get_or_insert_default();
        loop {
            match self.next()? {
                '"' => return Ok(()),
                '\\' => match self.next()? {
                    '\n' => {}
                    character @ ('"' | '\\' | '$' | '`') => self.push(character),
                    character => {
                        self.push('\\');
                        self.push(character);
                    }
                },
                character @ ('$' | '`') => self.dollar(character)?,
                character => self.push(character),
            }
        }
    }

    /// Within `$'…'`, which browsers write.
    fn ansi_quotes(&mut self) -> Result<(), String> {
        self.word.get_or_insert_default();
        loop {
            let character = match self.next()? {
                '\'' => return Ok(()),
                '\\' => match self.next()? {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'x' => self.code(2),
                    'u' => self.code(4),
                    'U' => self.code(8),
                    character => character,
                },
                character => character,
            };
            self.push(character);
        }
    }

    /// The character with a code of at most so many hexadecimal digits.
    fn code(&mut self, digits: usize) -> char {
        let mut code = 0;
        for _ in 0..digits {
            let digit = self
                .characters
                .peek()
                .and_then(|(_, next)| next.to_digit(16));
            let Some(digit) = digit else { break };
            self.characters.next();
            code = code * 16 + digit;
        }
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// A `$` or a backtick, unless the shell would put something else in its place.
    fn dollar(&mut self, character: char) -> Result<(), String> {
        let next = self.characters.peek().map(|(_, next)| *next);
        let begins = |next: char| next.is_ascii_alphanumeric() || "_{(?@*#".contains(next);
        if character == '`' || next.is_some_and(begins) {
            return Err(
                "a shell replaces a part of this command, such as $NAME: paste the command as \
                 `set -x` shows it"
                    .to_owned(),
            );
        }
        self.push(character);
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, words: &[&str], rest: &str) {
        let command = Command::read(text).unwrap();
        assert_eq!(command.words, words);
        assert_eq!(command.rest, rest);
    }

    #[test]
    fn words_are_split_as_a_shell_splits_them() {
        reads("a  b\tc", &["a", "b", "c"], "");
        reads(
            r#"a 'b c' "d \" \n" e\ f "#,
            &["a", "b c", r#"d " \n"#, "e f"],
            "",
        );
        reads("a '' \"\"", &["a", "", ""], "");
        reads("a'b'\"c\"d", &["abcd"], "");
        reads(r"a 'it'\''s'", &["a", "it's"], "");
        reads(
            r"a $'it\'s\n\u00fc\x41' $ a$",
            &["a", "it's\nüA", "$", "a$"],
            "",
        );
        reads("a # b\nc", &["a"], "c");
        reads("a#b", &["a#b"], "");
    }

    #[test]
    fn a_command_ends_with_its_line() {
        reads("a b\nc d", &["a", "b"], "c d");
        reads("a \\\n  b \\\r\n c\r\nd", &["a", "b", "c"], "d");
        reads("a 'b\nc' d\ne", &["a", "b\nc", "d"], "e");
        reads("a \"b\\\nc\"", &["a", "bc"], "");
        reads("a b | jq .\nc", &["a", "b"], "c");
        reads("a b 2>/dev/null\nc", &["a", "b"], "c");
        reads("a 2 >b; c\nd", &["a", "2"], "d");
        reads("a \\", &["a"], "");
    }

    #[test]
    fn an_ampersand_without_quotes_is_told() {
        assert!(Command::read("a b?c=1&d=2").unwrap().cut_at_ampersand);
        assert!(!Command::read("a 'b?c=1&d=2'").unwrap().cut_at_ampersand);
        assert!(!Command::read("a b && c").unwrap().cut_at_ampersand);
    }

    #[test]
    fn what_cannot_be_known_is_refused() {
        for text in [
            "a 'b",
            "a \"b",
            "a $'b",
            "a $B",
            "a \"${B}\"",
            "a `b`",
            "a \"$(b)\"",
        ] {
            assert!(Command::read(text).is_err(), "{text}");
        }
    }
}
