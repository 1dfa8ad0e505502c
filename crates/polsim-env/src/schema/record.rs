//! Objects with fixed fields, declared once: as a type, as a schema and as a reader.
//!
//! A newcomer would expect `serde::Deserialize` here. It stops at the first mistake; these readers report every one,
//! each at its place, and still every field is written down only once.

/// Declares a struct whose fields are read from the members of an object. A field that is an `Option` may be left out.
#[macro_export]
macro_rules! record {
    ($(#[$about:meta])* pub struct $name:ident { $($(#[doc = $doc:literal])* $key:literal => $field:ident: $type:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            $($(#[doc = $doc])* #[schemars(rename = $key)] pub $field: $type,)*
        }

        impl $crate::read::FromNode for $name {
            fn read(node: &polsim_text::json::Node, found: &mut $crate::read::Found<'_>) -> Option<Self> {
                let members = $crate::read::Members::of(node, &[$($key),*], found)?;
                $(let $field = members.read($key, found);)*
                Some(Self { $($field: $field?),* })
            }
        }
    };
}

pub(crate) use record;
