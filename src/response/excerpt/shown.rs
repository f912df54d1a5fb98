//! Building the text of an excerpt.

use alloc::string::String;

/// A text on one line with at most [`LENGTH`] characters.
#[derive(Default)]
pub(super) struct Shown {
    text: String,
    length: usize,
    cut: bool,
    muted: bool,
}

impl Shown {
    /// Ignores everything that is added, for a text that is only read.
    pub(super) fn muted() -> Self {
        Self {
            muted: true,
            ..Self::default()
        }
    }

    /// Sets whether additions are ignored from now on, and returns whether they were before.
    pub(super) fn mute(&mut self, muted: bool) -> bool {
        core::mem::replace(&mut self.muted, muted)
    }

    /// Adds text. A run of white space and control characters becomes one space.
    pub(super) fn add(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() || character.is_control() {
                self.space();
            } else {
                self.character(character);
            }
        }
    }

    pub(super) fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.character(' ');
        }
    }

    /// Adds the mark for something hidden, unless the text already ends with one.
    pub(super) fn hide(&mut self) {
        if !self.text.trim_end().ends_with(HIDDEN) {
            self.add(HIDDEN);
        }
    }

    /// Whether the excerpt is full.
    pub(super) fn is_full(&self) -> bool {
        self.cut
    }

    /// Notes that the text goes on after what has been added.
    pub(super) fn cut(&mut self) {
        self.cut = true;
    }

    pub(super) fn into_text(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        if self.cut {
            self.text.push_str("...");
        }
        self.text
    }

    fn character(&mut self, character: char) {
        if self.muted {
            // Ignored.
        } else if self.length == LENGTH {
            // A space at the end is not worth an ellipsis.
            self.cut |= character != ' ';
        } else {
            self.text.push(character);
            self.length += 1;
        }
    }
}

const HIDDEN: &str = "[...]";

/// How many characters are shown.
const LENGTH: usize = 160;
