//! The request that a command line for curl sends.

use std::slice::Iter;

use url::form_urlencoded;

use super::request::{FORM, Request, Url, is_form};

/// Reads the words behind `curl`. What deserves attention goes to the notes.
pub(super) fn request(words: &[String], notes: &mut Vec<String>) -> Result<Request, String> {
    let mut curl = Curl::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.strip_prefix('-') {
            None | Some("") => curl.url(word)?,
            Some("-") => {}
            Some(short) => match short.strip_prefix('-') {
                Some(name) => curl.long(name, &mut words)?,
                None => curl.short(short, &mut words)?,
            },
        }
    }
    curl.request(notes)
}

/// What the options say so far.
#[derive(Default)]
struct Curl {
    method: Option<String>,
    url: Option<String>,
    headers: Vec<(String, String)>,
    /// The pieces of the body, which `&` joins. A file is not read.
    data: Vec<Option<String>>,
    query: Vec<String>,
    content_type: Option<&'static str>,
    /// The names of the options without a value that count.
    flags: Vec<&'static str>,
}

impl Curl {
    fn long(&mut self, name: &str, words: &mut Iter<'_, String>) -> Result<(), String> {
        if !LONG.contains(&name) {
            return self.flag(name);
        }
        let value = words.next();
        let value = value.ok_or_else(|| format!("curl: --{name} has no value"))?;
        self.option(name, value)
    }

    /// Reads letters behind one hyphen, such as `sXPOST`.
    fn short(&mut self, letters: &str, words: &mut Iter<'_, String>) -> Result<(), String> {
        for (at, letter) in letters.char_indices() {
            let known = SHORT.iter().find(|(short, _)| *short == letter);
            let Some((_, name)) = known else {
                self.flag(match letter {
                    'G' => "get",
                    'I' => "head",
                    'L' => "location",
                    ':' => "next",
                    _ => "",
                })?;
                continue;
            };
            let joined = &letters[at + letter.len_utf8()..];
            let value = if joined.is_empty() {
                let value = words.next();
                value.ok_or_else(|| format!("curl: -{letter} has no value"))?
            } else {
                joined
            };
            return self.option(name, value);
        }
        Ok(())
    }

    fn flag(&mut self, name: &str) -> Result<(), String> {
        let known = ["get", "head", "location", "location-trusted"];
        self.flags
            .extend(known.iter().find(|known| **known == name));
        match name {
            "next" => Err(ONE.to_owned()),
            _ => Ok(()),
        }
    }

    fn option(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "request" => self.method = Some(value.to_owned()),
            "url" => return self.url(value),
            "header" => self.header(value)?,
            "data" | "data-ascii" | "data-binary" => {
                let text = (!value.starts_with('@')).then(|| value.to_owned());
                self.data.push(text);
            }
            "data-raw" => self.data.push(Some(value.to_owned())),
            "data-urlencode" => self.data.push(encoded(value)),
            "json" => {
                self.content_type = Some("application/json");
                let text = (!value.starts_with('@')).then(|| value.to_owned());
                self.data.push(text);
            }
            "url-query" => {
                let plain = value.strip_prefix('+').map(ToOwned::to_owned);
                let text = plain.or_else(|| encoded(value));
                let text = text.ok_or("curl: --url-query reads a file; write its text instead")?;
                self.query.push(text);
            }
            "form" | "form-string" => {
                self.content_type = Some("multipart/form-data");
                self.data.push(None);
            }
            "upload-file" => self.flags.push("upload"),
            "config" => return Err("curl: -K reads options from a file; write them out".into()),
            _ => {}
        }
        Ok(())
    }

    fn url(&mut self, url: &str) -> Result<(), String> {
        match self.url.replace(url.to_owned()) {
            Some(_) => Err(ONE.to_owned()),
            None => Ok(()),
        }
    }

    fn header(&mut self, header: &str) -> Result<(), String> {
        if header.starts_with('@') {
            return Err("curl: -H reads a file; write its headers out".to_owned());
        }
        if let Some((name, value)) = header.split_once(':') {
            let name = name.trim().to_ascii_lowercase();
            self.headers.push((name, value.trim().to_owned()));
        }
        Ok(())
    }

    /// The value of a header, which is empty if the header is not sent.
    fn value_of(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    fn request(self, notes: &mut Vec<String>) -> Result<Request, String> {
        let has = |flag| self.flags.contains(&flag);
        let get = has("get");
        if has("location") || has("location-trusted") {
            notes.push(
                "curl follows redirects with -L, but the signature is not valid for another URL"
                    .to_owned(),
            );
        }
        let has_data = !self.data.is_empty();
        let method = match &self.method {
            Some(method) => method,
            None if get => "GET",
            None if has("head") => "HEAD",
            None if has("upload") => "PUT",
            None if has_data => "POST",
            None => "GET",
        };
        let content_type = match self.value_of("content-type") {
            Some(given) => Some(given).filter(|given| !given.is_empty()),
            None if has_data && !get => Some(self.content_type.unwrap_or(FORM)),
            None => None,
        };
        let joins = |pieces: &[Option<String>]| -> Option<String> {
            let texts: Option<Vec<&str>> = pieces.iter().map(Option::as_deref).collect();
            texts.map(|texts| texts.join(if self.content_type.is_some() { "" } else { "&" }))
        };
        let data = joins(&self.data);
        if data.is_none() && (get || content_type.is_some_and(is_form)) {
            return Err(
                "curl: the form is in a file; write its text behind --data-raw instead".to_owned(),
            );
        }
        let mut query = self.query.clone();
        let body = if get { None } else { data.clone() };
        query.extend(data.filter(|_| get));
        let url = self.url.as_deref();
        let url = url.ok_or("curl: the command has no URL; paste all of it")?;
        Ok(Request {
            method: method.to_owned(),
            url: Url::Absolute(with_query(url, &query)),
            authorization: self.value_of("authorization").map(ToOwned::to_owned),
            content_type: content_type.map(ToOwned::to_owned),
            body: body.filter(|_| has_data),
        })
    }
}

const ONE: &str = "curl: the command has more than one URL; paste one request";

/// A URL with more parameters at its end. Curl takes http for a URL without a scheme.
fn with_query(url: &str, query: &[String]) -> String {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let mut url = if url.contains("://") {
        url.to_owned()
    } else {
        format!("http://{url}")
    };
    for text in query {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(text);
    }
    url
}

/// What `--data-urlencode` makes of its value, unless that is in a file.
fn encoded(value: &str) -> Option<String> {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    match value.find(['=', '@']) {
        None => Some(encode(value)),
        Some(at) if value[at..].starts_with('@') => None,
        Some(0) => Some(encode(&value[1..])),
        Some(at) => Some(format!("{}={}", &value[..at], encode(&value[at + 1..]))),
    }
}

/// The short options that have a value, and their long names.
const SHORT: [(char, &str); 27] = [
    ('A', "user-agent"),
    ('C', "continue-at"),
    ('D', "dump-header"),
    ('E', "cert"),
    ('F', "form"),
    ('H', "header"),
    ('K', "config"),
    ('P', "ftp-port"),
    ('Q', "quote"),
    ('T', "upload-file"),
    ('U', "proxy-user"),
    ('X', "request"),
    ('Y', "speed-limit"),
    ('b', "cookie"),
    ('c', "cookie-jar"),
    ('d', "data"),
    ('e', "referer"),
    ('h', "help"),
    ('m', "max-time"),
    ('o', "output"),
    ('r', "range"),
    ('t', "telnet-option"),
    ('u', "user"),
    ('w', "write-out"),
    ('x', "proxy"),
    ('y', "speed-time"),
    ('z', "time-cond"),
];

/// The long options for HTTP that have a value.
#[rustfmt::skip]
const LONG: &[&str] = &[
    "alt-svc", "aws-sigv4", "cacert", "capath", "cert", "cert-type", "ciphers", "config",
    "connect-timeout", "connect-to", "continue-at", "cookie", "cookie-jar", "create-file-mode",
    "crlfile", "curves", "data", "data-ascii", "data-binary", "data-raw", "data-urlencode",
    "delegation", "dns-interface", "dns-ipv4-addr", "dns-ipv6-addr", "dns-servers", "doh-url",
    "dump-header", "engine", "etag-compare", "etag-save", "expect100-timeout", "form",
    "form-string", "happy-eyeballs-timeout-ms", "header", "hsts", "interface", "json",
    "keepalive-time", "key", "key-type", "libcurl", "limit-rate", "local-port", "max-filesize",
    "max-redirs", "max-time", "netrc-file", "noproxy", "oauth2-bearer", "output", "output-dir",
    "parallel-max", "pass", "pinnedpubkey", "preproxy", "proto", "proto-default", "proto-redir",
    "proxy", "proxy-cacert", "proxy-cert", "proxy-header", "proxy-key", "proxy-pass",
    "proxy-user", "proxy1.0", "pubkey", "random-file", "range", "rate", "referer", "request",
    "request-target", "resolve", "retry", "retry-delay", "retry-max-time", "service-name",
    "socks4", "socks4a", "socks5", "socks5-hostname", "speed-limit", "speed-time", "stderr",
    "time-cond", "tls-max", "tls13-ciphers", "tlsauthtype", "tlspassword", "tlsuser", "trace",
    "trace-ascii", "trace-config", "unix-socket", "upload-file", "url", "url-query", "user",
    "user-agent", "variable", "write-out",
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{super::words::Command, *};

    #[track_caller]
    fn read(line: &str) -> Request {
        let command = Command::read(line).unwrap();
        request(&command.words, &mut Vec::new()).unwrap()
    }

    #[track_caller]
    fn url_of(line: &str) -> String {
        read(line).url("https")
    }

    #[test]
    fn the_method_follows_from_the_options() {
        for (line, method) in [
            ("https://a.test", "GET"),
            ("-I https://a.test", "HEAD"),
            ("-d a=b https://a.test", "POST"),
            ("-G -d a=b https://a.test", "GET"),
            ("-T x https://a.test", "PUT"),
            ("-sSiXPATCH https://a.test", "PATCH"),
            ("https://a.test --request DELETE -d a=b", "DELETE"),
        ] {
            assert_eq!(read(line).method, method, "{line}");
        }
    }

    #[test]
    fn the_url_is_the_one_that_is_sent() {
        assert_eq!(url_of("a.test/b"), "http://a.test/b");
        assert_eq!(url_of("--url https://a.test/?b#c"), "https://a.test/?b");
        assert_eq!(
            url_of("-G https://a.test -d b=1 -d c=2"),
            "https://a.test?b=1&c=2"
        );
        assert_eq!(
            url_of("-G https://a.test/?x --data-urlencode 'b=é, +'"),
            "https://a.test/?x&b=%C3%A9%2C+%2B"
        );
        assert_eq!(
            url_of("--url-query 'a b' https://a.test"),
            "https://a.test?a+b"
        );
        assert_eq!(
            url_of("-o x -w %{json} -u me:pw https://a.test"),
            "https://a.test"
        );
    }

    #[test]
    fn the_body_is_what_the_options_join() {
        let form =
            read("-d a=1 --data-raw @b --data-urlencode =c/ --data-urlencode d https://a.test");
        assert_eq!(form.body.as_deref(), Some("a=1&@b&c%2F&d"));
        assert_eq!(form.content_type.as_deref(), Some(FORM));
        let json = read("-H 'content-type:application/json' -d @file https://a.test");
        assert_eq!(json.body, None);
        assert_eq!(json.content_type.as_deref(), Some("application/json"));
        let json = read("--json '{}' https://a.test");
        assert_eq!(json.body.as_deref(), Some("{}"));
        let multipart = read("-F a=b https://a.test");
        assert_eq!(
            multipart.content_type.as_deref(),
            Some("multipart/form-data")
        );
        assert_eq!(
            read("-H Content-Type: -d a=b https://a.test").content_type,
            None
        );
    }

    #[test]
    fn the_header_is_found_whatever_its_case() {
        let request = read(r#"-H "authorization: OAuth oauth_token=\"a\"" https://a.test"#);
        assert_eq!(
            request.authorization.as_deref(),
            Some(r#"OAuth oauth_token="a""#)
        );
    }

    #[test]
    fn a_command_that_says_too_little_is_refused() {
        for line in [
            "",
            "-X",
            "-s",
            "--header",
            "https://a.test https://b.test",
            "https://a.test -: https://b.test",
            "-d @file https://a.test",
            "-G -d @file https://a.test",
            "-K file https://a.test",
            "-H @file https://a.test",
        ] {
            let command = Command::read(line).unwrap();
            assert!(request(&command.words, &mut Vec::new()).is_err(), "{line}");
        }
    }
}
