//! Normal forms of Unicode, none of which signing applies (D5).

use alloc::{vec, vec::Vec};

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// A text in each of the normal forms.
pub(in super::super) fn all(text: &str) -> Vec<Vec<u8>> {
    vec![
        ComposingNormalizerBorrowed::new_nfc()
            .normalize(text)
            .into_owned()
            .into_bytes(),
        DecomposingNormalizerBorrowed::new_nfd()
            .normalize(text)
            .into_owned()
            .into_bytes(),
        ComposingNormalizerBorrowed::new_nfkc()
            .normalize(text)
            .into_owned()
            .into_bytes(),
        DecomposingNormalizerBorrowed::new_nfkd()
            .normalize(text)
            .into_owned()
            .into_bytes(),
    ]
}
