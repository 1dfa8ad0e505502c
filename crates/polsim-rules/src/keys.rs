//! The tests of a condition, one key at a time.

use polsim_policy::{KeyBlock, Operator, OperatorName, Statement};
use polsim_text::Spanned;

/// What says where in the network a request comes from.
pub(crate) const NETWORK: [&str; 5] =
    ["aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpce", "aws:SourceVpc", "aws:SourceVpcArn"];

/// One key under an operator.
#[derive(Clone, Copy)]
pub(crate) struct KeyTest<'s> {
    /// The operator.
    pub(crate) operator: Spanned<Operator>,
    /// The key with its values.
    pub(crate) block: &'s KeyBlock,
}

impl KeyTest<'_> {
    /// Whether the test is on one of these keys.
    pub(crate) fn is_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.block.key.value.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether it only asks if the key is there.
    pub(crate) fn is_null(&self) -> bool {
        self.operator.value.name == OperatorName::Null
    }
}

/// The tests of a statement in the order of the text.
pub(crate) fn tests(statement: &Statement) -> impl Iterator<Item = KeyTest<'_>> {
    let blocks = statement.condition.blocks.iter();
    blocks.flat_map(|group| group.keys.iter().map(move |block| KeyTest { operator: group.operator, block }))
}

/// Whether a statement tests one of these keys.
pub(crate) fn has_test_of(statement: &Statement, names: &[&str]) -> bool {
    tests(statement).any(|test| test.is_of(names))
}
