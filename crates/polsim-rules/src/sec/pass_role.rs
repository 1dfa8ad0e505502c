//! SEC020–SEC025: any role may be passed to any service.

use super::open_grant::{ActionForm, Form, Grant};
use polsim_lint::{Check, Doc, Example, Phase, Rule, Severity, Types, aws_security};
use polsim_policy::PolicyType;

const GRANT: Grant = Grant {
    action: "iam:PassRole",
    role: "role/other-role",
    service_key: "iam:passedtoservice",
    means: "lets any role be passed to any service",
    help: "name the roles, and test iam:PassedToService",
};

/// What the rules have in common.
const RULE: Rule = Rule {
    severity: Severity::High,
    applies: Types::IDENTITY,
    phase: Phase::Prover,
    doc: Doc {
        why: "Who passes a role to a service that runs code has all that the role may do; an administrator's role makes an \
              administrator.",
        good: &[
            Example::statements(
                PolicyType::Identity,
                r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
                    "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}"#,
            ),
            Example::statements(
                PolicyType::Boundary,
                r#"{"Effect": "Allow", "Action": "*", "Resource": "*"},
                   {"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}"#,
            ),
        ],
        fix: "List the ARNs of the roles, or of a path that only such roles have, and test iam:PassedToService. Access Analyzer \
              reports this even when a Deny takes it away; polsim does not.",
        source: "S2.2, S4.2, Access Analyzer policy checks",
        ..Rule::DEFAULT.doc
    },
    ..Rule::DEFAULT
};

const fn identity(text: &'static str) -> Example {
    Example::statements(PolicyType::Identity, text)
}

pub(crate) const STAR_IN_RESOURCE: Rule = Rule {
    code: "SEC020",
    name: "pass-role-with-star-in-resource",
    aliases: &[aws_security("PASS_ROLE_WITH_STAR_IN_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(Form { action: ActionForm::Named, is_not_resource: false }, subject, statement, findings);
    }),
    doc: Doc {
        what: "An Allow names `iam:PassRole`, for any role and any service.",
        bad: &[identity(
            r#"{"Effect": "Allow", "Action": ["ec2:RunInstances", "iam:PassRole"], "Resource": "*"}"#,
        )],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const STAR_IN_ACTION_AND_RESOURCE: Rule = Rule {
    code: "SEC021",
    name: "pass-role-with-star-in-action-and-resource",
    aliases: &[aws_security("PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(
            Form { action: ActionForm::Wildcard, is_not_resource: false },
            subject,
            statement,
            findings,
        );
    }),
    doc: Doc {
        what: "A wildcard in the actions of an Allow covers `iam:PassRole`, for any role and any service.",
        bad: &[identity(r#"{"Effect": "Allow", "Action": "iam:P*", "Resource": "arn:aws:iam::*:role/*"}"#)],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const NOT_RESOURCE: Rule = Rule {
    code: "SEC022",
    name: "pass-role-with-not-resource",
    aliases: &[aws_security("PASS_ROLE_WITH_NOT_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(Form { action: ActionForm::Named, is_not_resource: true }, subject, statement, findings);
    }),
    doc: Doc {
        what: "An Allow names `iam:PassRole`, for all roles but some and any service.",
        bad: &[identity(
            r#"{"Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::111122223333:role/admin"}"#,
        )],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const STAR_IN_ACTION_AND_NOT_RESOURCE: Rule = Rule {
    code: "SEC023",
    name: "pass-role-with-star-in-action-and-not-resource",
    aliases: &[aws_security("PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(
            Form { action: ActionForm::Wildcard, is_not_resource: true },
            subject,
            statement,
            findings,
        );
    }),
    doc: Doc {
        what: "A wildcard in the actions of an Allow covers `iam:PassRole`, for all roles but some and any service.",
        bad: &[identity(
            r#"{"Effect": "Allow", "Action": "iam:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}"#,
        )],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const NOT_ACTION_AND_NOT_RESOURCE: Rule = Rule {
    code: "SEC024",
    name: "pass-role-with-not-action-and-not-resource",
    aliases: &[aws_security("PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(
            Form { action: ActionForm::NotAction, is_not_resource: true },
            subject,
            statement,
            findings,
        );
    }),
    doc: Doc {
        what: "An Allow with `NotAction` and `NotResource` leaves `iam:PassRole` in, for all roles but some.",
        bad: &[identity(
            r#"{"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}"#,
        )],
        ..RULE.doc
    },
    ..RULE
};

pub(crate) const STAR_IN_RESOURCE_AND_NOT_ACTION: Rule = Rule {
    code: "SEC025",
    name: "pass-role-with-star-in-resource-and-not-action",
    aliases: &[aws_security("PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION")],
    check: Check::Statement(|subject, statement, findings| {
        GRANT.find(
            Form { action: ActionForm::NotAction, is_not_resource: false },
            subject,
            statement,
            findings,
        );
    }),
    doc: Doc {
        what: "An Allow with `NotAction` leaves `iam:PassRole` in, for any role and any service.",
        bad: &[identity(r#"{"Effect": "Allow", "NotAction": "iam:CreateUser", "Resource": "*"}"#)],
        ..RULE.doc
    },
    ..RULE
};
