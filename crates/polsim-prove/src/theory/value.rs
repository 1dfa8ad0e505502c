//! One value of a key: a text that each of several sets takes in, turns away, or cannot read, as demanded.

use super::wish::Wish;
use polsim_arn::{Budget, OutOfSteps, Pattern, TextSet};
use polsim_value::{Membership, Sort, ValueSet};

/// How a value may stand to the set of one test.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand<'t> {
    pub(super) set: &'t ValueSet,
    pub(super) wish: Wish,
}

/// What was found.
#[derive(Debug)]
pub(super) enum Found {
    Value(String),
    Nothing,
    /// No value was found, and that there is none was not shown.
    Unsure,
}

impl Demand<'_> {
    pub(super) fn admits(&self, text: &str) -> bool {
        match self.set.membership(text) {
            Membership::In => self.wish.may_be_in,
            Membership::Out => self.wish.may_be_out,
            Membership::Unreadable => self.wish.may_be_unreadable,
        }
    }

    /// The texts that are as demanded, where the sort is one of texts.
    pub(super) fn texts(&self) -> Option<TextSet> {
        let members = self.set.as_texts()?;
        let others = self.set.not().as_texts()?;
        let mut admitted = TextSet::none();
        if self.wish.may_be_unreadable && self.set.sort() != Sort::Text {
            admitted = members.or(&others).not();
        }
        if self.wish.may_be_in {
            admitted = members.or(&admitted);
        }
        if self.wish.may_be_out {
            admitted = others.or(&admitted);
        }
        Some(admitted)
    }

    /// The readable values that are as demanded.
    fn readable(&self) -> ValueSet {
        let none = ValueSet::none(self.set.sort());
        match (self.wish.may_be_in, self.wish.may_be_out) {
            (true, true) => none.not(),
            (true, false) => self.set.clone(),
            (false, true) => self.set.not(),
            (false, false) => none,
        }
    }
}

/// What is demanded of the value in one sort that is no sort of texts.
struct Ordered {
    values: ValueSet,
    may_be_unreadable: bool,
}

/// Which values are of no use, whatever is demanded.
#[derive(Clone, Copy)]
pub(super) struct Unwanted<'u> {
    pub(super) empty: bool,
    pub(super) others: &'u [String],
}

/// A value that is as all demand.
pub(super) fn find(
    demands: &[Demand<'_>],
    unwanted: Unwanted<'_>,
    hints: &[&str],
    budget: &mut Budget,
) -> Result<Found, OutOfSteps> {
    let works = |text: &str| {
        let is_unwanted =
            (unwanted.empty && text.is_empty()) || unwanted.others.iter().any(|other| other == text);
        !is_unwanted && demands.iter().all(|demand| demand.admits(text))
    };
    if let Some(hint) = hints.iter().find(|hint| works(hint)) {
        return Ok(Found::Value((*hint).to_owned()));
    }
    let mut texts = TextSet::union(unwanted.others.iter().map(|other| Pattern::exact(other))).not();
    if unwanted.empty {
        texts = texts.and(&TextSet::only("").not());
    }
    let mut listed: Option<Vec<String>> = None;
    let mut are_texts_free = true;
    let mut ordered: Vec<Ordered> = Vec::new();
    for demand in demands {
        if let Some(admitted) = demand.texts() {
            listed = listed.or_else(|| exact_texts(&admitted));
            are_texts_free &= admitted.is_all_at_a_glance();
            texts = texts.and(&admitted);
        } else {
            add(&mut ordered, demand);
        }
    }
    if ordered.is_empty() {
        return Ok(texts.pick(hints, budget)?.map_or(Found::Nothing, Found::Value));
    }
    if let Some(listed) = listed {
        // All that the value can be.
        return Ok(listed.into_iter().find(|text| works(text)).map_or(Found::Nothing, Found::Value));
    }
    if let Some(picked) = ordered.iter().flat_map(spellings).find(|text| works(text)) {
        return Ok(Found::Value(picked));
    }
    let odd = texts.and(&TextSet::from(Pattern::wildcard("not a*")));
    for set in [&texts, &odd] {
        match set.pick(&["not a value"], budget)? {
            Some(text) if works(&text) => return Ok(Found::Value(text)),
            None if set == &texts => return Ok(Found::Nothing),
            _ => {}
        }
    }
    let is_settled = is_impossible(&ordered) || (are_texts_free && ordered.len() == 1);
    Ok(if is_settled { Found::Nothing } else { Found::Unsure })
}

fn add(ordered: &mut Vec<Ordered>, demand: &Demand<'_>) {
    let wanted = demand.readable();
    match ordered.iter_mut().find(|other| other.values.sort() == wanted.sort()) {
        Some(other) => {
            other.values = other.values.and(&wanted).unwrap_or_else(|| ValueSet::none(wanted.sort()));
            other.may_be_unreadable &= demand.wish.may_be_unreadable;
        }
        None => ordered.push(Ordered { values: wanted, may_be_unreadable: demand.wish.may_be_unreadable }),
    }
}

/// Signs that no value is as demanded: a sort leaves nothing, or a text has to be an address and something else.
fn is_impossible(ordered: &[Ordered]) -> bool {
    let must_be_read = |o: &&Ordered| !o.may_be_unreadable;
    let is_address = |o: &Ordered| o.values.sort() == Sort::Address;
    ordered.iter().any(|o| must_be_read(&o) && o.values.is_none_at_a_glance())
        || (ordered.iter().filter(must_be_read).any(is_address)
            && ordered.iter().filter(must_be_read).any(|o| !is_address(o)))
}

/// A value in several spellings, as some texts may be out.
fn spellings(ordered: &Ordered) -> Vec<String> {
    let Some(picked) = ordered.values.pick() else { return Vec::new() };
    let mut spellings = vec![picked.clone()];
    if ordered.values.sort() == Sort::Decimal {
        spellings.push(format!("{picked}{}", if picked.contains('.') { "0" } else { ".0" }));
        spellings.push(format!("0{picked}"));
    }
    spellings
}

/// The texts of a set that lists them.
fn exact_texts(set: &TextSet) -> Option<Vec<String>> {
    set.as_union()?.iter().map(|pattern| pattern.as_exact().map(str::to_owned)).collect()
}
