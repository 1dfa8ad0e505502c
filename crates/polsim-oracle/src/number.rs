//! Numbers (S3.5).

use bigdecimal::BigDecimal;

/// S3.5.3: an optional sign, digits, an optional fraction; nothing else.
pub(crate) fn read(text: &str) -> Option<BigDecimal> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let lawful = match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    };
    if !lawful {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_5_2_exact_decimals() {
        assert_eq!(read("10"), read("10.0"));
        assert_eq!(read("+010"), read("10.00"));
        assert!(read("-1").unwrap() < read("0.1").unwrap());
        assert!(read("0.10000000000000000000000001").unwrap() > read("0.1").unwrap());
    }

    #[test]
    fn s3_5_3_nothing_else() {
        for text in ["", "1e3", "0x1", " 1", "1 ", "12abc", ".5", "5.", "-", "1.2.3", "--1", "1_0"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
