//! The files in `tests/`: keys and vectors.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

/// Reads a file by its path in `tests/`.
pub fn read(path: &str) -> Vec<u8> {
    fs::read(path_of(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Reads the cases of a file of vectors.
pub fn cases<T: DeserializeOwned>(name: &str) -> Vec<T> {
    serde_json::from_slice(&read(&format!("vectors/{name}"))).unwrap()
}

/// The names of all files of vectors, in order.
pub fn vectors() -> Vec<String> {
    let entries = fs::read_dir(path_of("vectors")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|name| name == "json")
        })
        .collect();
    names.sort();
    names
}

fn path_of(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
