//! Values that cannot be values of their key: ids of VPCs, Regions, accounts, organizations, service principals.
//!
//! A value with wildcards or variables is left alone, but for paths of organizations, whose end can be seen.

use crate::keys::{Family, KeyTest, is_open, is_placeholder, tests};
use crate::places::is_region;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, aws_error};
use polsim_policy::{OperatorName, PolicyType, Statement};

/// The form of the values of some keys. Forms are in lower case; CND110 speaks of letters.
struct Form {
    /// The code of the rule.
    by: &'static str,
    keys: &'static [&'static str],
    is_value: fn(&str) -> bool,
    /// What a value is, behind “is not”.
    expected: &'static str,
}

/// As AWS documents the keys (IAM and S3 user guides, VPC guide; 2026-09).
const FORMS: [Form; 8] = [
    Form {
        by: "CND014",
        keys: &["aws:SourceVpc", "aws:Ec2InstanceSourceVpc"],
        is_value: |text| is_id(text, "vpc-"),
        expected: "the id of a VPC: `vpc-` and 8 or 17 hexadecimal digits",
    },
    Form {
        by: "CND015",
        keys: &["aws:SourceVpce"],
        is_value: |text| is_id(text, "vpce-"),
        expected: "the id of a VPC endpoint: `vpce-` and 8 or 17 hexadecimal digits",
    },
    Form {
        by: "CND016",
        keys: &["aws:RequestedRegion", "ec2:Region"],
        is_value: is_region,
        expected: "a Region that is known (2026-09)",
    },
    Form {
        by: "CND017",
        keys: &["kms:ViaService"],
        is_value: is_regional_service,
        expected: "a service with its Region, such as `s3.eu-west-1.amazonaws.com`",
    },
    Form {
        by: "CND017",
        keys: &[
            "aws:CalledVia",
            "aws:CalledViaFirst",
            "aws:CalledViaLast",
            "iam:PassedToService",
            "aws:PrincipalServiceName",
        ],
        is_value: is_service,
        expected: "a service principal, such as `ec2.amazonaws.com`",
    },
    Form {
        by: "CND018",
        keys: &["s3:x-amz-server-side-encryption-aws-kms-key-id"],
        is_value: is_kms_key,
        expected: "the ARN of a KMS key, which is what S3 compares: `arn:aws:kms:<Region>:<account>:key/<id>`",
    },
    Form {
        by: "CND112",
        keys: &["aws:PrincipalOrgID", "aws:ResourceOrgID", "aws:SourceOrgID", "aws:VpceOrgID"],
        is_value: is_organization,
        expected: "the id of an organization: `o-` and 10 to 32 letters or digits",
    },
    Form {
        by: "CND112",
        keys: &[
            "aws:PrincipalAccount",
            "aws:ResourceAccount",
            "aws:SourceAccount",
            "aws:VpceAccount",
            "s3:ResourceAccount",
            "s3:DataAccessPointAccount",
            "kms:CallerAccount",
        ],
        is_value: |text| {
            text == "anonymous" || (text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()))
        },
        expected: "the id of an account: 12 digits",
    },
];

/// Keys whose values are paths in an organization.
const PATHS: [&str; 4] =
    ["aws:PrincipalOrgPaths", "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:VpceOrgPaths"];

/// One condition in a statement that denies.
macro_rules! deny {
    ($condition:literal) => {
        &[Example::statements(
            PolicyType::Identity,
            concat!(
                r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
 "Condition": "#,
                $condition,
                "}"
            ),
        )]
    };
}

pub(crate) const VPC: Rule = Rule {
    code: "CND014",
    name: "invalid-vpc-format",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_VPC_FORMAT")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND014")),
    doc: Doc {
        what: "A value of `aws:SourceVpc` is not the id of a VPC.",
        why: "No request has such a value, so the value matches nothing.",
        bad: deny!(r#"{"StringNotEquals": {"aws:SourceVpc": "10.0.0.0/16"}}"#),
        good: deny!(r#"{"StringNotEquals": {"aws:SourceVpc": "vpc-0a1b2c3d4e5f60718"}}"#),
        fix: "Write the id of the VPC.",
        source: "S5.5 I3, Access Analyzer policy check reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const VPCE: Rule = Rule {
    code: "CND015",
    name: "invalid-vpce-format",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_VPCE_FORMAT")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND015")),
    doc: Doc {
        what: "A value of `aws:SourceVpce` is not the id of a VPC endpoint.",
        why: "No request has such a value, so the value matches nothing.",
        bad: deny!(r#"{"StringNotEquals": {"aws:SourceVpce": "com.amazonaws.eu-west-1.s3"}}"#),
        good: deny!(r#"{"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}"#),
        fix: "Write the id of the endpoint, not the name of its service.",
        source: "S5.5 I3, Access Analyzer policy check reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const REGION: Rule = Rule {
    code: "CND016",
    name: "invalid-region",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_REGION")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND016")),
    doc: Doc {
        what: "A value of `aws:RequestedRegion` is no Region that is known.",
        why: "No request has such a value. Regions appear over time, so that this rests on a dated table.",
        bad: deny!(r#"{"StringNotEquals": {"aws:RequestedRegion": "eu-west-9"}}"#),
        good: deny!(r#"{"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "us-east-1"]}}"#),
        fix: "Write the name of the Region.",
        source: "Access Analyzer policy check reference",
    },
    ..Rule::DEFAULT
};

pub(crate) const SERVICE_PRINCIPAL: Rule = Rule {
    code: "CND017",
    name: "invalid-service-principal-format",
    severity: Severity::Error,
    confidence: Confidence::Medium,
    aliases: &[aws_error("INVALID_SERVICE_PRINCIPAL_FORMAT")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND017")),
    doc: Doc {
        what: "A condition key that holds a service principal is compared with something else.",
        why: "No request has such a value, so the value matches nothing. `kms:ViaService` holds the Region as well.",
        bad: deny!(r#"{"StringNotEquals": {"kms:ViaService": "s3.amazonaws.com"}}"#),
        good: deny!(r#"{"StringNotEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}"#),
        fix: "Write the service principal in the form that the key has.",
        source: "Access Analyzer policy check reference, KMS developer guide",
    },
    ..Rule::DEFAULT
};

pub(crate) const KMS_KEY: Rule = Rule {
    code: "CND018",
    name: "invalid-kms-key-value",
    severity: Severity::Error,
    aliases: &[aws_error("INVALID_KMS_KEY_VALUE")],
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND018")),
    doc: Doc {
        what: "A condition key that holds the ARN of a KMS key is compared with something else.",
        why: "S3 puts the ARN of the key into it, so an alias or an id matches nothing.",
        bad: deny!(
            r#"{"StringNotEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": "alias/reports"}}"#
        ),
        good: deny!(
            r#"{"ArnNotEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id":
   "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}}"#
        ),
        fix: "Write the ARN of the key.",
        source: "Access Analyzer policy check reference, S3 user guide",
    },
    ..Rule::DEFAULT
};

pub(crate) const LETTER_CASE: Rule = Rule {
    code: "CND110",
    name: "case-sensitive-value",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND110")),
    doc: Doc {
        what: "A value has capitals, and AWS writes the values of its key in small letters.",
        why: "The operator minds the case, so the value matches nothing.",
        bad: deny!(r#"{"StringNotEquals": {"aws:RequestedRegion": "EU-WEST-1"}}"#),
        good: deny!(r#"{"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}"#),
        fix: "Write it in small letters.",
        source: "S3.4.1",
    },
    ..Rule::DEFAULT
};

pub(crate) const VALUE_GRAMMAR: Rule = Rule {
    code: "CND112",
    name: "value-grammar",
    severity: Severity::High,
    check: Check::Statement(|_, statement, findings| check(statement, findings, "CND112")),
    doc: Doc {
        what: "A value is no id of an account or an organization, or no path of an organization, though its key holds one.",
        why: "No request has such a value: a positive test never holds, a negated one always does.",
        bad: deny!(r#"{"StringNotEquals": {"aws:PrincipalOrgID": "r-ab12"}}"#),
        good: deny!(r#"{"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#),
        fix: "Write the id. The path of an organization ends with a slash, `o-…/r-…/ou-…/`, or with `*`.",
        source: "S5.5 I8, IAM and Organizations user guides",
    },
    ..Rule::DEFAULT
};

fn check(statement: &Statement, findings: &mut Findings<'_>, code: &str) {
    for test in tests(statement).filter(|test| test.family() == Family::String) {
        for value in &test.block.values {
            let text = value.value.text.as_str();
            if is_placeholder(text) {
                continue;
            }
            let Some((by, expected)) = fault(test, text).filter(|(by, _)| *by == code) else { continue };
            let sentence = if by == LETTER_CASE.code {
                format!(
                    "`{text}` never equals a value of `{}`, which AWS writes in small letters",
                    test.key()
                )
            } else {
                format!("`{text}`, a value for `{}`, is not {expected}", test.key())
            };
            findings.add(value.span, sentence);
        }
    }
}

/// The rule that a value of a test breaks, and what it should be.
fn fault(test: KeyTest<'_>, text: &str) -> Option<(&'static str, &'static str)> {
    if test.is_of(&PATHS) {
        let expected = "a path in an organization: `o-…/r-…/ou-…/`, with the slash at the end, or with `*` for what follows";
        return (!text.contains("${") && !is_path(text)).then_some((VALUE_GRAMMAR.code, expected));
    }
    if is_open(text) {
        return None;
    }
    let form = FORMS.iter().find(|form| test.is_of(form.keys))?;
    let small = text.to_ascii_lowercase();
    if !(form.is_value)(&small) {
        return Some((form.by, form.expected));
    }
    let folds = matches!(
        test.operator.value.name,
        OperatorName::StringEqualsIgnoreCase | OperatorName::StringNotEqualsIgnoreCase
    );
    (small != text && !folds).then_some((LETTER_CASE.code, form.expected))
}

fn is_id(text: &str, prefix: &str) -> bool {
    let digits = text.strip_prefix(prefix).unwrap_or("");
    matches!(digits.len(), 8 | 17) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_organization(text: &str) -> bool {
    let rest = text.strip_prefix("o-").unwrap_or("");
    (10..=32).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_path(text: &str) -> bool {
    let is_start = text.starts_with("o-")
        || text.starts_with(['*', '?'])
        || "o-".starts_with(text.trim_end_matches('*'));
    is_start && text.ends_with(['/', '*', '?'])
}

fn is_service(text: &str) -> bool {
    let host = text.strip_suffix(".cn").unwrap_or(text);
    let known = [".amazonaws.com", ".amazon.com", ".aws.internal", ".aws.com", ".api.aws"];
    known.iter().any(|end| host.strip_suffix(end).is_some_and(|name| !name.is_empty()))
}

fn is_regional_service(text: &str) -> bool {
    is_service(text) && text.split('.').skip(1).any(is_region)
}

fn is_kms_key(text: &str) -> bool {
    let mut fields = text.splitn(6, ':');
    let is_kms = fields.next() == Some("arn") && fields.nth(1) == Some("kms");
    is_kms && fields.nth(2).is_some_and(|resource| resource.starts_with("key/"))
}
