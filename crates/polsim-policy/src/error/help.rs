//! What to do about a problem.

use super::kind::ProblemKind as Kind;
use crate::{ElementName, PrincipalType};
use std::borrow::Cow;

impl Kind {
    /// What to do about it, when there is something to say beyond the message.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'static, str>> {
        if let Self::Json(kind) = self {
            return kind.help();
        }
        self.suggestion().map(Cow::Owned).or_else(|| self.advice().map(Cow::Borrowed))
    }

    /// Help that quotes something.
    fn suggestion(&self) -> Option<String> {
        Some(match self {
            Self::UnknownElement { near: Some(near), .. } => did_you_mean(near.as_str()),
            Self::ElementCase { right } => did_you_mean(right.as_str()),
            Self::InvalidEffect { near: Some(near) } => did_you_mean(near.as_str()),
            Self::UnknownPrincipalType { near: Some(near), .. } => did_you_mean(near.as_str()),
            Self::UnknownOperator { near: Some(near), .. } => did_you_mean(&near.to_string()),
            Self::OperatorCase(operator) => format!("write `{operator}`"),
            Self::PrincipalString { looks_like: Some(principal_type), .. } => {
                format!("write {{\"{}\": …}} around it", principal_type.as_str())
            }
            Self::MisplacedElement(element) if element.is_of_statement() => {
                format!("`{element}` stands inside a statement")
            }
            Self::MisplacedElement(element) => format!("`{element}` stands once, at the top of the document"),
            Self::WrongType { element, .. } => format!("`{element}` is {}", shape(*element)),
            _ => return None,
        })
    }

    /// Help in fixed words.
    fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::SeveralDocuments { .. } => "put the statements of all documents into one list",
            Self::CharacterNotStored(_) => {
                "IAM takes tab, line feed, carriage return and U+0020 to U+00FF; look for typographic quotes, dashes \
                 and invisible blanks from web pages"
            }
            Self::DuplicateKey { .. } | Self::DuplicateOperator(_) => {
                "merge the two: most JSON readers keep the last one only and lose the other without a word"
            }
            Self::UnknownElement { .. } => "remove it; policies take no comments or extra elements",
            Self::InvalidVersion | Self::MissingVersion | Self::RcpVersion => {
                "write \"Version\": \"2012-10-17\""
            }
            Self::MissingVersionWithVariables | Self::VariableInOldVersion => {
                "write \"Version\": \"2012-10-17\" if the variables are meant to be replaced"
            }
            Self::EmptySid => "remove it, or say what the statement is for",
            Self::MissingEffect => "add \"Effect\": \"Allow\" or \"Effect\": \"Deny\"",
            Self::PrincipalString { .. } => {
                "write {\"AWS\": …}, {\"Service\": …}, {\"Federated\": …} or \"*\""
            }
            Self::UnknownPrincipalType { .. } => "the types are AWS, Service, Federated and CanonicalUser",
            Self::InvalidAwsPrincipal => {
                "it can be a 12-digit account id, arn:aws:iam::<account>:root, …:user/<name>, …:role/<name>, \
                 arn:aws:sts::<account>:assumed-role/<role>/<session>, …:federated-user/<name>, or \"*\""
            }
            Self::UserId | Self::RoleId => {
                "write the ARN of the principal that should have access, or remove the entry"
            }
            Self::WildcardInPrincipal(PrincipalType::Aws) => {
                "use \"*\" together with a condition on aws:PrincipalArn, whose value can hold wildcards"
            }
            Self::WildcardInPrincipal(_) => "list the principals one by one",
            Self::GroupPrincipal => "list the users, or attach a policy to the group",
            Self::NotPrincipalWithAllow => {
                "deny with `NotPrincipal`, or allow \"*\" with a condition on aws:PrincipalArn"
            }
            Self::InvalidFederated => {
                "it is the ARN of a SAML or OIDC provider in IAM, or cognito-identity.amazonaws.com, www.amazon.com, \
                 graph.facebook.com, accounts.google.com"
            }
            Self::UnusualService => "service principals look like ec2.amazonaws.com, in lower case",
            Self::InvalidAction(_) => {
                "write \"*\" or a service and an action, such as \"s3:GetObject\" or \"s3:Get*\""
            }
            Self::VariableInElement(ElementName::Principal | ElementName::NotPrincipal) => {
                "use \"*\" together with a condition on aws:PrincipalArn, whose value can hold variables"
            }
            Self::InvalidResource => {
                "an S3 bucket is written arn:aws:s3:::name, its objects arn:aws:s3:::name/*"
            }
            Self::WildcardService => "name the service; list one ARN for each if there are several",
            Self::WildcardResourceType => "name the type and put the wildcard behind it",
            Self::MissingArnField { .. } => "the fields are arn:partition:service:region:account:resource",
            Self::VariableTooEarly => "use `*` in that field and test the value in a condition",
            Self::UnknownOperator { .. } => {
                "the operators begin with String, Numeric, Date, Bool, Binary, Ip, Arn or Null"
            }
            Self::NullIfExists => "write `Null`: it is about existence by itself",
            Self::ConditionKeyFormat => "global keys have the prefix `aws`, such as aws:SourceIp",
            Self::MissingTagKey => "add the key of the tag, such as aws:ResourceTag/team",
            Self::DuplicateConditionKey { .. } => {
                "condition keys compare without case; put all values into one list"
            }
            Self::VariableForOperator(_) => "variables work with the operators for strings and ARNs",
            Self::MissingPrincipal(_) => "add \"Principal\"",
            Self::PrincipalNotAllowed(_) => "remove it: the policy speaks of whoever it is attached to",
            Self::RcpPrincipal => {
                "write \"Principal\": \"*\" and test aws:PrincipalArn or aws:PrincipalOrgID"
            }
            Self::RcpAllow => "AWS attaches RCPFullAWSAccess to every level by itself",
            Self::RcpAnyAction => "list services, such as \"s3:*\" and \"sts:*\"",
            Self::TrustResource(_) => "remove it",
            Self::TrustEveryone => "name accounts, roles or identity providers",
            Self::TrustAction => {
                "the actions are sts:AssumeRole, sts:AssumeRoleWithSAML, sts:AssumeRoleWithWebIdentity, \
                 sts:TagSession, sts:SetSourceIdentity and sts:SetContext"
            }
            Self::TrustActionMismatch => {
                "SAML providers go with sts:AssumeRoleWithSAML, OIDC providers with sts:AssumeRoleWithWebIdentity"
            }
            Self::EndpointPrincipal => {
                "write \"*\" and test aws:PrincipalArn or aws:PrincipalAccount in a condition"
            }
            Self::AccessPointResource => {
                "write arn:aws:s3:<region>:<account>:accesspoint/<name> and …/object/* for the objects"
            }
            Self::KmsResource => "write \"Resource\": \"*\"",
            _ => return None,
        })
    }
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

fn shape(element: ElementName) -> &'static str {
    match element {
        ElementName::Version => "the string \"2012-10-17\" or \"2008-10-17\"",
        ElementName::Id | ElementName::Sid => "a string",
        ElementName::Statement => "an object or a list of objects",
        ElementName::Effect => "the string \"Allow\" or \"Deny\"",
        ElementName::Principal | ElementName::NotPrincipal => "\"*\" or an object",
        ElementName::Action | ElementName::NotAction | ElementName::Resource | ElementName::NotResource => {
            "a string or a list of strings"
        }
        ElementName::Condition => "an object of operators",
    }
}
