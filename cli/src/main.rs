//! The command `oauth1`: signs requests with OAuth 1.0a ([RFC 5849]), and gets tokens.
//!
//! [RFC 5849]: https://www.rfc-editor.org/rfc/rfc5849

mod errors;
mod login;
mod sign;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

/// Signs requests with OAuth 1.0a (RFC 5849), and gets tokens.
#[derive(Parser)]
#[command(name = "oauth1", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Sign(sign::Options),
    Login(login::Options),
}

fn main() -> ExitCode {
    let parsed = Arguments::command()
        .try_get_matches()
        .and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    match parsed {
        Ok((arguments, matches)) => match arguments.command {
            Command::Sign(options) => sign::run(options, &matches),
            Command::Login(options) => login::run(&options),
        },
        // `--help` and `--version` end up here as well.
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            ExitCode::SUCCESS
        }
        Err(error) => errors::usage(&errors::in_one_line(&error)),
    }
}
