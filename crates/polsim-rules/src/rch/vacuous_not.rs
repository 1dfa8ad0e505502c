//! RCH006: `Not…` of everything.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{Effect, Element, PolicyType, Principal, PrincipalType, Statement};
use polsim_text::Span;

pub(crate) const RULE: Rule = Rule {
    code: "RCH006",
    name: "vacuous-not",
    severity: Severity::High,
    check: Check::Statement(check),
    doc: Doc {
        what: "`NotAction`, `NotResource` or `NotPrincipal` lists `*`.",
        why: "Nothing is left that is not everything: the statement never applies. A Deny that was meant to spare a few spares all.",
        bad: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "NotAction": "*", "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Scp,
                r#"{"Effect": "Deny", "NotAction": ["iam:*", "*"], "Resource": "*",
                    "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}"#,
            ),
        ],
        good: &[Example::statements(
            PolicyType::Scp,
            r#"{"Effect": "Deny", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}"#,
        )],
        fix: "List what is to be spared, or use `Action`.",
        source: "S2.5",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let everything = everything_in(statement);
    for (element, span) in everything {
        let does = match statement.effect.value {
            Effect::Allow => "allows nothing",
            Effect::Deny => "denies nothing",
        };
        let sentence =
            format!("`{element}` leaves nothing out of everything, so {} {does}", subject.name(statement));
        findings.add(span, sentence);
    }
}

fn everything_in(statement: &Statement) -> impl Iterator<Item = (&'static str, Span)> {
    let action = match &statement.action {
        Element::Not(listed) => {
            listed.value.iter().find(|action| action.value.is_any()).map(|action| action.span)
        }
        Element::Is(_) => None,
    };
    let resource = match &statement.resource {
        Some(Element::Not(listed)) => {
            let everything = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte == b'*');
            listed.value.iter().find(|entry| everything(&entry.value)).map(|entry| entry.span)
        }
        _ => None,
    };
    let principal = match &statement.principal {
        Some(Element::Not(listed)) => match &listed.value {
            Principal::Everyone => Some(listed.span),
            Principal::Entries(entries) => entries
                .iter()
                .find(|entry| entry.principal_type == PrincipalType::Aws && entry.value.value == "*")
                .map(|entry| entry.value.span),
        },
        _ => None,
    };
    [("NotAction", action), ("NotResource", resource), ("NotPrincipal", principal)]
        .into_iter()
        .filter_map(|(element, span)| Some((element, span?)))
}
