//! The crates import each other as the table in `crates/README.md` says, and downwards only.

use crate::packages;
use crate::tree::{self, assert_none};
use std::collections::{BTreeMap, BTreeSet};

/// A row of the table.
#[derive(Debug)]
struct Row {
    name: String,
    /// The crate is not there yet.
    is_planned: bool,
    imports: BTreeSet<String>,
    never_knows: String,
}

/// The rows of the table whose head begins with `crate`.
fn rows(markdown: &str) -> Vec<Row> {
    markdown
        .lines()
        .skip_while(|line| !line.starts_with("| crate |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
            Row {
                name: names(cell(0)).into_iter().next().unwrap_or_default(),
                is_planned: cell(0).contains("planned"),
                imports: names(cell(2)),
                never_knows: cell(3).to_owned(),
            }
        })
        .collect()
}

/// The names in backticks.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What is wrong with the crates, given the table; each line says what to do.
fn differences(rows: &[Row], edges: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut wrong = Vec::new();
    for name in edges.keys().filter(|name| rows.iter().all(|row| row.name != **name)) {
        wrong.push(format!("{name} has no row"));
    }
    for (at, row) in rows.iter().enumerate() {
        let name = &row.name;
        let below: BTreeSet<&str> = rows[at + 1..].iter().map(|row| row.name.as_str()).collect();
        for import in row.imports.iter().filter(|import| !below.contains(import.as_str())) {
            wrong.push(format!("{name} imports {import}, which has no row further down"));
        }
        if row.never_knows.is_empty() {
            wrong.push(format!("the row of {name} does not say what it never knows"));
        }
        match (edges.get(name), row.is_planned) {
            (None, true) => {}
            (None, false) => wrong.push(format!("{name} has a row and is not there")),
            (Some(_), true) => wrong.push(format!("{name} is called planned and is there")),
            (Some(actual), false) => {
                let undeclared = actual.difference(&row.imports);
                wrong.extend(undeclared.map(|import| format!("{name} imports {import}, its row does not")));
                let unused = row.imports.difference(actual);
                wrong.extend(
                    unused.map(|import| format!("the row of {name} has {import}, the crate does not")),
                );
            }
        }
    }
    wrong
}

/// The floor of a crate: the longest way down from it.
fn floor(name: &str, edges: &BTreeMap<String, BTreeSet<String>>) -> usize {
    let below = edges.get(name).into_iter().flatten();
    below.map(|import| floor(import, edges) + 1).max().unwrap_or(0)
}

#[test]
fn the_crates_import_each_other_as_the_table_says() {
    let rows = rows(&tree::read("crates/README.md"));
    let edges = packages::edges();
    let count: usize = edges.values().map(BTreeSet::len).sum();
    println!("{} rows, {} crates, {count} arrows", rows.len(), edges.len());
    let mut floors: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for name in edges.keys() {
        floors.entry(floor(name, &edges)).or_default().push(name);
    }
    for (floor, names) in floors.iter().rev() {
        println!("  floor {floor}: {}", names.join(", "));
    }
    assert_none(&differences(&rows, &edges), "crates/README.md and the crates differ");
}

#[test]
fn a_folder_has_the_name_of_its_crate() {
    let folders = tree::crate_names();
    println!("{} folders", folders.len());
    assert_eq!(folders, packages::edges().into_keys().collect::<Vec<_>>());
}

#[test]
fn the_oracle_is_for_tests_only() {
    let edges = packages::edges();
    let users: Vec<String> = edges
        .iter()
        .filter(|(_, imports)| imports.contains("polsim-oracle"))
        .map(|(name, _)| name.clone())
        .collect();
    assert_none(&users, "crates that import the oracle when they are not tested");
    let allowed = BTreeSet::from(["polsim-policy".to_owned(), "polsim-text".to_owned()]);
    assert!(edges["polsim-oracle"].is_subset(&allowed), "the oracle shares more than the parser");
}

#[test]
fn every_kind_of_difference_is_seen() {
    let table = "\
text
| crate | in a sentence | imports | never knows |
|---|---|---|---|
| `a` | s | `b`, `c` | x |
| `later` (planned) | s | `b` | x |
| `b` | s | – |  |
| `c` | s | `a` | x |
| `gone` | s | – | x |

| `d` | no row |
";
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let edges = BTreeMap::from([
        ("a".to_owned(), set(&["b"])),
        ("b".to_owned(), set(&[])),
        ("c".to_owned(), set(&["b"])),
        ("d".to_owned(), set(&[])),
    ]);
    assert_eq!(
        differences(&rows(table), &edges),
        [
            "d has no row",
            "the row of a has c, the crate does not",
            "the row of b does not say what it never knows",
            "c imports a, which has no row further down",
            "c imports b, its row does not",
            "the row of c has a, the crate does not",
            "gone has a row and is not there",
        ]
    );
    assert_eq!((floor("a", &edges), floor("b", &edges)), (1, 0));
}
