//! Deciding a request that is bound to its model allocates nothing, but where a number, a date or bytes have to be read,
//! which are exact at any length.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

mod random;
mod support;

use polsim_eval::{BoundRequest, Case, Chain, Model, Reading, Readings, Situation, Truth, has_public_policy};
use random::environment::{Tally, environment};

/// How many environments are decided.
const CASES: u64 = 3_000;

/// The readings under which decisions are made: ours, and every other one.
fn readings(number: u64) -> Readings {
    let other = usize::try_from(number).unwrap() % (Reading::ALL.len() + 1);
    Reading::ALL.get(other).copied().into_iter().collect()
}

/// Whether some condition compares numbers, dates or bytes.
fn reads_numbers(case: &polsim_oracle::Case) -> bool {
    let all = &case.policies;
    let lists = std::iter::once(&all.identity).chain(&all.boundary).chain(&all.session);
    let levels = all.scp.iter().chain(&all.rcp).flatten();
    let single = all.resource.iter().chain(&all.accesspoint).chain(&all.endpoint);
    let statements = lists.chain(levels).flatten().chain(single).flat_map(|policy| &policy.statements);
    let names = statements.flat_map(|s| &s.condition.blocks).map(|block| block.operator.value.name.as_str());
    names.into_iter().any(|name| ["Numeric", "Date", "Binary"].iter().any(|sort| name.starts_with(sort)))
}

#[test]
fn deciding_allocates_nothing() {
    let mut decided = 0;
    for number in 0..CASES {
        let closed = environment(number, &mut Tally::default());
        let mut model = Model::new();
        let layers = support::layers(&closed, &mut model);
        let Ok(mut request) = support::request(&closed.request) else { continue };
        if request.complete().is_err() {
            continue;
        }
        let situation = Situation::of(&request, &layers, has_public_policy(&model, &layers));
        let chain = Chain::of(&situation);
        let request = &BoundRequest::new(&model, &request, readings(number));
        let case = Case {
            model: &model,
            layers: &layers,
            chain: &chain,
            request,
            is_bounded: situation.has_boundary,
        };
        let mut verdict = None;
        let allocations = allocation_counter::measure(|| verdict = case.outcome().verdict());
        assert!(verdict.is_some() && situation.is_outside_access_point_vpc != Truth::Open);
        if reads_numbers(&closed) {
            continue;
        }
        assert_eq!(allocations.count_total, 0, "environment {number}");
        decided += 1;
    }
    println!("{decided} environments decided");
    assert!(decided > CASES / 3);
}
