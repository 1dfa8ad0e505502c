//! What the benchmarks share: workloads, measuring in turns, other engines.

pub mod cedar;
pub mod measure;
pub mod workload;
