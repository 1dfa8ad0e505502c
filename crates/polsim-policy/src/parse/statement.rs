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
    let effect = reader.effect(node, members);
    let principal = reader.either(
        members,
        ElementName::Principal,
        ElementName::NotPrincipal,
        &mut readable,
    );
    let action = reader.either(
        members,
        ElementName::Action,
        ElementName::NotAction,
        &mut readable,
    );
    let resource = reader.either(
        members,
        ElementName::Resource,
        ElementName::NotResource,
        &mut readable,
    );
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
    reader.type_rules(
        node.span,
        members,
        effect,
        principal.as_ref(),
        action.as_ref(),
        resource.as_ref(),
    );
    let (effect, action, condition) = (effect?, action?, condition?);
    readable.then_some(Statement {
        sid,
        effect,
        principal,
        action,
        resource,
        condition,
        span: node.span,
    })
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
    let negated = matches!(
        element,
        ElementName::NotPrincipal | ElementName::NotAction | ElementName::NotResource
    );
    Some(if negated {
        Element::Not(value)
    } else {
        Element::Is(value)
    })
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
                let kind = ProblemKind::Exclusive {
                    first: plain,
                    second: negated,
                };
                self.problem_with(kind, second.key.span, first.key.span, "excluded by this");
                match negated {
                    ElementName::NotPrincipal => _ = self.principal(negated, &second.value),
                    ElementName::NotAction => _ = self.actions(negated, &second.value),
                    _ => _ = self.resources(negated, &second.value),
                }
                *readable = false;
                Some((plain, &first.value))
            }
            (Some(member), None) => Some((plain, &member.value)),
            (None, Some(member)) => Some((negated, &member.value)),
            (None, None) => None,
        }
    }

    fn effect(&mut self, node: &Node, members: &[Member]) -> Option<Spanned<Effect>> {
        let Some(Member { value, .. }) = find(members, ElementName::Effect) else {
            self.problem(ProblemKind::MissingEffect, opening(node.span));
            return None;
        };
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
        let value = &find(members, ElementName::Sid)?.value;
        let Some(text) = value.as_str() else {
            self.wrong_type(ElementName::Sid, value);
            return None;
        };
        if text.is_empty() {
            self.problem(ProblemKind::EmptySid, value.span);
        }
        let plain = self.policy_type.is_stored_by_iam()
            || matches!(self.policy_type, PolicyType::Scp | PolicyType::Rcp);
        if let Some((at, bad)) = text
            .char_indices()
            .find(|(_, c)| plain && !c.is_ascii_alphanumeric())
        {
            let span = self.inside(value.span, at..at + bad.len_utf8());
            self.problem(ProblemKind::SidCharacters(self.policy_type), span);
        }
        Some(Spanned::new(Sid(text.to_owned()), value.span))
    }
}
