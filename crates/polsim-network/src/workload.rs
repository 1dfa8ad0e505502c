//! What runs in the network: a model, a training job or a processing job of SageMaker, with its `VpcConfig`.

use crate::fields::Fields;
use crate::problem::{Problem, ProblemKind};
use polsim_env::Place;
use polsim_text::{Limits, Source, json};
use std::cell::RefCell;

/// What runs in the network.
#[derive(Clone, Debug)]
pub struct Workload {
    /// What it is.
    pub kind: WorkloadKind,
    /// Its name.
    pub name: String,
    /// The role that it makes its requests with.
    pub role: Option<(String, Place)>,
    /// Its subnets.
    pub subnets: Vec<(String, Place)>,
    /// Its security groups.
    pub groups: Vec<(String, Place)>,
    /// The number of instances, where the request says it.
    pub instances: Option<u64>,
    /// Whether its containers may make no calls at all.
    pub is_isolated: bool,
    /// The images of its containers.
    pub images: Vec<(String, Place)>,
    /// The URLs of its data in S3.
    pub data: Vec<(String, Place)>,
    /// The place of `VpcConfig`.
    pub place: Place,
    /// The text that it was read from.
    pub source: Source,
}

/// What runs in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WorkloadKind {
    /// A model that is hosted.
    Model,
    /// A training job.
    TrainingJob,
    /// A processing job.
    ProcessingJob,
}

impl Workload {
    /// Reads the request of `CreateModel`, `CreateTrainingJob` or `CreateProcessingJob`, or what describes one.
    ///
    /// # Errors
    /// [`Problem`]s, when it is none of these or in no VPC.
    pub fn read(source: &Source, limits: &Limits) -> Result<Self, Vec<Problem>> {
        let at = |span| Place { source: source.clone(), span };
        let parsed = json::parse(source, limits);
        let problems: Vec<Problem> = parsed
            .errors
            .into_iter()
            .map(|error| Problem { kind: ProblemKind::Json(error.kind), place: at(error.span) })
            .collect();
        let [document] = parsed.documents.as_slice() else {
            let span = parsed.documents.get(1).map_or(polsim_text::Span::at(0), |second| second.span);
            let no_model = Problem { kind: ProblemKind::NoModel, place: at(span) };
            return Err(if problems.is_empty() { vec![no_model] } else { problems });
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let problems = RefCell::new(Vec::new());
        let workload = Self::of(Fields::new(document, source, "a model", &problems));
        let problems = problems.into_inner();
        workload.filter(|_| problems.is_empty()).ok_or(problems)
    }

    fn of(fields: Fields<'_>) -> Option<Self> {
        let kinds = [
            ("ModelName", WorkloadKind::Model),
            ("TrainingJobName", WorkloadKind::TrainingJob),
            ("ProcessingJobName", WorkloadKind::ProcessingJob),
        ];
        let found = kinds.into_iter().find(|(member, _)| fields.get(member).is_some());
        let Some((member, kind)) = found else {
            fields.problem(ProblemKind::NoModel, fields.node.span);
            return None;
        };
        let network = fields.object("NetworkConfig", "a network configuration").unwrap_or(fields);
        let Some(vpc) = network.object("VpcConfig", "`VpcConfig`") else {
            fields.problem(ProblemKind::NoVpcConfig, fields.node.span);
            return None;
        };
        for list in ["Subnets", "SecurityGroupIds"] {
            if vpc.get(list).is_none() {
                vpc.required(if list == "Subnets" { "Subnets" } else { "SecurityGroupIds" });
            }
        }
        let role = if kind == WorkloadKind::Model { "ExecutionRoleArn" } else { "RoleArn" };
        let cluster = match kind {
            WorkloadKind::ProcessingJob => fields
                .object("ProcessingResources", "the resources of a job")
                .and_then(|resources| resources.object("ClusterConfig", "the cluster of a job")),
            _ => fields.object("ResourceConfig", "the resources of a job"),
        };
        let mut containers: Vec<Fields<'_>> = fields.list("Containers", "a container of a model");
        for single in ["PrimaryContainer", "AlgorithmSpecification", "AppSpecification"] {
            containers.extend(fields.object(single, "a container"));
        }
        let said = |members: &[&str]| {
            let all = containers.iter().flat_map(|container| {
                members.iter().filter_map(|member| container.text(member).zip(container.get(member)))
            });
            all.map(|(text, node)| (text, place(fields, node.span))).collect()
        };
        Some(Self {
            kind,
            name: fields.text(member)?,
            role: fields
                .text(role)
                .zip(fields.get(role))
                .map(|(text, node)| (text, place(fields, node.span))),
            subnets: vpc.texts("Subnets"),
            groups: vpc.texts("SecurityGroupIds"),
            instances: cluster
                .and_then(|cluster| cluster.number("InstanceCount"))
                .and_then(|count| u64::try_from(count).ok()),
            is_isolated: network.flag("EnableNetworkIsolation") == Some(true),
            images: said(&["Image", "TrainingImage", "ImageUri"]),
            data: said(&["ModelDataUrl"]),
            place: vpc.place_of(&["Subnets"]),
            source: fields.source.clone(),
        })
    }
}

fn place(fields: Fields<'_>, span: polsim_text::Span) -> Place {
    Place { source: fields.source.clone(), span }
}

impl WorkloadKind {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::TrainingJob => "training job",
            Self::ProcessingJob => "processing job",
        }
    }
}
