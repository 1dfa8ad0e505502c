//! The plan of the house, checked: what `ARCHITECTURE.md` and `crates/README.md` promise holds of the tree.
