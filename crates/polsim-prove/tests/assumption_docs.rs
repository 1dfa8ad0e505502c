//! `docs/assumptions.md` is the table of assumptions; `POLSIM_BLESS=1 cargo test -p polsim-prove --test assumption_docs`
//! writes it.
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads and writes a file of the repository, and stops at the first surprise"
)]

use polsim_prove::Assumption;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/assumptions.md");

const HEAD: &str = "\
# Assumptions

Policies say nothing of facts such as these: a request through a VPC endpoint carries no `aws:SourceIp`. A claim is proved
without them where that can be done. Where a counterexample breaks such a fact, the fact is used from then on, and the proof
lists it; a fact that the proof can do without in the end is not listed. Every counterexample is as all facts say that are on.

`polsim check --assume ID,ID` and `--no-assume ID,ID` (or `--no-assume all`) switch them, and `polsim assumptions` prints this
table. Keys that a claim states with `--context` have to be as the facts say, too: if no request can be as the claim describes,
`polsim check` says so. Clauses are those of the written semantics.

Where a fact hangs on the environment (which VPC an endpoint is in, which organization an account belongs to), polsim assumes
only what the table says, such as the form of ids and which keys come together; state the rest with `--context`.

";

fn text() -> String {
    let mut text = HEAD.to_owned();
    text.push_str("| id | default | clause | what it says | what it does not say |\n|---|---|---|---|---|\n");
    for assumption in Assumption::ALL {
        let cells = [
            format!("`{}`", assumption.id()),
            assumption.standing().as_str().to_owned(),
            assumption.clause().to_owned(),
            assumption.meaning().to_owned(),
            assumption.limits().to_owned(),
        ];
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

#[test]
fn the_page_is_the_table() {
    if std::env::var("POLSIM_BLESS").is_ok() {
        std::fs::write(PATH, text()).unwrap();
    }
    let page = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(page == text(), "docs/assumptions.md is out of date: POLSIM_BLESS=1 writes it");
}
