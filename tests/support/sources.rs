//! The sources of the crate, read as text.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The source files, each with its module below the root.
pub fn files() -> Vec<(PathBuf, String)> {
    fn visit(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, files);
            } else {
                files.push(path);
            }
        }
    }
    let sources = folder();
    let mut files = Vec::new();
    visit(&sources, &mut files);
    files.sort();
    assert!(files.len() > 40, "the sources are elsewhere");
    let module = |path: &Path| {
        let path = path.strip_prefix(&sources).unwrap();
        let first = path.components().next().unwrap().as_os_str();
        let first = first.to_str().unwrap();
        first.strip_suffix(".rs").unwrap_or(first).to_owned()
    };
    files
        .into_iter()
        .map(|file| (file.clone(), module(&file)))
        .filter(|(_, module)| module != "lib")
        .collect()
}

/// A source without its comments and its unit tests.
pub fn code(source: &str) -> String {
    let before_tests = source.split("#[cfg(test)]").next().unwrap();
    let lines = before_tests.lines();
    let lines = lines.map(|line| line.split("//").next().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

/// The public types of the crate, each with the feature that it needs: those that the root and the
/// public modules declare or export.
pub fn public_types() -> Vec<(String, Option<String>)> {
    let read = |name: &str| fs::read_to_string(folder().join(format!("{name}.rs"))).unwrap();
    let root = code(&read("lib"));
    let modules = statements(&root, "pub mod ").into_iter();
    let modules = modules.map(|(name, feature)| (code(&read(name.trim())), feature));
    let mut types: Vec<_> = std::iter::once((root.clone(), None))
        .chain(modules)
        .flat_map(|(code, of_module)| {
            let types = types_in(&code).into_iter();
            types.map(move |(name, feature)| (name, feature.or(of_module.clone())))
        })
        .collect();
    types.sort();
    types
}

/// The types that a module declares or exports, each with the feature that it needs.
pub fn types_in(code: &str) -> Vec<(String, Option<String>)> {
    let mut types = Vec::new();
    for (list, feature) in statements(code, "pub use ") {
        let names = list.split(|character: char| !character.is_alphanumeric());
        let names = names.filter(|name| name.starts_with(char::is_uppercase));
        types.extend(names.map(|name| (name.to_owned(), feature.clone())));
    }
    for keyword in ["\npub struct ", "\npub enum "] {
        for declaration in code.split(keyword).skip(1) {
            let end = declaration.find(|character: char| !character.is_alphanumeric());
            types.push((declaration[..end.unwrap()].to_owned(), None));
        }
    }
    types
}

/// What stands between a keyword and the semicolon, and the feature in an attribute before it. What
/// has braces and no semicolon, such as a module with its content, is passed over.
fn statements<'c>(code: &'c str, keyword: &str) -> Vec<(&'c str, Option<String>)> {
    let mut statements = Vec::new();
    for (at, _) in code.match_indices(keyword) {
        let before = &code[..at];
        let start = before.rfind([';', '}']).map_or(0, |end| end + 1);
        let feature = before[start..].split("feature = \"").nth(1);
        let feature = feature.map(|rest| rest.split('"').next().unwrap().to_owned());
        let (statement, _) = code[at + keyword.len()..].split_once(';').unwrap();
        if keyword != "pub mod " || !statement.contains('{') {
            statements.push((statement, feature));
        }
    }
    statements
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src")
}
