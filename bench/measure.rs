//! Measuring in turns: machines are noisy, so every contestant gets a share of every moment, and ratios count.

use std::hint::black_box;
use std::time::Instant;

/// Nanoseconds per operation of each contestant: the median of all rounds. A contestant does `operations` at a time.
pub fn in_turns(rounds: usize, contestants: &mut [(&str, usize, &mut dyn FnMut() -> u64)]) -> Vec<(String, f64)> {
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); contestants.len()];
    for _ in 0..rounds {
        for (times, (_, operations, run)) in times.iter_mut().zip(contestants.iter_mut()) {
            let began = Instant::now();
            black_box(run());
            times.push(began.elapsed().as_nanos() as f64 / *operations as f64);
        }
    }
    let medians = times.into_iter().map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    contestants.iter().map(|(name, ..)| (*name).to_owned()).zip(medians).collect()
}

/// Prints a table in which the first contestant is 1.
pub fn print(title: &str, results: &[(String, f64)]) {
    println!("\n{title}");
    let first = results[0].1;
    for (name, nanos) in results {
        println!("  {name:<44} {nanos:>12.0} ns   {:>8.1} x", nanos / first);
    }
}
