//! Whether one policy grants no more than another, over many pairs: medians, 99th percentiles, and how many pairs the
//! first tier leaves to the search. Times differ from machine to machine; the last column holds each against compiling
//! the policies of a pair in the same run.
//!
//! The policies that AWS manages are read from the folder `policies/managed` of a folder `shared` beside the checkout;
//! where there is none, generated policies stand in for them, and the table says so.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark stops at the first surprise")]

mod corpus;
mod work;

use corpus::Corpus;
use work::{Work, table};

fn main() {
    // `cargo test` builds and starts benchmarks as well, to see that they do.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let corpus = Corpus::load();
    println!("{} policies, {}", corpus.policies.len(), corpus.origin);
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let works: Vec<Work> = work::all(&corpus, only.as_deref());
    table(&works);
}
