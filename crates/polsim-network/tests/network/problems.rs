//! Inputs that are not what the AWS CLI prints.

use polsim_network::{Network, Workload};
use polsim_text::{Limits, Source};

fn codes(name: &str, text: &str) -> Vec<&'static str> {
    let problems = Network::read(&[Source::new(name, text)], &Limits::default()).unwrap_err();
    problems.iter().map(|problem| problem.kind.code()).collect()
}

#[test]
fn each_problem_has_its_code() {
    assert_eq!(codes("a.json", "{"), ["NWK001"]);
    assert_eq!(
        codes("a.json", r#"{"Subnets": [{"SubnetId": 1, "VpcId": "v", "CidrBlock": "10.0.0.0/8"}]}"#),
        ["NWK002"]
    );
    assert_eq!(codes("a.json", r#"{"Vpcs": [{"CidrBlock": "10.0.0.0/8"}]}"#), ["NWK003"]);
    assert_eq!(codes("a.json", r#"{"Vpcs": [{"VpcId": "v", "CidrBlock": "10.0.0.0/99"}]}"#), ["NWK004"]);
    assert_eq!(
        codes(
            "a.json",
            r#"{"Subnets": [{"SubnetId": "s", "VpcId": "v", "CidrBlock": "10.0.0.0/8", "AvailableIpAddressCount": 1.5}]}"#
        ),
        ["NWK005"]
    );
    let twice =
        r#"{"Vpcs": [{"VpcId": "v", "CidrBlock": "10.0.0.0/8"}, {"VpcId": "v", "CidrBlock": "10.0.0.0/9"}]}"#;
    assert_eq!(codes("a.json", twice), ["NWK006"]);
    assert_eq!(codes("a.json", r#"{"Entries": [{"Cidr": "10.0.0.0/8"}]}"#), ["NWK007"]);
}

#[test]
fn a_model_is_in_a_vpc() {
    let code = |text: &str| {
        let problems = Workload::read(&Source::new("model.json", text), &Limits::default()).unwrap_err();
        problems[0].kind.code()
    };
    assert_eq!(code(r#"{"ModelName": "m"}"#), "NWK008");
    assert_eq!(code(r#"{"Vpcs": []}"#), "NWK009");
    assert_eq!(code(r#"{"ModelName": "m", "VpcConfig": {"Subnets": ["s"]}}"#), "NWK003");
    assert_eq!(code("[]"), "NWK009");
    assert_eq!(code(""), "NWK001");
}

#[test]
fn jobs_are_workloads_too() {
    let text = r#"{"ProcessingJobName": "p", "RoleArn": "arn:aws:iam::111122223333:role/r",
        "NetworkConfig": {"EnableNetworkIsolation": true, "VpcConfig": {"Subnets": ["s"], "SecurityGroupIds": ["g"]}},
        "ProcessingResources": {"ClusterConfig": {"InstanceCount": 3}}}"#;
    let job = Workload::read(&Source::new("job.json", text), &Limits::default()).unwrap();
    assert_eq!((job.instances, job.is_isolated), (Some(3), true));
}
