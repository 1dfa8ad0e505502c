//! Ways from what somebody may do to what an administrator may do.
//!
//! A newcomer would doubt that the list has fewer rows than the lists of others: a row that asks for all actions of
//! another row and some more finds nothing that the other does not, and is left out.

/// A way to become an administrator. Facts as of 2026-11, by Rhino Security Labs, cloudsplaining and pathfinding.cloud.
#[derive(Clone, Copy, Debug)]
pub(super) struct Method {
    /// What somebody does, as the end of “whoever has this can …”.
    pub(super) how: &'static str,
    /// The service that gets a role of the caller's choice, where the way needs one.
    pub(super) passes_to: Option<&'static str>,
    /// What has to be allowed, and on what.
    pub(super) needs: &'static [(&'static str, On)],
}

/// What an action has to be allowed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum On {
    /// Anything: what is made is the caller's own.
    Any,
    /// A user, role, group or policy of IAM that the policy does not mean.
    Iam(&'static str),
    /// Such a one, or the caller itself.
    IamOrSelf(&'static str, &'static str),
    /// Something that is there and that the policy does not mean, as a pattern of ARNs.
    Existing(&'static str),
}

const USER: On = On::Iam("user/other-user");
const ROLE: On = On::Iam("role/other-role");
const GROUP: On = On::Iam("group/other-group");
const POLICY: On = On::Iam("policy/other-policy");
const USER_OR_SELF: On = On::IamOrSelf("user/other-user", "user/caller");
const ROLE_OR_SELF: On = On::IamOrSelf("role/other-role", "role/caller");
const FUNCTION: On = On::Existing("arn:*:lambda:*:*:function:other-function");
const INSTANCE: On = On::Existing("arn:*:ec2:*:*:instance/i-0fedcba9876543210");
/// The document of AWS that runs whatever commands it is given.
const SHELL_SCRIPT: On = On::Existing("arn:*:ssm:*:*:document/AWS-RunShellScript");
const TEMPLATE: On = On::Existing("arn:*:ec2:*:*:launch-template/lt-0fedcba9876543210");
const STACK: On = On::Existing("arn:*:cloudformation:*:*:stack/other-stack/0fedcba9");
const STACK_SET: On = On::Existing("arn:*:cloudformation:*:*:stackset/other-set:0fedcba9");
const DEV_ENDPOINT: On = On::Existing("arn:*:glue:*:*:devEndpoint/other-endpoint");
const JOB: On = On::Existing("arn:*:glue:*:*:job/other-job");
const PROJECT: On = On::Existing("arn:*:codebuild:*:*:project/other-project");
const NOTEBOOK: On = On::Existing("arn:*:sagemaker:*:*:notebook-instance/other-notebook");
const TASK: On = On::Existing("arn:*:ecs:*:*:task/other-cluster/0fedcba9");
const SERVICE: On = On::Existing("arn:*:apprunner:*:*:service/other-service/0fedcba9");
const INTERPRETER: On = On::Existing("arn:*:bedrock-agentcore:*:*:code-interpreter/other-interpreter");

/// Something done to IAM or to what is there already.
const fn directly(how: &'static str, needs: &'static [(&'static str, On)]) -> Method {
    Method { how, passes_to: None, needs }
}

/// Something made with a role of the caller's choice.
const fn passing(how: &'static str, service: &'static str, needs: &'static [(&'static str, On)]) -> Method {
    Method { how, passes_to: Some(service), needs }
}

pub(super) const METHODS: &[Method] = &[
    directly("change a managed policy", &[("iam:CreatePolicyVersion", POLICY)]),
    directly("bring an older version of a managed policy back", &[("iam:SetDefaultPolicyVersion", POLICY)]),
    directly("attach a policy to a user", &[("iam:AttachUserPolicy", USER_OR_SELF)]),
    directly("attach a policy to a group", &[("iam:AttachGroupPolicy", GROUP)]),
    directly("attach a policy to a role", &[("iam:AttachRolePolicy", ROLE_OR_SELF)]),
    directly("write a policy into a user", &[("iam:PutUserPolicy", USER_OR_SELF)]),
    directly("write a policy into a group", &[("iam:PutGroupPolicy", GROUP)]),
    directly("write a policy into a role", &[("iam:PutRolePolicy", ROLE_OR_SELF)]),
    directly("join a group", &[("iam:AddUserToGroup", GROUP)]),
    directly("make an access key for another user", &[("iam:CreateAccessKey", USER)]),
    directly("give another user a password", &[("iam:CreateLoginProfile", USER)]),
    directly("change the password of another user", &[("iam:UpdateLoginProfile", USER)]),
    directly("let itself assume any role", &[("iam:UpdateAssumeRolePolicy", ROLE)]),
    directly("change the code of any function", &[("lambda:UpdateFunctionCode", FUNCTION)]),
    directly("put a key of its own on a development endpoint", &[("glue:UpdateDevEndpoint", DEV_ENDPOINT)]),
    directly(
        "change any stack with the stack's own role",
        &[("cloudformation:CreateChangeSet", STACK), ("cloudformation:ExecuteChangeSet", STACK)],
    ),
    directly("update any stack with the stack's own role", &[("cloudformation:UpdateStack", STACK)]),
    directly(
        "start any instance with a script of its own",
        &[
            ("ec2:ModifyInstanceAttribute", INSTANCE),
            ("ec2:StopInstances", INSTANCE),
            ("ec2:StartInstances", INSTANCE),
        ],
    ),
    directly(
        "have new instances run a script of its own",
        &[("ec2:CreateLaunchTemplateVersion", TEMPLATE), ("ec2:ModifyLaunchTemplate", TEMPLATE)],
    ),
    directly("sign in to any instance", &[("ec2-instance-connect:SendSSHPublicKey", INSTANCE)]),
    directly(
        "run commands on any instance",
        &[("ssm:SendCommand", INSTANCE), ("ssm:SendCommand", SHELL_SCRIPT)],
    ),
    directly("open a session on any instance", &[("ssm:StartSession", INSTANCE)]),
    directly("run commands in any container", &[("ecs:ExecuteCommand", TASK), ("ecs:DescribeTasks", TASK)]),
    directly("run a build of any project with a build file of its own", &[("codebuild:StartBuild", PROJECT)]),
    directly("open any notebook", &[("sagemaker:CreatePresignedNotebookInstanceUrl", NOTEBOOK)]),
    directly(
        "have any notebook start with a script of its own",
        &[
            ("sagemaker:CreateNotebookInstanceLifecycleConfig", On::Any),
            ("sagemaker:StopNotebookInstance", NOTEBOOK),
            ("sagemaker:UpdateNotebookInstance", NOTEBOOK),
            ("sagemaker:StartNotebookInstance", NOTEBOOK),
        ],
    ),
    directly("update any App Runner service with its role", &[("apprunner:UpdateService", SERVICE)]),
    directly(
        "run code in any code interpreter of Bedrock",
        &[
            ("bedrock-agentcore:StartCodeInterpreterSession", INTERPRETER),
            ("bedrock-agentcore:InvokeCodeInterpreter", INTERPRETER),
        ],
    ),
    passing("start an instance with any role", "ec2.amazonaws.com", &[("ec2:RunInstances", On::Any)]),
    passing(
        "ask for a spot instance with any role",
        "ec2.amazonaws.com",
        &[("ec2:RequestSpotInstances", On::Any)],
    ),
    passing(
        "run a function with any role",
        "lambda.amazonaws.com",
        &[("lambda:CreateFunction", On::Any), ("lambda:InvokeFunction", On::Any)],
    ),
    passing(
        "have a function with any role run by an event",
        "lambda.amazonaws.com",
        &[("lambda:CreateFunction", On::Any), ("lambda:CreateEventSourceMapping", On::Any)],
    ),
    passing(
        "have a function with any role run by whom it likes",
        "lambda.amazonaws.com",
        &[("lambda:CreateFunction", On::Any), ("lambda:AddPermission", On::Any)],
    ),
    passing(
        "make a development endpoint with any role",
        "glue.amazonaws.com",
        &[("glue:CreateDevEndpoint", On::Any)],
    ),
    passing(
        "run a Glue job with any role",
        "glue.amazonaws.com",
        &[("glue:CreateJob", On::Any), ("glue:StartJobRun", On::Any)],
    ),
    passing(
        "have a Glue job with any role run by a trigger",
        "glue.amazonaws.com",
        &[("glue:CreateJob", On::Any), ("glue:CreateTrigger", On::Any)],
    ),
    passing(
        "run any Glue job with any role",
        "glue.amazonaws.com",
        &[("glue:UpdateJob", JOB), ("glue:StartJobRun", JOB)],
    ),
    passing(
        "have any Glue job with any role run by a trigger",
        "glue.amazonaws.com",
        &[("glue:UpdateJob", JOB), ("glue:CreateTrigger", On::Any)],
    ),
    passing(
        "make a stack with any role",
        "cloudformation.amazonaws.com",
        &[("cloudformation:CreateStack", On::Any)],
    ),
    passing(
        "make a stack set with any role",
        "cloudformation.amazonaws.com",
        &[("cloudformation:CreateStackSet", On::Any), ("cloudformation:CreateStackInstances", On::Any)],
    ),
    passing(
        "update any stack set with any role",
        "cloudformation.amazonaws.com",
        &[("cloudformation:UpdateStackSet", STACK_SET)],
    ),
    passing(
        "make a data pipeline with any role",
        "datapipeline.amazonaws.com",
        &[("datapipeline:CreatePipeline", On::Any)],
    ),
    passing(
        "run a build with any role",
        "codebuild.amazonaws.com",
        &[("codebuild:CreateProject", On::Any), ("codebuild:StartBuild", On::Any)],
    ),
    passing(
        "run a batch of builds with any role",
        "codebuild.amazonaws.com",
        &[("codebuild:CreateProject", On::Any), ("codebuild:StartBuildBatch", On::Any)],
    ),
    passing(
        "run a container with any role",
        "ecs-tasks.amazonaws.com",
        &[("ecs:RegisterTaskDefinition", On::Any), ("ecs:RunTask", On::Any)],
    ),
    passing(
        "start a container with any role on an instance",
        "ecs-tasks.amazonaws.com",
        &[("ecs:RegisterTaskDefinition", On::Any), ("ecs:StartTask", On::Any)],
    ),
    passing(
        "keep a container with any role running",
        "ecs-tasks.amazonaws.com",
        &[("ecs:RegisterTaskDefinition", On::Any), ("ecs:CreateService", On::Any)],
    ),
    passing(
        "run an App Runner service with any role",
        "tasks.apprunner.amazonaws.com",
        &[("apprunner:CreateService", On::Any)],
    ),
    passing(
        "open a notebook with any role",
        "sagemaker.amazonaws.com",
        &[("sagemaker:CreateNotebookInstance", On::Any)],
    ),
    passing(
        "run a training job with any role",
        "sagemaker.amazonaws.com",
        &[("sagemaker:CreateTrainingJob", On::Any)],
    ),
    passing(
        "run a processing job with any role",
        "sagemaker.amazonaws.com",
        &[("sagemaker:CreateProcessingJob", On::Any)],
    ),
    passing(
        "run code in a code interpreter with any role",
        "bedrock-agentcore.amazonaws.com",
        &[
            ("bedrock-agentcore:CreateCodeInterpreter", On::Any),
            ("bedrock-agentcore:StartCodeInterpreterSession", On::Any),
            ("bedrock-agentcore:InvokeCodeInterpreter", On::Any),
        ],
    ),
];
