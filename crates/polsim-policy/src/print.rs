//! Policies back to text, in one canonical form.
//!
//! Two policies that are equal print alike: spans are gone, one-element lists are bare strings, and elements stand
//! in a fixed order. The order of statements, operators, keys and values is kept.

use crate::{
    Condition, ConditionValue, Element, ElementName, KeyBlock, OperatorBlock, Policy, Principal,
    PrincipalEntry, PrincipalType, ScalarKind, Statement,
};
use polsim_text::Spanned;

/// The canonical JSON text of a policy, indented by two blanks, with a line break at the end.
#[must_use]
pub fn print(policy: &Policy) -> String {
    let mut members = Vec::new();
    let mut add = |element: ElementName, value: Tree| members.push((element.as_str().to_owned(), value));
    if let Some(version) = policy.version {
        add(ElementName::Version, string(version.value.as_str()));
    }
    if let Some(id) = &policy.id {
        add(ElementName::Id, string(&id.value));
    }
    add(ElementName::Statement, Tree::List(policy.statements.iter().map(statement).collect()));
    let mut text = String::new();
    Tree::Object(members).write(0, &mut text);
    text.push('\n');
    text
}

/// JSON that is still to be laid out.
enum Tree {
    /// A scalar as its JSON text.
    Scalar(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// A list, or the thing itself when there is one.
    fn one_or_many(mut items: Vec<Self>) -> Self {
        match items.pop() {
            Some(single) if items.is_empty() => single,
            Some(last) => {
                items.push(last);
                Self::List(items)
            }
            None => Self::List(items),
        }
    }

    fn write(&self, depth: usize, text: &mut String) {
        let line = |depth: usize, text: &mut String| {
            text.push('\n');
            text.extend(std::iter::repeat_n("  ", depth));
        };
        match self {
            Self::Scalar(scalar) => text.push_str(scalar),
            Self::List(items) if items.is_empty() => text.push_str("[]"),
            Self::Object(members) if members.is_empty() => text.push_str("{}"),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    text.push(if index == 0 { '[' } else { ',' });
                    line(depth + 1, text);
                    item.write(depth + 1, text);
                }
                line(depth, text);
                text.push(']');
            }
            Self::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push(if index == 0 { '{' } else { ',' });
                    line(depth + 1, text);
                    text.push_str(&quoted(name));
                    text.push_str(": ");
                    value.write(depth + 1, text);
                }
                line(depth, text);
                text.push('}');
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn string(text: &str) -> Tree {
    Tree::Scalar(quoted(text))
}

fn statement(statement: &Statement) -> Tree {
    let mut members = Vec::new();
    let mut add = |element: ElementName, value: Tree| members.push((element.as_str().to_owned(), value));
    if let Some(sid) = &statement.sid {
        add(ElementName::Sid, string(&sid.value.0));
    }
    add(ElementName::Effect, string(statement.effect.value.as_str()));
    if let Some(element) = &statement.principal {
        add(named(element, ElementName::Principal, ElementName::NotPrincipal), principal(element.listed()));
    }
    let actions = statement.action.listed().iter().map(|action| string(action.value.as_str())).collect();
    add(named(&statement.action, ElementName::Action, ElementName::NotAction), Tree::one_or_many(actions));
    if let Some(element) = &statement.resource {
        let resources = element.listed().iter().map(|resource| string(&resource.value)).collect();
        add(named(element, ElementName::Resource, ElementName::NotResource), Tree::one_or_many(resources));
    }
    if !statement.condition.blocks.is_empty() {
        add(ElementName::Condition, condition(&statement.condition));
    }
    Tree::Object(members)
}

fn named<T>(element: &Element<T>, plain: ElementName, negated: ElementName) -> ElementName {
    if element.is_negated() { negated } else { plain }
}

/// Entries of one type stand together; a type whose list is empty leaves no trace in the syntax tree.
fn principal(principal: &Principal) -> Tree {
    let entries = match principal {
        Principal::Everyone => return string("*"),
        Principal::Entries(entries) => entries,
    };
    let of_type = |principal_type: PrincipalType| -> Vec<&PrincipalEntry> {
        entries.iter().filter(|entry| entry.principal_type == principal_type).collect()
    };
    let mut members = Vec::new();
    let mut written: Vec<PrincipalType> = Vec::new();
    for entry in entries {
        let principal_type = entry.principal_type;
        if !written.contains(&principal_type) {
            written.push(principal_type);
            let values = of_type(principal_type).iter().map(|entry| string(&entry.value.value)).collect();
            members.push((principal_type.as_str().to_owned(), Tree::one_or_many(values)));
        }
    }
    Tree::Object(members)
}

fn condition(condition: &Condition) -> Tree {
    let keys = |block: &OperatorBlock| Tree::Object(block.keys.iter().map(key_block).collect());
    let blocks = condition.blocks.iter();
    Tree::Object(blocks.map(|block| (block.operator.value.to_string(), keys(block))).collect())
}

fn key_block(block: &KeyBlock) -> (String, Tree) {
    let values = block.values.iter().map(value).collect();
    (block.key.value.as_str().to_owned(), Tree::one_or_many(values))
}

fn value(value: &Spanned<ConditionValue>) -> Tree {
    match value.value.kind {
        ScalarKind::String => string(&value.value.text),
        ScalarKind::Number | ScalarKind::Bool => Tree::Scalar(value.value.text.clone()),
    }
}
