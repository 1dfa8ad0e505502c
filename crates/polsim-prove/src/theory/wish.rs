//! What a test that is to come out in some way asks of the values of a key.

use polsim_eval::{Operand, Polarity, Quantifier, Reading, Readings, Test};
use polsim_value::Sort;

/// How one value may stand to the operand of a test.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) may_be_in: bool,
    pub(super) may_be_out: bool,
    pub(super) may_be_unreadable: bool,
}

/// What is asked of the values of a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ask {
    Each(Wish),
    Some(Wish),
}

/// That a value passes a test, or that it does not.
fn passing(unreadable_passes: bool, holds: bool) -> Wish {
    Wish { may_be_in: holds, may_be_out: !holds, may_be_unreadable: unreadable_passes == holds }
}

/// What is asked of the one value of a key; `None` when no value will do.
pub(super) fn of_one(test: &Test, holds: bool, readings: Readings) -> Option<Wish> {
    if let Quantifier::Presence(present) = test.quantifier {
        let anything = Wish { may_be_in: true, may_be_out: true, may_be_unreadable: true };
        return (present == holds).then_some(anything);
    }
    // S3.14.1: what cannot be read fails; by the other reading it passes a negated test.
    let lenient = readings.takes_alternative(Reading::UnreadableIsNoMatch);
    Some(passing(lenient && test.polarity == Polarity::Negated, holds))
}

/// The ways for a test to come out as wanted of several values, each a list of what is asked of them.
pub(super) fn of_many(test: &Test, holds: bool, readings: Readings) -> Vec<Vec<Ask>> {
    let negated = test.polarity == Polarity::Negated;
    let anyhow = |can: bool| if can { vec![Vec::new()] } else { Vec::new() };
    let of_all = match test.quantifier {
        Quantifier::Presence(present) => return anyhow(present == holds),
        Quantifier::All => true,
        Quantifier::Any => false,
        // S3.13.7: false of several values, or, by the other reading, asked of each.
        Quantifier::Single if !readings.takes_alternative(Reading::ManyValuesAreCompared) => {
            return anyhow(!holds);
        }
        Quantifier::Single => negated,
    };
    if readings.takes_alternative(Reading::UnreadableIsNoMatch) {
        let wish = passing(negated, holds);
        return vec![vec![if of_all == holds { Ask::Each(wish) } else { Ask::Some(wish) }]];
    }
    let sort = match &test.operand {
        Operand::Closed(set) => set.sort(),
        Operand::Open(open) => open.sort,
    };
    // S3.14.1: one value that cannot be read makes the whole test false.
    let wish = |may_be_in, may_be_out, may_be_unreadable| Wish { may_be_in, may_be_out, may_be_unreadable };
    match (of_all, holds) {
        (true, true) => vec![vec![Ask::Each(wish(true, false, false))]],
        (true, false) => vec![vec![Ask::Some(wish(false, true, true))]],
        (false, true) => {
            vec![vec![Ask::Each(wish(true, true, false)), Ask::Some(wish(true, false, false))]]
        }
        (false, false) => {
            let mut ways = vec![vec![Ask::Each(wish(false, true, true))]];
            if sort != Sort::Text {
                ways.push(vec![Ask::Some(wish(false, false, true))]);
            }
            ways
        }
    }
}
