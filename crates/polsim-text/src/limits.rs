//! How much of an input is read before it is refused.

/// Bounds that keep bad input from using up the machine. Everything that reads text takes one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest text in bytes.
    pub max_bytes: usize,
    /// The deepest nesting of JSON arrays and objects. A policy needs about 8.
    pub max_depth: usize,
    /// The most problems reported for one text; the rest are counted.
    pub max_problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 16 * 1024 * 1024, max_depth: 32, max_problems: 100 }
    }
}
