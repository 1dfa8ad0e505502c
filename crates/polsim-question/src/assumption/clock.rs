//! The clock of a request: its time as a date and in seconds (I10), and that tokens are issued before (I9).
//!
//! Of two points on a line no clause over one of them can say that they are equal, or in order. A clause for one bound
//! can: one is above the bound if and only if the other is. The bounds that matter are those that policies write and
//! those that the counterexample itself gives.

use super::fact::{Fact, Standing};
use super::ground::{Ground, not_both};
use super::seen::Seen;
use polsim_eval::Formula;
use polsim_value::{Decimal, DecimalSet, Instant, InstantSet, Sort, ValueSet};

const NOW: &str = "aws:currenttime";
const NOW_IN_SECONDS: &str = "aws:epochtime";
const ISSUED: &str = "aws:tokenissuetime";

/// How many bounds of policies make clauses at a time.
const MOST_BOUNDS: usize = 64;

pub(super) const I10: Fact = Fact {
    id: "I10",
    clause: "S5.5 I10",
    meaning: "aws:EpochTime is aws:CurrentTime in whole seconds",
    limits: "the time itself may be any",
    standing: Standing::On,
    holds: |seen| {
        // Whether these are dates and numbers at all is a question of key types.
        let Some(seconds) = seconds(seen) else { return true };
        let is_now = |now: Instant| now.seconds().rounded_down() == seconds;
        seconds.rounded_down() == seconds && instant(seen, NOW).is_none_or(is_now)
    },
    clauses: one_clock,
};

fn instant(seen: &Seen<'_>, name: &str) -> Option<Instant> {
    Instant::read(seen.value(name)?)
}

/// What `aws:EpochTime` holds.
fn seconds(seen: &Seen<'_>) -> Option<Decimal> {
    Decimal::read(seen.value(NOW_IN_SECONDS)?)
}

/// The key holds a time before a whole second, or not before it.
fn is_before(ground: &Ground<'_>, name: &str, second: &Decimal, holds: bool) -> Vec<Formula> {
    let sorts = if name == NOW_IN_SECONDS { sorts_of_seconds(ground) } else { vec![Sort::Instant] };
    let sets = sorts.into_iter().map(|sort| match sort {
        Sort::Decimal => ValueSet::Decimal(DecimalSet::less_than(second.clone())),
        _ => ValueSet::Instant(InstantSet::less_than(second.clone().into())),
    });
    sets.filter_map(|set| ground.some(name, if holds { set } else { set.not() })).collect()
}

/// As what `aws:EpochTime` is compared: a value that has to be a date and a number is hard to find.
fn sorts_of_seconds(ground: &Ground<'_>) -> Vec<Sort> {
    let mut sorts: Vec<Sort> = ground.compared_with(NOW_IN_SECONDS).iter().map(ValueSet::sort).collect();
    sorts.retain(|sort| matches!(sort, Sort::Decimal | Sort::Instant));
    sorts.sort_unstable();
    sorts.dedup();
    if sorts.is_empty() { vec![Sort::Decimal] } else { sorts }
}

/// The seconds that the question compares a key with.
fn bounds(ground: &Ground<'_>, name: &str) -> Vec<Decimal> {
    let sets = ground.compared_with(name);
    let bounds = sets.iter().flat_map(|set| match set {
        ValueSet::Instant(set) => set.bounds().map(|bound| bound.seconds().clone()).collect::<Vec<_>>(),
        ValueSet::Decimal(set) => set.bounds().cloned().collect(),
        _ => Vec::new(),
    });
    bounds.collect()
}

fn one_clock(ground: &Ground<'_>, seen: &Seen<'_>) -> Vec<Formula> {
    let Some(seconds) = seconds(seen) else { return Vec::new() };
    let mut clauses = Vec::new();
    if seconds.rounded_down() != seconds {
        let fraction = ValueSet::Decimal(DecimalSet::equal_to(seconds.clone()));
        clauses.extend(ground.some(NOW_IN_SECONDS, fraction).map(Formula::negated));
    }
    let Some(now) = instant(seen, NOW) else { return clauses };
    let now = now.seconds().rounded_down();
    let (low, high) = if now < seconds { (now, seconds) } else { (seconds, now) };
    let one = Decimal::from(1);
    let written = bounds(ground, NOW).into_iter().chain(bounds(ground, NOW_IN_SECONDS));
    let between = written.flat_map(|bound| {
        let whole = bound.rounded_down();
        [whole.plus(&one), whole]
    });
    let mut seconds_between: Vec<Decimal> =
        between.filter(|second| low < *second && *second <= high).collect();
    seconds_between.sort_unstable();
    seconds_between.dedup();
    seconds_between.truncate(MOST_BOUNDS);
    seconds_between.push(high.rounded_down());
    for second in seconds_between {
        for now_is_before in [true, false] {
            for one in is_before(ground, NOW, &second, now_is_before) {
                let others = is_before(ground, NOW_IN_SECONDS, &second, !now_is_before);
                clauses.extend(others.into_iter().map(|other| not_both(one.clone(), other)));
            }
        }
    }
    clauses
}

/// Whether a token was issued before the request was made, as far as is known.
pub(super) fn is_issued_before(seen: &Seen<'_>) -> bool {
    let Some(issued) = instant(seen, ISSUED) else { return true };
    let is_before = |now: Option<Instant>| now.is_none_or(|now| issued <= now);
    // A second counted as whole may have begun before the token was issued.
    let counted = seconds(seen).is_none_or(|seconds| issued.seconds().rounded_down() <= seconds);
    is_before(instant(seen, NOW)) && counted
}

pub(super) fn issued_before(ground: &Ground<'_>, seen: &Seen<'_>) -> Vec<Formula> {
    let Some(issued) = instant(seen, ISSUED) else { return Vec::new() };
    let issued = issued.seconds().clone();
    let mut clauses = Vec::new();
    for clock in [NOW, NOW_IN_SECONDS] {
        let now =
            if clock == NOW { instant(seen, NOW).map(|now| now.seconds().clone()) } else { seconds(seen) };
        let Some(now) = now.filter(|now| *now < issued) else { continue };
        let written = bounds(ground, ISSUED).into_iter().chain(bounds(ground, clock));
        let mut between: Vec<Decimal> = written.filter(|bound| now <= *bound && *bound <= issued).collect();
        between.sort_unstable();
        between.dedup();
        between.truncate(MOST_BOUNDS);
        between.extend([issued.clone(), now]);
        for bound in between {
            clauses.extend(not_issued_after(ground, clock, bound));
        }
    }
    clauses
}

/// That a token issued at a time or after it goes with no clock before that time, and likewise for after alone.
fn not_issued_after(ground: &Ground<'_>, clock: &str, bound: Decimal) -> Vec<Formula> {
    let at = |second: &Decimal| Instant::from(second.clone());
    // A clock that counts whole seconds shows the one in which the time is.
    let clock_bound = if clock == NOW { bound.clone() } else { bound.rounded_down() };
    let mut clauses = Vec::new();
    for is_after in [false, true] {
        let (issued, now_instants) = if is_after {
            (InstantSet::greater_than(at(&bound)), InstantSet::at_most(at(&clock_bound)))
        } else {
            (InstantSet::at_least(at(&bound)), InstantSet::less_than(at(&clock_bound)))
        };
        if is_after && clock == NOW_IN_SECONDS {
            // Whole seconds cannot tell one after the bound from one within its second.
            continue;
        }
        let now_numbers = DecimalSet::less_than(clock_bound.clone());
        let sorts = if clock == NOW { vec![Sort::Instant] } else { sorts_of_seconds(ground) };
        for sort in sorts {
            let now = match sort {
                Sort::Decimal => ValueSet::Decimal(now_numbers.clone()),
                _ => ValueSet::Instant(now_instants.clone()),
            };
            let both = || {
                let issued = ground.some(ISSUED, ValueSet::Instant(issued.clone()))?;
                Some(not_both(issued, ground.some(clock, now)?))
            };
            clauses.extend(both());
        }
    }
    clauses
}
