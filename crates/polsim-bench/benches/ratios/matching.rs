//! 1000 ARNs against 50 and 1000 patterns: how many pairs match, or which patterns do.

use divan::{Bencher, black_box};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use polsim_arn::{Pattern, PatternSet};
use polsim_bench::{arns, patterns};
use regex::{Regex, RegexSet};

const ARNS: usize = 1_000;
const COUNTS: [usize; 2] = [50, 1_000];

/// A pattern as a regular expression: `*` is any sequence, `?` any character.
fn expression(pattern: &str) -> String {
    let escaped = regex::escape(pattern).replace(r"\*", ".*").replace(r"\?", ".");
    format!("^(?s:{escaped})$")
}

/// Globs mind `[ ] { } \`, which the patterns do not have, and `/`, which is told to be no separator.
fn glob(pattern: &str) -> globset::Glob {
    GlobBuilder::new(pattern).literal_separator(false).build().unwrap()
}

#[divan::bench(args = COUNTS)]
fn pattern_each(bencher: Bencher, count: usize) {
    let (arns, patterns) = (arns(ARNS), patterns(count));
    let patterns: Vec<Pattern> = patterns.iter().map(|pattern| Pattern::wildcard(pattern)).collect();
    bencher.bench(|| {
        let arns = black_box(&arns).iter();
        arns.map(|arn| patterns.iter().filter(|pattern| pattern.matches(arn)).count()).sum::<usize>()
    });
}

#[divan::bench(args = COUNTS)]
fn pattern_set(bencher: Bencher, count: usize) {
    let (arns, patterns) = (arns(ARNS), patterns(count));
    let set: PatternSet = patterns.iter().map(|pattern| Pattern::wildcard(pattern)).collect();
    bencher.bench(|| black_box(&arns).iter().map(|arn| set.matching(arn).count()).sum::<usize>());
}

#[divan::bench(args = COUNTS)]
fn globset_each(bencher: Bencher, count: usize) {
    let (arns, patterns) = (arns(ARNS), patterns(count));
    let globs: Vec<_> = patterns.iter().map(|pattern| glob(pattern).compile_matcher()).collect();
    bencher.bench(|| {
        let arns = black_box(&arns).iter();
        arns.map(|arn| globs.iter().filter(|glob| glob.is_match(arn)).count()).sum::<usize>()
    });
}

#[divan::bench(args = COUNTS)]
fn globset_set(bencher: Bencher, count: usize) {
    let (arns, patterns) = (arns(ARNS), patterns(count));
    let mut builder = GlobSetBuilder::new();
    for pattern in &patterns {
        builder.add(glob(pattern));
    }
    let set: GlobSet = builder.build().unwrap();
    bencher.bench(|| black_box(&arns).iter().map(|arn| set.matches(arn).len()).sum::<usize>());
}

#[divan::bench(args = COUNTS)]
fn regex_each(bencher: Bencher, count: usize) {
    let (arns, patterns) = (arns(ARNS), patterns(count));
    let expressions: Vec<Regex> =
        patterns.iter().map(|pattern| Regex::new(&expression(pattern)).unwrap()).collect();
    bencher.bench(|| {
        let arns = black_box(&arns).iter();
        arns.map(|arn| expressions.iter().filter(|regex| regex.is_match(arn)).count()).sum::<usize>()
    });
}

/// The set of a thousand expressions takes seconds to build, and is left out.
#[divan::bench(args = [50])]
fn regex_set(bencher: Bencher, count: usize) {
    let (arns, patterns) = (arns(ARNS), patterns(count));
    let set = RegexSet::new(patterns.iter().map(|pattern| expression(pattern))).unwrap();
    bencher.bench(|| black_box(&arns).iter().map(|arn| set.matches(arn).iter().count()).sum::<usize>());
}
