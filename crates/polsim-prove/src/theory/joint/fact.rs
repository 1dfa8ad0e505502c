//! What is asked of one value, as alternatives of facts about texts.

use super::instance::Instance;
use super::system::{Compared, System};
use crate::theory::value::Demand;
use crate::theory::wish::Wish;
use polsim_arn::{ArnPattern, Pattern, Piece, TextSet};
use polsim_eval::{OpenOperand, Operand, Polarity, Reading, Readings};
use polsim_value::{Sort, ValueSet};

/// Something about texts with words in them.
#[derive(Clone, Debug)]
pub(super) enum Fact<'t> {
    In(Vec<Piece>, TextSet),
    Like(Compared),
    Unlike(Compared),
    /// A text stands in some way to a set that is no set of texts.
    Ordered(Vec<Piece>, Demand<'t>),
}

/// Facts that hold together.
pub(super) type Facts<'t> = Vec<Fact<'t>>;

/// What is asked, in disjunctive form.
pub(super) fn facts<'t>(
    operand: &'t Operand,
    wish: Wish,
    subject: &[Piece],
    readings: Readings,
    value: &dyn Fn(&str) -> Option<Vec<Piece>>,
) -> Vec<Facts<'t>> {
    if wish.may_be_in && wish.may_be_out && wish.may_be_unreadable {
        return vec![Vec::new()];
    }
    match operand {
        Operand::Closed(set) => vec![vec![closed(set, wish, subject)]],
        Operand::Open(open) => {
            let instances = open.templates.iter().filter_map(|t| Instance::new(t, value)).collect();
            Asked { open, wish, subject, readings, instances }.facts()
        }
    }
}

fn closed<'t>(set: &'t ValueSet, wish: Wish, subject: &[Piece]) -> Fact<'t> {
    let demand = Demand { set, wish };
    match demand.texts() {
        Some(texts) => Fact::In(subject.to_vec(), texts),
        None => Fact::Ordered(subject.to_vec(), demand),
    }
}

/// What is asked of a value that is compared with an operand with variables.
struct Asked<'t, 'a> {
    open: &'t OpenOperand,
    wish: Wish,
    subject: &'a [Piece],
    readings: Readings,
    /// The patterns of the operand that match anything.
    instances: Vec<Instance>,
}

impl<'t> Asked<'t, '_> {
    fn facts(&self) -> Vec<Facts<'t>> {
        let matched = self.matched();
        match self.open.sort {
            Sort::Arn => {
                let arns = TextSet::from(ArnPattern::any());
                let mut ways = all(vec![vec![self.is_in(&arns)]], &matched);
                if self.wish.may_be_unreadable {
                    ways.push(vec![self.is_in(&arns.not())]);
                }
                ways
            }
            Sort::Truth => self.truths(matched),
            _ => matched,
        }
    }

    fn is_in(&self, set: &TextSet) -> Fact<'t> {
        Fact::In(self.subject.to_vec(), set.clone())
    }

    /// That the operand matches or does not, as is asked of a value that can be read.
    fn matched(&self) -> Vec<Facts<'t>> {
        let (passes, fails) = (self.wish.may_be_in, self.wish.may_be_out);
        if passes == fails {
            return if passes { vec![Vec::new()] } else { Vec::new() };
        }
        let with =
            |instance: &Instance| Compared { subject: self.subject.to_vec(), instance: instance.clone() };
        if passes == (self.open.polarity == Polarity::Positive) {
            let closed =
                (!self.open.closed.is_none_at_a_glance()).then(|| vec![self.is_in(&self.open.closed)]);
            let like = self.instances.iter().map(|instance| vec![Fact::Like(with(instance))]);
            return closed.into_iter().chain(like).collect();
        }
        let unlike = self.instances.iter().map(|instance| Fact::Unlike(with(instance)));
        vec![std::iter::once(self.is_in(&self.open.closed.not())).chain(unlike).collect()]
    }

    /// S3.7, S3.14.1: a value or an operand that is no truth value cannot be read.
    fn truths(&self, matched: Vec<Facts<'t>>) -> Vec<Facts<'t>> {
        let words = ["true", "false"];
        let readable = TextSet::union(words.map(Pattern::exact_ignoring_case));
        let is_strict = !self.readings.takes_alternative(Reading::UnreadableIsNoMatch);
        let compared = |instance: &Instance, word: &str| Compared {
            subject: word.chars().map(Piece::Char).collect(),
            instance: instance.clone(),
        };
        let mut ways = all(vec![vec![self.is_in(&readable)]], &matched);
        if is_strict {
            for instance in &self.instances {
                let reads = words.map(|word| vec![Fact::Like(compared(instance, word))]);
                ways = all(ways, &reads);
            }
        }
        if self.wish.may_be_unreadable {
            ways.push(vec![self.is_in(&readable.not())]);
            if is_strict {
                let unread = |instance| words.map(|word| Fact::Unlike(compared(instance, word))).to_vec();
                ways.extend(self.instances.iter().map(unread));
            }
        }
        ways
    }
}

/// Every way to meet both.
pub(super) fn all<'t>(ways: Vec<Facts<'t>>, others: &[Facts<'t>]) -> Vec<Facts<'t>> {
    ways.iter()
        .flat_map(|way| others.iter().map(|other| way.iter().chain(other).cloned().collect()))
        .collect()
}

/// Values of a system that stand in some way to sets that are no sets of texts, by their number.
pub(super) type Ordered<'t> = Vec<(usize, Demand<'t>)>;

/// Adds facts to a system; what is in an order is left to the caller.
pub(super) fn add<'t>(system: &mut System, facts: &[Fact<'t>], ordered: &mut Ordered<'t>) {
    for fact in facts {
        match fact {
            Fact::In(subject, set) => system.unknowns.texts.push((subject.clone(), set.clone())),
            Fact::Like(compared) => system.like.push(compared.clone()),
            Fact::Unlike(compared) => system.unlike.push(compared.clone()),
            Fact::Ordered(subject, demand) => {
                let known = system.values.iter().position(|value| value == subject);
                let number = known.unwrap_or_else(|| system.new_value(subject));
                ordered.push((number, *demand));
            }
        }
    }
}

/// Whether facts about texts without words hold; takes those away that do.
pub(super) fn settle(facts: &mut Facts<'_>) -> bool {
    let mut holds = true;
    facts.retain(|fact| {
        let (subject, is_true): (_, &dyn Fn(&str) -> bool) = match fact {
            Fact::In(subject, set) => (subject, &|text| set.contains(text)),
            Fact::Ordered(subject, demand) => (subject, &|text| demand.admits(text)),
            Fact::Like(_) | Fact::Unlike(_) => return true,
        };
        let text: Option<String> =
            subject.iter().map(|piece| if let Piece::Char(c) = piece { Some(*c) } else { None }).collect();
        let Some(text) = text else { return true };
        holds &= is_true(&text);
        false
    });
    holds
}
