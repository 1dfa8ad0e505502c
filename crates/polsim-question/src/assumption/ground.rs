//! The situation that the clauses of a fact are made for, and the words that they are made of.
//!
//! A clause exists only if the policies name all of its keys. That a key is there means that it has a value which is not
//! empty, so that the ambiguities about empty values (A7, A8) have no say in it.

use super::reference::Reference;
use polsim_arn::{Class, Pattern, TextSet, Token};
use polsim_eval::{
    Accounts, Formula, KeyId, KeyTable, NetworkPath, PrincipalKind, Quantifier, Test, Variable,
};
use polsim_eval::{Answer, Operand, Polarity};
use polsim_value::ValueSet;

/// What is fixed of the requests of a situation.
pub struct Ground<'g> {
    /// The keys that policies name.
    pub keys: &'g KeyTable,
    /// The kind of the principal.
    pub kind: PrincipalKind,
    /// The way of the request.
    pub path: NetworkPath,
    /// `None` where policies are asked by themselves, which know no owner of the resource.
    pub accounts: Option<Accounts>,
    /// The account of the resource, when the question says it.
    pub owner: Option<&'g str>,
    /// The sets that the question compares a key with.
    pub compared: &'g dyn Fn(KeyId) -> Vec<ValueSet>,
    /// What is known of actions.
    pub reference: Option<&'g dyn Reference>,
}

impl Ground<'_> {
    pub(super) fn is_through_endpoint(&self) -> bool {
        self.path != NetworkPath::Direct
    }

    fn variable(&self, name: &str) -> Option<Variable> {
        self.keys.find(name).map(Variable::Key)
    }

    /// The names in lower case that begin so.
    pub(super) fn family(&self, prefix: &str) -> Vec<String> {
        let names = self.keys.iter().map(|(_, key)| key.folded());
        names.filter(|name| name.starts_with(prefix)).collect()
    }

    /// The sets that the question compares a key with.
    pub(super) fn compared_with(&self, name: &str) -> Vec<ValueSet> {
        self.keys.find(name).map(self.compared).unwrap_or_default()
    }

    /// Some value of the key is in the set. No empty text is.
    pub(super) fn some(&self, name: &str, set: impl Into<Members>) -> Option<Formula> {
        let set = match set.into() {
            Members::Texts(texts) => ValueSet::Text(texts.and(&TextSet::only("").not())),
            Members::Values(set) => set,
        };
        Some(Formula::test(Test {
            variable: self.variable(name)?,
            quantifier: Quantifier::Any,
            operand: Operand::Closed(set),
            absent: Answer::Fixed(false),
            empty: Answer::Fixed(false),
            polarity: Polarity::Positive,
        }))
    }

    /// Each value of the key that is not empty is in the set.
    pub(super) fn each(&self, name: &str, texts: &TextSet) -> Option<Formula> {
        Some(self.some(name, texts.not())?.negated())
    }

    pub(super) fn has(&self, name: &str) -> Option<Formula> {
        self.some(name, TextSet::all())
    }

    pub(super) fn lacks(&self, name: &str) -> Option<Formula> {
        Some(self.has(name)?.negated())
    }

    /// Not both keys have a value in the sets; that the second has none is tried first.
    pub(super) fn apart(&self, one: (&str, TextSet), other: (&str, TextSet)) -> Option<Formula> {
        Some(not_both(self.some(one.0, one.1)?, self.some(other.0, other.1)?))
    }

    /// The key is there, or is not.
    pub(super) fn presence(&self, name: &str, is_there: bool) -> Option<Formula> {
        if is_there { self.has(name) } else { self.lacks(name) }
    }

    /// Every two of the keys are there together.
    pub(super) fn together(&self, names: &[&str]) -> Vec<Formula> {
        let all: Vec<Formula> = names.iter().filter_map(|name| self.has(name)).collect();
        let pairs = all.iter().zip(all.iter().skip(1));
        pairs.map(|(one, other)| same(one.clone(), other.clone())).collect()
    }
}

/// What a value is to be in.
pub(super) enum Members {
    Texts(TextSet),
    Values(ValueSet),
}

impl From<TextSet> for Members {
    fn from(texts: TextSet) -> Self {
        Self::Texts(texts)
    }
}

impl From<ValueSet> for Members {
    fn from(set: ValueSet) -> Self {
        Self::Values(set)
    }
}

pub(super) fn is(variable: Variable, texts: TextSet) -> Formula {
    Formula::test(Test::text(variable, texts))
}

/// The second holds where the first does. A search tries the first way that a clause offers first: making the second true
/// leads to a value that fits, making the first false to one value after the other that does not.
pub(super) fn if_then(one: Formula, other: Formula) -> Formula {
    Formula::any([other, one.negated()])
}

pub(super) fn same(one: Formula, other: Formula) -> Formula {
    Formula::all([if_then(one.clone(), other.clone()), if_then(other, one)])
}

/// Not both hold; that the second does not is tried first.
pub(super) fn not_both(one: Formula, other: Formula) -> Formula {
    Formula::any([other.negated(), one.negated()])
}

/// Texts that begin so and go on.
pub(super) fn beginning(text: &str) -> TextSet {
    let head = text.chars().map(Token::Literal);
    Pattern::from_tokens(head.chain([Token::Many(Class::Any)])).into()
}

/// A part of an ARN after the word `arn`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Region = 3,
    Account = 4,
    Resource = 5,
}

/// The ARNs of which a part is this text.
pub(super) fn arns_with(part: Part, text: &str) -> TextSet {
    arns_of(part, text.chars().map(Token::Literal).collect())
}

/// The ARNs with the number of an account.
pub(super) fn arns_with_account() -> TextSet {
    arns_of(Part::Account, [Token::One(Class::NotColon); 12].to_vec())
}

fn arns_of(part: Part, wanted: Vec<Token>) -> TextSet {
    let mut tokens: Vec<Token> = "arn".chars().map(Token::Literal).collect();
    for place in 1..=5 {
        tokens.push(Token::Literal(':'));
        if place == part as usize {
            tokens.extend(&wanted);
        } else {
            tokens.push(Token::Many(if place == 5 { Class::Any } else { Class::NotColon }));
        }
    }
    Pattern::from_tokens(tokens).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_arns_are_told_by_their_colons() {
        let own = arns_with(Part::Account, "111122223333");
        assert!(own.contains("arn:aws:iam::111122223333:user/a:b"));
        assert!(!own.contains("arn:aws:iam:111122223333::user/bob"));
        assert!(arns_with(Part::Resource, "vpc/a*").contains("arn:aws:ec2:eu-west-1:111122223333:vpc/a*"));
        assert!(!arns_with(Part::Resource, "vpc/a*").contains("arn:aws:ec2:eu-west-1:111122223333:vpc/ab"));
        assert!(!arns_with_account().contains("arn:aws:iam::aws:policy/ReadOnlyAccess"));
    }
}
