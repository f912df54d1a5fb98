//! Text in ASCII, in lines of at most 80 columns.

use alloc::{borrow::Cow, format, string::String};
use core::fmt;

/// The longest line.
pub(super) const COLUMNS: usize = 80;

/// A text with escapes such as `\u{e9}` for all that is not printable ASCII.
pub(super) fn ascii(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_printable) {
        return Cow::Borrowed(text);
    }
    let escaped = text.chars().map(|character| match character {
        ' '..='~' => String::from(character),
        other => format!("\\u{{{:x}}}", u32::from(other)),
    });
    Cow::Owned(escaped.collect())
}

fn is_printable(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte == b' '
}

/// The beginning of a text in ASCII, of at most so many columns. Escapes stay whole.
pub(super) fn cut(text: &str, columns: usize) -> String {
    let is_cut = text.chars().nth(columns).is_some();
    let beginning: String = text.chars().take(columns).collect();
    let whole = ascii(&beginning);
    if !is_cut && whole.len() <= columns {
        return whole.into_owned();
    }
    let mut shown = String::new();
    for character in beginning.chars() {
        let mut buffer = [0; 4];
        let character = ascii(character.encode_utf8(&mut buffer));
        if shown.len() + character.len() + ELLIPSIS.len() > columns {
            break;
        }
        shown.push_str(&character);
    }
    shown + ELLIPSIS
}

/// What stands for text that is left out.
pub(super) const ELLIPSIS: &str = "...";

/// Writes a paragraph: `first` before its first line, and as many spaces before the others. The text
/// is in ASCII.
pub(super) fn paragraph(f: &mut fmt::Formatter<'_>, first: &str, text: &str) -> fmt::Result {
    f.write_str(first)?;
    paragraph_from(f, first.len(), first.len(), text)
}

/// Writes the rest of a paragraph, whose first line has come to a column. The others are indented.
pub(super) fn paragraph_from(
    f: &mut fmt::Formatter<'_>,
    column: usize,
    indent: usize,
    text: &str,
) -> fmt::Result {
    let mut column = column;
    let mut is_first = true;
    for word in text.split(' ') {
        if !is_first && column + 1 + word.len() > COLUMNS {
            write!(f, "\n{:indent$}", "")?;
            column = indent;
        } else if !is_first {
            f.write_str(" ")?;
            column += 1;
        }
        let word = &word[..word.len().min(COLUMNS - column.min(COLUMNS))];
        f.write_str(word)?;
        column += word.len();
        is_first = false;
    }
    f.write_str("\n")
}

/// Writes a text in lines that are full.
pub(super) fn block(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    const INDENT: usize = 2;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, behind) = rest.split_at(rest.len().min(COLUMNS - INDENT));
        writeln!(f, "{:INDENT$}{line}", "")?;
        rest = behind;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Paragraph(&'static str, String);

    impl fmt::Display for Paragraph {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            paragraph(f, self.0, &self.1)
        }
    }

    #[test]
    fn what_is_not_ascii_is_escaped() {
        assert_eq!(ascii("a ~"), "a ~");
        assert_eq!(
            ascii("\u{e9}\n\u{1b}[0m\u{202e}"),
            "\\u{e9}\\u{a}\\u{1b}[0m\\u{202e}"
        );
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdefg", 6), "abc...");
        assert_eq!(cut("ab\u{e9}cd", 9), "ab...");
        assert_eq!(cut("ab\u{e9}cd", 10), "ab\\u{e9}cd");
    }

    #[test]
    fn no_line_is_longer_than_80_columns() {
        let words = alloc::vec!["word"; 40].join(" ");
        for text in [words, "x".repeat(500), String::new()] {
            let shown = alloc::format!("{}", Paragraph("  = help: ", text));
            assert!(shown.starts_with("  = help: "));
            assert!(shown.lines().all(|line| line.len() <= COLUMNS), "{shown}");
        }
        let shown = alloc::format!("{}", Paragraph("  = ", "a b".into()));
        assert_eq!(shown, "  = a b\n");
    }
}
