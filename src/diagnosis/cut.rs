//! Cutting a base string out of the text in which it was printed.

/// The base string in a line of a log, in quotes, or in a page. All of the text if nothing is around
/// it: a wrong base string may contain anything, so it is only cut where its beginning is obvious.
pub(super) fn base_string(text: &str) -> &str {
    let Some(start) = start(text).filter(|start| !text[..*start].trim().is_empty()) else {
        return text;
    };
    let found = &text[start..];
    let end = match text[..start].chars().next_back() {
        Some(quote @ ('"' | '\'' | '`')) => found.find(quote),
        Some('[') => found.find(']'),
        Some('(') => found.find(')'),
        _ => None,
    };
    let found = &found[..end.unwrap_or(found.len())];
    let found = &found[..found.find(['<', '\n', '\r']).unwrap_or(found.len())];
    // A value that is not encoded may contain blanks.
    let ends = |at: &usize| {
        !["%3D", "%26", "%3d", "oauth_"]
            .iter()
            .any(|of| found[*at..].contains(of))
    };
    let end = found.find(char::is_whitespace).filter(ends);
    &found[..end.unwrap_or(found.len())]
}

/// Where the method stands before the first `&http%3A` or `&https%3A`.
fn start(text: &str) -> Option<usize> {
    let (at, _) = text.match_indices(['&', '\\']).find(|(at, _)| {
        let separators = ["&amp;", "&", "\\u0026"];
        let rest = &text.as_bytes()[*at..];
        separators.iter().any(|separator| {
            let uri = rest.strip_prefix(separator.as_bytes());
            uri.is_some_and(|uri| SCHEMES.iter().any(|scheme| begins_with(uri, scheme)))
        })
    })?;
    let before = &text[..at];
    let method = before.bytes().rev().take_while(u8::is_ascii_alphabetic);
    let start = at - method.count();
    let is_method = (2..=LONGEST_METHOD).contains(&(at - start));
    let is_apart = |c: char| c.is_whitespace() || "\"'`>=:([,".contains(c);
    let begins = before[..start].chars().next_back().is_none_or(is_apart);
    (is_method && begins).then_some(start)
}

fn begins_with(text: &[u8], beginning: &str) -> bool {
    text.get(..beginning.len())
        .is_some_and(|text| text.eq_ignore_ascii_case(beginning.as_bytes()))
}

const SCHEMES: [&str; 2] = ["http%3A", "https%3A"];

/// `UPDATEREDIRECTREF` is the longest method that is registered.
const LONGEST_METHOD: usize = 17;

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "GET&https%3A%2F%2Fe.com%2F&a%3Db%26c%3Dd";

    #[test]
    fn what_is_around_a_base_string_is_cut_off() {
        for text in [
            "computed from {}",
            "[DEBUG] base_string={}",
            "2026-11-24 21:14:16,123 DEBUG oauthlib: Signing: {}",
            "b'{}'",
            "\"{}\"",
            "base: `{}`, key: `a&b`",
            "<pre>base string: {}</pre>",
            "<pre>{}</pre>",
            "[{}]",
            "signed {} with HMAC-SHA1",
            "debug_sbs={}\nmore",
        ] {
            for and in ["&", "&amp;", "\\u0026"] {
                let base = BASE.replace('&', and);
                let text = text.replace("{}", &base);
                assert_eq!(base_string(&text), base, "{text}");
            }
        }
        let with_blanks = "base string: GET&https%3A%2F%2Fe.com%2F&a%3Db c%26d%3De";
        assert_eq!(base_string(with_blanks), &with_blanks[13..]);
    }

    #[test]
    fn a_wrong_base_string_is_left_as_it_is() {
        for text in [
            "",
            "&",
            "GET&https%3A%2F%2Fe.com%2F&a=b c<d>\"e\"",
            "GET&https%3A%2F%2Fe.com%2F",
            "GET&https%3A%2F%2Fe.com%2F&a%3D GET&https%3A%2F%2Fe.com%2F",
            "GET&https://e.com/&a=b",
            "key&GET&https%3A%2F%2Fe.com%2F&a%3Db",
            "&https%3A%2F%2Fe.com%2F&a%3Db",
            "X 1GET&https%3A%2F%2Fe.com%2F&a%3Db",
            "https%3A%2F%2Fe.com%2F&a%3Db",
            "GET https%3A%2F%2Fe.com%2F&a%3Db",
        ] {
            assert_eq!(base_string(text), text);
        }
    }
}
