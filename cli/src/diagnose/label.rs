//! What stands before a piece of evidence, such as `their base string:`.

/// What a label says about what follows it. It may say one thing only.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Label {
    pub(super) side: Option<Side>,
    pub(super) kind: Option<Kind>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Side {
    Ours,
    /// What they made, and expect of us.
    Theirs,
    /// What they say they received.
    Received,
    Sent,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Answer,
    BaseString,
    Request,
    Signature,
    Time,
}

impl Label {
    pub(super) const fn new(side: Option<Side>, kind: Option<Kind>) -> Self {
        Self { side, kind }
    }

    /// The label at the beginning of a line, and what follows it.
    pub(super) fn of(line: &str) -> Option<(Self, &str)> {
        if let Some(value) = line.trim_start().strip_prefix("debug_sbs=") {
            return Some((Self::new(Some(Side::Theirs), Some(Kind::BaseString)), value));
        }
        let (words, value) = line.split_once(':')?;
        if words.len() > 50 {
            return None;
        }
        let mut label = Self::default();
        let words = words.to_ascii_lowercase();
        for word in words.split([' ', '\t', '-', '_', '*', '#']) {
            label.read(word)?;
        }
        (label != Self::default()).then_some((label, value))
    }

    /// Reads a word. `None` if labels do not have it.
    fn read(&mut self, word: &str) -> Option<()> {
        let is_base_string = self.kind == Some(Kind::BaseString);
        match word {
            "our" | "ours" | "my" | "mine" | "client" | "local" | "signed" => {
                self.side = Some(Side::Ours);
            }
            "their" | "theirs" | "server" | "servers" | "server's" | "provider" | "service"
            | "remote" | "expected" => self.side = Some(Side::Theirs),
            "received" => self.side = Some(Side::Received),
            "sent" => self.side = Some(Side::Sent),
            "answer" | "response" | "reply" => self.kind = Some(Kind::Answer),
            "base" | "sbs" | "string" | "basestring" => self.kind = Some(Kind::BaseString),
            "signature" if !is_base_string => self.kind = Some(Kind::Signature),
            "request" | "curl" => self.kind = Some(Kind::Request),
            "time" | "clock" | "timestamp" => self.kind = Some(Kind::Time),
            "" | "debug" | "is" | "oauth" | "signature" | "the" | "value" | "was" => {}
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind::*, Side::*, *};

    #[test]
    fn labels_are_read_as_people_write_them() {
        for (line, side, kind) in [
            ("ours: a", Some(Ours), None),
            ("Theirs:a", Some(Theirs), None),
            ("My base string: a", Some(Ours), Some(BaseString)),
            (
                "Server's signature base string : a",
                Some(Theirs),
                Some(BaseString),
            ),
            ("debug_sbs: a", None, Some(BaseString)),
            ("debug_sbs=a", Some(Theirs), Some(BaseString)),
            ("base_string:a", None, Some(BaseString)),
            ("oauth_signature: a", None, Some(Signature)),
            ("**Expected signature:** a", Some(Theirs), Some(Signature)),
            ("received signature: a", Some(Received), Some(Signature)),
            ("Sent request:", Some(Sent), Some(Request)),
            ("the response was: a", None, Some(Answer)),
            ("server time: 1", Some(Theirs), Some(Time)),
        ] {
            let (label, _) = Label::of(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(label, Label::new(side, kind), "{line}");
        }
    }

    #[test]
    fn anything_else_is_not_a_label() {
        for line in [
            "",
            ":",
            "the:",
            "a: b",
            "Date: Sat, 11 Oct 2008 06:23:08 GMT",
            "Authorization: OAuth",
            "https://a.test/",
            "Invalid signature. Expected signature base string: GET&a",
            "Expected value \"a\"",
            "{\"signature\": \"a\"}",
        ] {
            assert_eq!(Label::of(line), None, "{line}");
        }
    }
}
