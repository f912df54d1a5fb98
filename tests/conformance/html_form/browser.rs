//! What a browser makes of a form, from the text of the HTML Standard: sections 13.2.5 (tokenization)
//! and 4.10.21 (form submission). It reads no more HTML than is written here, and panics at the rest.

use super::Pair;

/// A start tag.
#[derive(Debug, PartialEq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|(other, _)| other == name);
        attribute.map(|(_, value)| value.as_str())
    }
}

/// The URL that the form goes to, and the entries that are posted.
pub(super) fn posted(html: &str) -> (String, Vec<Pair>) {
    let elements = elements(html);
    let (form, fields) = elements.split_first().unwrap();
    assert_eq!(form.name, "form");
    let entries = fields.iter().filter(|field| field.name == "input");
    let entries = entries.filter_map(|field| {
        let name = field.attribute("name").unwrap();
        let value = match name {
            "" => return None,
            name if name.eq_ignore_ascii_case("_charset_") => "UTF-8",
            _ => field.attribute("value").unwrap(),
        };
        Some((with_crlf(name).into_bytes(), with_crlf(value).into_bytes()))
    });
    (form.attribute("action").unwrap().into(), entries.collect())
}

/// Each CR that no LF follows and each LF that follows no CR becomes CR LF.
pub(super) fn with_crlf(text: &str) -> String {
    let line_feeds = text.replace("\r\n", "\n").replace('\r', "\n");
    line_feeds.replace('\n', "\r\n")
}

/// The start tags, in order.
pub(super) fn elements(html: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        if let Some(end_tag) = tag.strip_prefix('/') {
            rest = end_tag.split_once('>').unwrap().1;
        } else {
            let element;
            (element, rest) = start_tag(tag);
            elements.push(element);
        }
    }
    elements
}

/// Reads a start tag after its `<`, and returns it with what follows its `>`.
fn start_tag(tag: &str) -> (Element, &str) {
    let end = tag.find([' ', '>']).unwrap();
    let name = tag[..end].to_owned();
    assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
    let (mut attributes, mut rest) = (Vec::new(), &tag[end..]);
    while let Some(attribute) = rest.strip_prefix(' ') {
        let (name, value) = attribute.split_once("=\"").unwrap();
        assert!(!name.contains([' ', '>', '"']), "{name}");
        let value_end = value.find('"').unwrap();
        attributes.push((name.to_owned(), decoded(&value[..value_end])));
        rest = &value[value_end + 1..];
    }
    let rest = rest.strip_prefix('>').unwrap();
    (Element { name, attributes }, rest)
}

/// Decodes the character references of a value.
fn decoded(value: &str) -> String {
    let mut parts = value.split('&');
    let mut decoded = parts.next().unwrap().to_owned();
    for part in parts {
        let (reference, text) = part.split_once(';').unwrap();
        decoded.push(match reference {
            "amp" => '&',
            "gt" => '>',
            "lt" => '<',
            "quot" => '"',
            _ => numbered(reference.strip_prefix('#').unwrap().parse().unwrap()),
        });
        decoded.push_str(text);
    }
    decoded
}

/// The character of a number (section 13.2.5.80).
fn numbered(number: u32) -> char {
    match number {
        0 => '\u{fffd}',
        0x80..0xA0 => WINDOWS_1252[number as usize - 0x80],
        _ => char::from_u32(number).unwrap_or('\u{fffd}'),
    }
}

const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];
