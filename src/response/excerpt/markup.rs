//! Excerpts of HTML, XML, and sentences with or without tags.

use alloc::vec::Vec;

use super::{
    names::{is_called_value, is_name_of_secret, is_sensitive},
    sentence::Sentence,
    shown::Shown,
};

/// Shows the text between the tags, and hides the content of elements whose tags name a secret.
///
/// If an element contains only the name of a secret (`<td>Token secret</td>`), everything after it
/// is hidden up to the end of its parent element. All elements called `value` or the like are then
/// hidden, too.
pub(super) fn show(text: &str, shown: &mut Shown) {
    let names_secret = read(text, &mut Shown::muted(), false);
    read(text, shown, names_secret);
}

/// Reads the markup, and returns whether it contains the name of a secret as a text.
fn read(text: &str, shown: &mut Shown, names_secret: bool) -> bool {
    let mut reader = Reader {
        shown,
        open: Vec::new(),
        hidden: None,
        named: false,
        names_secret,
        sentence: Sentence::default(),
        is_page: is_page(text.as_bytes()),
    };
    let mut rest = text;
    while !rest.is_empty() && !reader.shown.is_full() {
        rest = reader.take(rest);
    }
    reader.names_secret
}

/// Whether markup is an HTML page.
pub(crate) fn is_page(markup: &[u8]) -> bool {
    let beginning = &markup[..markup.len().min(256)];
    beginning
        .windows(5)
        .any(|five| five.eq_ignore_ascii_case(b"html>") || five.eq_ignore_ascii_case(b"<html"))
}

struct Reader<'t, 's> {
    shown: &'s mut Shown,
    /// The names of the elements that are open.
    open: Vec<&'t str>,
    /// While everything is hidden: the number of open elements below which that ends.
    hidden: Option<usize>,
    /// Whether the last text was the name of a secret.
    named: bool,
    /// Whether any text in the markup is the name of a secret.
    names_secret: bool,
    sentence: Sentence,
    is_page: bool,
}

impl<'t> Reader<'t, '_> {
    /// Takes a tag, or the text up to the next one, and returns the rest.
    fn take(&mut self, rest: &'t str) -> &'t str {
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.shown.space();
            split(comment, "-->").1
        } else if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let (text, rest) = split(data, "]]>");
            self.text(text);
            rest
        } else if let Some(tag) = rest.strip_prefix("</") {
            let (tag, rest) = split(tag, ">");
            self.end(tag.trim());
            rest
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            self.shown.space();
            split(rest, ">").1
        } else if is_start(rest) {
            let (tag, rest) = rest.split_at(tag_length(rest));
            self.start(&tag[1..], rest.strip_prefix('>').unwrap_or(rest))
        } else {
            // A `<` that does not begin a tag is part of the text.
            let mut tags = rest.match_indices('<').map(|(at, _)| at);
            let end = tags.find(|at| *at > 0).unwrap_or(rest.len());
            let (text, rest) = rest.split_at(end);
            self.text(text);
            rest
        }
    }

    fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.shown.space();
        } else if self.hidden.is_some() {
            self.shown.hide();
        } else {
            self.named = is_name_of_secret(text);
            self.names_secret |= self.named;
            if self.sentence.show(text, self.shown) {
                self.hide();
            }
        }
    }

    /// Takes a start tag and returns what follows it. The code in a script or style is skipped.
    fn start(&mut self, tag: &'t str, rest: &'t str) -> &'t str {
        self.tag();
        if self.named {
            self.hide();
        }
        let end = tag.find(|character: char| character.is_whitespace() || character == '/');
        let name = &tag[..end.unwrap_or(tag.len())];
        if is_one_of(name, &CODE) {
            let end = rest.as_bytes().windows(2 + name.len()).position(|end| {
                end.starts_with(b"</") && end[2..].eq_ignore_ascii_case(name.as_bytes())
            });
            return &rest[end.unwrap_or(rest.len())..];
        }
        let is_empty = tag.ends_with('/') || (self.is_page && is_one_of(name, &VOID));
        if !is_empty {
            self.open.push(name);
            let is_value = self.names_secret && is_called_value(name);
            if is_value || (is_sensitive(tag) && !is_one_of(name, &PAGE)) {
                self.hide();
            }
        }
        rest
    }

    /// Takes an end tag, which is ignored if its element is not open.
    fn end(&mut self, name: &str) {
        self.tag();
        let mut open = self.open.iter();
        if let Some(index) = open.rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.open.truncate(index);
            self.hidden = self.hidden.filter(|least| index >= *least);
        }
    }

    fn tag(&mut self) {
        self.shown.space();
        self.sentence.tag();
    }

    /// Hides everything up to the end of the innermost open element.
    fn hide(&mut self) {
        self.hidden.get_or_insert(self.open.len());
        self.named = false;
    }
}

/// Splits a text at the first `end`. If there is none, the second part is empty.
fn split<'t>(text: &'t str, end: &str) -> (&'t str, &'t str) {
    text.split_once(end).unwrap_or((text, ""))
}

fn is_start(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next() == Some('<')
        && characters
            .next()
            .is_some_and(|character| character.is_alphabetic() || "_:".contains(character))
}

/// The length of a tag without its `>`. A `>` in the value of an attribute does not end the tag.
fn tag_length(tag: &str) -> usize {
    let (mut quote, mut after_equals) = (None, false);
    let end = tag.bytes().position(|byte| {
        if quote.is_some() {
            quote = quote.filter(|open| *open != byte);
            return false;
        }
        if after_equals && matches!(byte, b'"' | b'\'') {
            quote = Some(byte);
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
        byte == b'>'
    });
    end.unwrap_or(tag.len())
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Elements that contain code instead of text.
const CODE: [&str; 2] = ["script", "style"];

/// Elements that contain the whole page. Their attributes do not describe their content.
const PAGE: [&str; 3] = ["body", "head", "html"];

/// HTML elements without content and end tag.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    fn shown(text: &str) -> String {
        let mut shown = Shown::default();
        show(text, &mut shown);
        shown.into_text()
    }

    #[test]
    fn text_is_shown_without_tags() {
        for (text, expected) in [
            (
                "<p>One</p><p class='a>b'>two<br/>three</p>",
                "One two three",
            ),
            ("1 < 2 and 3<4 <b>or</b> not", "1 < 2 and 3<4 or not"),
            ("<!-- no > --><?xml version='1'?><!DOCTYPE a><a>yes", "yes"),
            ("<a><![CDATA[1 < 2 > 0]]></a>", "1 < 2 > 0"),
            ("<a title=it's>yes</a>", "yes"),
            ("<unclosed", ""),
            ("<a b=\"unclosed>", ""),
            ("a <!-- unclosed", "a"),
            (
                "<script>let token = '</b>';</SCRIPT >yes<style>p { color: red }",
                "yes",
            ),
            (
                "<p>The <b>token</b> was not found</p>",
                "The token was not found",
            ),
            (
                "<h1>Invalid token</h1><p>\"x\" is not known</p>",
                "Invalid token \"x\" is not known",
            ),
            (
                "<html><head><meta name='csrf-token' content='x'><title>Down</title></head>\
                 <body class='sessions'>Later</body></html>",
                "Down Later",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn an_element_that_names_a_secret_is_hidden() {
        for (text, expected) in [
            (
                "<r><oauth_token_secret>hid</oauth_token_secret><a>b</a></r>",
                "[...] b",
            ),
            ("<r><secret><a>hid</a>hid<b/>hid</secret>b</r>", "[...] b"),
            (
                "<r><secret><secret>hid</secret>hid</secret>b</r>",
                "[...] b",
            ),
            ("<r><secret>hid</b>hid</SECRET>b</r>", "[...] b"),
            ("<secret><![CDATA[hid<hid>hid]]></secret>b", "[...] b"),
            (
                "<key name='secret'><type>hid</type><value>hid</value></key>b",
                "[...] b",
            ),
            ("<key name='s&#101;cret'>hid</key>b", "[...] b"),
            ("<secret>hid", "[...]"),
            ("<input name='secret' value='hid>hid'/>b", "b"),
            ("<r><secret/>b</r>", "b"),
            ("<r><secret></secret>b</r>", "b"),
            ("<param name='secret'>hid</param>b", "[...] b"),
            ("<html><input name='secret' value='hid'>b", "b"),
            ("<input name='secret'>hid</input>b", "[...] b"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_follows_the_name_of_a_secret_is_hidden() {
        for (text, expected) in [
            (
                "<r><p><name>token_secret</name><value>hid</value></p>b</r>",
                "token_secret [...] b",
            ),
            (
                "<r><p><name>secret</name><type>hid</type>\n<value>hid</value></p>b</r>",
                "secret [...] b",
            ),
            ("<name>secret</name><value>hid</value>hid", "secret [...]"),
            (
                "<r><p><name>secret</name><value>hid</value></p><c>d</c></r>",
                "secret [...] d",
            ),
            (
                "<r><Value>hid</Value><name>secret</name> b</r>",
                "[...] secret b",
            ),
            ("<tr><td>Token secret<td>hid</tr>b", "Token secret [...] b"),
            ("<p>Token secret<br>hid</p>b", "Token secret [...] b"),
            (
                "<dict><key><![CDATA[secret]]></key><string>hid</string></dict>b",
                "secret [...] b",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_text_assigns_is_hidden_up_to_the_end_of_the_element() {
        for (text, expected) in [
            (
                "<r><p>secret: hid <b>hid</b> hid</p>b</r>",
                "secret: [...] b",
            ),
            (
                "<r><p><b>secret</b>: <i>hid</i></p>b</r>",
                "secret : [...] b",
            ),
            (
                "<r><dt>Here is your secret:</dt><dd>\"<b>hid</b>\"</dd>b</r>",
                "Here is your secret: [...] b",
            ),
            ("secret: hid<b>hid</b>hid", "secret: [...]"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
