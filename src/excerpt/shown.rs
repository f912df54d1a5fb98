//! The text that is shown.

use alloc::string::String;

/// Text on one line of at most [`LENGTH`] characters.
#[derive(Default)]
pub(super) struct Shown {
    text: String,
    length: usize,
    cut: bool,
    muted: bool,
}

impl Shown {
    /// Nothing that is added is shown, for a text that is only read.
    pub(super) fn muted() -> Self {
        Self {
            muted: true,
            ..Self::default()
        }
    }

    /// Shows what is added from now on, or does not. Returns whether it did so far.
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

    /// Adds the mark of what is hidden. One is enough in a row.
    pub(super) fn hide(&mut self) {
        if !self.text.trim_end().ends_with(HIDDEN) {
            self.add(HIDDEN);
        }
    }

    /// Whether nothing more will be shown.
    pub(super) fn is_full(&self) -> bool {
        self.cut
    }

    /// Notes that there is more than what has been added.
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
            // Nothing is added.
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
