//! `oauth1 diagnose`: finds out why a signature was refused.

mod case;
mod color;
mod curl;
mod http;
mod label;
mod options;
mod pieces;
mod recognize;
mod request;
mod words;

use std::{
    ffi::OsStr,
    io::{self, IsTerminal},
    path::Path,
    process::ExitCode,
};

use oauth1_signer::{
    Consumer, Token,
    diagnosis::{Certainty, Diagnosis, Evidence},
    response::Response,
};

use self::{
    case::{Case, Located},
    label::{Kind, Label},
    pieces::{Found, Piece},
};
pub(crate) use self::{
    http::{is_request_line_of_any_method, without_marks},
    options::Options,
    recognize::is_base_string,
};
use crate::{
    credentials::Secrets,
    errors,
    input::{Input, Source},
    output,
    secret_names::is_secret,
};

/// Prints the report. The status is 1 if something is proven to be wrong.
pub(crate) fn run(options: &Options) -> Result<ExitCode, String> {
    let mut notes = Vec::new();
    let diagnosis = diagnosis(options, &mut notes)?;
    for note in notes {
        errors::show(&note);
    }
    let report = if options.output.full {
        format!("{diagnosis:#}")
    } else {
        diagnosis.to_string()
    };
    let report = if color::is_wanted(options.output.color) {
        color::paint(&report)
    } else {
        report
    };
    output::write(report.as_bytes())?;
    let mut findings = diagnosis.findings().iter();
    let is_proven = findings.any(|finding| finding.certainty() == Certainty::Proven);
    Ok(ExitCode::from(u8::from(is_proven)))
}

fn diagnosis(options: &Options, notes: &mut Vec<String>) -> Result<Diagnosis, String> {
    let input = Input::default();
    let secrets = options.secrets.secrets(&input)?;
    let case = Case::of(pieces(options, &input, notes)?, notes)?;
    if case.is_empty() {
        return Err(
            "there is nothing to look at: give a base string, a request or an answer".into(),
        );
    }
    let evidence = case.evidence();
    let evidence = match secrets {
        Some(Secrets { token: None, .. })
            if case.has_token() && !options.secrets.without_token() =>
        {
            notes.push(
                "the request has a token: to compute signatures, set OAUTH_TOKEN_SECRET too, or \
                 give --no-token if there is no secret"
                    .to_owned(),
            );
            evidence
        }
        Some(secrets) => with_secrets(evidence, secrets),
        None => evidence,
    };
    Ok(evidence.diagnose())
}

fn with_secrets(evidence: Evidence, secrets: Secrets) -> Evidence {
    // The names of both do not matter.
    let consumer = Consumer::new("", secrets.consumer);
    let token = secrets.token.map(|secret| Token::new("", secret));
    evidence.credentials(&consumer, token.as_ref())
}

/// Reads all that is given, or standard input.
fn pieces(
    options: &Options,
    input: &Input,
    notes: &mut Vec<String>,
) -> Result<Vec<Located>, String> {
    let mut all = Vec::new();
    for given in options.evidence.given() {
        let text = Text::of(given.option, given.value, input)?;
        if given.label.kind == Some(Kind::Signature) {
            all.push(text.signature(given.label)?);
        } else {
            all.extend(text.pieces(given.label, notes)?);
        }
    }
    for value in &options.pieces {
        let text = Text::of("<PIECE>", value, input)?;
        all.extend(text.pieces(Label::default(), notes)?);
    }
    if options.pieces.is_empty() && options.evidence.given().next().is_none() {
        if io::stdin().is_terminal() {
            errors::show("paste what you have, then press Ctrl-D on a line of its own");
        }
        let text = Text::of("standard input", OsStr::new("-"), input)?;
        all.extend(text.pieces(Label::default(), notes)?);
    }
    Ok(all)
}

/// A text, and how to name it.
struct Text {
    content: String,
    name: String,
    /// Whether the command line itself has it.
    is_argument: bool,
}

impl Text {
    /// Reads a file or standard input, or takes the text itself.
    fn of(option: &'static str, value: &OsStr, input: &Input) -> Result<Self, String> {
        let path = match Source::of(option, value) {
            Ok(Source::File(path)) => path,
            Ok(Source::Text(_)) | Err(_) => Path::new(value),
        };
        let is_stdin = path == Path::new("-");
        if is_stdin || path.is_file() || path.is_dir() || path != Path::new(value) {
            let content = input.file(option, path)?;
            let name = match option {
                "<PIECE>" if is_stdin => "standard input".to_owned(),
                "<PIECE>" => path.display().to_string(),
                option => option.to_owned(),
            };
            return Ok(Self {
                content: in_unicode(&content),
                name,
                is_argument: false,
            });
        }
        let content = value.to_str();
        let content = content.ok_or_else(|| format!("{option}: there is no such file"))?;
        Ok(Self {
            content: content.to_owned(),
            name: option.to_owned(),
            is_argument: true,
        })
    }

    /// The signature that is the whole text: what is around it may be what is wrong.
    fn signature(self, label: Label) -> Result<Located, String> {
        let text = match self.content.strip_suffix('\n') {
            Some(line) if !self.is_argument => line.strip_suffix('\r').unwrap_or(line),
            _ => &self.content,
        };
        if self.is_argument && (1..20).contains(&text.len()) && !text.contains(['%', '&']) {
            return Err(format!(
                "{}: there is no such file, and a signature is longer",
                self.name
            ));
        }
        let is_answer = ["HTTP/", "{", "<"]
            .iter()
            .any(|beginning| text.trim_start().starts_with(beginning));
        if is_answer || Response::new(401, text).report().is_some() {
            return Err(format!(
                "{}: this is more than a signature; give an answer with --answer",
                self.name
            ));
        }
        let found = Found {
            piece: Piece::Signature(text.to_owned()),
            label,
            line: 1,
        };
        let place = self.name;
        Ok(Located { found, place })
    }

    fn pieces(&self, label: Label, notes: &mut Vec<String>) -> Result<Vec<Located>, String> {
        let name = &self.name;
        let text = http::without_marks(&self.content);
        let found = pieces::read(&text, label, notes).map_err(|(line, error)| {
            if self.is_argument {
                format!("{name}: there is no such file; as a text, {error}")
            } else {
                format!("{name}, line {line}: {error}")
            }
        })?;
        if self.is_argument && has_secret(&text) {
            errors::warn(&format!(
                "other users of this machine can see the secrets that follow {name}; give a file \
                 instead"
            ));
        }
        let located = found.into_iter().map(|found| Located {
            place: if self.is_argument {
                name.clone()
            } else {
                format!("{name}, line {}", found.line)
            },
            found,
        });
        Ok(located.collect())
    }
}

/// Whether a request or base string contains a secret: both with PLAINTEXT, and a password in a form.
fn has_secret(text: &str) -> bool {
    let plain = |text: &str| {
        text.replace("%25", "%")
            .replace("%3D", "=")
            .replace("%26", "&")
    };
    let plain = plain(&plain(text));
    let separators = ['&', '?', ' ', ',', '\'', '"'];
    let names = plain
        .split('=')
        .filter_map(|before| before.rsplit(separators).next());
    plain.contains("PLAINTEXT") || names.into_iter().any(is_secret)
}

/// The text, which `PowerShell` writes in UTF-16.
fn in_unicode(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => {
            let units = rest.chunks_exact(2);
            let units = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            let characters = char::decode_utf16(units);
            characters
                .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
