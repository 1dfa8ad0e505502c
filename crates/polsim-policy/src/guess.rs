//! Which type a document probably has, for those who did not say.

use crate::{Effect, PolicyType};
use polsim_text::json::Node;

/// A guess and its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The type.
    pub policy_type: PolicyType,
    /// Why, in words that follow “because”.
    pub because: &'static str,
}

/// Actions by which someone assumes a role, and what may stand beside them in a trust policy.
const TRUST_ACTIONS: [&str; 3] = ["sts:tagsession", "sts:setsourceidentity", "sts:setcontext"];

/// Guesses the type of a document from its elements. Resource control policies look like others and boundaries,
/// session policies and SCPs like identity policies, so these are never the answer.
#[must_use]
pub fn guess_type(document: &Node) -> Guess {
    let statements: Vec<&Node> =
        document.get("Statement").map_or(Vec::new(), |node| node.one_or_many().iter().collect());
    let guess = |policy_type, because| Guess { policy_type, because };
    let has = |statement: &&&Node, names: [&str; 2]| names.iter().any(|name| statement.get(name).is_some());
    if !statements.iter().any(|statement| has(&statement, ["Principal", "NotPrincipal"])) {
        return guess(PolicyType::Identity, "no statement names a principal");
    }
    let actions = strings(&statements, ["Action", "NotAction"]);
    let resources = strings(&statements, ["Resource", "NotResource"]);
    let is_trust =
        |action: &String| action.starts_with("sts:assumerole") || TRUST_ACTIONS.contains(&action.as_str());
    let names_resource = statements.iter().any(|statement| has(&statement, ["Resource", "NotResource"]));
    if !actions.is_empty() && !names_resource && actions.iter().all(is_trust) {
        return guess(PolicyType::Trust, "its actions assume a role and no statement names a resource");
    }
    if !actions.is_empty() && actions.iter().all(|action| action.starts_with("kms:")) {
        return guess(PolicyType::Kms, "statements name principals and every action is one of KMS");
    }
    if !resources.is_empty() && resources.iter().all(|resource| is_access_point(resource)) {
        return guess(PolicyType::AccessPoint, "every resource is an access point");
    }
    if !statements.iter().all(|statement| statement.get("Principal").is_some_and(is_everyone)) {
        return guess(PolicyType::Resource, "statements name particular principals");
    }
    let allows =
        statements.iter().any(|s| s.get("Effect").and_then(Node::as_str) == Some(Effect::Allow.as_str()));
    let mut services: Vec<&str> =
        actions.iter().filter_map(|action| Some(action.split_once(':')?.0)).collect();
    services.sort_unstable();
    services.dedup();
    if resources.iter().any(|resource| resource == "*") {
        return guess(PolicyType::Endpoint, "everyone is the principal and the resource is not one resource");
    }
    if services.len() > 1 && allows {
        return guess(
            PolicyType::Endpoint,
            "everyone is the principal and there are actions of several services",
        );
    }
    if buckets(&resources).any(|bucket| bucket.contains(['*', '?'])) {
        return guess(
            PolicyType::Endpoint,
            "everyone is the principal and the name of the bucket has a wildcard",
        );
    }
    let mut names: Vec<&str> = buckets(&resources).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > 1 {
        return guess(PolicyType::Endpoint, "everyone is the principal and there are several buckets");
    }
    guess(PolicyType::Resource, "everyone is the principal and the resources are one resource")
}

/// `"*"` or `{"AWS": "*"}`.
fn is_everyone(principal: &Node) -> bool {
    let inner =
        principal.get("AWS").filter(|_| principal.members().is_some_and(|members| members.len() == 1));
    inner.unwrap_or(principal).one_or_many().iter().all(|value| value.as_str() == Some("*"))
}

/// All strings under these elements; actions compare without case, and ARNs are in lower case up to the name.
fn strings(statements: &[&Node], elements: [&str; 2]) -> Vec<String> {
    let nodes =
        statements.iter().flat_map(|statement| elements.into_iter().filter_map(|name| statement.get(name)));
    nodes.flat_map(Node::one_or_many).filter_map(Node::as_str).map(str::to_ascii_lowercase).collect()
}

fn is_access_point(resource: &str) -> bool {
    let mut fields = resource.splitn(6, ':').skip(2);
    let service = fields.next().unwrap_or("");
    service.starts_with("s3") && fields.nth(2).is_some_and(|name| name.contains("accesspoint"))
}

/// The bucket parts of the S3 ARNs.
fn buckets(resources: &[String]) -> impl Iterator<Item = &str> {
    let name = |resource: &'_ String| resource.split(':').nth(2) == Some("s3");
    resources
        .iter()
        .filter(move |resource| name(resource))
        .filter_map(|resource| resource.splitn(6, ':').nth(5)?.split('/').next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use polsim_text::{Limits, Source, json};

    fn guess(statements: &str) -> PolicyType {
        let text = format!(r#"{{"Statement": {statements}}}"#);
        let parsed = json::parse(&Source::new("a", text), &Limits::default());
        guess_type(&parsed.documents[0]).policy_type
    }

    #[test]
    fn types_are_told_apart() {
        let everyone = |rest: &str| guess(&format!(r#"{{"Effect": "Allow", "Principal": "*", {rest}}}"#));
        assert_eq!(guess(r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#), PolicyType::Identity);
        assert_eq!(
            guess(
                r#"[{"Principal": {"Service": "ec2.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}]"#
            ),
            PolicyType::Trust
        );
        assert_eq!(everyone(r#""Action": "kms:*", "Resource": "*""#), PolicyType::Kms);
        assert_eq!(
            everyone(r#""Action": "s3:*", "Resource": "arn:aws:s3:eu-west-1:111111111111:accesspoint/a""#),
            PolicyType::AccessPoint
        );
        assert_eq!(everyone(r#""Action": "s3:*", "Resource": "*""#), PolicyType::Endpoint);
        assert_eq!(
            everyone(r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::repo.*.com/*""#),
            PolicyType::Endpoint
        );
        assert_eq!(
            everyone(r#""Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#),
            PolicyType::Resource
        );
        assert_eq!(
            guess(r#"{"Principal": {"AWS": "111111111111"}, "Action": "s3:*", "Resource": "*"}"#),
            PolicyType::Resource
        );
    }

    #[test]
    fn what_is_no_policy_gets_a_guess_too() {
        for text in
            ["[]", "null", "{}", r#"{"Statement": 1}"#, r#"{"Statement": [{"Principal": 1, "Action": {}}]}"#]
        {
            let parsed = json::parse(&Source::new("a", text), &Limits::default());
            assert!(!guess_type(&parsed.documents[0]).because.is_empty());
        }
    }
}
