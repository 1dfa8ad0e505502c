//! `polsim check`

use crate::args::{DocumentsHow, EXIT_CODES, context, key, origin, policy_type};
use clap::{Args, ValueEnum};
use polsim::check::{Check, check};
use polsim::{ConditionKey, Expectation, KeyState, NetworkPath, Origin, PolicyType, Reader, Role};
use polsim_report::Report;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  polsim check endpoint.json --expect deny \\
      s3:GetObject 'arn:aws:s3:::amazonlinux.*.amazonaws.com/*'
  polsim check role.json --expect allow \\
      ec2:CreateNetworkInterface,ec2:DescribeVpcs '*'
  polsim check bucket.json --expect explicit-deny \\
      's3:*' 'arn:aws:s3:::example/*' --context aws:SecureTransport=false
  polsim check role.json --endpoint endpoint.json --expect deny 's3:Put*' '*'

A key that is not stated may be absent or hold anything: the claim is for all
its values.";

/// Does every request like this get that decision? A proof, or one request that breaks the claim
#[derive(Debug, Args)]
#[command(override_usage = "polsim check [POLICY] ACTION RESOURCE --expect EXPECT [OPTIONS]")]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// The policy file, `-` for standard input; left out when policies are given by `--identity` and the like
    #[arg(value_name = "POLICY")]
    first: String,
    /// A comma list of actions, with or without the wildcards `*` and `?`
    #[arg(value_name = "ACTION")]
    second: String,
    /// A comma list of resources: ARNs, with or without wildcards, or `*`
    #[arg(value_name = "RESOURCE")]
    third: Option<String>,
    /// What every such request is claimed to get
    #[arg(long, value_enum)]
    expect: Expect,
    /// The type of POLICY; guessed, and said, when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    policy_type: Option<PolicyType>,
    /// What to make of several JSON documents in one file
    #[arg(long, value_enum, value_name = "HOW", default_value_t = DocumentsHow::Reject)]
    documents: DocumentsHow,
    /// Who asks: an ARN (a role stands for its sessions), an account (its root user), a service, `anonymous`, or a
    /// pattern of `aws:PrincipalArn`; anybody when not given
    #[arg(long, short, help_heading = "Which requests")]
    principal: Option<String>,
    /// A condition key that the requests carry; `K=[a,b]` is a list
    #[arg(long, short, value_name = "KEY=VALUE", value_parser = context, help_heading = "Which requests")]
    context: Vec<(ConditionKey, KeyState)>,
    /// A condition key that the requests do not carry
    #[arg(long, value_name = "KEY", value_parser = key, help_heading = "Which requests")]
    absent: Vec<ConditionKey>,
    /// The way of the requests; any when not given
    #[arg(long, value_enum, value_name = "WAY", help_heading = "Which requests")]
    via: Vec<Via>,
    /// The account that owns the resource
    #[arg(long, value_name = "ACCOUNT", help_heading = "Which requests")]
    resource_account: Option<String>,
    /// An identity policy to count together with the others
    #[arg(long, value_name = "FILE", value_parser = origin, help_heading = "Policies together")]
    identity: Vec<Origin>,
    /// A VPC endpoint policy to count together with the others
    #[arg(long, value_name = "FILE", value_parser = origin, help_heading = "Policies together")]
    endpoint: Option<Origin>,
    /// A resource policy to count together with the others
    #[arg(long, value_name = "FILE", value_parser = origin, help_heading = "Policies together")]
    resource_policy: Option<Origin>,
    /// The most steps of the search; a claim that needs more is undecided
    #[arg(long, value_name = "STEPS", default_value_t = 20_000_000)]
    budget: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Expect {
    /// Allowed
    Allow,
    /// Not allowed, in either way
    Deny,
    /// A Deny applies
    ExplicitDeny,
    /// Nothing denies it and nothing allows it
    ImplicitDeny,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Via {
    /// Through a gateway endpoint
    Gateway,
    /// Through an interface endpoint
    Interface,
    /// Not through an endpoint
    Internet,
}

fn comma_list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

pub(crate) fn run(arguments: &Arguments) -> Report {
    // Without a policy file the two texts are action and resource.
    let (policy, actions, resources) = match &arguments.third {
        Some(third) => (Some(&arguments.first), &arguments.second, third),
        None => (None, &arguments.first, &arguments.second),
    };
    let mut policies: Vec<(Origin, Role)> = Vec::new();
    policies.extend(policy.map(|path| (Origin::of(Path::new(path)), Role::Itself(arguments.policy_type))));
    let mut together = |origins: &[Origin], policy_type| {
        policies.extend(origins.iter().map(|origin| (origin.clone(), Role::Together(policy_type))));
    };
    together(&arguments.identity, PolicyType::Identity);
    together(arguments.endpoint.as_slice(), PolicyType::Endpoint);
    together(arguments.resource_policy.as_slice(), PolicyType::Resource);
    let stated = arguments.context.iter().cloned();
    let absent = arguments.absent.iter().map(|key| (key.clone(), KeyState::Absent));
    let question = Check {
        policies,
        documents: arguments.documents.into(),
        expect: match arguments.expect {
            Expect::Allow => Expectation::Allow,
            Expect::Deny => Expectation::Deny,
            Expect::ExplicitDeny => Expectation::ExplicitDeny,
            Expect::ImplicitDeny => Expectation::ImplicitDeny,
        },
        actions: comma_list(actions),
        resources: comma_list(resources),
        principal: arguments.principal.clone(),
        context: stated.chain(absent).collect(),
        paths: arguments
            .via
            .iter()
            .map(|via| match via {
                Via::Gateway => NetworkPath::Gateway,
                Via::Interface => NetworkPath::Interface,
                Via::Internet => NetworkPath::Direct,
            })
            .collect(),
        resource_account: arguments.resource_account.clone(),
        budget: arguments.budget,
    };
    check(&question, &Reader::default())
}
