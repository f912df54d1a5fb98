//! The modules of the crate build on one another in one direction.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use support::sources::{code, files};

/// The modules from the lowest to the highest. A module imports from those before it only, and those
/// of the last row never import one another.
const LAYERS: [&[&str]; 16] = [
    &["encode"],
    &["form_urlencoded"],
    &["parameters"],
    &["credentials"],
    &["stamp"],
    &["request"],
    &["protocol"],
    &["base_string"],
    &["signature_method"],
    &["transmission"],
    &["signer"],
    &["response"],
    &["diagnosis"],
    &["verifier"],
    &["http"],
    &["flow", "tower"],
];

#[test]
fn modules_import_downwards_only() {
    let rank = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let mut seen = BTreeSet::new();
    for (file, module) in files() {
        let own = rank(&module).unwrap_or_else(|| panic!("{module} has no layer"));
        seen.insert(module.clone());
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            let (first, _) = import.split_once("::").unwrap_or((&import, ""));
            let imported = rank(first).unwrap_or_else(|| {
                panic!(
                    "{}: imports crate::{import} through the root, and not from its module",
                    file.display()
                )
            });
            let down = imported < own || first == module;
            assert!(
                down,
                "{}: {module} imports {first}, which is above or beside it",
                file.display()
            );
        }
    }
    let known: BTreeSet<_> = LAYERS.iter().flat_map(|layer| layer.iter()).collect();
    assert_eq!(seen.iter().collect::<Vec<_>>().len(), known.len());
}

/// Within a module, a file imports from `super` and its children, which cannot run in a circle
/// longer than that of a parent and its child; `crate::` paths to its own module would hide one.
#[test]
fn files_do_not_reach_their_own_module_through_the_crate() {
    let mut found = BTreeMap::new();
    for (file, module) in files() {
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            if import.starts_with(&format!("{module}::")) {
                found.insert(file.clone(), import);
            }
        }
    }
    assert_eq!(found, BTreeMap::new());
}

#[test]
fn the_reader_of_imports_sees_them_all() {
    let source = "
        use crate::{
            encode::{Out, encode_to},
            request::Request, // a comment
            signer,
        };
        use crate::stamp::Stamp;
        use super::Other;
        /// See [`Flow`](crate::flow::Flow) and `use crate::flow`.
        fn f() { crate::stamp::unix_now(); }
        #[cfg(test)]
        mod tests { use crate::signer::Signer; }
    ";
    assert_eq!(
        imports(source),
        [
            "encode::{Out, encode_to}",
            "request::Request",
            "signer",
            "stamp::Stamp",
            "stamp::unix_now",
        ]
    );
}

/// What a source takes from the crate, in imports and in paths, without its unit tests.
fn imports(source: &str) -> Vec<String> {
    let code = code(source);
    let mut imports = Vec::new();
    let mut rest = &*code;
    while let Some((_, behind)) = rest.split_once("crate::") {
        rest = behind;
        if let Some(list) = behind.strip_prefix('{') {
            let (mut depth, mut item) = (0, String::new());
            for character in list.chars() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        imports.push(std::mem::take(&mut item));
                        continue;
                    }
                    _ => {}
                }
                item.push(character);
            }
            imports.push(item);
        } else {
            let of_path = |character: char| character.is_alphanumeric() || "_:".contains(character);
            let end = behind.find(|character| !of_path(character));
            imports.push(behind[..end.unwrap_or(behind.len())].to_owned());
        }
    }
    let words = |import: String| import.split_whitespace().collect::<Vec<_>>().join(" ");
    imports
        .into_iter()
        .map(words)
        .filter(|import| !import.is_empty() && !import.starts_with("pub"))
        .collect()
}
