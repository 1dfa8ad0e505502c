//! Names compare without ASCII letter case, and without a copy in lower case being made for it.

use std::cmp::Ordering;

/// The order of two names when letter case does not count.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    bytes(a).cmp(bytes(b))
}

fn bytes(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// The item of a name among items that are sorted by [`compare`].
pub(crate) fn find<'i, T>(items: &'i [T], name: &str, of: impl Fn(&'i T) -> &'i str) -> Option<&'i T> {
    let at = items.binary_search_by(|item| compare(of(item), name)).ok()?;
    items.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        let names = ["alpha", "Beta", "gamma-Ray"];
        assert_eq!(find(&names, "BETA", |name| name), Some(&"Beta"));
        assert_eq!(find(&names, "bet", |name| name), None);
        assert_eq!(compare("Z", "a"), Ordering::Greater);
    }
}
