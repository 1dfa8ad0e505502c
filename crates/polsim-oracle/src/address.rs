//! IP addresses (S3.9), compared bit by bit.

use std::net::IpAddr;

/// The leading bits that a CIDR fixes, and the family they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Whether the addresses are IPv6.
    pub(crate) is_v6: bool,
    /// The bits of the network; the host bits are masked off (S3.9.3).
    pub(crate) bits: Vec<bool>,
}

/// S3.9.1: one address.
pub(crate) fn read_address(text: &str) -> Option<Block> {
    let address: IpAddr = text.parse().ok()?;
    let octets = match address {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets().to_vec(),
    };
    let bits = octets.iter().flat_map(|octet| (0..8).map(move |at| octet & (0x80 >> at) != 0)).collect();
    Some(Block { is_v6: address.is_ipv6(), bits })
}

/// S3.9.1, S3.9.2: an address, or a CIDR; without prefix the full length.
pub(crate) fn read_block(text: &str) -> Option<Block> {
    let Some((address, prefix)) = text.split_once('/') else {
        return read_address(text);
    };
    let mut block = read_address(address)?;
    if prefix.is_empty() || !prefix.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let length: usize = prefix.parse().ok()?;
    if length > block.bits.len() {
        return None;
    }
    block.bits.truncate(length);
    Some(block)
}

/// S3.9.4, S3.9.5: equal family, and the address begins with the block's bits.
pub(crate) fn contains(block: &Block, address: &Block) -> bool {
    block.is_v6 == address.is_v6 && address.bits.starts_with(&block.bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(block: &str, address: &str) -> bool {
        contains(&read_block(block).unwrap(), &read_address(address).unwrap())
    }

    #[test]
    fn s3_9_blocks() {
        assert!(inside("203.0.113.9/24", "203.0.113.200") && !inside("203.0.113.5", "203.0.113.6"));
        assert!(inside("2001:db8::1", "2001:0DB8:0:0:0:0:0:1") && inside("0.0.0.0/0", "1.2.3.4"));
        assert!(!inside("0.0.0.0/0", "::1") && !inside("1.2.3.4", "::ffff:1.2.3.4"));
        assert!(inside("10.0.0.0/7", "11.255.0.0") && !inside("10.0.0.0/7", "12.0.0.0"));
    }

    #[test]
    fn s3_14_unreadable_blocks() {
        for text in ["", "1.2.3", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/+1", "::/129", "1.2.3.*", "1.2.3.4 "] {
            assert_eq!(read_block(text), None, "{text:?}");
        }
        assert_eq!(read_address("1.2.3.4/32"), None);
    }
}
