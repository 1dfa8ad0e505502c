//! Buckets of AWS that workloads need to reach, `{region}` for the Region. As of 2026, from AWS's data perimeter examples
//! and the guide of SageMaker; AWS adds to them and publishes no full list.

/// A bucket of AWS.
pub(crate) struct AwsBucket {
    /// Who needs it: the word in the setting `workloads`.
    pub(crate) workload: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
}

impl AwsBucket {
    /// The name in a Region.
    pub(crate) fn with(&self, region: &str) -> String {
        self.name.replace("{region}", region)
    }
}

const fn bucket(workload: &'static str, name: &'static str) -> AwsBucket {
    AwsBucket { workload, name }
}

pub(crate) const AWS_BUCKETS: [AwsBucket; 31] = [
    bucket("amazon-linux-1", "packages.{region}.amazonaws.com"),
    bucket("amazon-linux-1", "repo.{region}.amazonaws.com"),
    bucket("amazon-linux-2", "amazonlinux.{region}.amazonaws.com"),
    bucket("amazon-linux-2", "amazonlinux-2-repos-{region}"),
    bucket("amazon-linux-2023", "al2023-repos-{region}-de612dc2"),
    bucket("emr", "repo.{region}.emr.amazonaws.com"),
    bucket("ecr", "prod-{region}-starport-layer-bucket"),
    bucket("sagemaker-jumpstart", "jumpstart-cache-prod-{region}"),
    bucket("ssm", "aws-ssm-{region}"),
    bucket("ssm", "amazon-ssm-{region}"),
    bucket("ssm", "amazon-ssm-packages-{region}"),
    bucket("ssm", "{region}-birdwatcher-prod"),
    bucket("ssm", "aws-ssm-distributor-file-{region}"),
    bucket("ssm", "aws-ssm-document-attachments-{region}"),
    bucket("ssm-patch", "patch-baseline-snapshot-{region}"),
    bucket("ssm-patch", "aws-patchmanager-macos-{region}"),
    bucket("ec2-windows", "aws-windows-downloads-{region}"),
    bucket("cloudwatch-agent", "amazoncloudwatch-agent-{region}"),
    bucket("cloudwatch-agent", "amazoncloudwatch-agent"),
    bucket("codedeploy", "aws-codedeploy-{region}"),
    bucket("imagebuilder", "ec2imagebuilder-toe-{region}-prod"),
    bucket("imagebuilder", "ec2imagebuilder-managed-resources-{region}-prod"),
    bucket("cloudformation", "cloudformation-waitcondition-{region}"),
    bucket("enclaves", "aws-ec2-enclave-certificate-{region}-prod"),
    bucket("elasticbeanstalk", "elasticbeanstalk-samples-{region}"),
    bucket("elasticbeanstalk", "elasticbeanstalk-platform-assets-{region}"),
    bucket("elasticbeanstalk", "elasticbeanstalk-env-resources-{region}"),
    bucket("mgn", "aws-mgn-clients-{region}"),
    bucket("mgn", "aws-application-migration-service-{region}"),
    bucket("drs", "aws-drs-clients-{region}"),
    bucket("drs", "aws-elastic-disaster-recovery-{region}"),
];
