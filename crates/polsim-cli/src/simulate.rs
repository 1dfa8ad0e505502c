//! `polsim simulate`

use crate::args::{DocumentsHow, EXIT_CODES, context, key, origin, policy_type};
use clap::Args;
use polsim::simulate::{RequestText, Simulate, simulate};
use polsim::{ConditionKey, KeyState, NetworkPath, Origin, PolicyType, Reader, Role};
use polsim_report::Report;

const EXAMPLES: &str = "\
Examples:
  polsim simulate role.json --principal arn:aws:iam::111122223333:role/model --action s3:GetObject --resource arn:aws:s3:::models/a
  polsim simulate --identity role.json --endpoint endpoint.json --resource-policy bucket.json --resource-account 111122223333 \\
      --principal arn:aws:iam::111122223333:role/model --action s3:GetObject --resource arn:aws:s3:::models/a \\
      --via gateway:vpce-1a2b3c4d --context aws:SecureTransport=true --trace

A key that is not stated is open: when the answer depends on it, the exit code is 3 and the key is named.
With `--closed` nothing but what is stated, and what follows from it, is in the request.";

/// What happens to this request, and why? The verdict, the deciding statements, and what would change it
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// The policy file, `-` for standard input; left out when policies are given by `--identity` and the like
    #[arg(value_parser = origin)]
    policy: Option<Origin>,
    /// The type of POLICY; guessed, and said, when not given
    #[arg(long = "type", value_name = "TYPE", value_parser = policy_type())]
    policy_type: Option<PolicyType>,
    /// What to make of several JSON documents in one file
    #[arg(long, value_enum, value_name = "HOW", default_value_t = DocumentsHow::Reject)]
    documents: DocumentsHow,
    /// Show every statement of every layer, with what keeps it from applying
    #[arg(long)]
    trace: bool,
    #[command(flatten)]
    request: RequestArguments,
    #[command(flatten)]
    layers: LayerArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "The request")]
struct RequestArguments {
    /// Who asks: an ARN (a role stands for a session of it), an account (its root user), a service, or `anonymous`
    #[arg(long, short)]
    principal: String,
    /// What is to be done, such as `s3:GetObject`
    #[arg(long, short)]
    action: String,
    /// To what: an ARN; `*` when left out
    #[arg(long, short)]
    resource: Option<String>,
    /// The account that owns the resource; the principal's own when left out
    #[arg(long, value_name = "ACCOUNT")]
    resource_account: Option<String>,
    /// A condition key that the request carries; `K=[a,b]` is a list
    #[arg(long, short, value_name = "KEY=VALUE", value_parser = context)]
    context: Vec<(ConditionKey, KeyState)>,
    /// A condition key that the request does not carry
    #[arg(long, value_name = "KEY", value_parser = key)]
    absent: Vec<ConditionKey>,
    /// The way of the request: `gateway:vpce-…`, `interface:vpce-…` or `internet:ADDRESS`
    #[arg(long, value_name = "WAY", value_parser = via)]
    via: Option<Via>,
    /// Nothing but what is stated, and what follows from it, is in the request
    #[arg(long)]
    closed: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Policies together")]
struct LayerArguments {
    /// An identity policy
    #[arg(long, value_name = "FILE", value_parser = origin)]
    identity: Vec<Origin>,
    /// The permissions boundary
    #[arg(long, value_name = "FILE", value_parser = origin)]
    boundary: Option<Origin>,
    /// A session policy
    #[arg(long, value_name = "FILE", value_parser = origin)]
    session: Vec<Origin>,
    /// A service control policy; each is a level of its own, the root's first
    #[arg(long, value_name = "FILE", value_parser = origin)]
    scp: Vec<Origin>,
    /// A resource control policy; each is a level of its own, the root's first
    #[arg(long, value_name = "FILE", value_parser = origin)]
    rcp: Vec<Origin>,
    /// The policy of the VPC endpoint that the request passes
    #[arg(long, value_name = "FILE", value_parser = origin)]
    endpoint: Option<Origin>,
    /// The policy of the resource
    #[arg(long, value_name = "FILE", value_parser = origin)]
    resource_policy: Option<Origin>,
}

/// A way with the keys that it sets.
#[derive(Clone, Debug)]
struct Via {
    path: NetworkPath,
    keys: Vec<(ConditionKey, KeyState)>,
}

fn via(text: &str) -> Result<Via, String> {
    let (way, what) = text.split_once(':').unwrap_or((text, ""));
    let states = |names: &[(&str, KeyState)]| -> Result<Vec<(ConditionKey, KeyState)>, String> {
        names.iter().map(|(name, state)| Ok((key(name)?, state.clone()))).collect()
    };
    let path = match way {
        "gateway" => NetworkPath::Gateway,
        "interface" => NetworkPath::Interface,
        "internet" => NetworkPath::Direct,
        _ => return Err("write `gateway:vpce-…`, `interface:vpce-…` or `internet:ADDRESS`".to_owned()),
    };
    // I1, I2: through an endpoint there is no aws:SourceIp, and without one there are no keys of endpoints.
    let one = |what: &str| if what.is_empty() { KeyState::Open } else { KeyState::One(what.to_owned()) };
    let keys = if path == NetworkPath::Direct {
        let absent =
            ["aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp"].map(|name| (name, KeyState::Absent));
        states(&[("aws:SourceIp", one(what))])?.into_iter().chain(states(&absent)?).collect()
    } else {
        states(&[("aws:SourceVpce", one(what)), ("aws:SourceIp", KeyState::Absent)])?
    };
    Ok(Via { path, keys })
}

pub(crate) fn run(arguments: &Arguments) -> Report {
    let mut policies: Vec<(Origin, Role)> = Vec::new();
    policies
        .extend(arguments.policy.iter().map(|origin| (origin.clone(), Role::Itself(arguments.policy_type))));
    let layers = &arguments.layers;
    let mut together = |origins: &[Origin], policy_type| {
        policies.extend(origins.iter().map(|origin| (origin.clone(), Role::Together(policy_type))));
    };
    together(&layers.identity, PolicyType::Identity);
    together(layers.boundary.as_slice(), PolicyType::Boundary);
    together(&layers.session, PolicyType::Session);
    together(&layers.scp, PolicyType::Scp);
    together(&layers.rcp, PolicyType::Rcp);
    together(layers.endpoint.as_slice(), PolicyType::Endpoint);
    together(layers.resource_policy.as_slice(), PolicyType::Resource);
    let request = &arguments.request;
    let absent = request.absent.iter().map(|key| (key.clone(), KeyState::Absent));
    let stated: Vec<(ConditionKey, KeyState)> = request.context.iter().cloned().chain(absent).collect();
    // What the way sets gives way to what is stated.
    let by_way = request.via.iter().flat_map(|via| via.keys.iter().cloned());
    let by_way: Vec<_> = by_way.filter(|(key, _)| !stated.iter().any(|(other, _)| other == key)).collect();
    let question = Simulate {
        policies,
        documents: arguments.documents.into(),
        request: RequestText {
            principal: request.principal.clone(),
            action: request.action.clone(),
            resource: request.resource.clone(),
            resource_account: request.resource_account.clone(),
            path: request.via.as_ref().map_or(NetworkPath::Direct, |via| via.path),
            context: stated.into_iter().chain(by_way).collect(),
        },
        is_closed: request.closed,
        trace: arguments.trace,
    };
    simulate(&question, &Reader::default())
}
