//! What polsim does beside what it is held against, in one run: `cargo bench -p polsim-bench`.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

mod decide;
mod matching;
mod parse;
mod prove;
mod reference;
mod sets;

fn main() {
    divan::main();
}
