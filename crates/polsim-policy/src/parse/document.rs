//! The top of a document: `Version`, `Id`, `Statement` (S1.1–S1.4).

use super::reader::Reader;
use super::{Document, near, statement};
use crate::{
    ElementName, Policy, PolicyType, Problem, ProblemKind, Quota, Severity, Sid, Statement, Version,
};
use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Source, Span, Spanned};
use std::collections::HashMap;

/// Reads one document and adds its problems.
pub(super) fn read(
    source: &Source,
    policy_type: PolicyType,
    node: Node,
    problems: &mut Vec<Problem>,
) -> Document {
    let mut policy = Policy {
        policy_type,
        version: None,
        id: None,
        statements: Vec::new(),
        span: node.span,
    };
    let mut own = Vec::new();
    let mut reader = Reader {
        source,
        policy_type,
        version: None,
        problems: &mut own,
    };
    match &node.kind {
        NodeKind::Object(members) => reader.members(members, &mut policy),
        _ => reader.wrong_kind(
            &node,
            ProblemKind::NotAnObject {
                found: node.kind_name(),
            },
        ),
    }
    reader.characters(&node);
    reader.size(node.span);
    // A broken string was reported by the JSON reader, so what was reported there counts too.
    let inside = |problem: &Problem| {
        node.span.start() <= problem.span.start() && problem.span.end() <= node.span.end()
    };
    let of_json = problems
        .iter()
        .filter(|problem| matches!(problem.kind, ProblemKind::Json(_)) && inside(problem));
    let lawful = of_json
        .chain(&own)
        .all(|problem| problem.severity() != Severity::Invalid);
    problems.append(&mut own);
    Document {
        span: node.span,
        policy,
        lawful,
        node,
    }
}

impl Reader<'_> {
    fn members(&mut self, members: &[Member], policy: &mut Policy) {
        self.own_duplicates(members);
        for member in members
            .iter()
            .filter(|member| member.key.value != ElementName::Statement.as_str())
        {
            self.duplicates(&member.value);
        }
        for member in members {
            self.name(member, false);
        }
        let find = |element: ElementName| members.iter().find(|member| member.key.value == element.as_str());
        self.version(find(ElementName::Version), policy);
        if let Some(member) = find(ElementName::Id) {
            self.id(member, policy);
        }
        match find(ElementName::Statement) {
            Some(member) => policy.statements = self.statements(&member.value),
            None => self.problem(
                ProblemKind::MissingStatement,
                Span::new(policy.span.start(), policy.span.start() + 1),
            ),
        }
    }

    /// Reports a name that is no element of this place (S1.1.4, S1.1.5).
    pub(super) fn name(&mut self, member: &Member, in_statement: bool) {
        let name = member.key.value.as_str();
        let kind = match ElementName::new(name) {
            Some(element) if element.is_of_statement() == in_statement => return,
            Some(element) => ProblemKind::MisplacedElement(element),
            None => match near::nearest(name, ElementName::ALL, ElementName::as_str) {
                Some(right) if right.as_str().eq_ignore_ascii_case(name) => {
                    ProblemKind::ElementCase { right }
                }
                near => ProblemKind::UnknownElement {
                    name: name.to_owned(),
                    near,
                },
            },
        };
        self.problem(kind, member.key.span);
    }

    fn version(&mut self, member: Option<&Member>, policy: &mut Policy) {
        let must_be_2012 = self.policy_type == PolicyType::Rcp;
        let Some(Member { value, .. }) = member else {
            let start = Span::new(policy.span.start(), policy.span.start() + 1);
            let with_variables = self.source.slice(policy.span).contains("${");
            self.problem(
                match (must_be_2012, with_variables) {
                    (true, _) => ProblemKind::RcpVersion,
                    (false, true) => ProblemKind::MissingVersionWithVariables,
                    (false, false) => ProblemKind::MissingVersion,
                },
                start,
            );
            return;
        };
        let known = [Version::V2008, Version::V2012];
        match value.as_str() {
            None => self.wrong_type(ElementName::Version, value),
            Some(text) => match known.into_iter().find(|version| version.as_str() == text) {
                None => self.problem(ProblemKind::InvalidVersion, value.span),
                Some(version) => {
                    if must_be_2012 && version != Version::V2012 {
                        self.problem(ProblemKind::RcpVersion, value.span);
                    }
                    policy.version = Some(Spanned::new(version, value.span));
                }
            },
        }
        // Under a version that does not exist, variables are read as the writer meant them.
        self.version = Some(policy.version.map_or(Version::V2012, |version| version.value));
    }

    fn id(&mut self, member: &Member, policy: &mut Policy) {
        let takes_id = matches!(
            self.policy_type,
            PolicyType::Resource
                | PolicyType::Trust
                | PolicyType::Kms
                | PolicyType::AccessPoint
                | PolicyType::Endpoint
        );
        if !takes_id {
            self.problem(ProblemKind::IdNotAllowed(self.policy_type), member.key.span);
        }
        match member.value.as_str() {
            Some(id) => policy.id = Some(Spanned::new(id.to_owned(), member.value.span)),
            None => self.wrong_type(ElementName::Id, &member.value),
        }
    }

    fn statements(&mut self, node: &Node) -> Vec<Statement> {
        if !matches!(node.kind, NodeKind::Array(_) | NodeKind::Object(_)) {
            self.wrong_type(ElementName::Statement, node);
            return Vec::new();
        }
        if node.items().is_some_and(<[Node]>::is_empty) {
            self.problem(ProblemKind::EmptyStatement, node.span);
        }
        let mut sids: HashMap<Sid, Span> = HashMap::new();
        let mut statements = Vec::new();
        for item in node.one_or_many() {
            let Some(members) = item.members() else {
                self.wrong_type(ElementName::Statement, item);
                continue;
            };
            let sid = self.sid(members);
            if let Some(sid) = sid.as_ref().filter(|sid| !sid.value.0.is_empty()) {
                match sids.get(&sid.value) {
                    Some(first) => self.problem_with(self.repeated_sid(), sid.span, *first, "first here"),
                    None => {
                        sids.insert(sid.value.clone(), sid.span);
                    }
                }
            }
            statements.extend(statement::read(self, item, members, sid));
        }
        statements
    }

    fn repeated_sid(&self) -> ProblemKind {
        if self.policy_type.is_stored_by_iam()
            || matches!(self.policy_type, PolicyType::Scp | PolicyType::Rcp)
        {
            ProblemKind::RepeatedSid
        } else {
            ProblemKind::RepeatedSidAdvice
        }
    }

    /// Without a quota from the caller, size is worth a warning (S1.12.5).
    fn size(&mut self, document: Span) {
        let Some(quota) = Quota::probable(self.policy_type) else {
            return;
        };
        let size = quota.measure(self.source.slice(document));
        if size > quota.limit() {
            self.problem(ProblemKind::ProbablyTooLong { quota, size }, document);
        }
    }
}
