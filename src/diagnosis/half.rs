//! How one half of a parameter came about (RFC 5849, section 3.6).

use alloc::vec::Vec;

use super::{
    Cause,
    encoders::{self, RESERVED_IN_RFC_2396, lower_case},
    text::{contains, decode, decode_form, encoded, has_escape, is_well_formed, raw_characters},
};

/// The causes that explain how a half came about, if `value` is what it should stand for. Empty if it
/// is right, or if no known mistake explains it. The causes are named as those of values.
pub(super) fn explain(half: &[u8], value: &[u8]) -> Vec<Cause> {
    let right = encoded(value);
    if half == right {
        return Vec::new();
    }
    let mut causes = Vec::new();
    for (cause, wrong) in encoders::mistakes(value, &right) {
        if wrong == half && !causes.contains(&cause) {
            causes.push(cause);
        }
    }
    if causes.is_empty() {
        causes.extend(by_its_characters(half, value));
    }
    causes
}

/// Explains a half by what stands raw or escaped in it, where it means the same as the right one.
fn by_its_characters(half: &[u8], value: &[u8]) -> Option<Cause> {
    if decode(half) != value {
        // A form: pluses for spaces, and nothing else that is wrong, or one level more.
        if contains(half, b"+") && decode_form(half) == value {
            return Some(Cause::PlusForSpace);
        }
        let again = decode(half);
        if has_escape(&again) && decode(&again) == value && is_well_formed(half) {
            return Some(Cause::ValueEncodedTooOften);
        }
        // Forms that cannot be undone, such as a ligature that became letters.
        let form = is_well_formed(half)
            && encoders::normal_forms(&again).any(|form| form == encoded(value));
        return form.then_some(Cause::Utf8BomOrNormalForm);
    }
    let raw = raw_characters(half);
    Some(if raw.is_empty() {
        if lower_case(half) == lower_case(&encoded(value)) {
            Cause::EscapesLowerCase
        } else {
            Cause::UnreservedEncoded
        }
    } else if raw.iter().all(|byte| RESERVED_IN_RFC_2396.contains(byte)) {
        Cause::ReservedLeft
    } else {
        Cause::ValueEncodedTooLittle
    })
}
