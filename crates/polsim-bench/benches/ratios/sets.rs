//! Whether a set of strings is within another: the search, beside the simple search that its tests hold it against.

#[path = "../../../polsim-arn/tests/simple/mod.rs"]
mod simple;

use divan::{Bencher, black_box};
use polsim_arn::{Budget, Pattern, TextSet};
use polsim_bench::{stars, tautology};
use simple::Combination;

/// States that the simple search may keep.
const MOST: usize = 1_000_000;

const STARS: [usize; 6] = [1, 2, 4, 8, 16, 32];

fn combination(within: &str, union: &[String]) -> Combination {
    let is = |pattern: &str| Combination::Is(Pattern::wildcard(pattern));
    let union = Combination::Any(union.iter().map(|pattern| is(pattern)).collect());
    Combination::All(vec![is(within), Combination::Not(union.into())])
}

fn texts(union: &[String]) -> TextSet {
    TextSet::union(union.iter().map(|pattern| Pattern::wildcard(pattern)))
}

/// A pattern with so many slots within the union of the terms of a tautology.
#[divan::bench(args = [2, 4, 8, 16, 24])]
fn tautology_search(bencher: Bencher, variables: u64) {
    let (pattern, terms) = tautology(variables);
    let (set, union) = (TextSet::from(Pattern::wildcard(&pattern)), texts(&terms));
    assert_eq!(set.is_subset(&union, &mut Budget::default()), Ok(true));
    bencher.bench(|| black_box(&set).is_subset(&union, &mut Budget::default()));
}

#[divan::bench(args = [2, 4], max_time = 5)]
fn tautology_simple(bencher: Bencher, variables: u64) {
    let (pattern, terms) = tautology(variables);
    let combination = combination(&pattern, &terms);
    assert_eq!(combination.shortest(MOST), Ok(None));
    bencher.bench(|| black_box(&combination).shortest(MOST));
}

/// A text that matches a pattern and not the one that asks for one character more.
#[divan::bench(args = STARS)]
fn stars_search(bencher: Bencher, count: usize) {
    let (wide, narrow) = stars(count);
    let set = combination(&wide, &[narrow]).set();
    bencher.bench(|| black_box(&set).shortest(&mut Budget::default()).unwrap().unwrap());
}

#[divan::bench(args = [1, 2, 4, 8], max_time = 5)]
fn stars_simple(bencher: Bencher, count: usize) {
    let (wide, narrow) = stars(count);
    let combination = combination(&wide, &[narrow]);
    bencher.bench(|| black_box(&combination).shortest(MOST).unwrap().unwrap());
}

/// The same two patterns asked about without a search.
#[divan::bench(args = STARS)]
fn stars_covers(bencher: Bencher, count: usize) {
    let (wide, narrow) = stars(count);
    let (wide, narrow) = (Pattern::wildcard(&wide), Pattern::wildcard(&narrow));
    assert!(wide.covers(&narrow) && !narrow.covers(&wide) && !wide.is_disjoint(&narrow));
    bencher.bench(|| (black_box(&wide).covers(&narrow), narrow.covers(&wide)));
}
