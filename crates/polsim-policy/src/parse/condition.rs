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
const TAG_FAMILIES: [&str; 5] = [
    "requesttag",
    "resourcetag",
    "principaltag",
    "existingobjecttag",
    "requestobjecttag",
];

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
                blocks.push(OperatorBlock {
                    operator: Spanned::new(operator, member.key.span),
                    keys,
                });
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
                    ProblemKind::UnknownOperator {
                        name: text.to_owned(),
                        near: near::nearest_operator(text),
                    }
                };
                self.problem(kind, key.span);
                None
            }
        }
    }

    /// The keys under an operator; they are looked at even when the operator is none.
    fn keys(&mut self, operator: Option<Operator>, node: &Node) -> Option<Vec<KeyBlock>> {
        let Some(members) = node.members() else {
            self.wrong_kind(
                node,
                ProblemKind::OperatorValue {
                    found: node.kind_name(),
                },
            );
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
                        let kind = ProblemKind::DuplicateConditionKey {
                            key: member.key.value.clone(),
                        };
                        self.problem_with(kind, member.key.span, *first, "first here");
                    }
                    None => {
                        seen.insert(key.clone(), member.key.span);
                    }
                }
            }
            let values = self.values(operator, member);
            if let (Some(key), Some(values)) = (key, values) {
                blocks.push(KeyBlock {
                    key: Spanned::new(key, member.key.span),
                    values,
                });
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
        if TAG_FAMILIES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(family))
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
                    self.wrong_kind(
                        item,
                        ProblemKind::ConditionValueType {
                            found: item.kind_name(),
                        },
                    );
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
