//! Actions (S2.2, S2.5.1).

use crate::glob;
use polsim_policy::{Element, Statement};

/// S2.2.5, S2.5.1: `Action` applies when some entry matches, `NotAction` when none does.
pub(crate) fn applies(statement: &Statement, action: &str) -> bool {
    let listed = statement.action.listed().iter().any(|entry| entry_matches(entry.value.as_str(), action));
    match statement.action {
        Element::Is(_) => listed,
        Element::Not(_) => !listed,
    }
}

/// S2.2.4: `*` and `*:*` match every action. S2.2.1–S2.2.3: else the prefixes are equal and the name matches as a glob,
/// both without regard to ASCII case.
fn entry_matches(entry: &str, action: &str) -> bool {
    if entry == "*" || entry == "*:*" {
        return true;
    }
    let (Some((prefix, name)), Some((asked_prefix, asked_name))) =
        (entry.split_once(':'), action.split_once(':'))
    else {
        return false;
    };
    prefix.eq_ignore_ascii_case(asked_prefix)
        && glob::matches(&glob::plain(&name.to_ascii_lowercase()), &asked_name.to_ascii_lowercase())
}

/// The service of an action, in lower case.
pub(crate) fn service(action: &str) -> String {
    action.split_once(':').map_or("", |(prefix, _)| prefix).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s2_2_entries() {
        assert!(entry_matches("S3:get*", "s3:GetObject") && entry_matches("*:*", "s3:GetObject"));
        assert!(entry_matches("s3:*Obj?ct", "s3:GetObject") && !entry_matches("s3:Get", "s3:GetObject"));
        assert!(!entry_matches("s3-object-lambda:*", "s3:GetObject"));
    }
}
