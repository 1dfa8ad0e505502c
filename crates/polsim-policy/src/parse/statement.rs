//! One statement: which elements it has, `Sid` and `Effect` (S1.4–S1.6).

use super::reader::Reader;
use crate::{Condition, Effect, Element, ElementName, PolicyType, ProblemKind, Sid, Statement};
use polsim_text::json::{Member, Node};
use polsim_text::{Span, Spanned};

/// Reads a statement; `None` when it cannot be told what it would do.
pub(super) fn read(
    reader: &mut Reader<'_>,
    node: &Node,
    members: &[Member],
    sid: Option<Spanned<Sid>>,
) -> Option<Statement> {
    let mut readable = !reader.duplicates(node);
    for member in members {
        reader.name(member, true);
    }
    // Of a repeated element the first is used; the others are looked at too.
    let mut seen: Vec<ElementName> = Vec::new();
    for member in members {
        match ElementName::new(&member.key.value) {
            Some(element) if seen.contains(&element) => reader.look_at(element, &member.value),
            Some(element) => seen.push(element),
            None => {}
        }
    }
    let effect = reader.effect(node, members);
    let principal = reader.either(members, ElementName::Principal, ElementName::NotPrincipal, &mut readable);
    let action = reader.either(members, ElementName::Action, ElementName::NotAction, &mut readable);
    let resource = reader.either(members, ElementName::Resource, ElementName::NotResource, &mut readable);
    let has = (principal.is_some(), action.is_some(), resource.is_some());
    let principal =
        principal.and_then(|(element, value)| polar(element, value, reader.principal(element, value)));
    let action = action.and_then(|(element, value)| polar(element, value, reader.actions(element, value)));
    let resource =
        resource.and_then(|(element, value)| polar(element, value, reader.resources(element, value)));
    let condition = match find(members, ElementName::Condition) {
        Some(member) => reader.condition(&member.value),
        None => Some(Condition::default()),
    };
    if has.1 {
        readable &= action.is_some();
    } else {
        reader.problem(ProblemKind::MissingAction, opening(node.span));
    }
    readable &= has.0 == principal.is_some() && has.2 == resource.is_some();
    reader.type_rules(node.span, members, effect, principal.as_ref(), action.as_ref(), resource.as_ref());
    let (effect, action, condition) = (effect?, action?, condition?);
    readable.then_some(Statement { sid, effect, principal, action, resource, condition, span: node.span })
}

/// The opening brace, the place for what is missing.
pub(super) fn opening(span: Span) -> Span {
    Span::new(span.start(), span.start() + 1)
}

pub(super) fn find(members: &[Member], element: ElementName) -> Option<&Member> {
    members.iter().find(|member| member.key.value == element.as_str())
}

fn polar<T>(element: ElementName, node: &Node, value: Option<T>) -> Option<Element<T>> {
    let value = Spanned::new(value?, node.span);
    let negated =
        matches!(element, ElementName::NotPrincipal | ElementName::NotAction | ElementName::NotResource);
    Some(if negated { Element::Not(value) } else { Element::Is(value) })
}

impl Reader<'_> {
    /// The one of two elements that is there; both are an error (S1.4.4), and each is still looked at.
    fn either<'n>(
        &mut self,
        members: &'n [Member],
        plain: ElementName,
        negated: ElementName,
        readable: &mut bool,
    ) -> Option<(ElementName, &'n Node)> {
        match (find(members, plain), find(members, negated)) {
            (Some(first), Some(second)) => {
                let kind = ProblemKind::Exclusive { first: plain, second: negated };
                self.problem_with(kind, second.key.span, first.key.span, "excluded by this");
                self.look_at(negated, &second.value);
                *readable = false;
                Some((plain, &first.value))
            }
            (Some(member), None) => Some((plain, &member.value)),
            (None, Some(member)) => Some((negated, &member.value)),
            (None, None) => None,
        }
    }

    /// Reports what is wrong with the value of an element that is not used, because another one took its place.
    fn look_at(&mut self, element: ElementName, value: &Node) {
        match element {
            ElementName::Principal | ElementName::NotPrincipal => _ = self.principal(element, value),
            ElementName::Action | ElementName::NotAction => _ = self.actions(element, value),
            ElementName::Resource | ElementName::NotResource => _ = self.resources(element, value),
            ElementName::Condition => _ = self.condition(value),
            ElementName::Effect => _ = self.effect_value(value),
            ElementName::Sid => _ = self.sid_value(value),
            ElementName::Version | ElementName::Id | ElementName::Statement => {}
        }
    }

    fn effect(&mut self, node: &Node, members: &[Member]) -> Option<Spanned<Effect>> {
        match find(members, ElementName::Effect) {
            Some(member) => self.effect_value(&member.value),
            None => {
                self.problem(ProblemKind::MissingEffect, opening(node.span));
                None
            }
        }
    }

    fn effect_value(&mut self, value: &Node) -> Option<Spanned<Effect>> {
        let Some(text) = value.as_str() else {
            self.wrong_type(ElementName::Effect, value);
            return None;
        };
        let known = [Effect::Allow, Effect::Deny];
        let effect = known.into_iter().find(|effect| effect.as_str() == text);
        if effect.is_none() {
            let near = super::near::nearest(text.trim(), &known, Effect::as_str);
            self.problem(ProblemKind::InvalidEffect { near }, value.span);
        }
        effect.map(|effect| Spanned::new(effect, value.span))
    }

    /// The `Sid` of a statement, with its own problems reported (S1.5.1, S1.5.2).
    pub(super) fn sid(&mut self, members: &[Member]) -> Option<Spanned<Sid>> {
        self.sid_value(&find(members, ElementName::Sid)?.value)
    }

    fn sid_value(&mut self, value: &Node) -> Option<Spanned<Sid>> {
        let Some(text) = value.as_str() else {
            self.wrong_type(ElementName::Sid, value);
            return None;
        };
        if text.is_empty() {
            self.problem(ProblemKind::EmptySid, value.span);
        }
        let plain = self.policy_type.is_stored_by_iam()
            || matches!(self.policy_type, PolicyType::Scp | PolicyType::Rcp);
        if let Some((at, bad)) = text.char_indices().find(|(_, c)| plain && !c.is_ascii_alphanumeric()) {
            let span = self.inside(value.span, at..at + bad.len_utf8());
            self.problem(ProblemKind::SidCharacters(self.policy_type), span);
        }
        Some(Spanned::new(Sid(text.to_owned()), value.span))
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::testing::{S3, help, invalid, of_identity, policy, problems, read, short};
    use crate::{PolicyType, Severity};

    #[test]
    fn s1_4_4_action_and_notaction_exclude_each_other() {
        let found = of_identity(r#""Action": "s3:*", "NotAction": "s3", "Resource": "*""#);
        assert_eq!(found[0], ("SYN010", "S1.4.4", Severity::Invalid, r#""NotAction""#.to_owned()));
        assert_eq!(found[1].0, "ACT003", "the second element is looked at too");
    }

    #[test]
    fn s1_4_4_resource_and_notresource_exclude_each_other() {
        let found = of_identity(r#""Action": "s3:*", "Resource": "*", "NotResource": "arn:aws:s3:::a""#);
        assert_eq!(found, invalid("SYN010", "S1.4.4", r#""NotResource""#));
    }

    #[test]
    fn s1_4_4_principal_and_notprincipal_exclude_each_other() {
        let text = policy(&[&format!(
            r#""Effect": "Deny", "Principal": "*", "NotPrincipal": {{"AWS": "111111111111"}}, {S3}"#
        )]);
        assert_eq!(problems(PolicyType::Resource, &text), invalid("SYN010", "S1.4.4", r#""NotPrincipal""#));
        assert_eq!(read(PolicyType::Resource, &text).documents[0].policy.statements, []);
    }

    #[test]
    fn s1_1_3_every_value_of_a_repeated_element_is_looked_at() {
        let text = policy(&[
            r#""Effect": "Allow", "Effect": "Alow", "Action": "s3:*", "Action": "s3", "Resource": "*""#,
        ]);
        let codes: Vec<_> = problems(PolicyType::Identity, &text).iter().map(|problem| problem.0).collect();
        assert_eq!(codes, ["SYN102", "SYN006", "SYN102", "ACT003"]);
        assert_eq!(read(PolicyType::Identity, &text).documents[0].policy.statements, []);
    }

    #[test]
    fn s1_1_5_the_elements_of_a_statement_have_one_spelling() {
        let text = policy(&[r#""effect": "Allow", "Action": "*", "Resource": "*""#]);
        let codes: Vec<_> = problems(PolicyType::Identity, &text).iter().map(|problem| problem.0).collect();
        assert_eq!(codes, ["SYN005", "SYN108"]);
        assert!(help(PolicyType::Identity, &text).contains(&"did you mean `Effect`?".to_owned()));
    }

    #[test]
    fn s1_1_7_no_element_is_null() {
        for element in ["Sid", "Effect", "Action", "Resource", "Condition"] {
            let text = policy(&[&format!(r#""Effect": "Allow", {S3}, "{element}": null"#)]);
            let found = problems(PolicyType::Identity, &text);
            let expected = ("SYN002", "S1.1.7", Severity::Invalid, "null".to_owned());
            assert!(found.contains(&expected), "{element}: {found:?}");
        }
    }

    #[test]
    fn s1_5_1_a_sid_is_a_string_and_may_be_empty() {
        let found = of_identity(&format!(r#""Sid": "", {S3}"#));
        assert_eq!(found, short("RED010", "S1.5.1", Severity::Suggestion, "\"\""));
        assert_eq!(of_identity(&format!(r#""Sid": 1, {S3}"#)), invalid("SYN002", "S1.5.1", "1"));
    }

    #[test]
    fn s1_5_2_the_letters_of_a_sid_depend_on_the_type() {
        for policy_type in PolicyType::ALL {
            let text = policy(&[&format!(r#""Sid": "Ab9 -x", "Effect": "Deny", "Principal": "*", {S3}"#)]);
            let found = problems(policy_type, &text);
            let problem = found.iter().find(|problem| problem.1 == "S1.5.2");
            let strict =
                !policy_type.has_principal() || matches!(policy_type, PolicyType::Trust | PolicyType::Rcp);
            assert_eq!(problem.is_some(), strict, "{policy_type}");
            assert!(problem.is_none_or(|problem| problem.0 == "SYN013" && problem.3 == " "));
        }
    }

    #[test]
    fn s1_6_1_effect_is_allow_or_deny() {
        assert_eq!(problems(PolicyType::Identity, &policy(&[S3])), invalid("SYN005", "S1.6.1", "{"));
        for (effect, near) in
            [("allow", Some("Allow")), ("DENY", Some("Deny")), ("Dney", Some("Deny")), ("Permit", None)]
        {
            let text = policy(&[&format!(r#""Effect": "{effect}", {S3}"#)]);
            let expected = invalid("SYN006", "S1.6.1", &format!("\"{effect}\""));
            assert_eq!(problems(PolicyType::Identity, &text), expected);
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            assert_eq!(help(PolicyType::Identity, &text).first(), hint.as_ref());
        }
        let text = policy(&[&format!(r#""Effect": ["Allow"], {S3}"#)]);
        assert_eq!(problems(PolicyType::Identity, &text), invalid("SYN002", "S1.6.1", r#"["Allow"]"#));
    }
}
