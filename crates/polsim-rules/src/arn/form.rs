//! ARNs that cannot be ARNs of what they name, a field a row.

use super::fault::{Fault, arns, of_fields, of_forms};
use polsim_lint::{
    Check, Confidence, Doc, Finding, Findings, Fix, Phase, Rule, Severity, Subject, aws_error,
};
use polsim_policy::Statement;
use polsim_text::Edit;

const SOURCE: &str = "S2.3, AWS service authorization reference";

pub(crate) const PARTITION: Rule = Rule {
    code: "ARN004",
    name: "invalid-partition",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_PARTITION")],
    check: Check::Statement(|_, statement, findings| fields(statement, findings, "ARN004")),
    doc: Doc {
        what: "The partition of an ARN is none that is known.",
        why: "The entry matches nothing.",
        bad: allow!("s3:ListBucket", "arn:aws-us:s3:::reports"),
        good: allow!("s3:ListBucket", "arn:aws-us-gov:s3:::reports"),
        fix: "Write the partition, `aws` in most Regions.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const SERVICE_CASE: Rule = Rule {
    code: "ARN005",
    name: "invalid-arn-service-case",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_ARN_SERVICE_CASE")],
    check: Check::Statement(|_, statement, findings| fields(statement, findings, "ARN005")),
    doc: Doc {
        what: "The service of an ARN has capitals.",
        why: "ARNs compare with their case, and services are written in small letters: the entry matches nothing.",
        bad: allow!("s3:ListBucket", "arn:aws:S3:::reports"),
        good: allow!("s3:ListBucket", "arn:aws:s3:::reports"),
        fix: "Write the service in small letters. `--unsafe-fixes` does.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const REGION: Rule = Rule {
    code: "ARN006",
    name: "invalid-arn-region",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_ARN_REGION")],
    check: Check::Statement(|_, statement, findings| fields(statement, findings, "ARN006")),
    doc: Doc {
        what: "The Region of an ARN is none that is known, or one of another partition.",
        why: "The entry matches nothing. Regions appear over time, so that this rests on a dated table.",
        bad: allow!("sqs:SendMessage", "arn:aws:sqs:eu-west-9:111122223333:orders"),
        good: allow!("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:orders"),
        fix: "Write the Region.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const REGION_NOT_ALLOWED: Rule = Rule {
    code: "ARN007",
    name: "arn-region-not-allowed",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("ARN_REGION_NOT_ALLOWED")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| forms(subject, statement, findings, "ARN007")),
    doc: Doc {
        what: "An ARN names a Region, and the resource has none.",
        why: "The ARN of the resource has an empty field there, so the entry matches nothing.",
        bad: allow!("iam:GetRole", "arn:aws:iam:eu-west-1:111122223333:role/app"),
        good: allow!("iam:GetRole", "arn:aws:iam::111122223333:role/app"),
        fix: "Leave the field empty.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const MISSING_REGION: Rule = Rule {
    code: "ARN008",
    name: "missing-arn-region",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("MISSING_ARN_REGION")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| forms(subject, statement, findings, "ARN008")),
    doc: Doc {
        what: "An ARN names no Region, and the resource has one.",
        why: "The ARN of the resource has its Region there, so the entry matches nothing.",
        bad: allow!("sqs:SendMessage", "arn:aws:sqs::111122223333:orders"),
        good: allow!("sqs:SendMessage", "arn:aws:sqs:*:111122223333:orders"),
        fix: "Write the Region, or `*`.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const ACCOUNT: Rule = Rule {
    code: "ARN009",
    name: "invalid-arn-account",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_ARN_ACCOUNT")],
    check: Check::Statement(|_, statement, findings| fields(statement, findings, "ARN009")),
    doc: Doc {
        what: "The account of an ARN is none.",
        why: "Accounts have 12 digits, so the entry matches nothing.",
        bad: allow!("iam:GetRole", "arn:aws:iam::11112222333:role/app"),
        good: allow!("iam:GetRole", "arn:aws:iam::111122223333:role/app"),
        fix: "Write the 12 digits.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const ACCOUNT_NOT_ALLOWED: Rule = Rule {
    code: "ARN010",
    name: "arn-account-not-allowed",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("ARN_ACCOUNT_NOT_ALLOWED")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| forms(subject, statement, findings, "ARN010")),
    doc: Doc {
        what: "An ARN names an account, and the resource has none.",
        why: "The ARN of the resource has an empty field there, so the entry matches nothing.",
        bad: allow!("s3:ListBucket", "arn:aws:s3::111122223333:reports"),
        good: allow!("s3:ListBucket", "arn:aws:s3:::reports"),
        fix: "Leave the field empty; test the account with `aws:ResourceAccount`.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const MISSING_ACCOUNT: Rule = Rule {
    code: "ARN011",
    name: "missing-arn-account",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("MISSING_ARN_ACCOUNT")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| forms(subject, statement, findings, "ARN011")),
    doc: Doc {
        what: "An ARN names no account, and the resource has one.",
        why: "The ARN of the resource has its account there, so the entry matches nothing.",
        bad: allow!("iam:GetRole", "arn:aws:iam:::role/app"),
        good: allow!("iam:GetRole", "arn:aws:iam::*:role/app"),
        fix: "Write the account, or `*`.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

pub(crate) const RESOURCE: Rule = Rule {
    code: "ARN012",
    name: "invalid-arn-resource",
    severity: Severity::Error,
    confidence: Confidence::Low,
    aliases: &[aws_error("INVALID_ARN_RESOURCE")],
    phase: Phase::Reference,
    check: Check::Statement(|subject, statement, findings| forms(subject, statement, findings, "ARN012")),
    doc: Doc {
        what: "The last field of an ARN is like that of no resource of the service.",
        why: "The entry matches nothing, unless the service has new resources.",
        bad: allow!("iam:GetRole", "arn:aws:iam::111122223333:roles/app"),
        good: allow!("iam:GetRole", "arn:aws:iam::111122223333:role/app"),
        fix: "Write the type of the resource and its name in the form that the service has.",
        source: SOURCE,
    },
    ..Rule::DEFAULT
};

fn fields(statement: &Statement, findings: &mut Findings<'_>, code: &str) {
    for (entry, arn) in arns(statement) {
        if let Some(fault) = of_fields(&arn).filter(|fault| fault.code == code) {
            let finding = findings.add(entry.span, fault.sentence.clone());
            tell(finding, &fault);
        }
    }
}

fn forms(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>, code: &'static str) {
    let Some(reference) = subject.reference() else { return };
    for (entry, arn) in arns(statement) {
        if let Some(fault) = of_forms(reference, &arn, code) {
            let finding = findings.add(entry.span, fault.sentence.clone());
            tell(finding, &fault);
        }
    }
}

fn tell(finding: &mut Finding, fault: &Fault) {
    if let Some(help) = &fault.help {
        finding.help(help.clone());
    }
    if let Some(right) = &fault.right {
        let edit = Edit::replace(finding.place.span, format!("\"{right}\""));
        finding.fix(Fix::offered(format!("write `{right}`"), [edit]));
    }
}
