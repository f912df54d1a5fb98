//! The command `oauth1`: signs requests with OAuth 1.0a ([RFC 5849]), gets tokens, finds out why a
//! signature was refused, and verifies requests.
//!
//! [RFC 5849]: https://www.rfc-editor.org/rfc/rfc5849

#![forbid(unsafe_code)]

mod credentials;
mod diagnose;
mod errors;
mod input;
mod login;
mod method;
mod output;
mod secret_names;
mod sign;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Signs requests with OAuth 1.0a (RFC 5849), gets tokens, finds out why a signature was refused, and
/// verifies requests.
#[derive(Parser)]
#[command(name = "oauth1", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

// Each command is a module with its options and a function that runs it.
#[derive(Subcommand)]
#[allow(clippy::large_enum_variant)] // There is one.
enum Command {
    Sign(sign::Options),
    Login(login::Options),
    Diagnose(diagnose::Options),
    Verify(verify::Options),
}

const EXAMPLES: &str = "\
Examples:
  oauth1 login
      Shows how an app gets a token, with a small provider on this machine.
  oauth1 sign GET 'https://api.example.com/photos?size=original'
      Prints the request with its `Authorization` header. The consumer key and secret are in the
      environment variables OAUTH_CONSUMER_KEY and OAUTH_CONSUMER_SECRET.
  oauth1 sign POST https://api.example.com/posts --form title='Hello, world' --curl | sh
      Signs a form and sends it with curl.
  oauth1 diagnose --ours ours.txt --theirs answer.txt
      Compares two base strings, or one with what a server answered, and says what is wrong.
  oauth1 verify https://api.example.com request.txt
      Says whether a request is genuine, as its server does.

`oauth1 sign --help` explains the options of a command.";

fn main() -> ExitCode {
    let result = match Arguments::try_parse() {
        Ok(arguments) => match arguments.command {
            Command::Sign(options) => sign::run(&options).map(|()| ExitCode::SUCCESS),
            Command::Login(options) => login::run(&options).map(|()| ExitCode::SUCCESS),
            Command::Diagnose(options) => diagnose::run(&options),
            Command::Verify(options) => verify::run(&options),
        },
        // `--help` and `--version` end up here as well.
        Err(error) if !error.use_stderr() => {
            output::write(error.to_string().as_bytes()).map(|()| ExitCode::SUCCESS)
        }
        Err(error) => Err(errors::in_one_line(&error)),
    };
    match result {
        Ok(code) => code,
        Err(message) => {
            errors::show(&message);
            ExitCode::from(2)
        }
    }
}
