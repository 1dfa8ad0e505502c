//! The laws that every sort of values obeys. The evaluator asks `contains`, the prover computes and picks; these
//! properties are why both speak about the same sets.
//!
//! The texts are drawn from few values that lie close together, so that bounds meet, touch and miss each other by one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the strategies are tests too")]

use std::collections::hash_map::DefaultHasher;
use std::fmt::{Debug, Display};
use std::hash::{Hash, Hasher};

use polsim_value::{
    Address, AddressRange, AddressSet, Bytes, BytesSet, Decimal, DecimalSet, Instant, InstantSet,
};
use proptest::prelude::*;
use proptest::sample::select;

/// A sort as the laws see it.
trait Sort: Clone + Debug + PartialEq + Eq + Hash + 'static {
    type Value: Debug + Display + PartialEq;
    fn read(text: &str) -> Option<Self::Value>;
    /// Texts that are readable as values.
    fn texts() -> BoxedStrategy<String>;
    /// Sets that a single policy value writes.
    fn written() -> BoxedStrategy<Self>;
    fn all() -> Self;
    fn none() -> Self;
    fn contains(&self, value: &Self::Value) -> bool;
    fn and(&self, other: &Self) -> Self;
    fn or(&self, other: &Self) -> Self;
    fn not(&self) -> Self;
    fn is_empty(&self) -> bool;
    fn is_all(&self) -> bool;
    fn pick(&self) -> Option<String>;
}

macro_rules! sort {
    ($set:ident, $value:ident, $texts:expr, $written:expr) => {
        impl Sort for $set {
            type Value = $value;
            fn read(text: &str) -> Option<$value> {
                $value::read(text)
            }
            fn texts() -> BoxedStrategy<String> {
                $texts
            }
            fn written() -> BoxedStrategy<Self> {
                $written
            }
            fn all() -> Self {
                $set::all()
            }
            fn none() -> Self {
                $set::none()
            }
            fn contains(&self, value: &$value) -> bool {
                $set::contains(self, value)
            }
            fn and(&self, other: &Self) -> Self {
                $set::and(self, other)
            }
            fn or(&self, other: &Self) -> Self {
                $set::or(self, other)
            }
            fn not(&self) -> Self {
                $set::not(self)
            }
            fn is_empty(&self) -> bool {
                $set::is_empty(self)
            }
            fn is_all(&self) -> bool {
                $set::is_all(self)
            }
            fn pick(&self) -> Option<String> {
                $set::pick(self)
            }
        }
    };
}

sort!(
    DecimalSet,
    Decimal,
    prop_oneof!["[+-]?[0-3](\\.[0-9]{1,2})?", "-?[0-9]{1,30}(\\.[0-9]{1,30})?"].boxed(),
    bounded(Self::texts(), |text| Decimal::read(text).unwrap(), DECIMAL_OPERATORS)
);
sort!(
    InstantSet,
    Instant,
    prop_oneof![
        select(INSTANTS).prop_map(str::to_owned),
        "2025-12-3[01](T23:5[89]:59(\\.[05])?(Z|\\+00:01|-23:59)?)?",
        "[0-9]{4}-[01][1-2]-0[1-9]T[01][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,12})?)?(Z|[+-][01][0-9]:[0-5][0-9])?",
        "(2534023[08][0-9]{4}|[0-9]{1,25})",
    ]
    .boxed(),
    bounded(Self::texts(), |text| Instant::read(text).unwrap(), INSTANT_OPERATORS)
);
sort!(
    AddressSet,
    Address,
    prop_oneof![
        select(ADDRESSES).prop_map(str::to_owned),
        "10\\.0\\.0\\.[0-9]",
        "(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.1?[0-9]",
        "2001:db8::[0-9a-f]",
        any::<[u8; 4]>().prop_map(|octets| std::net::Ipv4Addr::from(octets).to_string()),
        any::<[u8; 16]>().prop_map(|octets| std::net::Ipv6Addr::from(octets).to_string()),
    ]
    .boxed(),
    (Self::texts(), 0_usize..=128)
        .prop_map(|(address, length)| {
            let width = if address.contains(':') { 128 } else { 32 };
            let (range, _) = AddressRange::read(&format!("{address}/{}", length.min(width))).unwrap();
            AddressSet::in_range(range)
        })
        .boxed()
);
sort!(
    BytesSet,
    Bytes,
    prop_oneof![
        select(BYTES).prop_map(str::to_owned),
        proptest::collection::vec(0_u8..3, 0..3).prop_map(|bytes| {
            use base64::Engine as _;
            base64::engine::general_purpose::STANDARD.encode(bytes)
        }),
    ]
    .boxed(),
    Self::texts().prop_map(|text| BytesSet::equal_to(Bytes::read(&text).unwrap())).boxed()
);

/// Both ends of the ISO texts, the seam where only epoch seconds go on, and the neighbours of each.
const INSTANTS: &[&str] = &[
    "0000-01-01T00:00:00+23:59",
    "0000-01-01T00:00:00.5+23:59",
    "0000-01-01T00:00:01+23:59",
    "0000-01-01T00:00:00Z",
    "0000-01",
    "1969-12-31T23:59:59.999Z",
    "0",
    "1",
    "2026",
    "2026-01",
    "2026-01-01T00:00:00.000000000001Z",
    "1767225600",
    "1767225601",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59.75Z",
    "253402300800",
    "9999-12-31T23:59:59-23:59",
    "9999-12-31T23:59:59.5-23:59",
    "253402387140",
    "253402387141",
    "253402387142",
    "99999999999999999999999999999999999999999999",
];
const ADDRESSES: &[&str] = &[
    "0.0.0.0",
    "0.0.0.1",
    "255.255.255.254",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe",
];
const BYTES: &[&str] = &["", "ZXhhbXBsZQ==", "ZXhhbXBsZS0x", "ZXhhbXBsZS0y"];

type Operators<V, S> = [fn(V) -> S; 5];
const DECIMAL_OPERATORS: Operators<Decimal, DecimalSet> = [
    DecimalSet::equal_to,
    DecimalSet::less_than,
    DecimalSet::at_most,
    DecimalSet::greater_than,
    DecimalSet::at_least,
];
const INSTANT_OPERATORS: Operators<Instant, InstantSet> = [
    InstantSet::equal_to,
    InstantSet::less_than,
    InstantSet::at_most,
    InstantSet::greater_than,
    InstantSet::at_least,
];

fn bounded<V: 'static, S: Debug + 'static>(
    texts: BoxedStrategy<String>,
    read: fn(&str) -> V,
    operators: Operators<V, S>,
) -> BoxedStrategy<S> {
    (texts, 0..operators.len()).prop_map(move |(text, operator)| operators[operator](read(&text))).boxed()
}

/// Sets of a few operands under `and`, `or` and `not`.
fn sets<S: Sort>() -> BoxedStrategy<S> {
    let leaf = prop_oneof![8 => S::written(), 1 => Just(S::all()), 1 => Just(S::none())];
    leaf.prop_recursive(4, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(&b)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.or(&b)),
            inner.prop_map(|a| a.not()),
        ]
    })
    .boxed()
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The example of a set is readable and a member; there is one iff the set is not empty.
fn example<S: Sort>(set: &S) -> Result<Option<S::Value>, TestCaseError> {
    let picked = set.pick();
    prop_assert_eq!(picked.is_none(), set.is_empty());
    let Some(text) = picked else { return Ok(None) };
    let Some(value) = S::read(&text) else {
        return Err(TestCaseError::fail(format!("{text:?} is unreadable")));
    };
    prop_assert!(set.contains(&value), "{} is not a member", text);
    Ok(Some(value))
}

fn agree<S: Sort>(a: &S, b: &S, value: &S::Value) -> Result<(), TestCaseError> {
    let (in_a, in_b) = (a.contains(value), b.contains(value));
    prop_assert_eq!(a.and(b).contains(value), in_a && in_b);
    prop_assert_eq!(a.or(b).contains(value), in_a || in_b);
    prop_assert_eq!(a.not().contains(value), !in_a);
    Ok(())
}

fn laws<S: Sort>(a: &S, b: &S, text: &str) -> Result<(), TestCaseError> {
    let value = S::read(text);
    let only_a = a.and(&b.not());
    let only_b = b.and(&a.not());
    let values = [value, example(a)?, example(b)?, example(&only_a)?, example(&only_b)?, example(&a.and(b))?];
    for value in values.into_iter().flatten() {
        agree(a, b, &value)?;
        // What is written reads back as the same value.
        prop_assert_eq!(S::read(&value.to_string()), Some(value));
    }

    prop_assert_eq!(&a.not().not(), a);
    prop_assert_eq!(a.and(b).not(), a.not().or(&b.not()));
    prop_assert_eq!(a.or(b).not(), a.not().and(&b.not()));
    prop_assert_eq!(a.and(b), b.and(a));
    prop_assert_eq!(a.or(&a.and(b)), a.clone());
    prop_assert!(a.and(&a.not()).is_empty());
    prop_assert!(a.or(&a.not()).is_all());
    prop_assert_eq!(a.is_all(), a.not().is_empty());
    prop_assert_eq!(a.is_empty(), *a == S::none());
    prop_assert_eq!(a.is_all(), *a == S::all());

    // Sets are equal as data iff no member tells them apart.
    prop_assert_eq!(a == b, only_a.is_empty() && only_b.is_empty());
    let rebuilt = only_a.or(&a.and(b));
    prop_assert_eq!(&rebuilt, a);
    prop_assert_eq!(hash(&rebuilt), hash(a));
    Ok(())
}

/// The operators say of two values what the order says.
fn order<V: Ord + Clone, S>(
    operators: Operators<V, S>,
    contains: fn(&S, &V) -> bool,
    v: &V,
    w: &V,
) -> Result<(), TestCaseError> {
    let answers = operators.map(|operator| contains(&operator(w.clone()), v));
    prop_assert_eq!(answers, [v == w, v < w, v <= w, v > w, v >= w]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn decimals_obey_the_laws(a in sets::<DecimalSet>(), b in sets(), text in DecimalSet::texts()) {
        laws(&a, &b, &text)?;
    }

    #[test]
    fn instants_obey_the_laws(a in sets::<InstantSet>(), b in sets(), text in InstantSet::texts()) {
        laws(&a, &b, &text)?;
    }

    #[test]
    fn addresses_obey_the_laws(a in sets::<AddressSet>(), b in sets(), text in AddressSet::texts()) {
        laws(&a, &b, &text)?;
    }

    #[test]
    fn bytes_obey_the_laws(a in sets::<BytesSet>(), b in sets(), text in BytesSet::texts()) {
        laws(&a, &b, &text)?;
    }

    #[test]
    fn s3_5_1_operators_follow_the_order(v in DecimalSet::texts(), w in DecimalSet::texts()) {
        let (v, w) = (Decimal::read(&v).unwrap(), Decimal::read(&w).unwrap());
        order(DECIMAL_OPERATORS, DecimalSet::contains, &v, &w)?;
    }

    #[test]
    fn s3_5_2_the_order_is_that_of_integers_of_one_scale(
        v in -10_i64.pow(12)..10_i64.pow(12), w in -10_i64.pow(12)..10_i64.pow(12), near in -2_i64..=2, scale in 1_usize..=11,
    ) {
        let text = |number: i64| {
            let unit = 10_i64.pow(u32::try_from(scale).unwrap());
            let sign = if number < 0 { "-" } else { "" };
            format!("{sign}{}.{:0scale$}", (number / unit).abs(), (number % unit).abs())
        };
        for w in [w, v + near, v / 10] {
            let (left, right) = (Decimal::read(&text(v)).unwrap(), Decimal::read(&text(w)).unwrap());
            prop_assert_eq!(left.cmp(&right), v.cmp(&w));
        }
    }

    #[test]
    fn s3_6_3_iso_and_epoch_stand_on_one_line(second in -62_135_596_800_i64..253_402_207_200, zone in -1439_i64..=1439) {
        let utc = jiff::Timestamp::from_second(second).unwrap();
        let iso = Instant::read(&utc.to_string()).unwrap();
        if second >= 0 {
            prop_assert_eq!(Instant::read(&second.to_string()), Some(iso.clone()));
        }
        let offset = jiff::tz::Offset::from_seconds(i32::try_from(zone * 60).unwrap()).unwrap();
        let local = offset.to_datetime(utc);
        if (0..=9999).contains(&local.year()) {
            let sign = if zone < 0 { '-' } else { '+' };
            let zoned = format!("{local}{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60);
            prop_assert_eq!(Instant::read(&zoned), Some(iso));
        }
    }

    #[test]
    fn s3_6_1_operators_follow_the_order(v in InstantSet::texts(), w in InstantSet::texts()) {
        let (v, w) = (Instant::read(&v).unwrap(), Instant::read(&w).unwrap());
        order(INSTANT_OPERATORS, InstantSet::contains, &v, &w)?;
    }

    #[test]
    fn s3_9_1_a_range_holds_the_addresses_that_share_its_prefix(address in any::<u32>(), other in any::<u32>(), shift in 0_u32..=32) {
        // Half of the bits agree by construction, so that members are not rare.
        let other = (address & other.reverse_bits()) | (other & 0xff);
        let text = |bits: u32| std::net::Ipv4Addr::from_bits(bits).to_string();
        let (range, _) = AddressRange::read(&format!("{}/{}", text(address), 32 - shift)).unwrap();
        let member = AddressSet::in_range(range).contains(&Address::read(&text(other)).unwrap());
        prop_assert_eq!(member, (u64::from(address) >> shift) == (u64::from(other) >> shift));
    }

    #[test]
    fn reading_any_text_never_panics(text in "\\PC*", near in "[0-9TZ:+./-]{0,30}") {
        for text in [text, near] {
            let _ = (Decimal::read(&text), Instant::read(&text), Address::read(&text), AddressRange::read(&text), Bytes::read(&text));
        }
    }
}
