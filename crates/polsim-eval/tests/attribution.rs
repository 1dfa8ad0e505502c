//! What a decision names: statements that apply, and the element that keeps the others from it (S4.20).

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use polsim_arn::ActionName;
use polsim_eval::{
    BoundRequest, Case, Chain, Layer, Layers, Model, PolicyId, Principal, Readings, Request, Situation,
    StatementElement, Verdict,
};
use polsim_policy::PolicyType;
use polsim_text::{Limits, Source};

const POINT: &str = "arn:aws:s3:eu-west-1:111111111111:accesspoint/ap/object/k";
const OBJECT: &str = "arn:aws:s3:::b/k";

fn add(model: &mut Model, policy_type: PolicyType, statements: &[(&str, &str)]) -> PolicyId {
    let principal = if policy_type.has_principal() { r#""Principal": "*", "# } else { "" };
    let statement = |(action, resource): &(&str, &str)| {
        format!(r#"{{"Effect": "Allow", {principal}"Action": "{action}", "Resource": "{resource}"}}"#)
    };
    let statements: Vec<String> = statements.iter().map(statement).collect();
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "));
    let parsed = polsim_policy::parse(&Source::new("p.json", text), policy_type, &Limits::default());
    model.add(parsed.single().unwrap())
}

/// S2.3.10, S4.17.6: through an access point, the bucket policy is asked about the object, and the endpoint about both.
#[test]
fn s4_20_1_a_statement_counts_for_the_resource_that_its_layer_is_asked_about() {
    let mut model = Model::new();
    let both = [("s3:GetObject", POINT), ("s3:GetObject", OBJECT)];
    let layers = Layers {
        identity: vec![add(&mut model, PolicyType::Identity, &both)],
        resource: Some(add(&mut model, PolicyType::Resource, &both)),
        access_point: Some(add(&mut model, PolicyType::AccessPoint, &both[..1])),
        endpoint: Some(add(&mut model, PolicyType::Endpoint, &both)),
        ..Layers::default()
    };
    let principal = Principal::read("arn:aws:iam::111111111111:user/bob").unwrap();
    let mut request = Request::of(principal, ActionName::parse("s3:GetObject").unwrap());
    request.resource = POINT.to_owned();
    request.underlying_resource = Some(OBJECT.to_owned());
    request.path = polsim_eval::NetworkPath::Gateway;
    request.complete().unwrap();
    let situation = Situation::of(&request, &layers, false);
    let (chain, bound) = (Chain::of(&situation), BoundRequest::new(&model, &request, Readings::default()));
    let case = Case { model: &model, layers: &layers, chain: &chain, request: &bound, is_bounded: false };
    let decision = case.decide().unwrap();
    assert_eq!(decision.verdict, Verdict::Allowed);
    let named: Vec<(Layer, u32)> = decision.allowed_by.iter().map(|(layer, id)| (*layer, id.index)).collect();
    let of = |layer| -> Vec<u32> {
        named.iter().filter(|(of, _)| *of == layer).map(|(_, index)| *index).collect()
    };
    assert_eq!(of(Layer::Endpoint), [0, 1]);
    assert_eq!(of(Layer::Resource), [1]);
    assert_eq!(of(Layer::Identity), [0]);
    assert_eq!(of(Layer::AccessPoint), [0]);
    let statements = [(Layer::Resource, 0), (Layer::Resource, 1), (Layer::Identity, 0), (Layer::Identity, 1)];
    let failing = statements.map(|(layer, index)| {
        let id = model.policy(layers.policies(layer)[0]).unwrap().statements[index].id;
        case.first_failing(id, layer)
    });
    let resource = Some(StatementElement::Resource);
    assert_eq!(failing, [resource, None, None, resource]);
}
