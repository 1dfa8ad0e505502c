//! Ranges of ports.

/// Ports from the first to the last.
pub type Ports = std::ops::RangeInclusive<u16>;
