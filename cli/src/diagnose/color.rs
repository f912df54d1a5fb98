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

/// Paints the beginnings of the lines that say what is wrong and what to do, and the marks under the
/// texts.
pub(super) fn paint(report: &str) -> String {
    report.split_inclusive('\n').map(painted).collect()
}

fn painted(line: &str) -> String {
    let text = line.trim_end_matches('\n');
    let end = &line[text.len()..];
    let inner = text.trim_start();
    if inner.starts_with('^') && inner.chars().all(|one| "^ ".contains(one)) {
        return format!("\x1b[{RED}m{text}\x1b[0m{end}");
    }
    for (start, code) in STARTS {
        if let Some(rest) = text.strip_prefix(start)
            && let Some((title, rest)) = rest.split_once(':')
            && !title.contains(' ')
        {
            return format!("\x1b[{code}m{start}{title}:\x1b[0m{rest}{end}");
        }
    }
    line.to_owned()
}

const RED: &str = "1;31";

/// How painted lines begin, up to a colon.
const STARTS: [(&str, &str); 7] = [
    ("error", RED),
    ("likely", "1;33"),
    ("possible", "1;36"),
    ("unexplained", "1;33"),
    ("ok", "1;32"),
    ("note", "1;34"),
    ("  = help", "1;32"),
];

#[cfg(test)]
mod tests {
    use super::paint;

    #[test]
    fn what_matters_is_painted() {
        let report = "error[plus-for-space]: a space: `+`\n    ours: a+b\n           ^\n  = help: \
                      write %20\n\nok: nothing\nnot: this\nnote: a: b";
        assert_eq!(
            paint(report),
            "\x1b[1;31merror[plus-for-space]:\x1b[0m a space: `+`\n    ours: a+b\n\x1b[1;31m           \
             ^\x1b[0m\n\x1b[1;32m  = help:\x1b[0m write %20\n\n\x1b[1;32mok:\x1b[0m nothing\nnot: \
             this\n\x1b[1;34mnote:\x1b[0m a: b"
        );
    }
}
