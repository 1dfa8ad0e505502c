//! The packages of the workspace and those from outside: who depends on whom, what is used, under which licence.

use crate::tree::{self, assert_none};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Licences under which a package may be used.
const FREE: [&str; 11] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "CC0-1.0",
    "MPL-2.0",
    "BSL-1.0",
];

/// Runs `cargo metadata`; the file `Cargo.lock` is left as it is.
fn metadata(arguments: &[&str]) -> Result<Value, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(arguments)
        .current_dir(tree::root())
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

/// The target that this toolchain builds for.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn members() -> Vec<Value> {
    let metadata = metadata(&["--offline", "--no-deps"]).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// Of each crate of the workspace, the others that it imports when it is not tested.
pub(crate) fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let members = members();
    let is_member = |name: &str| members.iter().any(|member| text(member, "name") == name);
    members
        .iter()
        // Examples show what users do; they are no part of the plan.
        .filter(|member| !text(member, "manifest_path").contains("/examples/"))
        .map(|member| {
            let dependencies = member["dependencies"].as_array().unwrap();
            let imported = dependencies
                .iter()
                .filter(|dependency| dependency["kind"].is_null())
                .map(|dependency| text(dependency, "name").to_owned())
                .filter(|name| is_member(name));
            (text(member, "name").to_owned(), imported.collect())
        })
        .collect()
}

/// The names under `[workspace.dependencies]`.
fn declared() -> Vec<String> {
    let manifest = tree::read("Cargo.toml");
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().to_owned())
        .filter(|name| !name.starts_with('#'))
        .collect()
}

#[test]
fn every_declared_dependency_is_used() {
    let declared = declared();
    let members = members();
    let used: BTreeSet<&str> = members
        .iter()
        .flat_map(|member| member["dependencies"].as_array().unwrap())
        .map(|dependency| text(dependency, "name"))
        .collect();
    println!("{} declared, used by {} crates", declared.len(), members.len());
    assert!(declared.len() > 10, "{declared:?}");
    let mut broken: Vec<String> = declared
        .iter()
        .filter(|name| !used.contains(name.as_str()))
        .map(|name| format!("{name} is declared and used by no crate"))
        .collect();
    let undeclared = used.iter().filter(|name| !declared.iter().any(|declared| declared == *name));
    broken.extend(undeclared.map(|name| format!("{name} is used and not declared")));
    assert_none(&broken, "[workspace.dependencies] and the crates differ");
}

/// Whether a licence expression leaves a choice of free licences only.
fn is_free(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&words, &mut at) && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut free = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        free |= all(words, at);
    }
    free
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut free = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        free &= one(words, at);
    }
    free
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let free = any(words, at);
        *at += 1;
        return free;
    }
    // An exception takes nothing away from a licence.
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    FREE.contains(&word)
}

#[test]
fn every_dependency_has_a_free_licence() {
    // Packages that no build on this machine needed may never have been fetched, those of other platforms first of all.
    let host = host();
    let (metadata, which) = metadata(&["--offline"])
        .map(|metadata| (metadata, "for every platform"))
        .or_else(|_| Ok((metadata(&["--offline", "--filter-platform", &host])?, "for this platform")))
        .or_else(|_: String| Ok((metadata(&["--filter-platform", &host])?, "for this platform, fetched")))
        .unwrap_or_else(|error: String| panic!("`cargo fetch` first: {error}"));
    let packages = metadata["packages"].as_array().unwrap();
    println!("{} packages {which}", packages.len());
    assert!(packages.len() > 50);
    let broken: Vec<String> = packages
        .iter()
        .filter(|package| !is_free(text(package, "license")))
        .map(|package| {
            let [name, version, license] = ["name", "version", "license"].map(|key| text(package, key));
            format!("{name} {version}: {license:?}")
        })
        .collect();
    assert_none(&broken, "packages whose licence is not among those that are accepted");
}

#[test]
fn a_licence_expression_needs_one_free_branch() {
    for free in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0-only OR MIT",
        "Apache-2.0 WITH LLVM-exception",
        "(MIT OR GPL-2.0) AND Unicode-3.0",
    ] {
        assert!(is_free(free), "{free}");
    }
    for other in ["", "GPL-3.0-only", "AGPL-3.0 OR GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT MIT"] {
        assert!(!is_free(other), "{other}");
    }
}
