//! The forms that one value of a principal can have (S1.7.4, S1.7.8, S1.7.10, S1.7.11).

use crate::PrincipalType;

/// Identity providers that AWS knows by their host alone (S1.7.8).
const WEB_PROVIDERS: [&str; 4] =
    ["cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com", "accounts.google.com"];

/// What a value under `AWS` is (S1.7.4).
pub(super) enum AwsForm {
    Principal,
    UserId,
    RoleId,
    Group,
    Unknown,
}

pub(super) fn aws_form(text: &str) -> AwsForm {
    if is_account(text) {
        return AwsForm::Principal;
    }
    let is_unique_id = (16..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    match text.get(..4) {
        Some("AIDA") if is_unique_id => return AwsForm::UserId,
        Some("AROA") if is_unique_id => return AwsForm::RoleId,
        Some("AGPA") if is_unique_id => return AwsForm::Group,
        _ => {}
    }
    if is_cloudfront_identity(text) {
        return AwsForm::Principal;
    }
    let Some((service, resource)) = iam_arn(text) else {
        return AwsForm::Unknown;
    };
    let (word, name) = resource.split_once('/').unwrap_or((resource, ""));
    let lawful = match (service, word) {
        ("iam", "root") => resource == "root",
        ("iam", "user" | "role") => is_path_and_name(name),
        ("iam", "group") => return AwsForm::Group,
        ("sts", "assumed-role") => {
            name.split_once('/').is_some_and(|(role, session)| is_name(role) && is_name(session))
        }
        ("sts", "federated-user") => is_name(name),
        _ => false,
    };
    if lawful { AwsForm::Principal } else { AwsForm::Unknown }
}

/// What a value under `Federated` is (S1.7.8).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ProviderForm {
    Saml,
    Oidc,
    Unknown,
}

pub(super) fn provider_form(text: &str) -> ProviderForm {
    if WEB_PROVIDERS.contains(&text) {
        return ProviderForm::Oidc;
    }
    match iam_arn(text) {
        Some(("iam", resource)) => match resource.split_once('/') {
            Some(("saml-provider", name)) if is_name(name) => ProviderForm::Saml,
            Some(("oidc-provider", name))
                if !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic()) =>
            {
                ProviderForm::Oidc
            }
            _ => ProviderForm::Unknown,
        },
        _ => ProviderForm::Unknown,
    }
}

/// Service and resource of `arn:<partition>:<service>::<account>:<resource>`.
fn iam_arn(text: &str) -> Option<(&str, &str)> {
    let mut fields = text.splitn(6, ':');
    let mut next = || fields.next();
    let (arn, partition, service, region, account, resource) =
        (next()?, next()?, next()?, next()?, next()?, next()?);
    let is_partition = partition == "aws"
        || partition.strip_prefix("aws-").is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        });
    (arn == "arn" && is_partition && region.is_empty() && is_account(account)).then_some((service, resource))
}

/// The identity by which CloudFront reads a bucket. S1.7.4 does not list it, but AWS stores it and its guide for S3
/// prints it; it matches no principal of an account.
fn is_cloudfront_identity(text: &str) -> bool {
    text.strip_prefix("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ").is_some_and(is_name)
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The letters of IAM names and of session names.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

fn is_path_and_name(text: &str) -> bool {
    let (path, name) = text.rsplit_once('/').unwrap_or(("", text));
    is_name(name) && path.bytes().all(|byte| byte.is_ascii_graphic())
}

pub(super) fn is_canonical_user(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `x.amazonaws.com`, `x.<region>.amazonaws.com`, and the same in China (S1.7.11).
pub(super) fn is_service(text: &str) -> bool {
    let labels = text.strip_suffix(".amazonaws.com").or_else(|| text.strip_suffix(".amazonaws.com.cn"));
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    labels.is_some_and(|labels| labels.split('.').all(is_label))
}

/// The type that a bare string was probably meant to stand under.
pub(super) fn looks_like(text: &str) -> Option<PrincipalType> {
    match aws_form(text) {
        AwsForm::Principal | AwsForm::UserId | AwsForm::RoleId => Some(PrincipalType::Aws),
        _ if provider_form(text) != ProviderForm::Unknown => Some(PrincipalType::Federated),
        _ if is_service(text) => Some(PrincipalType::Service),
        _ if is_canonical_user(text) => Some(PrincipalType::CanonicalUser),
        _ => None,
    }
}
