//! The title and the remedy of a finding.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Cause, Finding, mask};

/// What is wrong, with the names of the parameters.
pub(super) fn title(finding: &Finding) -> String {
    let title = match (finding.cause(), finding.mistake()) {
        (Cause::ServerAtFault, Some(mistake)) => {
            format!("{}: {}", finding.cause().title(), of_server(mistake))
        }
        (cause, _) => cause.title().to_string(),
    };
    let names = finding.parameters().iter().take(NAMED);
    // Most titles of one protocol parameter name it.
    let names = names.map(|name| format!("`{}`", mask::name(name)));
    let names: Vec<_> = names.filter(|name| !title.contains(name)).collect();
    let rest = finding.parameters().len().saturating_sub(NAMED);
    match rest {
        _ if names.is_empty() => title,
        0 => format!("{title} ({})", names.join(", ")),
        rest => format!("{title} ({} and {rest} more)", names.join(", ")),
    }
}

/// How many parameters are named.
const NAMED: usize = 3;

/// What a server does, where the title of a cause is about the client.
fn of_server(mistake: Cause) -> &'static str {
    match mistake {
        Cause::Path => "it repeats a part of the path",
        Cause::ParameterMissing => "it leaves out a parameter",
        Cause::ParameterAdded => "it counts a parameter that was not sent",
        Cause::KeyTokenSecretExtra => "it adds a token secret to the key",
        mistake => mistake.title(),
    }
}

/// What to change.
pub(super) fn help(finding: &Finding) -> String {
    match finding.cause() {
        Cause::ServerAtFault => {
            let around = finding.mistake().map_or(LIKE_THE_SERVER, around);
            format!(
                "what was signed is right by RFC 5849. Check what left: a client or a proxy may \
                 have changed the request after it was signed. If nothing did, report this to the \
                 service. Until it is fixed, {around}"
            )
        }
        Cause::TimeSkew => skew(finding).unwrap_or_default() + finding.cause().help(),
        Cause::ParameterTypo => match finding.parameters() {
            [name] => format!(
                "write `{}` where you sign and where you send it",
                mask::name(name)
            ),
            _ => finding.cause().help().into(),
        },
        Cause::NameNotEncoded | Cause::NameEncodedTooOften => finding.cause().help().into(),
        cause => cause.help().into(),
    }
}

/// How far the clocks are apart, if the finding contains both times.
fn skew(finding: &Finding) -> Option<String> {
    let seconds = |text: Option<&str>| text?.parse::<u64>().ok();
    let (ours, theirs) = (seconds(finding.ours())?, seconds(finding.theirs())?);
    let which = if ours < theirs { "behind" } else { "ahead of" };
    let difference = ours.abs_diff(theirs);
    Some(format!(
        "your clock is {difference} s {which} the server's: "
    ))
}

/// How to live with a mistake of a server.
fn around(mistake: Cause) -> &'static str {
    match mistake {
        Cause::PlusForSpace => "avoid spaces in this value, or sign them as `+` for this server",
        cause if cause.is_of_encoding() => {
            "avoid the characters concerned in this value, or encode it the way the server does, \
             for this server only"
        }
        Cause::NameNotEncoded | Cause::NameEncodedTooOften => {
            "use a name of letters, digits and `_`, or encode it the way the server does, for \
             this server only"
        }
        Cause::OrderUnsorted | Cause::OrderDecoded | Cause::OrderJoined => {
            "use names that sort alike in both orders, or sort the way the server does, for this \
             server only"
        }
        Cause::DuplicatesLost => {
            "send each name only once, for instance with a list as its value, if the service \
             accepts that"
        }
        Cause::QueryNotSigned => {
            "send the parameters in a form, or leave the query out of the base string for this \
             server"
        }
        Cause::FormNotSigned => {
            "send the parameters in the query, or leave the form out of the base string for this \
             server"
        }
        Cause::KeyNoAmpersand => "join the secrets without `&`, for this server only",
        Cause::KeyNotEncoded => {
            "ask for a secret of letters and digits, or put it into the key without encoding it, \
             for this server only"
        }
        Cause::KeyNoTokenSecret => "end the key after the `&`, for this server only",
        Cause::Path => {
            "sign the path that the server sees, for this server only, and still send the right \
             one"
        }
        _ => LIKE_THE_SERVER,
    }
}

const LIKE_THE_SERVER: &str = "build the base string the way the server does, for this server only";
