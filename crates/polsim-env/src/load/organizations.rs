//! `aws organizations …`: the tree, its accounts, its policies and where they hang.
//!
//! Several of these commands do not repeat what they were asked about: `list-parents` prints the parent and not the
//! child. The name of the file tells it then (`list-parents.111122223333.json`). One file may have the members of many
//! outputs; then units and accounts have a `ParentId`, and `Attachments` list policies by target.

use super::page::tell_truncated;
use super::{
    AccountFact, Attachment, Diagnosis, Loaded, Loader, Object, OrganizationPolicyFact, Sniffed, Told,
    UnitFact,
};
use crate::hang::Place;
use polsim_policy::PolicyType;
use polsim_text::Span;
use polsim_text::json::Node;

/// The commands whose output may be empty, and is named for what they were asked about.
const COMMANDS: [&str; 5] = [
    "list-accounts-for-parent",
    "list-children",
    "list-organizational-units-for-parent",
    "list-policies-for-target",
    "list-targets-for-policy",
];

/// Outputs of AWS Organizations.
pub(super) struct Organizations;

impl Loader for Organizations {
    fn name(&self) -> &'static str {
        "organizations"
    }

    fn about(&self) -> &'static str {
        "aws organizations describe-organization, list-roots, list-organizational-units-for-parent, list-accounts, \
         list-accounts-for-parent, list-parents, list-children, describe-policy, list-policies-for-target, \
         list-targets-for-policy"
    }

    fn recognizes(&self, document: &Sniffed<'_>) -> bool {
        let Some(node) = document.documents.first() else { return false };
        let first = |list: &str| node.get(list).and_then(|list| list.items()?.first());
        let begins = |node: Option<&Node>, member: &str, start: &str| {
            node.and_then(|node| node.get(member)?.as_str()).is_some_and(|text| text.starts_with(start))
        };
        let is_account = |node: Option<&Node>| {
            node.and_then(|node| node.get("Arn")?.as_str()).is_some_and(|arn| arn.contains(":organizations:"))
        };
        begins(node.get("Organization"), "Id", "o-")
            || begins(first("Roots"), "Id", "r-")
            || document.has_any(&["OrganizationalUnits", "OrganizationalUnit"])
            || is_account(first("Accounts"))
            || is_account(node.get("Account"))
            || first("Policies").is_some_and(|policy| policy.get("AwsManaged").is_some())
            || node.get("Policy").is_some_and(|policy| policy.get("PolicySummary").is_some())
            || first("Targets").is_some_and(|target| target.get("TargetId").is_some())
            || begins(first("Parents"), "Type", "")
            || begins(first("Children"), "Type", "")
            || COMMANDS.iter().any(|command| document.subject(command).is_some())
    }

    fn load(&self, documents: &Sniffed<'_>, loaded: &mut Loaded) {
        for node in documents.documents {
            let document = Object { host: documents.host, form: documents.form, node };
            Output { documents, document, loaded }.read();
        }
        tell_truncated(documents, loaded);
    }
}

/// One output.
struct Output<'a, 'l> {
    documents: &'a Sniffed<'a>,
    document: Object<'a>,
    loaded: &'l mut Loaded,
}

impl<'a> Output<'a, '_> {
    fn read(&mut self) {
        if let Some(organization) = self.document.get("Organization") {
            let facts = &mut self.loaded.facts.organization;
            facts.id = facts.id.take().or_else(|| organization.text("Id"));
            let management =
                organization.text("MasterAccountId").or_else(|| organization.text("ManagementAccountId"));
            facts.management = facts.management.take().or(management);
        }
        for root in self.document.list("Roots", self.loaded) {
            self.unit(root, None);
        }
        let parent = self.subject("list-organizational-units-for-parent");
        let one = self.document.get("OrganizationalUnit");
        for unit in self.document.list("OrganizationalUnits", self.loaded).chain(one) {
            self.unit(unit, parent.clone());
        }
        let parent = self.subject("list-accounts-for-parent");
        let one = self.document.get("Account").filter(|account| account.get("Id").is_some());
        for account in self.document.list("Accounts", self.loaded).chain(one) {
            let Some(id) = account.needed("Id", self.loaded) else { continue };
            let parent = account.text("ParentId").or_else(|| parent.clone());
            self.loaded.facts.accounts.push(AccountFact { id, parent });
        }
        let target = self.subject("list-policies-for-target");
        for policy in self.document.list("Policies", self.loaded) {
            self.policy(policy, policy, target.clone());
        }
        if let Some(policy) = self.document.get("Policy")
            && let Some(summary) = policy.get("PolicySummary")
        {
            self.policy(summary, policy, None);
        }
        self.targets();
        self.relatives();
    }

    /// What the command was asked about.
    fn subject(&self, command: &str) -> Option<Told<String>> {
        let subject = self.documents.subject(command)?;
        Some(Told::new(subject.to_owned(), self.beginning()))
    }

    /// What the command was asked about, when nothing else tells it.
    fn needed_subject(&mut self, command: &'static str) -> Option<Told<String>> {
        let subject = self.subject(command);
        if subject.is_none() {
            let place = self.beginning();
            self.loaded.problem(Diagnosis::NoSubject(command), &place.source, place.span);
        }
        subject
    }

    fn beginning(&self) -> Place {
        let start = self.document.node.span.start();
        self.document.place(Span::new(start, start + 1))
    }

    fn unit(&mut self, unit: Object<'_>, parent: Option<Told<String>>) {
        let Some(id) = unit.needed("Id", self.loaded) else { return };
        let name = unit.text("Name").map(|name| name.value);
        let parent = unit.text("ParentId").or(parent);
        self.loaded.facts.organization.units.push(UnitFact { id, name, parent });
    }

    fn policy(&mut self, summary: Object<'_>, whole: Object<'_>, target: Option<Told<String>>) {
        let Some(id) = summary.needed("Id", self.loaded) else { return };
        let (policy_type, what) = match summary.text("Type").as_ref().map(|told| told.value.as_str()) {
            Some("SERVICE_CONTROL_POLICY") => (PolicyType::Scp, "service control policy"),
            Some("RESOURCE_CONTROL_POLICY") => (PolicyType::Rcp, "resource control policy"),
            // Tags, backups and so on: no access.
            _ => return,
        };
        let is_of_aws = summary.flag("AwsManaged") == Some(true);
        let text = whole.get("Content").and_then(|_| {
            let own = summary.text("Name").map_or_else(|| id.value.clone(), |name| name.value);
            // AWS's own resource control policy is in force without being asked, and would not be taken from anybody else.
            if is_of_aws && policy_type == PolicyType::Rcp {
                return None;
            }
            let name = format!("{what} {own} ({})", id.value);
            whole.policy("Content", &name, policy_type, self.loaded)
        });
        let facts = &mut self.loaded.facts.organization;
        if let Some(target) = target {
            let policy_type = Some(policy_type);
            facts.attachments.push(Attachment { policy: id.clone(), policy_type, target });
        }
        facts.policies.push(OrganizationPolicyFact { id, policy_type, text });
    }

    fn targets(&mut self) {
        if self.document.get("Targets").is_some()
            && let Some(policy) = self.needed_subject("list-targets-for-policy")
        {
            for target in self.document.list("Targets", self.loaded) {
                let Some(target) = target.needed("TargetId", self.loaded) else { continue };
                let attachment = Attachment { policy: policy.clone(), policy_type: None, target };
                self.loaded.facts.organization.attachments.push(attachment);
            }
        }
        for attachment in self.document.list("Attachments", self.loaded) {
            let Some(target) = attachment.needed("TargetId", self.loaded) else { continue };
            for policy in attachment.list("PolicyIds", self.loaded).filter_map(|policy| policy.as_told()) {
                let attachment = Attachment { policy, policy_type: None, target: target.clone() };
                self.loaded.facts.organization.attachments.push(attachment);
            }
        }
    }

    /// `list-parents` and `list-children`.
    fn relatives(&mut self) {
        if self.document.get("Parents").is_some()
            && let Some(child) = self.needed_subject("list-parents")
        {
            for parent in self.document.list("Parents", self.loaded) {
                let parent = parent.needed("Id", self.loaded);
                self.child(child.clone(), parent);
            }
        }
        if self.document.get("Children").is_some()
            && let Some(parent) = self.needed_subject("list-children")
        {
            for child in self.document.list("Children", self.loaded) {
                if let Some(child) = child.needed("Id", self.loaded) {
                    self.child(child, Some(parent.clone()));
                }
            }
        }
    }

    fn child(&mut self, id: Told<String>, parent: Option<Told<String>>) {
        if id.value.starts_with("ou-") {
            self.loaded.facts.organization.units.push(UnitFact { id, name: None, parent });
        } else {
            self.loaded.facts.accounts.push(AccountFact { id, parent });
        }
    }
}
