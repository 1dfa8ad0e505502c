//! What stays the same of a finding when the text around it moves.

use crate::engine::Found;
use crate::text::Text;
use polsim_policy::{Policy, Statement, print};

/// A short name for what a rule found where: the rule with the statement as it means, whatever its layout, place and
/// `Sid`. A finding outside of statements is named by the text that it points to.
#[must_use]
pub fn fingerprint(found: &Found, text: &Text) -> String {
    let place = found.finding.place.span;
    let mut documents = text.documents.iter();
    let statement = documents.find_map(|document| {
        let mut statements = document.policy.statements.iter();
        statements
            .find(|statement| statement.span.contains(place))
            .map(|statement| (&document.policy, statement))
    });
    let meaning = match statement {
        Some((policy, statement)) => normal_form(policy, statement),
        None => text.source.slice(place).to_owned(),
    };
    format!("{:016x}", hash(&[found.rule.code, &meaning]))
}

fn normal_form(policy: &Policy, statement: &Statement) -> String {
    let statement = Statement { sid: None, ..statement.clone() };
    print(&Policy { version: None, id: None, statements: vec![statement], ..*policy })
}

/// FNV-1a with 64 bits, because it is the same on every machine and in every version. It need not keep anybody out.
fn hash(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // The published value for "a" followed by the separator, computed by the definition.
        let one = (0xcbf2_9ce4_8422_2325_u64 ^ 0x61).wrapping_mul(0x0100_0000_01b3);
        assert_eq!(hash(&["a"]), (one ^ 0xff).wrapping_mul(0x0100_0000_01b3));
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }
}
