//! Inside a crate, the modules import each other in one direction only.
//!
//! A name that `lib.rs` or a `mod.rs` re-exports counts as an import of the module that defines it, so that
//! `use crate::Name` is no arrow to the root. Code for tests may look anywhere. The loops that are known stand in
//! [`TOLERATED`], which may only become shorter.

use crate::rust::{self, Mention, Module};
use crate::tree::{self, SourceFile};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Arrows that close a loop and are tolerated: crate, from, to. A `*` at the end stands for every child.
const TOLERATED: [(&str, &str, &str); 8] = [
    // `mod.rs` defines what its children compute with: the set and its budget, the chain, the document, the coordinates.
    ("polsim-arn", "crate::text_set::*", "crate::text_set"),
    ("polsim-eval", "crate::chain::*", "crate::chain"),
    ("polsim-policy", "crate::parse::*", "crate::parse"),
    ("polsim-prove", "crate::theory::*", "crate::theory"),
    // `Model::add` calls the compiler, which makes the parts of the model.
    ("polsim-eval", "crate::model", "crate::compile"),
    // `InputError` has the contradiction that the derivation of keys returns in it.
    ("polsim-eval", "crate::request::check", "crate::request::derive"),
    // A kind of problem names the quota, whose check returns problems.
    ("polsim-policy", "crate::error::kind", "crate::quota"),
    // The solver learns from conflicts, and what it learns is made of its literals.
    ("polsim-prove", "crate::search::analyze", "crate::search::solver"),
];

/// The modules of a crate by their paths; the root is `crate`.
struct Crate {
    modules: BTreeMap<String, Module>,
}

/// What a path leads to.
#[derive(Debug, PartialEq)]
enum Target {
    Module(String),
    /// An item, and the module that defines it.
    Item(String),
}

/// From importing module to imported module, with a line that does it.
type Arrows = BTreeMap<String, BTreeMap<String, String>>;

fn module_path(path: &str) -> String {
    let inside = path.split_once("src/").map_or(path, |(_, inside)| inside);
    let name = inside.trim_end_matches(".rs").trim_end_matches("/mod");
    if matches!(name, "lib" | "main") {
        "crate".to_owned()
    } else {
        format!("crate::{}", name.replace('/', "::"))
    }
}

impl Crate {
    fn read(files: &[SourceFile]) -> Self {
        let mut modules: BTreeMap<String, Module> =
            files.iter().map(|file| (module_path(&file.path), rust::read(&file.text))).collect();
        let mut for_tests = BTreeSet::new();
        for (path, module) in &modules {
            for_tests.extend(module.test_children.iter().map(|child| format!("{path}::{child}")));
        }
        modules.retain(|path, _| {
            let inside = |test: &String| path == test || path.starts_with(&format!("{test}::"));
            !for_tests.iter().any(inside)
        });
        Self { modules }
    }

    /// The modules that no other declares; they are files that nobody compiles.
    fn orphans(&self) -> Vec<String> {
        let is_declared = |path: &String| {
            path.rsplit_once("::").is_none_or(|(parent, name)| {
                self.modules.get(parent).is_some_and(|parent| parent.children.contains(name))
            })
        };
        self.modules.keys().filter(|path| !is_declared(path)).cloned().collect()
    }

    fn resolve(&self, from: &str, segments: &[String], fuel: u8) -> Option<Target> {
        let fuel = fuel.checked_sub(1)?;
        match segments.first()?.as_str() {
            "crate" => self.walk("crate", &segments[1..], fuel),
            "self" => self.walk(from, &segments[1..], fuel),
            "super" => {
                let (parent, _) = from.rsplit_once("::")?;
                let mut rest = segments[1..].to_vec();
                if rest.first().is_none_or(|next| next != "super") {
                    return self.walk(parent, &rest, fuel);
                }
                rest[0] = "super".to_owned();
                self.resolve(parent, &rest, fuel)
            }
            first => {
                let module = self.modules.get(from)?;
                let is_known = module.children.contains(first) || module.items.contains(first);
                let is_imported = || self.imported(from, module, first, fuel).is_some();
                (is_known || is_imported()).then(|| self.walk(from, segments, fuel))?
            }
        }
    }

    fn walk(&self, at: &str, segments: &[String], fuel: u8) -> Option<Target> {
        let fuel = fuel.checked_sub(1)?;
        let module = self.modules.get(at)?;
        let Some((name, rest)) = segments.split_first() else {
            return Some(Target::Module(at.to_owned()));
        };
        let child = module.children.contains(name).then(|| format!("{at}::{name}"));
        let imported = || self.imported(at, module, name, fuel);
        if rest.is_empty() {
            if module.items.contains(name) {
                return Some(Target::Item(at.to_owned()));
            }
            // A module and an item can share a name, as in `pub use print::print`.
            let found = imported();
            return match (found, child) {
                (Some(Target::Item(module)), _) => Some(Target::Item(module)),
                (_, Some(child)) => Some(Target::Module(child)),
                (Some(found), None) => Some(found),
                (None, None) => may_be_made_by_macro(module, name).then(|| Target::Item(at.to_owned())),
            };
        }
        if let Some(child) = child {
            return self.walk(&child, rest, fuel);
        }
        if module.items.contains(name) {
            return Some(Target::Item(at.to_owned()));
        }
        match imported() {
            Some(Target::Module(module)) => self.walk(&module, rest, fuel),
            Some(item @ Target::Item(_)) => Some(item),
            None => may_be_made_by_macro(module, name).then(|| Target::Item(at.to_owned())),
        }
    }

    fn imported(&self, at: &str, module: &Module, name: &str, fuel: u8) -> Option<Target> {
        let mut found = None;
        for import in module.imports.iter().filter(|import| import.name == name) {
            match self.resolve(at, &import.path.segments, fuel) {
                Some(item @ Target::Item(_)) => return Some(item),
                other => found = found.or(other),
            }
        }
        let globs = module.imports.iter().filter(|import| import.name == "*");
        found.or_else(|| {
            globs.filter_map(|glob| self.resolve(at, &glob.path.segments, fuel)).find_map(|target| {
                match target {
                    Target::Module(opened) if opened != at => self.walk(&opened, &[name.to_owned()], fuel),
                    _ => None,
                }
            })
        })
    }

    /// Who imports whom; and the paths into the crate that lead nowhere.
    fn arrows(&self) -> (Arrows, Vec<String>) {
        let mut arrows = Arrows::new();
        let mut lost = Vec::new();
        for (from, module) in &self.modules {
            let imports = module
                .imports
                .iter()
                .filter(|import| !import.is_reexport || module.words.contains(&import.name))
                .map(|import| &import.path);
            for mention in imports.chain(&module.paths) {
                match self.resolve(from, &mention.segments, 32) {
                    Some(Target::Item(to)) if to != *from => {
                        let line = format!("line {}: {}", mention.line, mention.segments.join("::"));
                        arrows.entry(from.clone()).or_default().entry(to).or_insert(line);
                    }
                    None if is_inside(mention) => {
                        lost.push(format!("{from}, line {}: {}", mention.line, mention.segments.join("::")));
                    }
                    Some(_) | None => {}
                }
            }
        }
        (arrows, lost)
    }
}

fn may_be_made_by_macro(module: &Module, name: &str) -> bool {
    module.has_macros && module.words.contains(name)
}

/// Takes the tolerated arrows away; those that are there no more, or close no loop, are returned.
fn tolerate(crate_name: &str, arrows: &mut Arrows) -> Vec<String> {
    let mut stale = Vec::new();
    for (_, from, to) in TOLERATED.iter().filter(|(name, ..)| *name == crate_name) {
        let family = from.strip_suffix('*');
        let is_meant = |module: &String| family.map_or(module == from, |family| module.starts_with(family));
        let on_loop = |module: &&String| is_meant(module) && reaches(arrows, to, module);
        let sources: Vec<String> = arrows.keys().filter(on_loop).cloned().collect();
        let mut is_there = false;
        for source in sources {
            is_there |= arrows.get_mut(&source).is_some_and(|arrows| arrows.remove(*to).is_some());
        }
        if !is_there {
            stale.push(format!(
                "{crate_name}: {from} → {to} closes no loop any more; strike it from the list"
            ));
        }
    }
    stale
}

fn reaches(arrows: &Arrows, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        let next = arrows.get(at).into_iter().flat_map(BTreeMap::keys);
        open.extend(next.map(String::as_str).filter(|next| seen.insert(next)));
    }
    seen.contains(to)
}

fn is_inside(mention: &Mention) -> bool {
    matches!(mention.segments[0].as_str(), "crate" | "super" | "self")
}

/// A shortest way back to `start`, without `start` at its end.
fn way_round(arrows: &Arrows, start: &str) -> Option<Vec<String>> {
    let mut came_from: BTreeMap<String, String> = BTreeMap::new();
    let mut queue = VecDeque::from([start.to_owned()]);
    while let Some(at) = queue.pop_front() {
        for to in arrows.get(&at).into_iter().flat_map(BTreeMap::keys) {
            if to == start {
                let mut way = vec![at.clone()];
                while let Some(before) = came_from.get(way.last()?) {
                    way.push(before.clone());
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(to) {
                came_from.insert(to.clone(), at.clone());
                queue.push_back(to.clone());
            }
        }
    }
    None
}

/// The shortest loops, one for each module that is on one, each written from its first module on.
fn loops(arrows: &Arrows) -> BTreeSet<Vec<String>> {
    let mut loops = BTreeSet::new();
    for start in arrows.keys() {
        if let Some(mut way) = way_round(arrows, start) {
            let least = way.iter().enumerate().min_by_key(|(_, module)| *module);
            let least = least.map_or(0, |(at, _)| at);
            way.rotate_left(least);
            loops.insert(way);
        }
    }
    loops
}

fn describe(arrows: &Arrows, way: &[String]) -> String {
    let mut text = String::new();
    for (at, from) in way.iter().enumerate() {
        let to = &way[(at + 1) % way.len()];
        text.push_str(&format!("{from} ({}) → ", arrows[from][to]));
    }
    text + &way[0]
}

#[test]
fn no_crate_has_an_import_loop() {
    let mut broken = Vec::new();
    for name in tree::crate_names() {
        let files = tree::sources(&name);
        let house = Crate::read(&files);
        let orphans = house.orphans();
        broken.extend(orphans.iter().map(|orphan| format!("{name}: no module declares {orphan}")));
        let (mut arrows, lost) = house.arrows();
        let count: usize = arrows.values().map(BTreeMap::len).sum();
        println!("{name}: {} modules, {count} arrows", house.modules.len());
        broken.extend(lost.iter().map(|lost| format!("{name}: {lost} leads nowhere")));
        broken.extend(tolerate(&name, &mut arrows));
        for way in loops(&arrows) {
            broken.push(format!("{name}: {}", describe(&arrows, &way)));
        }
    }
    tree::assert_none(&broken, "modules that nobody declares, or that import each other in a loop");
}

#[cfg(test)]
fn of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let files: Vec<SourceFile> = files
        .iter()
        .map(|(path, text)| SourceFile { path: format!("crates/x/src/{path}"), text: (*text).to_owned() })
        .collect();
    let (arrows, lost) = Crate::read(&files).arrows();
    assert!(lost.is_empty(), "{lost:?}");
    loops(&arrows).into_iter().collect()
}

#[test]
fn siblings_through_the_root_are_no_loop() {
    let root = "mod a;\nmod b;\npub use a::A;\npub use b::{B, b};\n";
    let found = of(&[
        ("lib.rs", root),
        ("a.rs", "use crate::B;\npub struct A(B);\nfn f() { crate::b(); }"),
        ("b.rs", "pub struct B;\npub fn b() {}\n#[cfg(test)]\nmod tests { use crate::A; }"),
    ]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_loop_is_found_through_re_exports_and_inline_paths() {
    let root = "mod a;\nmod b;\nmod c;\npub use a::A;\npub use b::B;\n";
    let found = of(&[
        ("lib.rs", root),
        ("a.rs", "use crate::B;\npub struct A(B);"),
        ("b.rs", "pub struct B;\nfn f() { crate::c::c() }"),
        ("c/mod.rs", "mod d;\nuse d::D;\npub fn c() {}"),
        ("c/d.rs", "pub struct D;\nfn f(x: super::super::A) { super::super::a::A; }"),
    ]);
    assert_eq!(found, [["crate::a", "crate::b", "crate::c", "crate::c::d"]]);
}

#[test]
fn a_child_that_needs_its_parent_is_a_loop() {
    let found = of(&[
        ("lib.rs", "mod a;\n"),
        ("a/mod.rs", "mod b;\npub struct A;\nfn f() { b::g(); }"),
        ("a/b.rs", "use super::A;\npub fn g() -> A { A }"),
    ]);
    assert_eq!(found, [["crate::a", "crate::a::b"]]);
}

#[test]
fn what_a_macro_defines_is_found() {
    let found = of(&[
        ("lib.rs", "mod a;\nmod b;\npub use a::Made;\n"),
        ("a.rs", "macro_rules! make { () => {} }\nmake! { Made }\nfn f() { crate::b::g(); }"),
        ("b.rs", "use crate::Made;\npub fn g() {}"),
    ]);
    assert_eq!(found, [["crate::a", "crate::b"]]);
}
