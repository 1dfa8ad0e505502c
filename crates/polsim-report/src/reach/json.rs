//! The answer for programs: JSON of the schema `polsim.reach/1`.
//!
//! ```json
//! {
//!   "schema": "polsim.reach/1", "tool": {"name": "polsim", "version": "0.1.0"},
//!   "conclusion": "not-reached", "headline": "…", "exit": 1,
//!   "workload": "model forecast", "role": "arn:…", "action": "s3:GetObject", "resource": "arn:…",
//!   "service": "s3", "region": "eu-west-1", "expect": null,
//!   "subnets": [{
//!     "id": "subnet-…", "name": "…", "zone": "eu-west-1a", "range": "10.0.1.0/24", "route_table": "rtb-…",
//!     "way": {"kind": "gateway", "id": "vpce-…", "addresses": []},
//!     "arrives": "yes", "outcome": "allowed", "meets": null,
//!     "why": [{"clause": "S6.3.3", "holds": "yes", "decides": true, "sentence": "…",
//!              "place": {"path": "…", "bytes": [1, 2], "line": 3, "column": 4}}],
//!     "keys": {"aws:SourceVpce": {"state": "is", "value": "vpce-…"}, "aws:SourceIp": {"state": "absent"},
//!              "aws:VpcSourceIp": {"state": "open"}},
//!     "decision": {"conclusion": "allow", "headline": "…"}
//!   }],
//!   "capacity": {"instances": 2, "needed": 4, "free": 751}, "notes": ["…"]
//! }
//! ```
//!
//! `way.kind` is `gateway`, `interface`, `nat`, `internet`, `elsewhere`, `unreachable` or `unknown`; `arrives`, `holds` and
//! `meets` are `yes`, `no` or `unknown`; `decision` is `null` where no policies were asked. Members are only ever added
//! under this name.

use super::answer::{Reached, SubnetReach};
use polsim_eval::{KeyState, Truth};
use polsim_network::{Step, Way};
use serde_json::{Map, Value, json};

/// The name and version of the schema.
pub const REACH_SCHEMA: &str = "polsim.reach/1";

/// The answer as JSON; ends with a line feed.
#[must_use]
pub fn reach_to_json(reached: &Reached) -> String {
    let value = json!({
        "schema": REACH_SCHEMA,
        "tool": { "name": "polsim", "version": env!("CARGO_PKG_VERSION") },
        "conclusion": reached.conclusion().as_str(),
        "headline": reached.headline(),
        "exit": reached.exit().code(),
        "workload": reached.workload,
        "role": reached.role,
        "action": reached.action,
        "resource": reached.resource,
        "service": reached.service,
        "region": reached.region,
        "expect": reached.expect,
        "subnets": reached.subnets.iter().map(subnet).collect::<Vec<_>>(),
        "capacity": reached.capacity.as_ref().map(|capacity| {
            json!({ "instances": capacity.instances, "needed": capacity.needed, "free": capacity.free })
        }),
        "notes": reached.notes,
    });
    // Texts and numbers under fixed names: this cannot fail.
    serde_json::to_string_pretty(&value).map_or(String::new(), |text| text + "\n")
}

fn subnet(subnet: &SubnetReach) -> Value {
    let path = &subnet.path;
    let addresses = match &path.way {
        Way::Nat(_, addresses) => addresses.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    let keys: Map<String, Value> =
        path.keys().into_iter().map(|(key, state)| (key.to_owned(), key_state(&state))).collect();
    let decision = subnet
        .decision
        .as_ref()
        .map(|decision| json!({ "conclusion": decision.conclusion.as_str(), "headline": decision.headline }));
    json!({
        "id": subnet.id,
        "name": subnet.name,
        "zone": subnet.zone,
        "range": path.range.map(|range| range.to_string()),
        "route_table": path.table,
        "way": { "kind": path.way.as_str(), "id": path.way.id(), "addresses": addresses },
        "arrives": truth(path.arrives),
        "outcome": subnet.outcome(),
        "meets": subnet.meets.map(truth),
        "why": path.steps.iter().map(|step| self::step(step, std::ptr::eq(step, path.why()))).collect::<Vec<_>>(),
        "keys": keys,
        "decision": decision,
    })
}

fn step(step: &Step, decides: bool) -> Value {
    let place = step.place.as_ref().map(|place| {
        let start = place.source.position(place.span.start());
        json!({
            "path": place.source.name(),
            "bytes": [place.span.start(), place.span.end()],
            "line": start.line,
            "column": start.column,
        })
    });
    json!({
        "clause": step.clause,
        "holds": truth(step.holds),
        "decides": decides,
        "sentence": step.sentence,
        "place": place,
    })
}

fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Open => "unknown",
    }
}

fn key_state(state: &KeyState) -> Value {
    match state {
        KeyState::Absent => json!({ "state": "absent" }),
        KeyState::Open => json!({ "state": "open" }),
        KeyState::One(value) => json!({ "state": "is", "value": value }),
        KeyState::List(values) => json!({ "state": "is", "value": values }),
    }
}
