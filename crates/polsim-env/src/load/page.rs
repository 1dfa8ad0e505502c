//! Whether all pages of an output are there.

use super::{Diagnosis, Loaded, Object, Sniffed};

/// Tells when more pages follow the last one: `IsTruncated` of the service, `NextToken` of a CLI that was told
/// `--max-items`.
pub(super) fn tell_truncated(documents: &Sniffed<'_>, loaded: &mut Loaded) {
    let Some(node) = documents.documents.last() else { return };
    let page = Object { host: documents.host, form: documents.form, node };
    let sign = if page.flag("IsTruncated") == Some(true) {
        page.get("IsTruncated")
    } else {
        page.get("NextToken").or_else(|| page.get("nextToken"))
    };
    if let Some(sign) = sign {
        let place = page.place(sign.node.span);
        loaded.problem(Diagnosis::Truncated, &place.source, place.span);
    }
}
