//! `docs/command.md` and `docs/refused.md`: their commands print what they say.

#![cfg(unix)]

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

use super::support::{Folder, nobody};

/// A command of the page, and what the page says it prints. `…` stands for anything.
struct Step {
    command: String,
    expected: String,
}

fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap();
        for line in block.split_inclusive('\n') {
            match line.strip_prefix("$ ") {
                Some(command) => steps.push(Step {
                    command: command.to_owned(),
                    expected: String::new(),
                }),
                None => steps.last_mut().unwrap().expected.push_str(line),
            }
        }
    }
    steps
}

#[test]
fn the_commands_of_the_pages_print_what_they_say() {
    for (name, at_least) in [("command.md", 10), ("refused.md", 3)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../docs")
            .join(name);
        let mut page = fs::read_to_string(&path).unwrap();
        let steps = steps(&page);
        assert!(steps.len() >= at_least, "{name}");
        for (step, printed) in steps.iter().zip(printed(&steps)) {
            let reports = ["oauth1 diagnose", "oauth1 verify"];
            let is_report = reports.iter().any(|start| step.command.starts_with(start));
            if is_report && env::var_os("WRITE_REPORTS").is_some() {
                page = page.replacen(&step.expected, &printed, 1);
                fs::write(&path, &page).unwrap();
                continue;
            }
            assert!(
                fits(&printed, &step.expected),
                "$ {}{}\nprints\n{printed}",
                step.command,
                step.expected
            );
        }
    }
}

/// Runs the commands. A file that a page shows with `cat` is written first.
fn printed(steps: &[Step]) -> Vec<String> {
    let folder = Folder::new();
    // In one shell, since the first commands set what the others use.
    let mut script = String::new();
    for step in steps {
        if let Some(name) = step.command.trim().strip_prefix("cat ") {
            folder.write(name, &step.expected);
        }
        // The exit status of the command before is still there for the next.
        script += &step.command;
        script += "status=$?; echo '-- end --'; (exit $status)\n";
    }
    let program = Path::new(env!("CARGO_BIN_EXE_oauth1")).parent().unwrap();
    let path = env::join_paths([program, Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    folder.write("script", &script);
    let mut shell = Command::new("sh");
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("OAUTH_") {
            shell.env_remove(name);
        }
    }
    shell
        .args(["-c", ". ./script 2>&1"])
        .env("PATH", path)
        .stdin(Stdio::null());
    let output = shell.current_dir(&folder.path).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let printed = text.split_terminator("-- end --\n").map(str::to_owned);
    let printed: Vec<_> = printed.collect();
    assert_eq!(printed.len(), steps.len(), "{text}");
    printed
}

/// Whether a text is as the page says, with anything in place of `…`.
fn fits(text: &str, expected: &str) -> bool {
    let mut parts = expected.split('…');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap()) else {
        return false;
    };
    let mut last = "";
    for part in parts {
        let Some(found) = rest.find(part) else {
            return false;
        };
        rest = &rest[found + part.len()..];
        last = part;
    }
    rest.is_empty() || (last.is_empty() && expected.ends_with('…'))
}

#[test]
fn the_page_names_options_that_are_there() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/command.md");
    let page = fs::read_to_string(page).unwrap();
    let help =
        ["sign", "login", "diagnose", "verify"].map(|command| nobody([command, "--help"]).stdout());
    let help = help.concat();
    // Those of curl and cargo are theirs.
    let lines = page.lines().filter(|line| !line.starts_with("curl "));
    let page = lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace("cargo install --path", "");
    let of_name = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
    };
    for word in page.split(|character: char| !of_name(character)) {
        let is_option = word.starts_with("--") && word.len() > 3 && !word.starts_with("---");
        if is_option {
            assert!(
                help.contains(&format!("{word} ")) || help.contains(&format!("{word}\n")),
                "{word}"
            );
        }
    }
}
