//! `Condition` (S1.10).

use super::near;
use super::reader::Reader;
use crate::{
    Condition, ConditionKey, ConditionValue, ElementName, KeyBlock, Operator, OperatorBlock, OperatorName,
    ProblemKind, ScalarKind, read_template,
};
use polsim_text::json::{Member, Node, NodeKind};
use polsim_text::{Span, Spanned};
use std::collections::HashMap;

/// Families of keys that say nothing without the key of a tag (S1.10.5, S3.2.2), whatever their prefix.
const TAG_FAMILIES: [&str; 5] =
    ["requesttag", "resourcetag", "principaltag", "existingobjecttag", "requestobjecttag"];

impl Reader<'_> {
    /// The whole element; `None` when a part of it could not be read.
    pub(super) fn condition(&mut self, node: &Node) -> Option<Condition> {
        let Some(members) = node.members() else {
            self.wrong_type(ElementName::Condition, node);
            return None;
        };
        if members.is_empty() {
            self.problem(ProblemKind::EmptyCondition, node.span);
        }
        let mut seen: HashMap<Operator, &Spanned<String>> = HashMap::new();
        let mut blocks = Vec::with_capacity(members.len());
        for member in members {
            let operator = self.operator(&member.key);
            if let Some(operator) = operator {
                match seen.get(&operator) {
                    // Equal spellings were reported as a duplicate of S1.1.3 already.
                    Some(first) if first.value == member.key.value => {}
                    Some(first) => {
                        let kind = ProblemKind::DuplicateOperator(operator);
                        self.problem_with(kind, member.key.span, first.span, "first here");
                    }
                    None => {
                        seen.insert(operator, &member.key);
                    }
                }
            }
            let keys = self.keys(operator, &member.value);
            if let (Some(operator), Some(keys)) = (operator, keys) {
                blocks.push(OperatorBlock { operator: Spanned::new(operator, member.key.span), keys });
            }
        }
        (blocks.len() == members.len() && seen.len() == members.len()).then_some(Condition { blocks })
    }

    fn operator(&mut self, key: &Spanned<String>) -> Option<Operator> {
        let text = key.value.as_str();
        match Operator::parse(text) {
            Some(operator) => {
                if operator.to_string() != text {
                    self.problem(ProblemKind::OperatorCase(operator), key.span);
                }
                Some(operator)
            }
            None => {
                let base = text.rsplit(':').next().unwrap_or("");
                let kind = if base.eq_ignore_ascii_case("NullIfExists") {
                    ProblemKind::NullIfExists
                } else {
                    ProblemKind::UnknownOperator { name: text.to_owned(), near: near::nearest_operator(text) }
                };
                self.problem(kind, key.span);
                None
            }
        }
    }

    /// The keys under an operator; they are looked at even when the operator is none.
    fn keys(&mut self, operator: Option<Operator>, node: &Node) -> Option<Vec<KeyBlock>> {
        let Some(members) = node.members() else {
            self.wrong_kind(node, ProblemKind::OperatorValue { found: node.kind_name() });
            return None;
        };
        if members.is_empty() {
            self.problem(ProblemKind::EmptyOperator, node.span);
        }
        let mut seen: HashMap<ConditionKey, Span> = HashMap::new();
        let mut blocks = Vec::with_capacity(members.len());
        for member in members {
            let key = self.condition_key(&member.key);
            if let Some(key) = &key {
                match seen.get(key) {
                    Some(first) if self.source.slice(*first) == self.source.slice(member.key.span) => {}
                    Some(first) => {
                        let kind = ProblemKind::DuplicateConditionKey { key: member.key.value.clone() };
                        self.problem_with(kind, member.key.span, *first, "first here");
                    }
                    None => {
                        seen.insert(key.clone(), member.key.span);
                    }
                }
            }
            let values = self.values(operator, member);
            if let (Some(key), Some(values)) = (key, values) {
                blocks.push(KeyBlock { key: Spanned::new(key, member.key.span), values });
            }
        }
        (blocks.len() == members.len() && seen.len() == members.len()).then_some(blocks)
    }

    fn condition_key(&mut self, key: &Spanned<String>) -> Option<ConditionKey> {
        let Some(parsed) = ConditionKey::new(&key.value) else {
            self.problem(ProblemKind::ConditionKeyFormat, key.span);
            return None;
        };
        let (family, tag) = parsed.split_tag();
        let family = family.split_once(':').map_or("", |(_, name)| name);
        if TAG_FAMILIES.iter().any(|known| known.eq_ignore_ascii_case(family))
            && tag.is_none_or(str::is_empty)
        {
            self.problem(ProblemKind::MissingTagKey, key.span);
        }
        if key.value.contains("${") {
            self.problem(ProblemKind::VariableInConditionKey, key.span);
        }
        Some(parsed)
    }

    fn values(
        &mut self,
        operator: Option<Operator>,
        member: &Member,
    ) -> Option<Vec<Spanned<ConditionValue>>> {
        let items = member.value.one_or_many();
        if items.is_empty()
            && let Some(operator) = operator
        {
            self.problem(ProblemKind::EmptyValues(operator), member.value.span);
        }
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            let (text, kind) = match &item.kind {
                NodeKind::String(text) => (text.clone(), ScalarKind::String),
                NodeKind::Number(text) => (text.clone(), ScalarKind::Number),
                NodeKind::Bool(truth) => (truth.to_string(), ScalarKind::Bool),
                NodeKind::Null | NodeKind::Array(_) | NodeKind::Object(_) => {
                    self.wrong_kind(item, ProblemKind::ConditionValueType { found: item.kind_name() });
                    continue;
                }
            };
            if let Some(operator) = operator {
                self.condition_variables(operator.name, &text, item.span);
            }
            values.push(Spanned::new(ConditionValue { text, kind }, item.span));
        }
        (values.len() == items.len()).then_some(values)
    }

    /// Variables belong to the operators for strings and ARNs (S3.15.1).
    fn condition_variables(&mut self, operator: OperatorName, text: &str, string: Span) {
        if !text.contains("${") {
            return;
        }
        let is_textual = operator.as_str().starts_with("String") || operator.as_str().starts_with("Arn");
        let (template, problems) = read_template(text, self.effective_version());
        if is_textual || operator == OperatorName::Bool {
            self.old_version(string, text);
            self.variable_problems(string, problems);
        }
        if !is_textual && let Some(variable) = template.variables().next() {
            let span = self.inside(string, variable.range.clone());
            self.problem(ProblemKind::VariableForOperator(operator), span);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::testing::{S3, Short, help, invalid, of_identity, policy, problems, read, short};
    use crate::{PolicyType, ScalarKind, Severity};

    fn of_condition(condition: &str) -> Vec<Short> {
        of_identity(&format!(r#"{S3}, "Condition": {condition}"#))
    }

    #[test]
    fn s1_10_1_a_condition_is_an_object() {
        for bad in ["[]", "\"x\"", "true"] {
            assert_eq!(of_condition(bad), invalid("SYN002", "S1.10.1", bad));
        }
    }

    #[test]
    fn s1_10_2_an_operator_takes_an_object() {
        for bad in ["[]", "\"x\"", "true"] {
            let found = of_condition(&format!(r#"{{"Bool": {bad}, "StringLike": {{"nokey": 1}}}}"#));
            assert_eq!(found[0], ("SYN002", "S1.10.2", Severity::Invalid, bad.to_owned()));
            assert_eq!(found[1].0, "CND004");
        }
    }

    #[test]
    fn s1_10_3_unknown_operators() {
        let found =
            of_condition(r#"{"StringMatches": {"aws:username": "a"}, "ForAllValue:StringLike": {"x": "a"}}"#);
        let expected = [
            ("CND002", "S1.10.3", Severity::Invalid, "\"StringMatches\"".to_owned()),
            ("CND002", "S1.10.3", Severity::Invalid, "\"ForAllValue:StringLike\"".to_owned()),
            ("CND004", "S1.10.5", Severity::Invalid, "\"x\"".to_owned()),
        ];
        assert_eq!(found, expected);
        let text = policy(&[&format!(
            r#""Effect": "Allow", {S3}, "Condition": {{"StringEqual": {{"aws:username": "a"}}}}"#
        )]);
        assert_eq!(help(PolicyType::Identity, &text), ["did you mean `StringEquals`?"]);
    }

    #[test]
    fn s1_10_3_operators_compare_without_case() {
        let found = of_condition(r#"{"stringequals": {"aws:username": "a"}}"#);
        assert_eq!(found, short("CND200", "S1.10.3", Severity::Warning, "\"stringequals\""));
    }

    #[test]
    fn s1_1_3_operators_that_are_equal_ignoring_case_repeat() {
        let found =
            of_condition(r#"{"StringEquals": {"aws:username": "a"}, "stringequals": {"aws:userid": "a"}}"#);
        assert!(found.contains(&("SYN102", "S1.1.3", Severity::Invalid, "\"stringequals\"".to_owned())));
        let found = of_condition(r#"{"Bool": {"a:b": "true"}, "Bool": {"a:b": "true"}}"#);
        assert_eq!(found, invalid("SYN102", "S1.1.3", "\"Bool\""));
        let distinct = r#"{"StringLike": {"a:b": "x"}, "StringLikeIfExists": {"a:b": "x"}, "ForAnyValue:StringLike": {"a:b": "x"}}"#;
        assert_eq!(of_condition(distinct), []);
    }

    #[test]
    fn s1_10_4_null_takes_no_if_exists() {
        for operator in ["NullIfExists", "ForAnyValue:nullifexists"] {
            let found = of_condition(&format!(r#"{{"{operator}": {{"aws:username": "true"}}}}"#));
            assert_eq!(found, invalid("CND003", "S1.10.4", &format!("\"{operator}\"")));
        }
    }

    #[test]
    fn s1_10_5_keys_have_a_prefix() {
        for bad in ["username", ":username", "aws:", "aws.username"] {
            let found = of_condition(&format!(r#"{{"StringEquals": {{"{bad}": "a"}}}}"#));
            assert_eq!(found, invalid("CND004", "S1.10.5", &format!("\"{bad}\"")));
        }
        for key in ["aws:RequestTag", "aws:PrincipalTag/", "ec2:resourcetag", "s3:ExistingObjectTag"] {
            let found = of_condition(&format!(r#"{{"StringEquals": {{"{key}": "a"}}}}"#));
            assert_eq!(found, short("CND013", "S1.10.5", Severity::Error, &format!("\"{key}\"")));
        }
        for key in ["aws:RequestTag/a", "aws:TagKeys", "nosuch:Key"] {
            assert_eq!(of_condition(&format!(r#"{{"StringEquals": {{"{key}": "a"}}}}"#)), [], "{key}");
        }
    }

    #[test]
    fn s1_10_6_keys_that_are_equal_ignoring_case_repeat() {
        let found = of_condition(r#"{"StringEquals": {"aws:UserName": "a", "aws:username": "b"}}"#);
        assert_eq!(found, invalid("CND001", "S1.10.6", "\"aws:username\""));
        let found = of_condition(r#"{"StringEquals": {"aws:username": "a", "aws:username": "b"}}"#);
        assert_eq!(found, invalid("SYN102", "S1.1.3", "\"aws:username\""));
    }

    #[test]
    fn s1_10_7_values_are_scalars_and_keep_their_text() {
        let condition = r#"{"NumericLessThan": {"a:b": [1.50, "2", 1e3]}, "Bool": {"a:c": true}}"#;
        let text = policy(&[&format!(r#""Effect": "Allow", {S3}, "Condition": {condition}"#)]);
        let parsed = read(PolicyType::Identity, &text);
        let blocks = &parsed.single().unwrap().statements[0].condition.blocks;
        let values: Vec<_> = blocks
            .iter()
            .flat_map(|block| &block.keys[0].values)
            .map(|value| (value.value.text.as_str(), value.value.kind))
            .collect();
        let expected = [
            ("1.50", ScalarKind::Number),
            ("2", ScalarKind::String),
            ("1e3", ScalarKind::Number),
            ("true", ScalarKind::Bool),
        ];
        assert_eq!(values, expected);
        for bad in ["{\"a\": 1}", "[\"a\"]"] {
            let found = of_condition(&format!(r#"{{"StringEquals": {{"a:b": ["x", {bad}]}}}}"#));
            assert_eq!(found, invalid("SYN002", "S1.10.7", bad));
        }
        assert_eq!(of_condition(r#"{"StringEquals": {"a:b": null}}"#), invalid("SYN002", "S1.1.7", "null"));
    }

    #[test]
    fn s3_1_4_empty_conditions_hold() {
        assert_eq!(of_condition("{}"), short("RED005", "S3.1.4", Severity::Warning, "{}"));
        assert_eq!(of_condition(r#"{"Bool": {}}"#), short("RED200", "S3.1.4", Severity::Warning, "{}"));
    }

    #[test]
    fn s3_1_3_empty_lists_of_values() {
        for (operator, code) in [
            ("StringLike", "RED006"),
            ("ForAllValues:StringLike", "RED007"),
            ("ForAnyValue:StringLike", "RED008"),
            ("StringLikeIfExists", "RED009"),
        ] {
            let found = of_condition(&format!(r#"{{"{operator}": {{"a:b": []}}}}"#));
            assert_eq!(found, short(code, "S3.1.3", Severity::Warning, "[]"));
        }
    }

    #[test]
    fn s3_15_1_variables_stand_under_string_and_arn_operators() {
        let of =
            |operator: &str, value: &str| of_condition(&format!(r#"{{"{operator}": {{"a:b": "{value}"}}}}"#));
        assert_eq!(of("StringLike", "x-${aws:username}"), []);
        assert_eq!(of("ArnNotEquals", "arn:aws:iam::*:user/${aws:username}"), []);
        for operator in ["NumericEquals", "DateLessThan", "IpAddress", "BinaryEquals", "Null"] {
            let found = of(operator, "a${aws:username}");
            assert_eq!(found, short("VAR002", "S3.15.1", Severity::Error, "${aws:username}"), "{operator}");
        }
        let found = of("Bool", "${aws:username}");
        assert_eq!(found, short("VAR002", "S3.15.1", Severity::Warning, "${aws:username}"));
        let found = of_condition(r#"{"StringLike": {"aws:RequestTag/${aws:username}": "x"}}"#);
        assert_eq!(found, short("VAR007", "S3.15.1", Severity::Error, "\"aws:RequestTag/${aws:username}\""));
    }

    #[test]
    fn s3_15_10_malformed_variables_are_underlined() {
        for (value, code, under) in [
            ("x${aws:username", "VAR003", "${"),
            ("${aws:username, x}", "VAR004", ", x"),
            ("${aws: username}", "VAR005", "aws: username"),
            ("${}", "VAR006", "${}"),
            ("${username}", "VAR201", "username"),
        ] {
            let found = of_condition(&format!(r#"{{"StringLike": {{"a:b": "{value}"}}}}"#));
            assert_eq!(found, short(code, "S3.15.10", Severity::Error, under), "{value}");
        }
    }

    #[test]
    fn s3_15_2_under_the_old_version_variables_are_text() {
        let text = policy(&[&format!(
            r#""Effect": "Allow", {S3}, "Condition": {{"StringLike": {{"a:b": "${{aws:username"}}}}"#
        )]);
        let found = problems(PolicyType::Identity, &text.replace("2012", "2008"));
        assert_eq!(found, short("VAR008", "S3.15.2", Severity::Error, "${aws:username"));
    }
}
