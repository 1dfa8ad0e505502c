//! SEC001–SEC006: a service-linked role may be made for any service.

use super::open_grant::{ActionForm, Form, Grant};
use polsim_lint::{Check, Doc, Example, Phase, Rule, Severity, Types, aws_warning};
use polsim_policy::PolicyType;

const GRANT: Grant = Grant {
    action: "iam:CreateServiceLinkedRole",
    role: "role/aws-service-role/other.amazonaws.com/AWSServiceRoleForOther",
    service_key: "iam:awsservicename",
    means: "lets a service-linked role be made for any service",
    help: "name the service in the resource, or test iam:AWSServiceName",
};

/// What the rules have in common.
const RULE: Rule = Rule {
    severity: Severity::Medium,
    applies: Types::IDENTITY,
    phase: Phase::Prover,
    doc: Doc {
        why: "A service-linked role gives a service access that AWS decides about, and service control policies do not bind it.",
        good: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*",
                    "Condition": {"StringEquals": {"iam:AWSServiceName": "rds.amazonaws.com"}}}"#,
            ),
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole",
                    "Resource": "arn:aws:iam::*:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS"}"#,
            ),
        ],
        fix: "Name the services: in the ARN behind `aws-service-role/`, or with iam:AWSServiceName.",
        source: "S2.2, S4.2, S4.9, Access Analyzer policy checks",
        ..Rule::DEFAULT.doc
    },
    ..Rule::DEFAULT
};

const fn identity(text: &'static str) -> Example {
    Example::statements(PolicyType::Identity, text)
}

pub(crate) const STAR_IN_RESOURCE: Rule = Rule {
    code: "SEC001",
    name: "create-slr-with-star-in-resource",
    aliases: &[aws_warning("CREATE_SLR_WITH_STAR_IN_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(Form { action: ActionForm::Named, is_not_resource: false }, subject, statement, findings);
    }),
    doc: Doc {
        what: "An Allow names `iam:CreateServiceLinkedRole`, for any service.",
        bad: &[identity(r#"{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*"}"#)],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const STAR_IN_ACTION_AND_RESOURCE: Rule = Rule {
    code: "SEC002",
    name: "create-slr-with-star-in-action-and-resource",
    aliases: &[aws_warning("CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(
            Form { action: ActionForm::Wildcard, is_not_resource: false },
            subject,
            statement,
            findings,
        );
    }),
    doc: Doc {
        what: "A wildcard in the actions of an Allow covers `iam:CreateServiceLinkedRole`, for any service.",
        bad: &[identity(r#"{"Effect": "Allow", "Action": "iam:Create*", "Resource": "*"}"#)],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const NOT_RESOURCE: Rule = Rule {
    code: "SEC003",
    name: "create-slr-with-not-resource",
    aliases: &[aws_warning("CREATE_SLR_WITH_NOT_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(Form { action: ActionForm::Named, is_not_resource: true }, subject, statement, findings);
    }),
    doc: Doc {
        what: "An Allow names `iam:CreateServiceLinkedRole`, for all roles but some.",
        bad: &[identity(
            r#"{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole",
                "NotResource": "arn:aws:iam::*:role/aws-service-role/rds.amazonaws.com/*"}"#,
        )],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const STAR_IN_ACTION_AND_NOT_RESOURCE: Rule = Rule {
    code: "SEC004",
    name: "create-slr-with-star-in-action-and-not-resource",
    aliases: &[aws_warning("CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(
            Form { action: ActionForm::Wildcard, is_not_resource: true },
            subject,
            statement,
            findings,
        );
    }),
    doc: Doc {
        what: "A wildcard in the actions of an Allow covers `iam:CreateServiceLinkedRole`, for all roles but some.",
        bad: &[identity(
            r#"{"Effect": "Allow", "Action": "iam:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}"#,
        )],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const NOT_ACTION_AND_NOT_RESOURCE: Rule = Rule {
    code: "SEC005",
    name: "create-slr-with-not-action-and-not-resource",
    aliases: &[aws_warning("CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(
            Form { action: ActionForm::NotAction, is_not_resource: true },
            subject,
            statement,
            findings,
        );
    }),
    doc: Doc {
        what: "An Allow with `NotAction` and `NotResource` leaves `iam:CreateServiceLinkedRole` in, for all roles but some.",
        bad: &[identity(
            r#"{"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}"#,
        )],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const STAR_IN_RESOURCE_AND_NOT_ACTION: Rule = Rule {
    code: "SEC006",
    name: "create-slr-with-star-in-resource-and-not-action",
    aliases: &[aws_warning("CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(
            Form { action: ActionForm::NotAction, is_not_resource: false },
            subject,
            statement,
            findings,
        );
    }),
    doc: Doc {
        what: "An Allow with `NotAction` leaves `iam:CreateServiceLinkedRole` in, for any service.",
        bad: &[identity(r#"{"Effect": "Allow", "NotAction": "iam:CreateUser", "Resource": "*"}"#)],
        ..RULE.doc
    },
    ..RULE
};
