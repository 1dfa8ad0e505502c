//! A policy with holes as a policy without: it applies to no less than the true one may apply to.
//!
//! What surprises is that `NotAction` with a hole is widened to every action and not to those that are left: the true list
//! may be shorter than what is known of it.

use super::value::{Hole, Kind, Value};
use super::widen;
use polsim_policy::{Later, Operator, OperatorName, PolicyType, RCP_SERVICES};
use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Span, Spanned};

/// A policy of which everything is said that is known.
pub(in crate::load) struct Settled {
    /// Its tree, with the places of the host.
    pub(in crate::load) node: Node,
    /// The statements that are wider than the true ones may be, by their places in the list.
    pub(in crate::load) perhaps: Vec<usize>,
}

/// Makes a policy of what is known of it. `name` is no other policy's: two statements that apply perhaps are never taken
/// to apply together, for the name of a hole does not say what fills it.
///
/// With `when`, all of it applies perhaps, because of something else that is not known.
pub(in crate::load) fn settle(
    value: &Value,
    policy_type: PolicyType,
    name: &str,
    when: Option<&Hole>,
) -> Settled {
    if let (Some(node), None) = (value.known(), when) {
        return Settled { node, perhaps: Vec::new() };
    }
    let (statements, perhaps) = (Vec::new(), Vec::new());
    let mut settler = Settler { policy_type, name, when, has_variables: false, statements, perhaps };
    let node = settler.policy(value);
    Settled { node, perhaps: settler.perhaps }
}

struct Settler<'a> {
    policy_type: PolicyType,
    name: &'a str,
    when: Option<&'a Hole>,
    /// Whether the version knows policy variables (S3.15.2).
    has_variables: bool,
    statements: Vec<Node>,
    perhaps: Vec<usize>,
}

/// A statement while it is put together.
#[derive(Default)]
struct Draft {
    members: Vec<Member>,
    /// The first hole for which it applies perhaps.
    hole: Option<Hole>,
    /// Whether it is written for everyone, because its principal is not known.
    of_anyone: bool,
}

impl Draft {
    fn push(&mut self, key: &Spanned<String>, value: Node) {
        self.members.push(Member { key: key.clone(), value });
    }

    fn widened(&mut self, hole: Option<&Hole>) {
        if let (None, Some(hole)) = (&self.hole, hole) {
            self.hole = Some(hole.clone());
        }
    }
}

impl Settler<'_> {
    fn policy(&mut self, value: &Value) -> Node {
        let version = value.get("Version");
        let is_told = !matches!(value.kind, Kind::Unknown(_))
            && value.members().iter().all(|(key, value)| key.value != "Version" || value.known().is_some());
        if !is_told {
            let hole = version.and_then(Value::first_hole).or_else(|| value.first_hole());
            if let Some(hole) = hole {
                self.unknown_statement(hole, value.span);
            }
            return self.finish(value.span, None, Vec::new());
        }
        self.has_variables = version.and_then(Value::as_text).is_some_and(|version| version == "2012-10-17");
        let mut others = Vec::new();
        let mut statement_key = None;
        for (key, member) in value.members() {
            if key.value == "Statement" {
                statement_key = Some(key.clone());
                if let Kind::Unknown(hole) = &member.kind {
                    self.unknown_statement(hole, member.span);
                    continue;
                }
                for statement in member.one_or_many() {
                    self.statement(statement);
                }
            } else if let Some(node) = member.known() {
                others.push(Member { key: key.clone(), value: node });
            }
        }
        self.finish(value.span, statement_key, others)
    }

    fn finish(&mut self, span: Span, key: Option<Spanned<String>>, mut members: Vec<Member>) -> Node {
        if !members.iter().any(|member| member.key.value == "Version") && key.is_none() {
            members.push(member("Version", span, text("2012-10-17", span)));
        }
        let statements = std::mem::take(&mut self.statements);
        let list = Node { span, kind: NodeKind::Array(statements) };
        let key = key.unwrap_or_else(|| Spanned::new("Statement".to_owned(), span));
        members.push(Member { key, value: list });
        Node { span, kind: NodeKind::Object(members) }
    }

    /// A statement of which nothing is known: it may allow anything or deny anything.
    fn unknown_statement(&mut self, hole: &Hole, span: Span) {
        let mut draft = Draft { hole: Some(hole.clone()), ..Draft::default() };
        self.complete(&mut draft, span);
        self.both(draft, span);
    }

    fn statement(&mut self, value: &Value) {
        if let Kind::Unknown(hole) = &value.kind {
            return self.unknown_statement(hole, value.span);
        }
        if let (Some(node), None) = (value.known(), self.when) {
            self.statements.push(node);
            return;
        }
        let mut draft = Draft { hole: self.when.cloned(), ..Draft::default() };
        let mut has_effect = true;
        for (key, member) in value.members() {
            if let Some(node) = member.known() {
                draft.push(key, node);
                continue;
            }
            match key.value.as_str() {
                "Effect" => {
                    has_effect = false;
                    draft.widened(member.first_hole());
                }
                "Action" => self.list(&mut draft, key, member, widen::action),
                "Resource" => {
                    let has_variables = self.has_variables;
                    self.list(&mut draft, key, member, |pieces| widen::resource(pieces, has_variables));
                }
                "Condition" => self.condition(&mut draft, key, member),
                // What is left out is completed below: everything.
                "NotAction" | "NotResource" | "Principal" | "NotPrincipal" => {
                    draft.widened(member.first_hole());
                }
                // A Sid means nothing to a request, and what else there may be is no part of the language.
                _ => {}
            }
        }
        self.complete(&mut draft, value.span);
        if has_effect {
            self.close(draft, value.span);
        } else {
            self.both(draft, value.span);
        }
    }

    /// A list of texts, each as widely as it has to be.
    fn list(
        &self,
        draft: &mut Draft,
        key: &Spanned<String>,
        value: &Value,
        widen: impl Fn(&[super::Piece]) -> widen::Widened,
    ) {
        let mut entries = Vec::new();
        for entry in value.one_or_many() {
            let Some(pieces) = widen::pieces(entry) else {
                draft.widened(entry.first_hole());
                return;
            };
            let widened = widen(&pieces);
            draft.widened(widened.because_of.as_ref());
            entries.push(text(&widened.text, entry.span));
        }
        // One star says it all, and beside others it would be odd.
        let everything = entries.iter().find(|entry| entry.as_str() == Some("*")).cloned();
        if everything.is_some() && draft.hole.is_some() {
            return;
        }
        draft.push(key, Node { span: value.span, kind: NodeKind::Array(entries) });
    }

    fn condition(&self, draft: &mut Draft, key: &Spanned<String>, value: &Value) {
        let mut operators = Vec::new();
        if let Kind::Unknown(hole) = &value.kind {
            return draft.widened(Some(hole));
        }
        for (operator, block) in value.members() {
            let mut keys = Vec::new();
            if let Kind::Unknown(hole) = &block.kind {
                draft.widened(Some(hole));
                continue;
            }
            let takes_variables = self.has_variables && takes_variables(&operator.value);
            for (name, values) in block.members() {
                match condition_values(values, takes_variables) {
                    Some(node) => keys.push(Member { key: name.clone(), value: node }),
                    None => draft.widened(values.first_hole()),
                }
            }
            if !keys.is_empty() {
                let value = Node { span: block.span, kind: NodeKind::Object(keys) };
                operators.push(Member { key: operator.clone(), value });
            }
        }
        if !operators.is_empty() {
            draft.push(key, Node { span: value.span, kind: NodeKind::Object(operators) });
        }
    }

    /// Adds what a statement has to have and what was left out because it is not known.
    fn complete(&self, draft: &mut Draft, span: Span) {
        if draft.hole.is_none() {
            return;
        }
        let has = |draft: &Draft, names: &[&str]| {
            draft.members.iter().any(|member| names.contains(&member.key.value.as_str()))
        };
        if self.policy_type.has_principal() && !has(draft, &["Principal", "NotPrincipal"]) {
            draft.members.push(member("Principal", span, text("*", span)));
            draft.of_anyone = true;
        }
        if !has(draft, &["Action", "NotAction"]) {
            let actions: Vec<Node> = match self.policy_type {
                PolicyType::Trust => vec![text("sts:*", span)],
                PolicyType::Rcp => {
                    RCP_SERVICES.iter().map(|service| text(&format!("{service}:*"), span)).collect()
                }
                _ => vec![text("*", span)],
            };
            draft.members.push(member("Action", span, Node { span, kind: NodeKind::Array(actions) }));
        }
        if self.policy_type != PolicyType::Trust && !has(draft, &["Resource", "NotResource"]) {
            let all = if self.policy_type == PolicyType::AccessPoint {
                "arn:aws:s3:*:*:accesspoint/*"
            } else {
                "*"
            };
            draft.members.push(member("Resource", span, text(all, span)));
        }
    }

    /// The statement as an Allow and as a Deny.
    fn both(&mut self, draft: Draft, span: Span) {
        for effect in ["Allow", "Deny"] {
            if effect == "Allow" && self.policy_type == PolicyType::Rcp {
                continue;
            }
            let mut members = draft.members.clone();
            members.insert(0, member("Effect", span, text(effect, span)));
            self.close(Draft { members, hole: draft.hole.clone(), of_anyone: draft.of_anyone }, span);
        }
    }

    /// Binds a statement that applies perhaps to a key that nobody knows.
    fn close(&mut self, mut draft: Draft, span: Span) {
        let index = self.statements.len();
        if let Some(hole) = draft.hole {
            let key = Later::key_of_statement(&hole.name, self.name, index, draft.of_anyone);
            bind(&mut draft.members, &key, span);
            self.perhaps.push(index);
        }
        self.statements.push(Node { span, kind: NodeKind::Object(draft.members) });
    }
}

/// The values of one key, when they can be written.
fn condition_values(values: &Value, takes_variables: bool) -> Option<Node> {
    let mut entries = Vec::new();
    for value in values.one_or_many() {
        if let Some(node) = value.known() {
            entries.push(node);
            continue;
        }
        let pieces = widen::pieces(value)?;
        entries.push(text(&widen::condition(&pieces, takes_variables)?, value.span));
    }
    Some(Node { span: values.span, kind: NodeKind::Array(entries) })
}

/// The operators whose values may hold policy variables (S3.15.8); a value that is read as a truth is none that anyone
/// would fill in so.
fn takes_variables(operator: &str) -> bool {
    use OperatorName as Name;
    Operator::parse(operator).is_some_and(|operator| {
        matches!(
            operator.name,
            Name::StringEquals
                | Name::StringNotEquals
                | Name::StringEqualsIgnoreCase
                | Name::StringNotEqualsIgnoreCase
                | Name::StringLike
                | Name::StringNotLike
                | Name::ArnEquals
                | Name::ArnLike
                | Name::ArnNotEquals
                | Name::ArnNotLike
        )
    })
}

/// Adds `"Bool": {KEY: "true"}` to the condition.
fn bind(members: &mut Vec<Member>, key: &str, span: Span) {
    let flag = || member(key, span, text("true", span));
    let condition = members.iter_mut().find(|member| member.key.value == "Condition");
    let Some(Member { value: Node { kind: NodeKind::Object(operators), .. }, .. }) = condition else {
        let block = member("Bool", span, Node { span, kind: NodeKind::Object(vec![flag()]) });
        members.push(member("Condition", span, Node { span, kind: NodeKind::Object(vec![block]) }));
        return;
    };
    let bools = operators.iter_mut().find(|member| member.key.value.eq_ignore_ascii_case("Bool"));
    match bools {
        Some(Member { value: Node { kind: NodeKind::Object(keys), .. }, .. }) => keys.push(flag()),
        _ => operators.push(member("Bool", span, Node { span, kind: NodeKind::Object(vec![flag()]) })),
    }
}

fn member(name: &str, span: Span, value: Node) -> Member {
    Member { key: Spanned::new(name.to_owned(), span), value }
}

fn text(text: &str, span: Span) -> Node {
    Node { span, kind: NodeKind::String(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::super::value::{Nature, Piece};
    use super::*;
    use polsim_policy::{Severity, parse};
    use polsim_text::{Embedded, Limits, Source, json};

    /// A tree in which the text `?NAME?` is a hole with a name, and `?` is not known at all.
    fn holed(node: &Node) -> Value {
        let value = Value::of(node);
        fill(value)
    }

    fn fill(value: Value) -> Value {
        let kind = match value.kind {
            Kind::Text(pieces) => {
                let [Piece::Literal(text)] = pieces.as_slice() else { panic!() };
                if text == "?" {
                    Kind::Unknown(Hole::text("u", "it is a test"))
                } else {
                    let nature = if text.contains('!') { Nature::Text } else { Nature::Name };
                    let text = text.replace('!', "");
                    let parts = text.split('?').enumerate().filter(|(_, part)| !part.is_empty());
                    Kind::Text(
                        parts
                            .map(|(at, part)| match at % 2 {
                                0 => Piece::Literal(part.to_owned()),
                                _ => Piece::Hole(Hole { name: part.to_owned(), because: "", nature }),
                            })
                            .collect(),
                    )
                }
            }
            Kind::List(items) => Kind::List(items.into_iter().map(fill).collect()),
            Kind::Map(members) => {
                Kind::Map(members.into_iter().map(|(key, value)| (key, fill(value))).collect())
            }
            other => other,
        };
        Value { kind, ..value }
    }

    fn settled(policy_type: PolicyType, statement: &str) -> String {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
        let host = Source::new("h", text);
        let node = json::parse(&host, &Limits::default()).documents.remove(0);
        let settled = settle(&holed(&node), policy_type, "p", None);
        let written = crate::inline::written(&Embedded::whole(host), &settled.node, "p");
        let text = written.text().text().to_owned();
        let parsed = parse(written.text(), policy_type, &Limits::default());
        let invalid: Vec<_> =
            parsed.problems.iter().filter(|problem| problem.severity() == Severity::Invalid).collect();
        assert!(invalid.is_empty(), "{text}: {invalid:?}");
        text.strip_prefix(r#"{"Version": "2012-10-17", "Statement": "#).unwrap().to_owned()
    }

    #[test]
    fn a_statement_without_holes_stays() {
        let plain = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#;
        assert_eq!(settled(PolicyType::Identity, plain), format!("{plain}}}"));
    }

    #[test]
    fn a_name_is_a_variable_and_the_statement_stays_sure() {
        let text = settled(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::?b?/*"],
                "Condition": {"StringEquals": {"aws:SourceVpce": "?v?"}}}"#,
        );
        assert!(text.contains(r#""arn:aws:s3:::${polsim:unknown/b}/*""#), "{text}");
        assert!(text.contains(r#""aws:SourceVpce": ["${polsim:unknown/v}"]"#), "{text}");
        assert!(!text.contains("perhaps"), "{text}");
    }

    #[test]
    fn what_cannot_be_written_is_wide_and_applies_perhaps() {
        let text = settled(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "NotAction": ["s3:?a!?"], "Resource": "*",
                "Condition": {"Bool": {"aws:SecureTransport": "true"}, "NumericLessThan": {"s3:max-keys": "?n?"}}}"#,
        );
        assert_eq!(
            text,
            r##"[{"Effect": "Allow", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": ["true"], "polsim:perhaps/a#p#0": "true"}}, "Action": ["*"]}]}"##
        );
    }

    #[test]
    fn of_an_effect_that_is_not_known_both_are_possible() {
        let text = settled(
            PolicyType::Resource,
            r#"{"Effect": "?e?", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        );
        assert!(text.contains("polsim:perhaps/e#p#0") && text.contains("polsim:perhaps/e#p#1"), "{text}");
    }

    #[test]
    fn a_policy_that_is_not_known_is_lawful_for_every_type() {
        for policy_type in PolicyType::ALL {
            let text = settled(policy_type, r#""?""#);
            let wanted = if policy_type == PolicyType::Rcp { 1 } else { 2 };
            assert_eq!(text.matches("polsim:perhaps/u#p#").count(), wanted, "{policy_type}: {text}");
        }
    }
}
