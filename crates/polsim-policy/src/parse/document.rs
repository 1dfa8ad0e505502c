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
    let mut policy = Policy { policy_type, version: None, id: None, statements: Vec::new(), span: node.span };
    let mut reader = Reader { source, policy_type, version: None, found };
    match &node.kind {
        NodeKind::Object(members) => reader.members(members, &mut policy),
        _ => reader.wrong_kind(&node, ProblemKind::NotAnObject { found: node.kind_name() }),
    }
    reader.characters(&node);
    reader.size(node.span);
    Document { span: node.span, policy, lawful: !reader.found.invalid, node }
}

impl Reader<'_> {
    fn members(&mut self, members: &[Member], policy: &mut Policy) {
        self.own_duplicates(members);
        for member in members.iter().filter(|member| member.key.value != ElementName::Statement.as_str()) {
            self.duplicates(&member.value);
        }
        for member in members {
            self.name(member, false);
        }
        let all =
            |element: ElementName| members.iter().filter(move |member| member.key.value == element.as_str());
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
                near => ProblemKind::UnknownElement { name: name.to_owned(), near },
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

#[cfg(test)]
mod tests {
    use crate::parse::testing::{S3, help, invalid, policy, problems, read, short};
    use crate::{PolicyType, Severity};

    fn allow() -> String {
        format!(r#"{{"Effect": "Allow", {S3}}}"#)
    }

    #[test]
    fn s1_1_2_iam_stores_latin_1_only() {
        let statement =
            r#""Sid": "é\u0142", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::éł""#;
        let found = problems(PolicyType::Identity, &policy(&[statement]));
        assert!(found.contains(&("SYN104", "S1.1.2", Severity::Invalid, r"\u0142".to_owned())), "{found:?}");
        assert!(found.contains(&("SYN104", "S1.1.2", Severity::Invalid, "ł".to_owned())), "{found:?}");
        let bucket = policy(&[&format!(r#""Principal": "*", {statement}"#)]);
        let found = problems(PolicyType::Resource, &bucket);
        assert!(found.iter().all(|problem| problem.2 == Severity::Suggestion), "{found:?}");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn s1_1_2_control_characters_are_not_stored_either() {
        let text = policy(&[r#""Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a\tb\u0001""#]);
        assert_eq!(problems(PolicyType::Identity, &text), invalid("SYN104", "S1.1.2", r"\u0001"));
    }

    #[test]
    fn s1_1_3_names_do_not_repeat_at_any_depth() {
        let twice =
            format!(r#"{{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": {}}}"#, allow());
        assert_eq!(problems(PolicyType::Identity, &twice), invalid("SYN102", "S1.1.3", r#""Version""#));
        let deep = r#"{"Version": "2012-10-17", "Id": {"a": [{"b": 1, "b": 2}]}, "Statement": []}"#;
        let found = problems(PolicyType::Trust, deep);
        assert!(found.contains(&("SYN102", "S1.1.3", Severity::Invalid, "\"b\"".to_owned())), "{found:?}");
        let two = format!(
            r#"{{"Version": "2012-10-17", "Statement": {}, "Statement": [{{"Effect": "No"}}]}}"#,
            allow()
        );
        let codes: Vec<_> = problems(PolicyType::Identity, &two).iter().map(|problem| problem.0).collect();
        assert_eq!(codes, ["SYN102", "SYN007", "SYN008", "SYN006"]);
    }

    #[test]
    fn s1_1_4_unknown_elements() {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Comment": "x", "Statment": [], "Statement": {}}}"#,
            allow()
        );
        let found = problems(PolicyType::Identity, &text);
        assert_eq!(found[0], ("SYN003", "S1.1.4", Severity::Invalid, r#""Comment""#.to_owned()));
        assert_eq!(help(PolicyType::Identity, &text)[1], "did you mean `Statement`?");
        let text = format!(r#"{{"Version": "2012-10-17", "Effect": "Allow", "Statement": {}}}"#, allow());
        assert_eq!(problems(PolicyType::Identity, &text), invalid("SYN003", "S1.1.4", r#""Effect""#));
    }

    #[test]
    fn s1_1_5_element_names_have_one_spelling() {
        let text =
            format!(r#"{{"version": "2012-10-17", "Version": "2012-10-17", "Statement": {}}}"#, allow());
        assert_eq!(problems(PolicyType::Identity, &text), invalid("SYN108", "S1.1.5", r#""version""#));
        assert_eq!(help(PolicyType::Identity, &text), ["did you mean `Version`?"]);
    }

    #[test]
    fn s1_1_6_members_stand_in_any_order() {
        let text =
            r#"{"Statement": {"Resource": "*", "Action": "*", "Effect": "Allow"}, "Version": "2012-10-17"}"#;
        assert_eq!(problems(PolicyType::Identity, text), []);
    }

    #[test]
    fn s1_1_7_null_is_no_value() {
        for text in [
            r#"{"Version": null, "Statement": []}"#,
            r#"{"Version": "2012-10-17", "Statement": null}"#,
            r#"{"Version": "2012-10-17", "Statement": [null]}"#,
            r#"{"Version": "2012-10-17", "Id": null, "Statement": []}"#,
            "null",
        ] {
            let found = problems(PolicyType::Endpoint, text);
            let expected = ("SYN002", "S1.1.7", Severity::Invalid, "null".to_owned());
            assert!(found.contains(&expected), "{text}: {found:?}");
        }
    }

    #[test]
    fn s1_2_1_two_versions_exist() {
        for (version, is_known) in [
            (r#""2012-10-17""#, true),
            (r#""2008-10-17""#, true),
            (r#""2012-10-7""#, false),
            ("20121017", false),
        ] {
            let text = format!(r#"{{"Version": {version}, "Statement": {}}}"#, allow());
            let found = problems(PolicyType::Identity, &text);
            assert_eq!(found.is_empty(), is_known, "{found:?}");
            assert!(found.iter().all(|problem| problem.1 == "S1.2.1" && problem.3 == version));
        }
    }

    #[test]
    fn s1_2_2_an_absent_version_is_the_old_one() {
        let text = format!(r#"{{"Statement": {}}}"#, allow());
        assert_eq!(problems(PolicyType::Identity, &text), short("SYN020", "S1.2.2", Severity::Warning, "{"));
        assert_eq!(problems(PolicyType::Scp, &text), short("SYN020", "S1.2.2", Severity::Warning, "{"));
        let parsed = read(PolicyType::Identity, &text);
        assert_eq!(parsed.single().unwrap().effective_version(), crate::Version::V2008);
        let text = text.replace("data/k", "data/${aws:username}");
        assert_eq!(problems(PolicyType::Identity, &text), short("VAR101", "S1.2.2", Severity::Error, "{"));
    }

    #[test]
    fn s1_2_3_the_version_belongs_to_the_document() {
        let text = policy(&[&format!(r#""Version": "2012-10-17", "Effect": "Allow", {S3}"#)]);
        assert_eq!(problems(PolicyType::Identity, &text), invalid("SYN003", "S1.2.3", r#""Version""#));
    }

    #[test]
    fn s1_3_1_not_every_type_has_an_id() {
        for policy_type in PolicyType::ALL {
            let text = r#"{"Version": "2012-10-17", "Id": "x", "Statement": []}"#;
            let has_id = !problems(policy_type, text).iter().any(|problem| problem.1 == "S1.3.1");
            let expected = policy_type.has_principal() && policy_type != PolicyType::Rcp;
            assert_eq!(has_id, expected, "{policy_type}");
        }
    }

    #[test]
    fn s1_3_2_an_id_is_any_string() {
        let text = r#"{"Version": "2012-10-17", "Id": "a b\tc", "Statement": []}"#;
        assert_eq!(read(PolicyType::Kms, text).single().unwrap().id.as_ref().unwrap().value, "a b\tc");
        let found = problems(PolicyType::Kms, &text.replace(r#""a b\tc""#, "7"));
        assert_eq!(found[0], ("SYN002", "S1.3.2", Severity::Invalid, "7".to_owned()));
    }

    #[test]
    fn s1_4_1_statements_are_required() {
        let text = r#"{"Version": "2012-10-17"}"#;
        assert_eq!(problems(PolicyType::Identity, text), invalid("SYN004", "S1.4.1", "{"));
    }

    #[test]
    fn s1_4_2_one_statement_or_a_list() {
        let text = |statement: &str| format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
        let one = read(PolicyType::Identity, &text(&allow()));
        let list = read(PolicyType::Identity, &text(&format!("[{}]", allow())));
        assert_eq!(one.single(), list.single());
        assert!(one.single().is_some());
        assert_eq!(problems(PolicyType::Identity, &text("\"x\"")), invalid("SYN002", "S1.4.2", "\"x\""));
        assert_eq!(problems(PolicyType::Identity, &text("[[]]")), invalid("SYN002", "S1.4.2", "[]"));
    }

    #[test]
    fn s1_4_3_an_empty_list_is_lawful() {
        let found = problems(PolicyType::Identity, &policy(&[]));
        assert_eq!(found, short("SYN201", "S1.4.3", Severity::Warning, "[]"));
    }

    #[test]
    fn s1_4_5_statements_keep_their_order() {
        let deny = format!(r#""Effect": "Deny", {S3}"#);
        let allow = format!(r#""Effect": "Allow", {S3}"#);
        let parsed = read(PolicyType::Identity, &policy(&[&deny, &allow]));
        let statements = &parsed.single().unwrap().statements;
        let effects: Vec<_> = statements.iter().map(|statement| statement.effect.value.as_str()).collect();
        assert_eq!(effects, ["Deny", "Allow"]);
    }

    #[test]
    fn s1_5_3_sids_are_unique_where_iam_or_organizations_store_them() {
        let statement = format!(r#""Sid": "A", "Effect": "Deny", "Principal": "*", {S3}"#);
        let empty = statement.replace("\"A\"", "\"\"");
        for policy_type in PolicyType::ALL {
            let found = problems(policy_type, &policy(&[&statement, &statement, &empty, &empty]));
            let repeated: Vec<_> = found.iter().filter(|problem| problem.1 == "S1.5.3").collect();
            let strict =
                !policy_type.has_principal() || matches!(policy_type, PolicyType::Trust | PolicyType::Rcp);
            let expected = if strict { ("SYN012", Severity::Invalid) } else { ("SYN021", Severity::Warning) };
            assert_eq!(repeated.len(), 1, "{policy_type}");
            assert_eq!((repeated[0].0, repeated[0].2), expected, "{policy_type}");
        }
    }

    #[test]
    fn s1_12_5_size_alone_is_a_warning_when_no_quota_is_named() {
        let sid = "a".repeat(6_200);
        let text = policy(&[&format!(r#""Sid": "{sid}", "Effect": "Allow", {S3}"#)]);
        let found = problems(PolicyType::Identity, &text);
        assert_eq!(found, short("SIZ003", "S1.12.5", Severity::Warning, &text));
        let bucket = text.replace("\"Effect\"", "\"Principal\": \"*\", \"Effect\"");
        assert_eq!(problems(PolicyType::Resource, &bucket), []);
    }
}
