//! A request as people write it.

use polsim_arn::ActionName;
use polsim_eval::{Context, KeyState, Principal, Request, Unstated};
use polsim_policy::ConditionKey;
use polsim_report::{Entry, Level};

/// A request as people write it.
#[derive(Clone, Debug)]
pub struct RequestText {
    /// Who asks.
    pub principal: String,
    /// What is to be done.
    pub action: String,
    /// To what; `*` when left out.
    pub resource: Option<String>,
    /// The account that owns the resource.
    pub resource_account: Option<String>,
    /// The way: `gateway:vpce-…`, `interface:vpce-…`, `internet:ADDRESS`, or what the environment knows by name.
    pub via: Option<String>,
    /// The keys that are stated.
    pub context: Vec<(ConditionKey, KeyState)>,
}

impl RequestText {
    /// A request that states nothing but who asks and for what.
    #[must_use]
    pub fn new(principal: &str, action: &str) -> Self {
        Self {
            principal: principal.to_owned(),
            action: action.to_owned(),
            resource: None,
            resource_account: None,
            via: None,
            context: Vec::new(),
        }
    }

    /// The same on a resource.
    #[must_use]
    pub fn on(mut self, resource: &str) -> Self {
        self.resource = Some(resource.to_owned());
        self
    }

    /// The same with a condition key that has one value; a name without a prefix is that of no key, and states none.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.context.extend(ConditionKey::new(key).map(|key| (key, KeyState::One(value.to_owned()))));
        self
    }

    /// The request, before what follows from it is filled in.
    ///
    /// # Errors
    /// What is no principal, no action, or stated twice.
    pub fn read(&self, is_closed: bool) -> Result<Request, Vec<Entry>> {
        let mut wrong = Vec::new();
        let action = ActionName::parse(&self.action).map_err(|error| {
            wrong.push(
                Entry::new(
                    Level::Error,
                    format!("`{}` is not the action of a request: {error}", self.action),
                )
                .with_code("INP011")
                .with_help("write one action, such as `s3:GetObject`; `polsim check` takes wildcards"),
            );
        });
        let principal = Principal::read(&self.principal);
        if principal.is_none() {
            wrong.push(
                Entry::new(Level::Error, format!("`{}` is no principal", self.principal)).with_code("INP013").with_help(
                    "write the ARN of a user, role or session, a 12-digit account (its root user), a service such as \
                     `ec2.amazonaws.com`, or `anonymous`",
                ),
            );
        }
        if let Some(account) = self.resource_account.as_deref().filter(|account| !is_account(account)) {
            let text = format!("`{account}` is no account: an account is 12 digits");
            wrong.push(Entry::new(Level::Error, text).with_code("INP014"));
        }
        let context = self.stated(is_closed).unwrap_or_else(|entries| {
            wrong.extend(entries);
            Context::default()
        });
        let (Ok(action), Some(principal), true) = (action, principal, wrong.is_empty()) else {
            return Err(wrong);
        };
        let mut request = Request::of(principal, action);
        if let Some(resource) = &self.resource {
            request.resource.clone_from(resource);
        }
        request.resource_account.clone_from(&self.resource_account);
        request.context = context;
        Ok(request)
    }

    /// The keys that are stated.
    ///
    /// # Errors
    /// A key is stated twice (S3.2.3).
    pub(crate) fn stated(&self, is_closed: bool) -> Result<Context, Vec<Entry>> {
        let mut context = Context::new(if is_closed { Unstated::Absent } else { Unstated::Open });
        let mut wrong = Vec::new();
        for (key, state) in &self.context {
            if let Err(error) = context.state(key.clone(), state.clone()) {
                wrong.push(Entry::new(Level::Error, error.to_string()).with_code("INP020"));
            }
        }
        if wrong.is_empty() { Ok(context) } else { Err(wrong) }
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
