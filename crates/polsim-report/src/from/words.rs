//! The words for what the law calls by codes.

use polsim_eval::{Cause, KeyState, Layer, NetworkPath, PrincipalKind, Verdict};
use polsim_policy::{ConditionKey, Later};

/// A layer, as AWS's own messages call it (S4.20.5).
#[must_use]
pub fn layer(layer: Layer) -> String {
    match layer {
        Layer::Rcp(level) => format!("resource control policy at level {}", level + 1),
        Layer::Scp(level) => format!("service control policy at level {}", level + 1),
        Layer::Endpoint => "VPC endpoint policy".to_owned(),
        Layer::Resource => "resource-based policy".to_owned(),
        Layer::AccessPoint => "access point policy".to_owned(),
        Layer::Identity => "identity-based policy".to_owned(),
        Layer::Boundary => "permissions boundary".to_owned(),
        Layer::Session => "session policy".to_owned(),
    }
}

/// A key that is open: one that a request may state, or what stands for something that is known only later.
#[must_use]
pub fn open_key(key: &ConditionKey) -> String {
    match Later::of(key) {
        Some(later) => format!("`{}`, which is known only later", later.name()),
        None => format!("`{key}`"),
    }
}

/// What a denial is due to.
#[must_use]
pub fn cause(cause: Cause) -> String {
    match cause {
        Cause::Partition => "principal and resource are in different partitions".to_owned(),
        Cause::BlockPublicAccess => "S3 Block Public Access".to_owned(),
        Cause::Layer(of) => layer(of),
    }
}

/// A verdict as an adjective.
#[must_use]
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::ExplicitlyDenied => "explicitly denied",
        Verdict::ImplicitlyDenied => "implicitly denied",
    }
}

/// A kind of principal.
#[must_use]
pub fn principal_kind(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::User => "an IAM user",
        PrincipalKind::RoleSession => "a session of a role",
        PrincipalKind::FederatedUser => "a federated user",
        PrincipalKind::Root => "the root user of an account",
        PrincipalKind::Service => "an AWS service",
        PrincipalKind::Saml => "a caller with a SAML assertion",
        PrincipalKind::Oidc => "a caller with a web identity",
        PrincipalKind::Anonymous => "anyone, not signed in",
    }
}

/// The way of a request.
#[must_use]
pub fn path(path: NetworkPath) -> &'static str {
    match path {
        NetworkPath::Direct => "not through a VPC endpoint",
        NetworkPath::Gateway => "a gateway endpoint",
        NetworkPath::Interface => "an interface endpoint",
    }
}

/// What is said of a key.
#[must_use]
pub fn key_state(state: &KeyState) -> String {
    match state {
        KeyState::Absent => "absent".to_owned(),
        KeyState::Open => "anything, or absent".to_owned(),
        KeyState::One(value) if value.is_empty() => "\"\"".to_owned(),
        KeyState::One(value) => value.clone(),
        KeyState::List(values) => format!("[{}]", values.join(", ")),
    }
}

/// Things in a sentence: `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list(things: &[String], joined_by: &str) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} {joined_by} {last}", init.join(", ")),
    }
}

/// A count with its noun.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// A word with its article.
#[must_use]
pub fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    // Spoken letter by letter: an S-C-P, an R-C-P.
    let article = if matches!(word, "scp" | "rcp") { "an" } else { article };
    format!("{article} {word}")
}
