//! “Did you mean …” for names in files of others.

/// The name most like `text`, when one is like it: equal but for letter case, or at most two slips away.
pub(super) fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    if text.len() > 64 {
        return None;
    }
    let folded = text.to_ascii_lowercase();
    let slips = |name: &str| strsim::osa_distance(&folded, &name.to_ascii_lowercase());
    let (best, slips) = names.into_iter().map(|name| (name, slips(name))).min_by_key(|(_, slips)| *slips)?;
    (slips <= (best.len() / 3).min(2)).then(|| best.to_owned())
}
