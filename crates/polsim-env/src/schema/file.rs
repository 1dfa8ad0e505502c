//! The whole file.

use super::record::record;
use super::settings::ReadingNames;
use super::{AccountTable, DumpRef, Endpoint, Group, Named, Organization, Principal, Resource, Settings};

record! {
    /// An environment: who exists, and where each policy hangs. Paths are relative to this file.
    pub struct EnvironmentFile {
        /// The schema that editors check the file with; polsim does not look at it
        "$schema" => schema: Option<String>,
        /// Dumps of the AWS CLI, whose principals, resources, accounts and so on are added; what stands here wins
        "from" => from: Option<Vec<DumpRef>>,
        /// The organization with its levels
        "organization" => organization: Option<Organization>,
        /// The accounts by their ids
        "accounts" => accounts: Option<AccountTable>,
        /// Groups of users by name
        "groups" => groups: Option<Named<Group>>,
        /// Users, roles and others who make requests, by name
        "principals" => principals: Option<Named<Principal>>,
        /// Resources by name
        "resources" => resources: Option<Named<Resource>>,
        /// VPC endpoints by name
        "endpoints" => endpoints: Option<Named<Endpoint>>,
        /// Switches of the judgement
        "settings" => settings: Option<Settings>,
        /// Ambiguities of AWS's documents to be read the other way, by name
        "readings" => readings: Option<ReadingNames>,
    }
}

impl Default for EnvironmentFile {
    /// One that says nothing.
    fn default() -> Self {
        Self {
            schema: None,
            from: None,
            organization: None,
            accounts: None,
            groups: None,
            principals: None,
            resources: None,
            endpoints: None,
            settings: None,
            readings: None,
        }
    }
}
