//! A policy read with places and all its mistakes, beside a JSON value that knows neither.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use polsim_bench::policy;
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};

const COUNTS: [usize; 2] = [10, 1_000];

#[divan::bench(args = COUNTS)]
fn polsim_policy(bencher: Bencher, statements: usize) {
    let text = policy(statements);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let source = Source::new("policy.json", black_box(&text));
        polsim_policy::parse(&source, PolicyType::Identity, &Limits::default())
    });
}

#[divan::bench(args = COUNTS)]
fn serde_json_value(bencher: Bencher, statements: usize) {
    let text = policy(statements);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| serde_json::from_str::<serde_json::Value>(black_box(&text)).unwrap());
}
