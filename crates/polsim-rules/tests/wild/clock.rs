//! How long the processor worked for this thread, which other work on the machine does not lengthen much. Where the
//! system does not tell, the time that went by.

use std::time::{Duration, Instant};

pub(crate) struct Clock {
    worked: Option<Duration>,
    began: Instant,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { worked: worked(), began: Instant::now() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        match (self.worked, worked()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.began.elapsed(),
        }
    }
}

/// What Linux has counted so far: the first number is nanoseconds on a processor.
fn worked() -> Option<Duration> {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    counted.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
