//! Which requests a claim is about, as several verbs take it.

use crate::args::{context, key};
use crate::assume::Assume;
use clap::Args;
use polsim::{ConditionKey, Constraint, KeyState, RegionText};

/// The limits of requests whoever asks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which requests")]
pub(crate) struct WhereArguments {
    /// A condition key that the requests carry; `K=[a,b]` is a list
    #[arg(long, short, value_name = "KEY=VALUE", value_parser = context)]
    context: Vec<(ConditionKey, KeyState)>,
    /// A condition key that the requests do not carry
    #[arg(long, value_name = "KEY", value_parser = key)]
    absent: Vec<ConditionKey>,
    /// What holds of a key, as `polsim check --region` takes it
    #[arg(long, value_name = "CONSTRAINT", value_parser = Constraint::read)]
    region: Vec<Constraint>,
    /// The way of the requests: `internet`, `gateway`, `interface`, or an endpoint; any when not given
    #[arg(long, value_name = "WAY")]
    via: Vec<String>,
}

impl WhereArguments {
    /// The region, for any action and resource.
    pub(crate) fn region(&self) -> RegionText {
        let absent = self.absent.iter().map(|key| (key.clone(), KeyState::Absent));
        RegionText {
            context: self.context.iter().cloned().chain(absent).collect(),
            constraints: self.region.clone(),
            via: self.via.clone(),
            ..RegionText::default()
        }
    }
}

/// Limits of a claim beside actions and resources.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which requests")]
pub(crate) struct RegionArguments {
    /// Who asks: an ARN (a role stands for its sessions), an account (its root user), a service, `anonymous`, or a
    /// pattern of `aws:PrincipalArn`; anybody when not given. With --env also a name of the environment
    #[arg(long, short)]
    principal: Option<String>,
    /// A condition key that the requests carry; `K=[a,b]` is a list
    #[arg(long, short, value_name = "KEY=VALUE", value_parser = context)]
    context: Vec<(ConditionKey, KeyState)>,
    /// A condition key that the requests do not carry
    #[arg(long, value_name = "KEY", value_parser = key)]
    absent: Vec<ConditionKey>,
    /// What holds of a key: `KEY = V`, `!=`, `in A,B`, `not in A,B`, `like PATTERN`, `not like`, `<`, `<=`, `>`, `>=`
    /// (numbers, dates), `present`, `absent`, addresses as `10.0.0.0/8`, or an operator of IAM. As in policies, a
    /// negated one also holds of requests without the key
    #[arg(long, value_name = "CONSTRAINT", value_parser = Constraint::read)]
    region: Vec<Constraint>,
    /// The way of the requests: `gateway`, `interface` or `internet`, with --env also an endpoint; any when not given
    #[arg(long, value_name = "WAY")]
    via: Vec<String>,
    /// The account that owns the resource
    #[arg(long, value_name = "ACCOUNT")]
    resource_account: Option<String>,
    #[command(flatten)]
    assume: Assume,
}

impl RegionArguments {
    /// The region with actions and resources.
    pub(crate) fn with(&self, actions: &str, resources: &str) -> RegionText {
        let stated = self.context.iter().cloned();
        let absent = self.absent.iter().map(|key| (key.clone(), KeyState::Absent));
        RegionText {
            actions: comma_list(actions),
            resources: comma_list(resources),
            principal: self.principal.clone(),
            context: stated.chain(absent).collect(),
            constraints: self.region.clone(),
            via: self.via.clone(),
            resource_account: self.resource_account.clone(),
            assumptions: self.assume.assumptions(),
            named_assumptions: self.assume.named(),
        }
    }
}

fn comma_list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}
