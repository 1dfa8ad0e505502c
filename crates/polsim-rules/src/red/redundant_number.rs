//! RED022: several numbers where one decides.

use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, aws_suggestion, remove_item};
use polsim_policy::{ElementName, OperatorName, PolicyType, Statement};
use polsim_value::Decimal;

pub(crate) const RULE: Rule = Rule {
    code: "RED022",
    name: "redundant-number",
    severity: Severity::Low,
    aliases: &[aws_suggestion("REDUNDANT_CONDITION_VALUE_NUM")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A key under an operator that compares sizes has several numbers.",
        why: "Any of them is enough, so only the largest, or the smallest, counts.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": ["2700", "3600"]}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
               "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}}"#,
        )],
        fix: "Keep the one that decides, or the one that was meant. `--fix` keeps the one that decides.",
        source: "S3.1.2, S3.5",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        let wants_largest = match block.operator.value.name {
            OperatorName::NumericLessThan | OperatorName::NumericLessThanEquals => true,
            OperatorName::NumericGreaterThan | OperatorName::NumericGreaterThanEquals => false,
            _ => continue,
        };
        for key in &block.keys {
            let numbers: Vec<Option<Decimal>> =
                key.values.iter().map(|v| Decimal::read(&v.value.text)).collect();
            let read = || numbers.iter().flatten();
            let Some(decisive) = (if wants_largest { read().max() } else { read().min() }) else { continue };
            let Some(kept) = numbers.iter().position(|number| number.as_ref() == Some(decisive)) else {
                continue;
            };
            let list = subject
                .member(statement, ElementName::Condition)
                .and_then(|condition| condition.value.members())
                .and_then(|blocks| blocks.iter().find(|member| member.key.span == block.operator.span))
                .and_then(|member| member.value.members())
                .and_then(|keys| keys.iter().find(|member| member.key.span == key.key.span));
            for (at, value) in key.values.iter().enumerate() {
                if at == kept || !matches!(numbers.get(at), Some(Some(_))) {
                    continue;
                }
                let text = key.values.get(kept).map_or("", |value| value.value.text.as_str());
                let sentence = format!("{} decides alone, this counts for nothing", text);
                let finding = findings.add(value.span, sentence);
                if let Some(edit) = list.and_then(|list| remove_item(subject.source(), &list.value, at)) {
                    finding.fix(Fix::safe("remove it", [edit]));
                }
            }
        }
    }
}
