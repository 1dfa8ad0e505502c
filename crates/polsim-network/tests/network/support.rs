//! The sample of the corpus, as JSON that a test may change.

use polsim_network::{Destination, Network, Path, Workload};
use polsim_text::{Limits, Source};
use serde_json::{Value, json};

/// The files of a network.
#[derive(Clone, Debug)]
pub(crate) struct Files(pub(crate) Vec<(String, Value)>);

pub(crate) const SUBNET_A: &str = "subnet-0a1a1a1a1a1a1a1a1";
pub(crate) const SUBNET_B: &str = "subnet-0b2b2b2b2b2b2b2b2";
pub(crate) const SUBNET_C: &str = "subnet-0c3c3c3c3c3c3c3c3";
pub(crate) const GROUP: &str = "sg-0111aaaa1111aaaa1";
pub(crate) const GATEWAY: &str = "vpce-0a1b2c3d4e5f60718";
pub(crate) const ECR: &str = "vpce-0c1c1c1c1c1c1c1c1";

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/sagemaker/network")
}

impl Files {
    /// The sample.
    pub(crate) fn sample() -> Self {
        let mut files: Vec<(String, Value)> = std::fs::read_dir(folder().join("network"))
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
            })
            .collect();
        files.sort_by(|one, other| one.0.cmp(&other.0));
        assert!(files.len() >= 10);
        Self(files)
    }

    /// The value of a file at a JSON pointer.
    pub(crate) fn at(&mut self, file: &str, pointer: &str) -> &mut Value {
        let (_, value) = self.0.iter_mut().find(|(name, _)| name == file).unwrap();
        value.pointer_mut(pointer).unwrap_or_else(|| panic!("{file} has no {pointer}"))
    }

    /// The same without a file.
    pub(crate) fn without(mut self, file: &str) -> Self {
        let before = self.0.len();
        self.0.retain(|(name, _)| name != file);
        assert_eq!(self.0.len() + 1, before, "{file}");
        self
    }

    /// The route table that is called so.
    pub(crate) fn routes(&mut self, table: &str) -> &mut Vec<Value> {
        let tables = self.at("route-tables.json", "/RouteTables").as_array_mut().unwrap();
        let table = tables.iter_mut().find(|each| each["Tags"][0]["Value"] == table).unwrap();
        table["Routes"].as_array_mut().unwrap()
    }

    /// The endpoint of a service.
    pub(crate) fn endpoint(&mut self, service: &str) -> &mut Value {
        let endpoints = self.at("vpc-endpoints.json", "/VpcEndpoints").as_array_mut().unwrap();
        let full = format!("com.amazonaws.eu-west-1.{service}");
        endpoints.iter_mut().find(|each| each["ServiceName"] == full.as_str()).unwrap()
    }

    pub(crate) fn network(&self) -> Network {
        let sources: Vec<Source> =
            self.0.iter().map(|(name, value)| Source::new(name, value.to_string())).collect();
        Network::read(&sources, &Limits::default()).unwrap()
    }

    /// The way from a subnet to a service.
    pub(crate) fn path(&self, subnet: &str, service: &str) -> Path {
        self.network().path(subnet, &[GROUP.to_owned()], &Destination::service(service))
    }
}

/// The model of the sample.
pub(crate) fn model() -> Workload {
    let text = std::fs::read_to_string(folder().join("model.json")).unwrap();
    Workload::read(&Source::new("model.json", text), &Limits::default()).unwrap()
}

/// A route as the AWS CLI prints it.
pub(crate) fn route(destination: &str, target: (&str, &str)) -> Value {
    let member =
        if destination.starts_with("pl-") { "DestinationPrefixListId" } else { "DestinationCidrBlock" };
    json!({ member: destination, target.0: target.1, "Origin": "CreateRoute", "State": "active" })
}
