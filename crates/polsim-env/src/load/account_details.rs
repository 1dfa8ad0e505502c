//! `aws iam get-account-authorization-details`: all of IAM of one account.
//!
//! The CLI decodes the policies; the API, and what others store of it, has them URL-encoded. Both are read. Pages may
//! follow one another; the last one says that it is the last by not being truncated.

use super::page::tell_truncated;
use super::{Diagnosis, Loaded, Loader, Object, Sniffed, iam_entry};
use polsim_text::Span;

/// The lists of the dump; any of them may be missing when it was made with a filter.
const LISTS: [&str; 4] = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

/// Account authorization details.
pub(super) struct AccountDetails;

impl Loader for AccountDetails {
    fn name(&self) -> &'static str {
        "account-authorization-details"
    }

    fn about(&self) -> &'static str {
        "aws iam get-account-authorization-details"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        document.has_any(&["UserDetailList", "GroupDetailList", "RoleDetailList"])
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        let before = loaded.facts.principals.len() + loaded.facts.groups.len();
        for node in documents.documents {
            page(Object { host: documents.host, form: documents.form, node }, loaded);
        }
        let last = documents.documents.last().map(|node| Object {
            host: documents.host,
            form: documents.form,
            node,
        });
        tell_truncated(documents, loaded);
        if let Some(page) = last
            && loaded.facts.principals.len() + loaded.facts.groups.len() == before
        {
            let start = page.node.span.start();
            let place = page.place(Span::new(start, start + 1));
            loaded.note(Diagnosis::Nobody, &place.source, place.span);
        }
    }
}

fn page(page: Object<'_>, loaded: &mut Loaded) {
    let [users, groups, roles, policies] = LISTS;
    for user in page.list(users, loaded) {
        iam_entry::user(user, loaded);
    }
    for group in page.list(groups, loaded) {
        iam_entry::group(group, loaded);
    }
    for role in page.list(roles, loaded) {
        iam_entry::role(role, loaded);
    }
    for policy in page.list(policies, loaded) {
        iam_entry::managed(policy, loaded);
    }
}
