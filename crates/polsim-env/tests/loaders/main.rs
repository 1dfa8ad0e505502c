//! What loaders find in files, each of which is as short as one can be that has everything.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

mod account_details;
mod attached_later;
mod cloudformation;
mod config;
mod iam;
mod organizations;
mod registry;
mod resource_policies;
mod support;
mod terraform;
mod terraform_hcl;
