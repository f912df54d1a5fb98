//! Runs of bytes of one kind.

/// The number of bytes at the beginning of a text that pass a test.
#[inline(always)]
pub(crate) fn run_of(text: &[u8], test: impl Fn(u8) -> bool) -> usize {
    // Eight tests in a row jump only once (verifying W2: 0.15).
    let (blocks, rest) = text.as_chunks::<8>();
    let mut at = 0;
    for block in blocks {
        for (place, byte) in block.iter().enumerate() {
            if !test(*byte) {
                return at + place;
            }
        }
        at += block.len();
    }
    let end = rest.iter().position(|byte| !test(*byte));
    at + end.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_at_the_first_other_byte() {
        for length in 0..40 {
            let mut text = alloc::vec![b'a'; length];
            assert_eq!(run_of(&text, |byte| byte == b'a'), length);
            for at in (0..length).rev() {
                text[at] = b'b';
                assert_eq!(run_of(&text, |byte| byte == b'a'), at, "{length}");
            }
        }
    }
}
