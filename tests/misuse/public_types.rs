//! Every public type: what it shows of itself, and what it promises to threads and to copies.
//!
//! Both lists are compared with what the sources export, so that no type is forgotten.

use std::collections::BTreeSet;

use support::{shown::Shown, sources};

mod answers;
mod diagnosis;
mod errors;
#[cfg(feature = "http")]
mod http;
mod requests;
pub(crate) mod secret;
mod traits;
mod verifying;

/// Traits that are exported from another file have no values to look at.
const TRAITS: [&str; 8] = [
    "AsyncNonces",
    "BodyBytes",
    "Never",
    "Nonces",
    "OptionalToken",
    "Pair",
    "Text",
    "VerifyingKey",
];

/// Those of the features that are there.
fn public_types() -> BTreeSet<String> {
    let is_there = |feature: &Option<String>| match feature.as_deref() {
        None => true,
        Some("http") => cfg!(feature = "http"),
        Some("rsa") => cfg!(feature = "rsa"),
        Some("sha2") => cfg!(feature = "sha2"),
        Some("std") => cfg!(feature = "std"),
        Some("tower") => cfg!(feature = "tower"),
        Some(other) => panic!("the tests do not know the feature {other}"),
    };
    let types = sources::public_types().into_iter();
    types
        .filter(|(name, feature)| !TRAITS.contains(&name.as_str()) && is_there(feature))
        .map(|(name, _)| name)
        .collect()
}

/// What of two sets is in one of them only, so that a failure names it.
fn differences(left: &BTreeSet<String>, right: &BTreeSet<String>) -> BTreeSet<String> {
    left.symmetric_difference(right).cloned().collect()
}

fn everything() -> impl Iterator<Item = Shown> {
    let values = [
        requests::all(),
        answers::all(),
        diagnosis::all(),
        errors::all(),
        verifying::all(),
        #[cfg(feature = "http")]
        http::all(),
    ];
    values.into_iter().flatten()
}

#[test]
fn a_value_of_every_public_type_is_looked_at() {
    let mut names: BTreeSet<_> = everything()
        .map(|shown| shown.type_name.to_owned())
        .collect();
    // Nobody can make a value of it, and it has nothing in it.
    assert!(names.insert("KeyElsewhere".into()));
    assert_eq!(differences(&names, &public_types()), [].into());
}

#[test]
fn the_promises_of_every_public_type_are_listed() {
    let names = traits::promises().into_iter();
    let names = names.map(|promise| promise.type_name.to_owned());
    assert_eq!(differences(&names.collect(), &public_types()), [].into());
}

#[test]
fn no_public_type_shows_a_secret_or_a_value() {
    for shown in everything() {
        match shown.type_name {
            // It is there to be looked at, and has all parameters but the signature.
            "BaseString" => drop(secret::secrets().stay_out_of(shown)),
            // What they write is sent, or is what was signed.
            "AuthorizationHeader" | "FormBody" | "HtmlForm" | "Parameters" | "Query" => {
                secret::all().stay_out_of(shown.without_display());
            }
            _ => drop(secret::all().stay_out_of(shown)),
        }
    }
}

#[test]
fn the_reader_of_public_types_sees_them_all() {
    let source = "
        pub use self::{
            base_string::{BaseString, Parameters}, // a comment
            encode::encode,
        };
        use self::hidden::Hidden;
        #[cfg(feature = \"rsa\")]
        pub use self::rsa::RsaSha1;
        pub use self::hmac::HmacSha1;
        pub(crate) use self::secret::Secret;
        /// pub use self::documented::Documented;
pub struct Flow { field: Field }
pub enum Answer<A> { One(A) }
pub trait SigningKey {}
pub(crate) struct Inner;
    ";
    let none = |name: &str| (name.to_owned(), None);
    let mut types = sources::types_in(&sources::code(source));
    types.sort();
    let expected = [
        none("Answer"),
        none("BaseString"),
        none("Flow"),
        none("HmacSha1"),
        none("Parameters"),
        ("RsaSha1".to_owned(), Some("rsa".to_owned())),
    ];
    assert_eq!(types, expected);
    assert!(public_types().len() > 40, "{:?}", public_types());
}
