//! What rules may know beyond the policy: facts that only its owner can tell.
//!
//! Names and values are texts, so that the command line, `polsim.toml` and the examples of the rules say them alike.

use crate::{Carrier, UnknownCarrier};
use polsim_policy::{Quota, UnknownQuota};
use polsim_value::Instant;

/// What the owner of a policy says about it. What is not said is not assumed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The day or moment that dates and expiries are held against. There is no default: answers are to be reproducible.
    pub now: Option<Instant>,
    /// The id of the VPC endpoint that carries the policy.
    pub endpoint_id: Option<String>,
    /// The services, by their prefix, that the VPC endpoint leads to.
    pub endpoint_services: Vec<String>,
    /// The kind of resource that carries the policy.
    pub carrier: Option<Carrier>,
    /// The quota on its length.
    pub quota: Option<Quota>,
    /// The buckets that belong to the owner.
    pub buckets: Vec<String>,
    /// The workloads that need to reach buckets of AWS.
    pub workloads: Vec<String>,
}

/// Why something cannot be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// No such name.
    #[error("`{0}` is no setting; the settings are {names}", names = Settings::NAMES.join(", "))]
    Unknown(String),
    /// No date.
    #[error("`{0}` is no date; write one like 2026-01-31")]
    Date(String),
    /// No kind of resource.
    #[error(transparent)]
    Carrier(#[from] UnknownCarrier),
    /// No quota.
    #[error(transparent)]
    Quota(#[from] UnknownQuota),
}

impl Settings {
    /// The names of all settings.
    pub const NAMES: [&'static str; 7] =
        ["now", "endpoint-id", "endpoint-services", "carrier", "quota", "buckets", "workloads"];

    /// Sets one by its name. Lists are separated by commas.
    ///
    /// # Errors
    /// There is no such setting, or it has no such value.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SettingError> {
        let list = || value.split(',').map(|item| item.trim().to_owned()).collect();
        match name {
            "now" => {
                let instant = Instant::read(value).ok_or_else(|| SettingError::Date(value.to_owned()))?;
                self.now = Some(instant);
            }
            "endpoint-id" => self.endpoint_id = Some(value.to_owned()),
            "endpoint-services" => self.endpoint_services = list(),
            "carrier" => self.carrier = Some(value.parse()?),
            "quota" => self.quota = Some(value.parse()?),
            "buckets" => self.buckets = list(),
            "workloads" => self.workloads = list(),
            _ => return Err(SettingError::Unknown(name.to_owned())),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_set_by_name() {
        let mut settings = Settings::default();
        for (name, value) in [("endpoint-id", "vpce-1a2b3c4d"), ("buckets", "a, b"), ("carrier", "s3-bucket")]
        {
            assert_eq!(settings.set(name, value), Ok(()));
        }
        assert_eq!(settings.buckets, ["a", "b"]);
        assert_eq!(settings.carrier, Some(Carrier::Bucket));
        assert!(settings.set("bucket", "a").is_err());
        assert!(settings.set("now", "soon").is_err());
        assert_eq!(settings.set("now", "2026-01-31"), Ok(()));
    }
}
