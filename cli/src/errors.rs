//! What went wrong, in one line.

use std::{
    env,
    error::Error as _,
    io::{self, Write},
};

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

pub(crate) fn show(message: &str) {
    // What was typed or received may hold line breaks, and a terminal's control characters. There is
    // nobody to tell when standard error is closed.
    let message = message.replace(char::is_control, " ");
    let _ = writeln!(io::stderr(), "oauth1: {message}");
}

pub(crate) fn warn(message: &str) {
    show(&format!("warning: {message}"));
}

/// What is wrong with a command line. What was given is not repeated: it may be a secret.
pub(crate) fn in_one_line(error: &Error) -> String {
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = of(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::ArgumentConflict if of(ContextKind::PriorArg) == argument => {
            format!("{argument} is given twice")
        }
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg);
            format!("{argument} cannot be used together with {other}")
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            "a command is missing: begin with `oauth1 sign`, `oauth1 login`, `oauth1 diagnose` or \
             `oauth1 verify`; `oauth1 --help` explains them"
                .into()
        }
        ErrorKind::InvalidSubcommand => {
            "there is no such command: begin with `oauth1 sign`, `oauth1 login`, `oauth1 diagnose` \
             or `oauth1 verify`; `oauth1 --help` explains them"
                .into()
        }
        ErrorKind::InvalidUtf8 => {
            "not everything given is UTF-8; other bytes go percent-encoded into the URL, or into a \
             form"
                .into()
        }
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
            format!("{argument} needs a value")
        }
        ErrorKind::InvalidValue => {
            format!("{argument} is one of {}", of(ContextKind::ValidValue))
        }
        ErrorKind::MissingRequiredArgument => {
            let verb = if argument.contains(", ") { "are" } else { "is" };
            format!("{argument} {verb} missing; {}", help())
        }
        ErrorKind::TooManyValues => format!("{argument} takes no value"),
        ErrorKind::UnknownArgument => unknown(&argument, &of(ContextKind::SuggestedArg)),
        ErrorKind::ValueValidation => match error.source() {
            Some(source) => format!("{argument}: {source}"),
            None => format!("{argument} is invalid"),
        },
        kind => format!("{kind}; {}", help()),
    }
}

fn unknown(argument: &str, similar: &str) -> String {
    // A secret that begins with two hyphens is taken for an option.
    let may_be_shown = |character: char| character.is_ascii_lowercase() || character == '-';
    match argument.strip_prefix("--") {
        Some(_) if !similar.is_empty() => {
            format!("there is no such option; do you mean {similar}? {}", help())
        }
        Some(name) if name.len() < 20 && name.chars().all(may_be_shown) => {
            format!("there is no option {argument}; {}", help())
        }
        Some(_) => format!("there is no such option; {}", help()),
        None if argument.starts_with('-') => {
            "only -h has one hyphen; a value that begins with one is given as --option=-value"
                .into()
        }
        None if command() == Some("verify") => {
            "there is more than <ORIGIN> and <FILE>; a value with spaces needs quotation marks"
                .into()
        }
        None if command() == Some("sign") => {
            "there is more than <METHOD> and <URL>; a value with spaces needs quotation marks"
                .into()
        }
        None => format!(
            "everything is given as an option; a value with spaces needs quotation marks; {}",
            help()
        ),
    }
}

fn help() -> String {
    match command() {
        Some(command) => format!("`oauth1 {command} --help` lists the options"),
        None => "`oauth1 --help` lists the commands".to_owned(),
    }
}

/// The command that was given first.
fn command() -> Option<&'static str> {
    let given = env::args_os().nth(1)?;
    ["sign", "login", "diagnose", "verify"]
        .into_iter()
        .find(|known| given == *known)
}
