//! The files that a review was made from, with what proves that they are the same.

use polsim_text::Source;
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Input {
    /// Its path, as it was given.
    pub path: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// The texts by path, each once.
pub(super) fn listed(sources: &[Source]) -> Vec<Input> {
    let by_path: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.name(), source)).collect();
    let input = |(path, source): (&str, &Source)| Input {
        path: path.to_owned(),
        bytes: source.text().len(),
        sha256: sha256(source.text().as_bytes()),
    };
    by_path.into_iter().map(input).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_one_that_everybody_computes() {
        // FIPS 180-4, the example of one block.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let inputs = listed(&[Source::new("b", "abc"), Source::new("a", ""), Source::new("b", "abc")]);
        assert_eq!(inputs.len(), 2);
        assert_eq!((inputs[1].path.as_str(), inputs[1].bytes, inputs[1].sha256.as_str()), ("b", 3, expected));
    }
}
