//! What the law says of a request, as data: tests on the variables of a request, joined.
//!
//! The evaluator folds a formula over one request; the prover solves it for all. Neither knows anything of operators,
//! elements or corner cases: that is all in the [`Test`]s, made once by the compiler.

use crate::{KeyId, Reading, Readings};
use polsim_arn::TextSet;
use polsim_value::{Membership, Sort, Substitution, Template, ValueSet};

/// A variable of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Variable {
    /// The action, in lower case. Always there.
    Action,
    /// The resource that is asked for: an ARN or `*`. Always there.
    Resource,
    /// A property of the principal.
    Principal(Attribute),
    /// A condition key.
    Key(KeyId),
}

/// Properties of a principal that policies can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Attribute {
    /// The ARN of a user, of a session, of a federated user, or of the root user.
    Arn,
    /// The ARN of the role of a session or of the user behind a federated user, with its path.
    IssuerArn,
    /// The account.
    Account,
    /// The unique id (`aws:userid`).
    UniqueId,
    /// The name of a service or of an identity provider.
    Name,
    /// The canonical id of the account (S3).
    CanonicalId,
}

impl Attribute {
    /// All properties, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Arn, Self::IssuerArn, Self::Account, Self::UniqueId, Self::Name, Self::CanonicalId];
}

/// A Boolean combination of tests.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// True.
    Always,
    /// False.
    Never,
    /// A test on one variable.
    Test(Box<Test>),
    /// All hold.
    All(Vec<Formula>),
    /// Any holds.
    Any(Vec<Formula>),
    /// It does not hold.
    Not(Box<Formula>),
    /// It depends on how an ambiguity is read.
    Choice {
        /// The ambiguity.
        reading: Reading,
        /// What holds under the reading that we chose.
        chosen: Box<Formula>,
        /// What holds under the other one.
        alternative: Box<Formula>,
    },
}

/// A question about one variable: the rows of the table of S3.1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Test {
    /// Which variable.
    pub variable: Variable,
    /// How several values are treated.
    pub quantifier: Quantifier,
    /// What the value is compared with.
    pub operand: Operand,
    /// The answer when the key is absent.
    pub absent: Answer,
    /// The answer when the key is there with an empty list.
    pub empty: Answer,
    /// Whether the operator asks for a match or against one. The operand has that worked in already; it matters where
    /// a value that cannot be read counts as no match (A12), and where each of several values is asked (A10).
    pub polarity: Polarity,
}

/// How a test treats the values of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// It asks for one value. Of several the test is false, or by another reading it is asked of each (A10).
    Single,
    /// Every value must pass (`ForAllValues`).
    All,
    /// Some value must pass (`ForAnyValue`).
    Any,
    /// The values do not matter: the answer when there are any (`Null`).
    Presence(bool),
}

/// Whether an operator asks for a match or against one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// A value passes by matching.
    Positive,
    /// A value passes by not matching.
    Negated,
}

/// What the value of a variable is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Operand {
    /// A set that is known: a value passes when it is in it.
    Closed(ValueSet),
    /// A set with policy variables in it, known once the request is.
    Open(OpenOperand),
}

/// An operand with policy variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OpenOperand {
    /// The sort of the set.
    pub sort: Sort,
    /// The part without variables.
    pub closed: TextSet,
    /// The patterns with variables.
    pub templates: Vec<Template>,
    /// Whether a value passes by matching or by not matching.
    pub polarity: Polarity,
}

/// An answer that is fixed, or depends on a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Always this.
    Fixed(bool),
    /// This under the reading that we chose, and the opposite under the other one.
    By(Reading, bool),
}

impl Answer {
    /// The answer under given readings.
    #[must_use]
    pub fn under(self, readings: Readings) -> bool {
        match self {
            Self::Fixed(answer) => answer,
            Self::By(reading, chosen) => chosen != readings.takes_alternative(reading),
        }
    }
}

impl Formula {
    /// A test as a formula.
    #[must_use]
    pub fn test(test: Test) -> Self {
        Self::Test(Box::new(test))
    }

    /// All of the formulas; constants are folded away.
    #[must_use]
    pub fn all(formulas: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for formula in formulas {
            match formula {
                Self::Always => {}
                Self::Never => return Self::Never,
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Always,
            1 => kept.remove(0),
            _ => Self::All(kept),
        }
    }

    /// Any of the formulas; constants are folded away.
    #[must_use]
    pub fn any(formulas: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for formula in formulas {
            match formula {
                Self::Never => {}
                Self::Always => return Self::Always,
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Never,
            1 => kept.remove(0),
            _ => Self::Any(kept),
        }
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// `chosen` under the reading that we chose, `alternative` under the other; one of them when they are the same.
    #[must_use]
    pub fn choice(reading: Reading, chosen: Self, alternative: Self) -> Self {
        if chosen == alternative {
            return chosen;
        }
        Self::Choice { reading, chosen: Box::new(chosen), alternative: Box::new(alternative) }
    }

    /// Calls `visit` for every test in it.
    pub fn for_each_test<'f>(&'f self, visit: &mut impl FnMut(&'f Test)) {
        match self {
            Self::Always | Self::Never => {}
            Self::Test(test) => visit(test),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.for_each_test(visit)),
            Self::Not(inner) => inner.for_each_test(visit),
            Self::Choice { chosen, alternative, .. } => {
                chosen.for_each_test(visit);
                alternative.for_each_test(visit);
            }
        }
    }

    /// Calls `visit` for every reading that it may depend on.
    pub fn for_each_reading(&self, visit: &mut impl FnMut(Reading)) {
        match self {
            Self::Always | Self::Never => {}
            Self::Test(test) => test.for_each_reading(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.for_each_reading(visit)),
            Self::Not(inner) => inner.for_each_reading(visit),
            Self::Choice { reading, chosen, alternative } => {
                visit(*reading);
                chosen.for_each_reading(visit);
                alternative.for_each_reading(visit);
            }
        }
    }
}

impl Test {
    /// A test that one text variable, which is always there, is in a set.
    #[must_use]
    pub fn text(variable: Variable, set: TextSet) -> Self {
        Self {
            variable,
            quantifier: Quantifier::Single,
            operand: Operand::Closed(ValueSet::Text(set)),
            absent: Answer::Fixed(false),
            empty: Answer::Fixed(false),
            polarity: Polarity::Positive,
        }
    }

    /// Calls `visit` for every reading that an answer of the test may depend on.
    pub fn for_each_reading(&self, visit: &mut impl FnMut(Reading)) {
        for answer in [self.absent, self.empty] {
            if let Answer::By(reading, _) = answer {
                visit(reading);
            }
        }
        if matches!(self.variable, Variable::Key(_)) {
            match self.quantifier {
                Quantifier::Single => visit(Reading::ManyValuesAreCompared),
                Quantifier::All => visit(Reading::ForAllComparesEmptyString),
                Quantifier::Any | Quantifier::Presence(_) => {}
            }
            visit(Reading::EmptyStringIsAbsent);
        }
        match &self.operand {
            Operand::Open(_) => visit(Reading::WildcardsInVariables),
            Operand::Closed(set) if set.sort() != Sort::Text => visit(Reading::UnreadableIsNoMatch),
            Operand::Closed(_) => {}
        }
    }
}

impl OpenOperand {
    /// How a text stands to the operand when `value` gives the value of each variable's key.
    pub fn membership<'v>(
        &self,
        text: &str,
        readings: Readings,
        mut value: impl FnMut(&str) -> Option<&'v str>,
    ) -> Membership {
        let substitution = self.substitution(readings);
        let mut matched = self.closed.contains(text);
        let mut is_readable = true;
        for template in &self.templates {
            let mut matches = |text: &str| template.matches(text, substitution, |key| value(key));
            is_readable = is_readable && self.reads(&mut matches, readings);
            matched = matched || matches(text) == Some(true);
        }
        if !is_readable {
            return Membership::Unreadable;
        }
        let passes = Membership::from(matched == (self.polarity == Polarity::Positive));
        let readable = match self.sort {
            Sort::Arn => polsim_arn::Arn::parse(text).is_some(),
            Sort::Truth => polsim_value::read_truth(text).is_some(),
            _ => true,
        };
        if readable { passes } else { Membership::Unreadable }
    }

    /// The set that the operand becomes when `value` gives the value of each variable's key.
    pub fn close<'v>(&self, readings: Readings, mut value: impl FnMut(&str) -> Option<&'v str>) -> ValueSet {
        let substitution = self.substitution(readings);
        let mut patterns = Vec::new();
        for template in &self.templates {
            let pattern = template.close(substitution, &mut value);
            if !self.reads(|text| Some(pattern.as_ref()?.matches(text)), readings) {
                return ValueSet::none(self.sort);
            }
            patterns.extend(pattern);
        }
        let set = self.closed.or(&TextSet::union(patterns));
        let set = if self.polarity == Polarity::Positive { set } else { set.not() };
        match self.sort {
            Sort::Arn => ValueSet::Arn(set),
            _ => ValueSet::Text(set),
        }
    }

    /// S3.14.1: a truth value that is none once its variables are known makes the whole test false. `matches` says
    /// whether a text matches the template, if it has a value.
    fn reads(&self, mut matches: impl FnMut(&str) -> Option<bool>, readings: Readings) -> bool {
        let is_checked =
            self.sort == Sort::Truth && !readings.takes_alternative(Reading::UnreadableIsNoMatch);
        !is_checked || matches("true").is_none_or(|is_true| is_true || matches("false") == Some(true))
    }

    fn substitution(&self, readings: Readings) -> Substitution {
        if readings.takes_alternative(Reading::WildcardsInVariables) {
            Substitution::Wildcards
        } else {
            Substitution::Literal
        }
    }
}
