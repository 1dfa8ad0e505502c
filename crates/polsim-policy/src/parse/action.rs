//! `Action` and `NotAction` (S1.8).

use super::reader::Reader;
use crate::{ElementName, ProblemKind};
use polsim_arn::ActionPattern;
use polsim_text::Spanned;
use polsim_text::json::Node;

impl Reader<'_> {
    /// The patterns of the list; `None` when one of them could not be read.
    pub(super) fn actions(
        &mut self,
        element: ElementName,
        node: &Node,
    ) -> Option<Vec<Spanned<ActionPattern>>> {
        let texts = self.strings(element, node)?;
        let mut patterns = Vec::with_capacity(texts.len());
        let wanted = texts.len();
        for (text, item) in texts {
            match ActionPattern::parse(text) {
                Ok(pattern) => patterns.push(Spanned::new(pattern, item.span)),
                Err(_) if text.contains("${") => {
                    self.problem(ProblemKind::VariableInElement(element), item.span);
                }
                Err(error) => self.problem(ProblemKind::InvalidAction(error), item.span),
            }
        }
        (patterns.len() == wanted).then_some(patterns)
    }

    /// The strings of an element that is a string or a list of strings; `None` when something else is among them.
    pub(super) fn strings<'n>(
        &mut self,
        element: ElementName,
        node: &'n Node,
    ) -> Option<Vec<(&'n str, &'n Node)>> {
        let items = node.one_or_many();
        if items.is_empty() {
            self.problem(ProblemKind::EmptyList(element), node.span);
        }
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.as_str() {
                Some(text) => texts.push((text, item)),
                None => self.wrong_type(element, item),
            }
        }
        (texts.len() == items.len()).then_some(texts)
    }
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::parse::testing::{Short, invalid, of_identity, short};

    fn of_action(action: &str) -> Vec<Short> {
        of_identity(&format!(r#""Action": {action}, "Resource": "*""#))
    }

    #[test]
    fn s1_8_1_an_action_is_required() {
        assert_eq!(of_identity(r#""Resource": "*""#), invalid("SYN007", "S1.8.1", "{"));
    }

    #[test]
    fn s1_8_2_actions_are_strings_of_a_form() {
        for good in [r#""*""#, r#""s3:Get*""#, r#""S3:g?t_a-B""#, r#"["a:b", "c-d:*"]"#] {
            assert_eq!(of_action(good), [], "{good}");
        }
        for bad in ["s3", "s3:", ":Get", "s3:Get:x", "ec2:* ", " s3:Get", "", "s3:Gét", "s3:Get Object"] {
            let text = format!("\"{bad}\"");
            assert_eq!(of_action(&format!("[\"a:b\", {text}]")), invalid("ACT003", "S1.8.2", &text));
        }
        assert_eq!(of_action("[[\"s3:*\"]]"), invalid("SYN002", "S1.8.2", "[\"s3:*\"]"));
        assert_eq!(of_action("{}"), invalid("SYN002", "S1.8.2", "{}"));
        assert_eq!(of_action("7"), invalid("SYN002", "S1.8.2", "7"));
    }

    #[test]
    fn s1_8_3_a_prefix_takes_no_wildcard() {
        assert_eq!(of_action(r#""*:*""#), []);
        for bad in ["s3*:Get*", "*:Get", "s?:x"] {
            let text = format!("\"{bad}\"");
            assert_eq!(of_action(&text), invalid("ACT010", "S1.8.3", &text));
        }
    }

    #[test]
    fn s1_8_4_an_empty_list_is_lawful() {
        assert_eq!(of_action("[]"), short("RED001", "S1.8.4", Severity::Warning, "[]"));
        let found = of_identity(r#""NotAction": [], "Resource": "*""#);
        assert_eq!(found, short("RED001", "S1.8.4", Severity::Warning, "[]"));
    }

    #[test]
    fn s1_8_5_unknown_names_are_lawful() {
        assert_eq!(of_action(r#""nosuchservice:DoWhat""#), []);
    }

    #[test]
    fn s3_15_1_an_action_takes_no_variables() {
        let found = of_action(r#""s3:${aws:username}""#);
        assert_eq!(found, invalid("VAR007", "S3.15.1", r#""s3:${aws:username}""#));
    }
}
