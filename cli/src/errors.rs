//! What went wrong, in one line.

use std::{error::Error as _, process::ExitCode};

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

/// The command line or what it names cannot be used: exit status 2.
pub(crate) fn usage(message: &str) -> ExitCode {
    show(message);
    ExitCode::from(2)
}

/// Something went wrong on the way: exit status 1.
pub(crate) fn failure(message: &str) -> ExitCode {
    show(message);
    ExitCode::FAILURE
}

fn show(message: &str) {
    // What was typed may hold line breaks, and a terminal's control characters.
    let message = message.replace(char::is_control, " ");
    eprintln!("oauth1: {message}");
}

/// What is wrong with a command line. Values are not repeated: they may be secrets.
pub(crate) fn in_one_line(error: &Error) -> String {
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
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
            "a command is missing, such as `oauth1 sign`; --help lists the commands".into()
        }
        ErrorKind::InvalidSubcommand => {
            let given = of(ContextKind::InvalidSubcommand);
            format!("there is no command {given:?}; --help lists the commands")
        }
        ErrorKind::InvalidUtf8 => {
            "not everything given is UTF-8; octets go percent-encoded into <URL> or --form-body"
                .into()
        }
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => {
            format!("{argument} needs a value")
        }
        ErrorKind::InvalidValue => {
            let known = of(ContextKind::ValidValue).replace(' ', ", ");
            format!("{argument} is one of {known}")
        }
        ErrorKind::MissingRequiredArgument => {
            format!("{argument} is missing; --help lists the options")
        }
        ErrorKind::UnknownArgument if argument.starts_with("--") => {
            let similar = match &*of(ContextKind::SuggestedArg) {
                "" => ";".into(),
                similar => format!("; do you mean {similar}?"),
            };
            format!("there is no option {argument}{similar} --help lists the options")
        }
        ErrorKind::TooManyValues => format!("{argument} takes no value"),
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            "only -h has one hyphen; a value that begins with one is given as --option=-value"
                .into()
        }
        ErrorKind::UnknownArgument => {
            "there is more than <METHOD> and <URL>; a value with spaces needs quotation marks"
                .into()
        }
        ErrorKind::ValueValidation => match error.source() {
            Some(source) => format!("{argument}: {source}"),
            None => format!("{argument} is invalid"),
        },
        kind => format!("{kind}; --help lists the options"),
    }
}
