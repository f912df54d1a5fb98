//! The likeliest mistakes do not compile, and the compiler says what to do instead.
//!
//! The programs are in `tests/mistakes`. Each states in its first lines what the compiler `says` in
//! our words, or else which error it `is`: the compiler's own words change.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

fn programs() -> BTreeMap<String, PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("mistakes");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path))
        .collect()
}

/// A package with a program for each mistake, and one without.
fn package(programs: &BTreeMap<String, PathBuf>) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes");
    fs::create_dir_all(package.join("src/bin")).unwrap();
    let path = root.to_str().unwrap();
    let manifest = format!(
        "[package]\nname = \"mistakes\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\noauth1-signer = {{ path = {path:?} }}\n"
    );
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    // The versions that have been downloaded.
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    for (name, path) in programs {
        fs::copy(path, package.join("src/bin").join(format!("{name}.rs"))).unwrap();
    }
    let right = "fn main() { oauth1_signer::Request::get(\"https://example.com/\").unwrap(); }\n";
    fs::write(package.join("src/bin/without_mistake.rs"), right).unwrap();
    package
}

/// What the compiler says about each program.
fn messages(package: &Path) -> BTreeMap<String, String> {
    let output = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["check", "--quiet", "--offline", "--keep-going", "--bins"])
        .args(["--message-format", "json"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let mut messages = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let target = line["target"]["name"].as_str().unwrap_or_default();
        match line["reason"].as_str() {
            Some("compiler-message") => {
                let text = line["message"]["rendered"].as_str().unwrap();
                *messages.entry(target.to_owned()).or_default() += text;
            }
            Some("compiler-artifact") => drop(messages.insert(target.into(), "compiles".into())),
            _ => {}
        }
    }
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(messages["without_mistake"], "compiles", "{errors}");
    messages
}

#[test]
fn the_compiler_says_what_to_do_instead() {
    let programs = programs();
    assert!(programs.len() >= 10);
    let messages = messages(&package(&programs));
    for (name, path) in programs {
        let source = fs::read_to_string(path).unwrap();
        let says = source.lines().filter_map(|line| {
            line.strip_prefix("//! says: ")
                .or_else(|| line.strip_prefix("//! is: "))
        });
        let message = messages[&name].replace('\n', " ");
        assert!(says.clone().count() > 0, "{name} expects nothing");
        for text in says {
            assert!(
                message.contains(text),
                "{name}: {text}\n{}",
                messages[&name]
            );
        }
    }
}
