//! Every case of the vectors in `tests/vectors/`: one test for each file.

use std::{collections::BTreeMap, fmt};

use serde::de::DeserializeOwned;

mod answers;
mod sign;
mod stages;

/// What checks a file, and what is left for later, by reason and number.
macro_rules! files {
    ($($file:ident: $check:path, left: $left:expr;)*) => {
        const FILES: &[&str] = &[$(stringify!($file)),*];

        $(
            #[test]
            fn $file() {
                every_case_passes(stringify!($file), $check, &$left);
            }
        )*
    };
}

files! {
    auth_header: later, left: [("the tests of the verifier", 25)];
    authorize_url: answers::authorize_url, left: [];
    base_uri: stages::base_uri, left: [];
    body_hash: stages::body_hash, left: [];
    callback: answers::callback, left: [];
    encode: stages::encoding, left: [];
    error_response: answers::error_response, left: [];
    malformed_query: stages::malformed_query, left: [];
    normalize: stages::normalize, left: [];
    sign_edge: sign::sign, left: [];
    sign_published: sign::sign, left: [("a timestamp that is no number", 1)];
    sign_random: sign::sign, left: [];
    sign_services: sign::sign, left: [];
    signature: stages::signature, left: [];
    token_response: answers::token_response, left: [];
    verify: later, left: [("the tests of the verifier", 99)];
}

#[test]
fn every_file_of_vectors_has_a_test() {
    let checked = FILES.iter().map(|file| format!("{file}.json"));
    assert_eq!(checked.collect::<Vec<_>>(), support::files::vectors());
}

fn every_case_passes(file: &str, check: Check, left: &[(&str, usize)]) {
    let cases: Vec<serde_json::Value> = support::files::cases(&format!("{file}.json"));
    let (mut passed, mut later) = (0, BTreeMap::new());
    for case in &cases {
        let case = Case(case);
        match check(&case) {
            Passed => passed += 1,
            Later(reason) => *later.entry(reason).or_insert(0) += 1,
        }
    }
    if !cfg!(all(feature = "sha2", feature = "rsa")) {
        later.remove(NO_FEATURE);
    }
    let left: BTreeMap<_, _> = left.iter().copied().collect();
    assert_eq!(later, left, "{file}: what is left for later");
    println!("{file}.json: {passed} of {} cases passed", cases.len());
}

/// Why a case is left where the crate is built without a method.
const NO_FEATURE: &str = "a feature that is not there";

type Check = fn(&Case) -> Outcome;

enum Outcome {
    Passed,
    Later(&'static str),
}

use Outcome::{Later, Passed};

/// One case; whatever fails names it.
struct Case<'a>(&'a serde_json::Value);

impl Case<'_> {
    fn get<T: DeserializeOwned>(&self, key: &str) -> T {
        T::deserialize(&self.0[key]).unwrap_or_else(|error| panic!("{self}: {key}: {error}"))
    }
}

impl fmt::Display for Case<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0["name"])
    }
}

/// Files of stages that do not exist yet.
fn later(case: &Case) -> Outcome {
    let _: String = case.get("name");
    Later("the tests of the verifier")
}
