//! `polsim rule`: what a rule of the linter says about itself.

use polsim_lint::Selector;
use polsim_report::{Entry, Level};

/// The pages of the rules that a code, the beginning of one, a name or an alias selects.
///
/// # Errors
/// It selects none.
pub fn pages(name: &str) -> Result<String, Box<Entry>> {
    let all = polsim_rules::all();
    let selector = Selector::parse(name, &all).map_err(|error| {
        let entry = Entry::new(Level::Error, error.to_string()).with_code("INP020");
        Box::new(entry.with_help("`polsim rule ALL` prints all of them; `docs/rules/README.md` has a table"))
    })?;
    let pages = all.iter().filter(|rule| selector.selects(rule)).map(|rule| rule.page());
    Ok(pages.collect::<Vec<_>>().join("\n"))
}
