//! The command line.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

use super::label::{Kind, Label, Side};
use crate::credentials::{ABOUT_SECRETS, SecretOptions};

/// Finds out why a signature was refused. Nothing is sent.
///
/// Give what you have: the base string that you signed, what the server answered, the request. Each
/// PIECE is the name of a file, the text itself, or `-` for standard input. Without any, standard
/// input is read. A text may contain several pieces, and most are recognized: base strings, command
/// lines for curl, what `curl -v` prints, requests, answers, `Authorization` headers and signatures.
#[derive(Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{LABELS}\n\n{ABOUT_SECRETS}"))]
pub(crate) struct Options {
    /// Anything; what it is shows in it, or in a label such as `theirs:`
    #[arg(value_name = "PIECE")]
    pub(super) pieces: Vec<OsString>,

    #[command(flatten)]
    pub(super) evidence: EvidenceOptions,

    #[command(flatten)]
    pub(super) secrets: SecretOptions,

    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Args)]
#[command(next_help_heading = "Evidence")]
pub(super) struct EvidenceOptions {
    /// Base string that you signed
    #[arg(long, value_name = "PIECE")]
    ours: Option<OsString>,

    /// Base string that the server made, or its whole answer
    #[arg(long, value_name = "PIECE")]
    theirs: Option<OsString>,

    /// Request that you meant to send: a command line for curl, or as HTTP writes it
    #[arg(long, value_name = "PIECE")]
    request: Option<OsString>,

    /// Request that was sent, as a log or `curl -v` shows it, or its `Authorization` header
    #[arg(long, value_name = "PIECE")]
    sent: Option<OsString>,

    /// Answer of the server, with status and headers if you have them
    #[arg(long, value_name = "PIECE")]
    answer: Option<OsString>,

    /// Signature that you made
    #[arg(long, value_name = "PIECE")]
    signature: Option<OsString>,

    /// Signature that the server expected, or accepted from another program
    #[arg(long, value_name = "PIECE")]
    expected_signature: Option<OsString>,

    /// Signature that the server says it received
    #[arg(long, value_name = "PIECE")]
    received_signature: Option<OsString>,

    /// Time by your clock when you signed, in seconds since 1970-01-01 00:00 UTC
    #[arg(long, value_name = "SECONDS")]
    our_time: Option<OsString>,

    /// Time by the server's clock, in the same seconds
    #[arg(long, value_name = "SECONDS")]
    their_time: Option<OsString>,
}

#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(super) struct Output {
    /// Show everything but secrets; do not paste that where others can read it
    #[arg(long)]
    pub(super) full: bool,

    /// When to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}

#[derive(Clone, Copy, Eq, PartialEq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// What an option gives, and what that is.
pub(super) struct Given<'o> {
    pub(super) option: &'static str,
    pub(super) value: &'o OsString,
    pub(super) label: Label,
}

impl EvidenceOptions {
    pub(super) fn given(&self) -> impl Iterator<Item = Given<'_>> {
        use {
            Kind::{Answer, Request, Signature, Time},
            Side::{Ours, Received, Sent, Theirs},
        };
        let all = [
            ("--ours", &self.ours, Ours, None),
            ("--theirs", &self.theirs, Theirs, None),
            ("--request", &self.request, Ours, Some(Request)),
            ("--sent", &self.sent, Sent, None),
            ("--answer", &self.answer, Theirs, Some(Answer)),
            ("--signature", &self.signature, Ours, Some(Signature)),
            (
                "--expected-signature",
                &self.expected_signature,
                Theirs,
                Some(Signature),
            ),
            (
                "--received-signature",
                &self.received_signature,
                Received,
                Some(Signature),
            ),
            ("--our-time", &self.our_time, Ours, Some(Time)),
            ("--their-time", &self.their_time, Theirs, Some(Time)),
        ];
        all.into_iter().filter_map(|(option, value, side, kind)| {
            Some(Given {
                option,
                value: value.as_ref()?,
                label: Label::new(Some(side), kind),
            })
        })
    }
}

const LABELS: &str = "\
In a text with several pieces, a label says what follows it, on the same line or on the next: `ours:`,
`theirs:`, `our signature:`, `expected signature:`, `received signature:`, `request:`, `sent:`, `answer:`,
`our time:`, `their time:`. Without labels, the first base string is taken for the one that you signed,
and the second for the server's; what was guessed is said on standard error.

With the secrets, signatures are computed again, with each known mistake, until one fits. The report
shows neither secrets nor, without --full, tokens and what is the same on both sides.

The exit status is 1 if something is proven to be wrong, 0 if not, and 2 if the evidence cannot be
read.";

const EXAMPLES: &str = "\
Examples:
  oauth1 diagnose --ours ours.txt --theirs answer.txt
  oauth1 diagnose 'GET&https%3A%2F%2F...' 'GET&https%3A%2F%2F...'
  pbpaste | oauth1 diagnose
  oauth1 diagnose
      Waits for what you paste: base strings, a command line for curl, an answer.";
