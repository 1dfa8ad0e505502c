//! `polsim check`

use crate::args::{DocumentsHow, EXIT_CODES, Parameters, origin, policy_type};
use crate::layers::LayerArguments;
use crate::output;
use crate::region::RegionArguments;
use crate::simulate::Ended;
use clap::{Args, ValueEnum};
use polsim::certificate::certificate;
use polsim::check::{Check, check};
use polsim::emit::smt2;
use polsim::over_network::{OverNetwork, check_over_network};
use polsim::{EnvironmentOrigin, Expectation, NetworkOrigin, Origin, PolicyType, Wanted};
use polsim_report::{Exit, Verb};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  polsim check endpoint.json --expect deny \\
      s3:GetObject 'arn:aws:s3:::amazonlinux.*.amazonaws.com/*'
  polsim check role.json --expect allow \\
      ec2:CreateNetworkInterface,ec2:DescribeVpcs '*'
  polsim check bucket.json --expect explicit-deny \\
      's3:*' 'arn:aws:s3:::example/*' --region 'aws:SourceVpce != vpce-1a2b3c4d'
  polsim check --identity role.json --boundary boundary.json --scp root.json \\
      --expect deny 'iam:*' '*'
  polsim check --env perimeter.env.yaml --expect some-allow -p model-role \\
      s3:GetObject 'arn:aws:s3:::models/*'

A key that is not stated may be absent or hold anything: the claim is for all
its values.";

/// Does every request like this get that decision? A proof, or one request that breaks the claim
#[derive(Debug, Args)]
#[command(override_usage = "polsim check [POLICY] ACTION RESOURCE --expect EXPECT [OPTIONS]")]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    parameters: Parameters,
    #[command(flatten)]
    claim: ClaimArguments,
    #[command(flatten)]
    network: NetworkArguments,
    /// Write the answer with all that it takes to follow it to a file, for `polsim verify`
    #[arg(long, value_name = "FILE", conflicts_with = "emit")]
    certificate: Option<PathBuf>,
    /// Write the question for another solver instead of answering it: the claim holds if every check is `unsat`
    #[arg(long, value_enum, value_name = "FORM")]
    emit: Option<Emit>,
    /// How many requests to show that break the claim, each decided by other statements
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    witnesses: usize,
}

/// Where requests come from: the claim is for each subnet of a model, on the way that its requests go.
#[derive(Debug, Args)]
#[command(next_help_heading = "A network")]
struct NetworkArguments {
    /// The folder of what the AWS CLI printed about the network, or one file with all of it
    #[arg(long, value_name = "DIR", requires_all = ["model", "env"], conflicts_with_all = ["certificate", "emit"])]
    network: Option<PathBuf>,
    /// The request that creates a SageMaker model or job, or its description
    #[arg(long, value_name = "FILE", value_parser = origin, requires = "network")]
    model: Option<Origin>,
    /// Claim nothing of what goes through this endpoint or gateway: `--expect deny --except-via vpce-…` is that all goes
    /// through it
    #[arg(long, value_name = "ID", requires = "network")]
    except_via: Vec<String>,
    /// The Region of the resources; that of the VPC when left out
    #[arg(long, value_name = "REGION", requires = "network")]
    resource_region: Option<String>,
}

impl NetworkArguments {
    fn over(&self) -> Option<OverNetwork> {
        Some(OverNetwork {
            origin: NetworkOrigin { network: self.network.clone()?, model: self.model.clone()? },
            region: self.resource_region.clone(),
            except_via: self.except_via.clone(),
        })
    }
}

/// A claim, as several verbs take it.
#[derive(Debug, Args)]
pub(crate) struct ClaimArguments {
    /// The policy file, `-` for standard input; left out with --env, or when policies are given by --identity and the
    /// like
    #[arg(value_name = "POLICY")]
    first: String,
    /// A comma list of actions, with or without the wildcards `*` and `?`
    #[arg(value_name = "ACTION")]
    second: String,
    /// A comma list of resources: ARNs, with or without wildcards, or `*`
    #[arg(value_name = "RESOURCE")]
    third: Option<String>,
    /// What is claimed of such requests
    #[arg(long, value_enum)]
    expect: Expect,
    /// The type of POLICY; guessed, and said, when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    policy_type: Option<PolicyType>,
    /// What to make of several JSON documents in one file
    #[arg(long, value_enum, value_name = "HOW", default_value_t = DocumentsHow::Reject)]
    documents: DocumentsHow,
    /// What says which policies bind whom: an environment file, a dump of the AWS CLI, or a folder of dumps. The claim is
    /// for all that it describes
    #[arg(long, value_name = "FILE", value_parser = origin, help_heading = "An environment")]
    env: Option<Origin>,
    /// The loader that reads it, instead of the one that knows it; docs/loaders.md lists them
    #[arg(long, value_name = "LOADER", requires = "env", help_heading = "An environment")]
    from: Option<String>,
    /// Let the environment name policies outside of the folder that it is in
    #[arg(long, requires = "env", help_heading = "An environment")]
    allow_outside: bool,
    #[command(flatten)]
    region: RegionArguments,
    #[command(flatten)]
    layers: LayerArguments,
    /// The most steps of the search; a claim that needs more is undecided
    #[arg(long, value_name = "STEPS", default_value_t = 20_000_000)]
    budget: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Emit {
    /// SMT-LIB 2, for z3 and cvc5
    Smt2,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Expect {
    /// All allowed
    Allow,
    /// None allowed, in either way
    Deny,
    /// A Deny applies to all
    ExplicitDeny,
    /// Nothing denies and nothing allows any
    ImplicitDeny,
    /// One at least allowed
    SomeAllow,
}

impl From<Expect> for Wanted {
    fn from(expect: Expect) -> Self {
        Self::Verdict(match expect {
            Expect::SomeAllow => return Self::SomeAllow,
            Expect::Allow => Expectation::Allow,
            Expect::Deny => Expectation::Deny,
            Expect::ExplicitDeny => Expectation::ExplicitDeny,
            Expect::ImplicitDeny => Expectation::ImplicitDeny,
        })
    }
}

impl ClaimArguments {
    /// The claim, with so many counterexamples to be shown.
    pub(crate) fn check(&self, witnesses: usize) -> Check {
        // Without a policy file the two texts are action and resource.
        let (policy, actions, resources) = match &self.third {
            Some(third) => (Some(Origin::of(Path::new(&self.first))), &self.second, third),
            None => (None, &self.first, &self.second),
        };
        let environment = self.env.as_ref().map(|origin| EnvironmentOrigin {
            origin: origin.clone(),
            allow_outside: self.allow_outside,
            from: self.from.clone(),
        });
        Check {
            environment,
            policies: self.layers.beside(policy.as_ref(), self.policy_type),
            documents: self.documents.into(),
            expect: self.expect.into(),
            region: self.region.with(actions, resources),
            witnesses,
            budget: self.budget,
        }
    }
}

/// The report, unless the question was printed instead.
pub(crate) fn run(arguments: &Arguments) -> Ended {
    let question = arguments.claim.check(arguments.witnesses);
    let reader = arguments.parameters.reader();
    if let Some(over) = arguments.network.over() {
        return Ended::Report(Box::new(check_over_network(&question, &over, &reader)));
    }
    let mut report = match arguments.emit {
        None => check(&question, &reader),
        Some(Emit::Smt2) => {
            return match smt2(&question, &reader) {
                Ok(text) => Ended::Printed(output::print_text(&text)),
                Err(report) => Ended::Report(report),
            };
        }
    };
    if let (Some(file), Exit::Holds | Exit::Fails) = (&arguments.certificate, report.exit) {
        match certificate(&question, &reader) {
            Err(report) => return Ended::Report(report),
            Ok(text) => match output::write_whole(file, &text) {
                Ok(()) => report
                    .notes
                    .push(format!("{} has the certificate; `polsim verify` follows it", file.display())),
                Err(error) => {
                    return Ended::Report(Box::new(output::cannot_write(Verb::Check, file, &error)));
                }
            },
        }
    }
    Ended::Report(Box::new(report))
}
