//! Values that people like to see in an example: documentation accounts and addresses, well-known actions.

use crate::coordinate::Coordinate;
use polsim_arn::Pattern;
use polsim_eval::{Formula, Layers, Operand, PrincipalKind, Variable};
use polsim_question::question::Question;
use polsim_value::ValueSet;
use std::cell::OnceCell;

/// Well-known actions, to be preferred in examples.
const ACTIONS: [&str; 24] = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:ListBucket",
    "s3:DeleteObject",
    "s3:GetBucketPolicy",
    "s3:ListAllMyBuckets",
    "ec2:DescribeInstances",
    "ec2:RunInstances",
    "ec2:TerminateInstances",
    "iam:PassRole",
    "iam:CreateUser",
    "iam:ListUsers",
    "sts:AssumeRole",
    "kms:Decrypt",
    "kms:Encrypt",
    "sqs:SendMessage",
    "sns:Publish",
    "lambda:InvokeFunction",
    "dynamodb:GetItem",
    "secretsmanager:GetSecretValue",
    "logs:PutLogEvents",
    "sagemaker:CreateModel",
    "sagemaker:InvokeEndpoint",
    "ecr:BatchGetImage",
];

const RESOURCES: [&str; 6] = [
    "arn:aws:s3:::example-bucket/example-key",
    "arn:aws:s3:::example-bucket",
    "arn:aws:iam::111122223333:role/example-role",
    "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0",
    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "*",
];

/// How many real actions are looked up at most.
const MOST_REAL: usize = 200;

/// Texts that a star is replaced by.
pub(crate) const FILLERS: [&str; 3] = ["example", "us-east-1", "x"];

/// What to try first for each coordinate of one question. The lists are made when a first example is.
pub(crate) struct Hints<'q> {
    question: &'q Question<'q>,
    lists: OnceCell<Lists>,
}

struct Lists {
    actions: Vec<String>,
    resources: Vec<String>,
    keys: Vec<String>,
}

impl Lists {
    fn new(question: &Question<'_>) -> Self {
        let region = question.region;
        let named = region.actions.iter().filter(|action| !action.folded().contains(['*', '?']));
        let mut actions: Vec<String> = named.map(|action| action.as_str().to_owned()).collect();
        actions.extend(ACTIONS.map(str::to_owned));
        let filled =
            region.resources.iter().flat_map(|pattern| FILLERS.map(|filler| pattern.fill(filler, 'x')));
        let mut resources: Vec<String> = RESOURCES.into_iter().map(str::to_owned).collect();
        resources.splice(0..0, filled);
        for_each_operand(question, &mut |variable, set| {
            let patterns = match set {
                ValueSet::Text(set) => set.as_union().unwrap_or_default(),
                _ => &[],
            };
            match variable {
                Variable::Action => {
                    actions.extend(patterns.iter().filter_map(|p| p.as_exact().map(str::to_owned)))
                }
                Variable::Resource => resources.extend(patterns.iter().map(|p| p.fill("example", 'x'))),
                Variable::Principal(_) | Variable::Key(_) => {}
            }
        });
        if let Some(reference) = &region.reference {
            let mut real = Vec::new();
            let mut add = |pattern: &Pattern| {
                if pattern.as_exact().is_none() && real.len() < MOST_REAL {
                    real.extend(reference.matching(pattern));
                }
            };
            region.actions.iter().for_each(|action| add(&action.pattern()));
            for_each_operand(question, &mut |variable, set| {
                if let (Variable::Action, ValueSet::Text(set)) = (variable, set) {
                    set.as_union().unwrap_or_default().iter().for_each(&mut add);
                }
            });
            actions.extend(real);
        }
        let keys = question.model.keys().iter().map(|(_, key)| key.folded()).collect();
        Self { actions, resources, keys }
    }
}

impl<'q> Hints<'q> {
    pub(crate) fn new(question: &'q Question<'q>) -> Self {
        Self { question, lists: OnceCell::new() }
    }

    fn lists(&self) -> &Lists {
        self.lists.get_or_init(|| Lists::new(self.question))
    }

    pub(crate) fn of(&self, coordinate: Coordinate, kind: PrincipalKind) -> Vec<String> {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        match coordinate {
            Coordinate::Action => {
                self.lists().actions.iter().map(|action| action.to_ascii_lowercase()).collect()
            }
            Coordinate::Resource => self.lists().resources.clone(),
            Coordinate::PrincipalArn => texts(principal_arns(kind)),
            Coordinate::IssuerArn => texts(principal_arns(PrincipalKind::User)),
            Coordinate::Reading(_) => Vec::new(),
            Coordinate::SessionName => texts(&["example-session"]),
            Coordinate::UniqueId => match kind {
                PrincipalKind::RoleSession => texts(&["AROAEXAMPLEID0000000A:example-session"]),
                _ => texts(&["AIDAEXAMPLEID0000000A"]),
            },
            Coordinate::Name => texts(&["ec2.amazonaws.com", "accounts.google.com"]),
            Coordinate::CanonicalId => vec!["0".repeat(64)],
            Coordinate::Key(key) => {
                texts(key_values(self.lists().keys.get(key.index()).map_or("", String::as_str)))
            }
        }
    }

    /// Real actions that match a pattern, in lower case.
    pub(crate) fn real(&self, pattern: &Pattern) -> Vec<String> {
        let known = self.question.region.reference.as_ref().map(|reference| reference.matching(pattern));
        known.unwrap_or_default().iter().map(|action| action.to_ascii_lowercase()).collect()
    }

    /// The usual spelling of an action in lower case.
    pub(crate) fn spelling(&self, folded: &str) -> String {
        let named = &self.lists().actions;
        if let Some(known) = named.iter().find(|action| action.eq_ignore_ascii_case(folded)) {
            return known.clone();
        }
        let reference = self.question.region.reference.as_ref();
        let real = reference.and_then(|reference| reference.matching(&Pattern::exact(folded)).pop());
        real.unwrap_or_else(|| folded.to_owned())
    }
}

/// ARNs of principals in documentation accounts.
pub(crate) fn principal_arns(kind: PrincipalKind) -> &'static [&'static str] {
    match kind {
        PrincipalKind::User => {
            &["arn:aws:iam::111122223333:user/alice", "arn:aws:iam::444455556666:user/bob"]
        }
        PrincipalKind::RoleSession => {
            &["arn:aws:iam::111122223333:role/example-role", "arn:aws:iam::444455556666:role/example-role"]
        }
        PrincipalKind::FederatedUser => &["arn:aws:sts::111122223333:federated-user/alice"],
        PrincipalKind::Root => &["arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:root"],
        PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc | PrincipalKind::Anonymous => &[],
    }
}

/// Example values of a key, by its name in lower case.
pub(crate) fn key_values(name: &str) -> &'static [&'static str] {
    match name {
        "aws:sourcevpce" => &["vpce-0123456789abcdef0", "vpce-1a2b3c4d"],
        "aws:sourcevpc" | "aws:ec2instancesourcevpc" => &["vpc-0123456789abcdef0", "vpc-1a2b3c4d"],
        "aws:sourceip" => &["203.0.113.10", "198.51.100.10", "2001:db8::10"],
        "aws:vpcsourceip" | "aws:ec2instancesourceprivateipv4" => &["10.0.1.10", "192.168.1.10"],
        "aws:securetransport" => &["true", "false"],
        "aws:viaawsservice" | "aws:multifactorauthpresent" => &["false", "true"],
        "aws:principalorgid" | "aws:resourceorgid" | "aws:vpceorgid" | "aws:sourceorgid" => {
            &["o-exampleorgid", "o-anotherorgid"]
        }
        "aws:resourceaccount" | "aws:vpceaccount" | "aws:sourceaccount" => &["444455556666", "111122223333"],
        "aws:requestedregion" => &["us-east-1", "eu-west-1", "ap-southeast-2"],
        "aws:currenttime" | "aws:tokenissuetime" => &["2026-01-01T00:00:00Z"],
        "aws:epochtime" => &["1767225600"],
        "aws:useragent" => &["aws-cli/2"],
        "aws:username" => &["alice", "bob"],
        "aws:calledvia" | "aws:calledviafirst" | "aws:calledvialast" => {
            &["cloudformation.amazonaws.com", "athena.amazonaws.com"]
        }
        "aws:principalservicenameslist" => &["ec2.amazonaws.com"],
        "aws:principalorgpaths" | "aws:resourceorgpaths" | "aws:vpceorgpaths" | "aws:sourceorgpaths" => {
            &["o-exampleorgid/r-ab12/ou-ab12-11111111/", "o-anotherorgid/r-cd34/"]
        }
        "aws:sourcearn" => {
            &["arn:aws:sns:us-east-1:444455556666:example-topic", "arn:aws:s3:::example-bucket"]
        }
        "aws:sourcevpcarn" => &["arn:aws:ec2:us-east-1:111122223333:vpc/vpc-0123456789abcdef0"],
        "ec2:sourceinstancearn" => &["arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0"],
        "aws:multifactorauthage" => &["300"],
        _ => &["example"],
    }
}

fn for_each_operand(question: &Question<'_>, visit: &mut impl FnMut(Variable, &ValueSet)) {
    let mut of = |formula: &Formula| {
        formula.for_each_test(&mut |test| {
            if let Operand::Closed(set) = &test.operand {
                visit(test.variable, set);
            }
        });
    };
    let policies = question.sides().flat_map(Layers::all).filter_map(|id| question.model.policy(id));
    for policy in policies {
        for statement in &policy.statements {
            of(&statement.action);
            of(&statement.resource);
        }
    }
}
