//! ARNs as six colon-separated segments (S2.3.5, S3.10.2).

/// The text split at its first five colons; the sixth segment is all the rest. Fewer colons, fewer segments.
pub(crate) fn segments(text: &str) -> Vec<&str> {
    text.splitn(6, ':').collect()
}

/// One segment, counted from one; empty when there is none.
pub(crate) fn segment(text: &str, number: usize) -> &str {
    segments(text).get(number - 1).copied().unwrap_or("")
}

/// Whether a request value is an ARN: it begins with `arn:` and has six segments.
pub(crate) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && segments(text).len() == 6
}

/// S2.6.1: the partition of an ARN; `None` for anything else.
pub(crate) fn partition(text: &str) -> Option<&str> {
    is_arn(text).then(|| segment(text, 2))
}

/// The last component of a path: `name` of `user/path/name`.
pub(crate) fn last_component(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}
