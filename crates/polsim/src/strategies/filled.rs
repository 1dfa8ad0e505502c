//! Texts that match a pattern: its wildcards filled in.

use polsim_arn::{ActionName, ActionPattern};
use polsim_reference::Reference;

/// What stands for a placeholder of an ARN form, and for a policy variable.
const EXAMPLE: &str = "example";

/// How many actions of the reference are taken for one pattern.
const MOST_ACTIONS: usize = 12;

/// Texts that match a pattern with `*` and `?`; policy variables hold `example`.
pub(super) fn texts(pattern: &str) -> Vec<String> {
    let plain = without_variables(pattern);
    if !plain.contains(['*', '?']) {
        return vec![plain];
    }
    ["x", "", "x/y"].into_iter().map(|filler| plain.replace('*', filler).replace('?', "x")).collect()
}

/// Each `${…}` replaced; `${*}`, `${?}` and `${$}` stand for the character itself.
fn without_variables(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        filled.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
        filled.push_str(if matches!(name, "*" | "?" | "$") { name } else { EXAMPLE });
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Actions that match a pattern: real ones where there are some.
pub(super) fn actions(pattern: &ActionPattern) -> Vec<String> {
    let text = pattern.to_string();
    let known: Vec<String> = match Reference::bundled() {
        Ok(reference) => {
            reference.matching(pattern).take(MOST_ACTIONS).map(|action| action.to_string()).collect()
        }
        Err(_) => Vec::new(),
    };
    if !known.is_empty() {
        return known;
    }
    let filled = texts(&text).into_iter().filter(|text| ActionName::parse(text).is_ok());
    filled.collect()
}

/// ARNs of the resources that an action is for; `*` when it has none.
pub(super) fn resources_of(action: &str) -> Vec<String> {
    let found = ActionName::parse(action).ok().and_then(|name| {
        let action = Reference::bundled().ok()?.action(&name)?;
        let types = action.resources().map(|used| used.resource_type());
        let arns: Vec<String> = types
            .flat_map(|kind| kind.arns())
            .map(|form| without_variables(&standard(form.as_str())))
            .collect();
        (!arns.is_empty()).then_some(arns)
    });
    found.unwrap_or_else(|| vec!["*".to_owned()])
}

/// The placeholders of an ARN form that have a shape of their own.
fn standard(form: &str) -> String {
    form.replace("${Partition}", "aws")
        .replace("${Region}", "eu-west-1")
        .replace("${Account}", "111122223333")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_and_variables_are_filled() {
        assert_eq!(texts("arn:aws:s3:::b/k"), ["arn:aws:s3:::b/k"]);
        assert_eq!(texts("b/${aws:username}"), ["b/example"]);
        assert_eq!(texts("b/*"), ["b/x", "b/", "b/x/y"]);
    }

    #[test]
    fn real_actions_come_with_their_resources() {
        let reads = actions(&ActionPattern::parse("s3:GetObject").unwrap());
        assert_eq!(reads, ["s3:GetObject"]);
        assert!(resources_of("s3:GetObject").contains(&"arn:aws:s3:::example/example".to_owned()));
        assert_eq!(resources_of("s3:ListAllMyBuckets"), ["*"]);
        assert_eq!(actions(&ActionPattern::parse("private:Do*").unwrap()), ["private:Dox", "private:Do"]);
    }
}
