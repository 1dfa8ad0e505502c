//! Folding a formula over one request: three-valued, because a request may leave keys open.
//!
//! Of a request that states everything the answer is always yes or no. Of one that leaves keys open it is yes or no
//! only if it is so whatever they hold; it may be open although it does not really depend on them (`a` or not `a`),
//! which the prover decides exactly.

use crate::formula::{Formula, Operand, Polarity, Quantifier, Test, Variable};
use crate::{KeyId, KeyTable, Reading, Readings};
use polsim_value::{Membership, ValueSet};

/// Yes, no, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    No,
    /// It depends on what is open.
    Open,
    /// It holds.
    Yes,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl Truth {
    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Open => Self::Open,
            Self::Yes => Self::No,
        }
    }

    /// Whether all hold; stops at the first that does not.
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::Yes;
        for truth in truths {
            if truth == Self::No {
                return Self::No;
            }
            all = all.min(truth);
        }
        all
    }

    /// Whether any holds; stops at the first that does.
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Self::No;
        for truth in truths {
            if truth == Self::Yes {
                return Self::Yes;
            }
            any = any.max(truth);
        }
        any
    }
}

/// What a request says of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'r> {
    /// Nothing is known.
    Open,
    /// It is not there.
    Absent,
    /// One text.
    One(&'r str),
    /// A list; may be empty or have one entry.
    List(&'r [String]),
}

impl<'r> Value<'r> {
    /// The value, when there is one that is no list: what a policy variable can stand for (S3.15.8).
    #[must_use]
    pub fn single(self) -> Option<&'r str> {
        if let Self::One(text) = self { Some(text) } else { None }
    }
}

/// Says what each variable holds.
pub trait Valuation {
    /// The value of a variable.
    fn value(&self, variable: Variable) -> Value<'_>;

    /// What a policy variable of this key stands for: the value of the key, unless it is known some other way.
    fn variable(&self, key: KeyId) -> Value<'_> {
        self.value(Variable::Key(key))
    }

    /// The keys by name, for policy variables.
    fn keys(&self) -> &KeyTable;

    /// How ambiguities are read.
    fn readings(&self) -> Readings;
}

impl Formula {
    /// Whether it holds.
    pub fn fold(&self, valuation: &impl Valuation) -> Truth {
        match self {
            Self::Always => Truth::Yes,
            Self::Never => Truth::No,
            Self::Test(test) => test.fold(valuation),
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.fold(valuation))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.fold(valuation))),
            Self::Not(inner) => inner.fold(valuation).negated(),
            Self::Choice { reading, chosen, alternative } => {
                let taken =
                    if valuation.readings().takes_alternative(*reading) { alternative } else { chosen };
                taken.fold(valuation)
            }
        }
    }
}

impl Test {
    /// Whether it holds.
    pub fn fold(&self, valuation: &impl Valuation) -> Truth {
        let readings = valuation.readings();
        match valuation.value(self.variable) {
            Value::Open => Truth::Open,
            Value::Absent => self.absent.under(readings).into(),
            Value::One(text) => self.of_one(text, valuation),
            Value::List([]) => self.empty.under(readings).into(),
            Value::List(list) => self.of_values(list.iter().map(String::as_str), valuation),
        }
    }

    /// Whether it holds of a single value; what most tests are asked.
    fn of_one(&self, text: &str, valuation: &impl Valuation) -> Truth {
        let set = match &self.operand {
            // S3.3.3, S3.13.3: the empty string has rules of its own.
            _ if text.is_empty() => return self.of_values(std::iter::once(text), valuation),
            Operand::Closed(ValueSet::Text(set)) => Some(set),
            _ => None,
        };
        match (self.quantifier, set) {
            (Quantifier::Presence(answer), _) => answer.into(),
            (_, Some(set)) => set.contains(text).into(),
            (_, None) => match self.membership(text, valuation) {
                // S3.14.1
                Some(Membership::Unreadable)
                    if !valuation.readings().takes_alternative(Reading::UnreadableIsNoMatch) =>
                {
                    Truth::No
                }
                membership => self.verdict_of(membership),
            },
        }
    }

    /// Whether it holds of the values of a key that is there and has at least one.
    fn of_values<'v>(
        &self,
        values: impl ExactSizeIterator<Item = &'v str> + Clone,
        valuation: &impl Valuation,
    ) -> Truth {
        let read = values.map(|text| (text.is_empty(), || self.membership(text, valuation)));
        self.of_read(read, valuation.readings())
    }

    /// Whether it holds of values of which nothing is known but which are empty, and how they stand to the operand.
    #[must_use]
    pub fn holds_of(&self, values: &[(bool, Membership)], readings: Readings) -> bool {
        if values.is_empty() {
            return self.empty.under(readings);
        }
        let read = values.iter().map(|(is_empty, membership)| (*is_empty, || Some(*membership)));
        self.of_read(read, readings) == Truth::Yes
    }

    /// The table of S3.1, for values of which it is told which are empty, and how they stand to the operand.
    fn of_read<F: Fn() -> Option<Membership>>(
        &self,
        values: impl ExactSizeIterator<Item = (bool, F)> + Clone,
        readings: Readings,
    ) -> Truth {
        let is_key = matches!(self.variable, Variable::Key(_));
        if is_key && values.clone().all(|(is_empty, _)| is_empty) {
            let counts_as_absent =
                readings.takes_alternative(Reading::EmptyStringIsAbsent) && values.len() == 1;
            if counts_as_absent {
                return self.absent.under(readings).into();
            }
            // S3.13.3, S3.3.3: to ForAllValues nothing but empty strings is nothing at all.
            let is_for_all = self.quantifier == Quantifier::All;
            if is_for_all && !readings.takes_alternative(Reading::ForAllComparesEmptyString) {
                return self.empty.under(readings).into();
            }
        }
        let passes = values.clone().map(|(_, membership)| self.verdict_of(membership()));
        // S3.14.1: one value that cannot be read makes the whole test false.
        let strict = !readings.takes_alternative(Reading::UnreadableIsNoMatch);
        if strict && values.clone().any(|(_, membership)| membership() == Some(Membership::Unreadable)) {
            return Truth::No;
        }
        match self.quantifier {
            Quantifier::Presence(answer) => answer.into(),
            Quantifier::All => Truth::all(passes),
            Quantifier::Any => Truth::any(passes),
            Quantifier::Single if values.len() == 1 => Truth::all(passes),
            // S3.13.7
            Quantifier::Single => {
                match (readings.takes_alternative(Reading::ManyValuesAreCompared), self.polarity) {
                    (false, _) => Truth::No,
                    (true, Polarity::Positive) => Truth::any(passes),
                    (true, Polarity::Negated) => Truth::all(passes),
                }
            }
        }
    }

    fn verdict_of(&self, membership: Option<Membership>) -> Truth {
        match membership {
            None => Truth::Open,
            Some(Membership::In) => Truth::Yes,
            Some(Membership::Out) => Truth::No,
            Some(Membership::Unreadable) => (self.polarity == Polarity::Negated).into(),
        }
    }

    /// How one value stands to the operand; `None` when that depends on an open key.
    fn membership(&self, text: &str, valuation: &impl Valuation) -> Option<Membership> {
        let open = match &self.operand {
            Operand::Closed(set) => return Some(set.membership(text)),
            Operand::Open(open) => open,
        };
        let value_of = |key: &str| match valuation.keys().find(key) {
            Some(key) => valuation.variable(key),
            None => Value::Absent,
        };
        let mut keys = open.templates.iter().flat_map(|t| t.variables()).filter_map(|v| v.key.as_deref());
        if keys.any(|key| value_of(key) == Value::Open) {
            return None;
        }
        Some(open.membership(text, valuation.readings(), |key| value_of(key).single()))
    }
}
