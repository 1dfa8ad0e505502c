//! What is asked for.

use super::AskError;
use crate::environment::{AccessPoint, Environment, Principal, Resource, Role};
use crate::read::nearest;
use polsim_arn::Arn;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Target<'e> {
    /// The ARN, or `*`.
    pub arn: String,
    /// The account that owns it, when it is known.
    pub account: Option<String>,
    /// Its entry, or that of the bucket that it is in or leads to.
    pub resource: Option<&'e Resource>,
    /// The access point that the ARN names.
    pub access_point: Option<&'e AccessPoint>,
    /// The bucket or object behind the access point (S2.3.10).
    pub underlying: Option<String>,
    /// The role that the ARN names.
    pub role: Option<&'e Principal>,
}

impl Environment {
    /// Finds out what is meant: by a name of the file, an ARN, or `*`. An ARN belongs to the resource that it names or
    /// is in, the longest one when there are several.
    ///
    /// # Errors
    /// [`AskError`] when it is neither.
    pub fn target(&self, text: &str) -> Result<Target<'_>, AskError> {
        if text == "*" {
            return Ok(Target::bare(text, None));
        }
        let named = self.resources.iter().find(|resource| resource.name == text);
        let arn = named.map_or(text, |resource| &resource.arn);
        let role = self.principals.iter().find(|entry| {
            (entry.arn == text || entry.name == text)
                && matches!(entry.role, Role::Role | Role::ServiceLinkedRole)
        });
        if let Some(role) = role.filter(|_| named.is_none()) {
            return Ok(Target { role: Some(role), ..Target::bare(&role.arn, Some(&role.account)) });
        }
        if let Some(target) = self.access_point(arn) {
            return Ok(target);
        }
        let Some(parts) = Arn::parse(arn) else {
            return Err(AskError::NoSuch {
                text: text.to_owned(),
                what: "a resource",
                else_: "an ARN",
                near: nearest(text, self.resources.iter().map(|resource| resource.name.as_str())),
            });
        };
        let covering = self.resources.iter().filter(|resource| resource.covers(arn));
        let resource = covering.max_by_key(|resource| resource.arn.len());
        let in_arn = Some(parts.account).filter(|account| !account.is_empty());
        Ok(Target {
            resource,
            ..Target::bare(arn, resource.map(|resource| resource.account.as_str()).or(in_arn))
        })
    }

    /// The request names the access point by its ARN or by its name in the file.
    fn access_point(&self, text: &str) -> Option<Target<'_>> {
        self.resources.iter().find_map(|bucket| {
            bucket.access_points.iter().find_map(|point| {
                let arn = if point.name == text { &point.arn } else { text };
                let underlying = point.underlying(arn, &bucket.arn)?;
                Some(Target {
                    resource: Some(bucket),
                    access_point: Some(point),
                    underlying: Some(underlying),
                    ..Target::bare(arn, Some(&bucket.account))
                })
            })
        })
    }
}

impl Target<'_> {
    fn bare(arn: &str, account: Option<&str>) -> Self {
        Self {
            arn: arn.to_owned(),
            account: account.map(str::to_owned),
            resource: None,
            access_point: None,
            underlying: None,
            role: None,
        }
    }

    /// Whether RestrictPublicBuckets is in effect: on for the account, the bucket or the access point (S4.17.1).
    pub(super) fn restricts_public_buckets(&self, environment: &Environment) -> bool {
        let account = self.account.as_deref().and_then(|account| environment.account(account));
        account.is_some_and(|account| account.restrict_public_buckets)
            || self.resource.is_some_and(|bucket| bucket.restrict_public_buckets)
            || self.access_point.is_some_and(|point| point.restrict_public_buckets)
    }
}
