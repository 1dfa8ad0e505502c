//! The parts of a template that others refer to.

use crate::load::Sniffed;
use polsim_text::Span;
use polsim_text::json::{Node, NodeKind};
use std::collections::BTreeMap;

/// A template.
pub(super) struct Template<'t> {
    pub(super) parameters: BTreeMap<String, Parameter>,
    pub(super) resources: BTreeMap<String, Resource<'t>>,
    pub(super) mappings: Option<&'t Node>,
    pub(super) conditions: Option<&'t Node>,
    /// Whether SAM adds properties to resources.
    pub(super) has_globals: bool,
    given: &'t BTreeMap<String, String>,
}

/// A parameter with the value that it has, if it has one.
pub(super) struct Parameter {
    pub(super) value: Option<String>,
    pub(super) is_list: bool,
}

/// A resource.
pub(super) struct Resource<'t> {
    /// Its type, such as `AWS::IAM::Role`.
    pub(super) kind: &'t str,
    pub(super) properties: Option<&'t Node>,
    /// The condition under which it is made.
    pub(super) condition: Option<&'t Node>,
    pub(super) node: &'t Node,
}

impl<'t> Template<'t> {
    /// Takes a template apart; `given` are values of parameters.
    pub(super) fn of(node: &'t Node, given: &'t BTreeMap<String, String>) -> Self {
        let members = |name: &str| node.get(name).and_then(Node::members).unwrap_or_default();
        let parameters = members("Parameters").iter().map(|member| {
            let name = member.key.value.clone();
            let kind = member.value.get("Type").and_then(Node::as_str).unwrap_or_default();
            // The default of such a parameter names the one that holds the value.
            let is_looked_up = kind.starts_with("AWS::SSM::Parameter::Value");
            let default = member.value.get("Default").filter(|_| !is_looked_up).and_then(scalar);
            let value = given.get(&name).cloned().or(default);
            (name, Parameter { value, is_list: kind.contains("List<") || kind == "CommaDelimitedList" })
        });
        let resources = members("Resources").iter().filter_map(|member| {
            let resource = Resource {
                kind: member.value.get("Type").and_then(Node::as_str)?,
                properties: member.value.get("Properties"),
                condition: member.value.get("Condition"),
                node: &member.value,
            };
            Some((member.key.value.clone(), resource))
        });
        Self {
            parameters: parameters.collect(),
            resources: resources.collect(),
            mappings: node.get("Mappings"),
            conditions: node.get("Conditions"),
            has_globals: node.get("Globals").is_some(),
            given,
        }
    }

    /// The value that is given for a pseudo parameter.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }

    /// All that can be referred to.
    pub(super) fn names(&self) -> Vec<String> {
        let pseudo = [
            "AWS::AccountId",
            "AWS::NoValue",
            "AWS::Partition",
            "AWS::Region",
            "AWS::StackId",
            "AWS::StackName",
            "AWS::URLSuffix",
        ];
        let own = self.parameters.keys().chain(self.resources.keys()).cloned();
        own.chain(pseudo.map(str::to_owned)).collect()
    }
}

impl Resource<'_> {
    pub(super) fn property(&self, name: &str) -> Option<&Node> {
        self.properties?.get(name)
    }

    /// Whether it is a function for which SAM makes a role.
    pub(super) fn has_own_role(&self) -> bool {
        self.kind == "AWS::Serverless::Function" && self.property("Role").is_none()
    }
}

/// A scalar as the text that a parameter is.
fn scalar(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::String(text) | NodeKind::Number(text) => Some(text.clone()),
        NodeKind::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The first line of a part of a template, as a place.
pub(super) fn beginning(documents: &Sniffed<'_>, node: &Node) -> Span {
    let start = node.span.start();
    let line = documents.source().text().get(start..).and_then(|text| text.lines().next());
    Span::new(start, start + line.map_or(0, str::len))
}
