//! Colors, which the report itself does not have.

use std::{
    env,
    io::{self, IsTerminal},
};

use super::options::Color;

pub(super) fn is_wanted(color: Color) -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let is_dumb = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
            io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
}

/// Paints the titles, the marks under the texts, and the help.
pub(super) fn paint(report: &str) -> String {
    report.split_inclusive('\n').map(painted).collect()
}

fn painted(line: &str) -> String {
    let text = line.trim_end_matches('\n');
    let end = &line[text.len()..];
    let inner = text.trim_start();
    let is_mark = inner.contains('^') && inner.chars().all(|one| "^~- |".contains(one));
    let code = if is_mark { RED } else { return line.to_owned() };
    format!("\x1b[{code}m{text}\x1b[0m{end}")
}

const RED: &str = "1;31";
