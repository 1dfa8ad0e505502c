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
