//! The top of a document: `Version`, `Id`, `Statement` (S1.1–S1.4).

use super::reader::{Found, Reader};
use super::statement::opening;
use super::{Document, near, statement};
use crate::{ElementName, Policy, PolicyType, ProblemKind, Quota, Sid, Statement, Version};
use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Source, Span, Spanned};
use std::collections::HashMap;

/// Reads one document and adds its problems to those that were found.
pub(super) fn read(source: &Source, policy_type: PolicyType, node: Node, found: &mut Found) -> Document {
    found.invalid = false;
    let mut policy = Policy {
        policy_type,
        version: None,
        id: None,
        statements: Vec::new(),
        span: node.span,
    };
    let mut reader = Reader {
        source,
        policy_type,
        version: None,
        found,
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
    Document {
        span: node.span,
        policy,
        lawful: !reader.found.invalid,
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
        let all = |element: ElementName| {
            members
                .iter()
                .filter(move |member| member.key.value == element.as_str())
        };
        let opening = opening(policy.span);
        if all(ElementName::Version).next().is_none() {
            self.missing_version(policy.span, opening);
        }
        // Of a repeated element every value is looked at; a document that repeats one is unlawful anyway.
        for member in all(ElementName::Version) {
            self.version(&member.value, policy);
        }
        for member in all(ElementName::Id) {
            self.id(member, policy);
        }
        if all(ElementName::Statement).next().is_none() {
            self.problem(ProblemKind::MissingStatement, opening);
        }
        for member in all(ElementName::Statement) {
            policy.statements.extend(self.statements(&member.value));
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

    fn missing_version(&mut self, document: Span, opening: Span) {
        let with_variables = self.source.slice(document).contains("${");
        self.problem(
            match (self.policy_type, with_variables) {
                (PolicyType::Rcp, _) => ProblemKind::RcpVersion,
                (_, true) => ProblemKind::MissingVersionWithVariables,
                (_, false) => ProblemKind::MissingVersion,
            },
            opening,
        );
    }

    fn version(&mut self, value: &Node, policy: &mut Policy) {
        let known = [Version::V2008, Version::V2012];
        match value.as_str() {
            None => self.wrong_type(ElementName::Version, value),
            Some(text) => match known.into_iter().find(|version| version.as_str() == text) {
                None => self.problem(ProblemKind::InvalidVersion, value.span),
                Some(version) => {
                    if self.policy_type == PolicyType::Rcp && version != Version::V2012 {
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
