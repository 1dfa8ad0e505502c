//! From bytes to rows. Whatever the bytes are, the answer is rows or an error: numbers are checked before they are used,
//! and nothing is reserved on the word of a number.

use crate::arn_form::ArnForm;
use crate::data_error::DataError;
use crate::rows::{ActionRow, KeyRow, Part, Rows, ScenarioRow, Text, TypeRow, UseRow};
use crate::template;
use crate::words::{AccessLevel, Arity, KeyType};

/// Bytes that are read from the front.
pub(crate) struct Input<'b> {
    rest: &'b [u8],
}

impl<'b> Input<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn take(&mut self, length: usize, what: &'static str) -> Result<&'b [u8], DataError> {
        let (head, rest) = self.rest.split_at_checked(length).ok_or(DataError::Ends(what))?;
        self.rest = rest;
        Ok(head)
    }

    /// A LEB128 number of at most 28 bits.
    pub(crate) fn number(&mut self, what: &'static str) -> Result<usize, DataError> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let (byte, rest) = self.rest.split_first().ok_or(DataError::Ends(what))?;
            self.rest = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(DataError::Range(what))
    }

    pub(crate) fn text(&mut self, what: &'static str) -> Result<&'b str, DataError> {
        let length = self.number(what)?;
        std::str::from_utf8(self.take(length, what)?).map_err(|_| DataError::NotUtf8(what))
    }

    pub(crate) fn end(&self, what: &'static str) -> Result<(), DataError> {
        if self.rest.is_empty() { Ok(()) } else { Err(DataError::LeftOver(what)) }
    }
}

/// A block on its way to rows.
struct Block<'b> {
    input: Input<'b>,
    rows: Rows,
    /// How much of the texts was given out.
    given: usize,
}

/// The rows of the block of a service.
pub(crate) fn decode_service(bytes: &[u8]) -> Result<Rows, DataError> {
    let mut input = Input::new(bytes);
    let text = input.text("the texts of a service")?.into();
    let mut block = Block { input, rows: Rows { text, ..Rows::default() }, given: 0 };
    block.rows.prefix = block.text("a prefix")?;
    block.rows.name = block.text("the name of a service")?;
    block.rows.has_rcp = block.input.number("a flag")? != 0;
    for _ in 0..block.input.number("the number of keys")? {
        block.key()?;
    }
    for _ in 0..block.input.number("the number of resource types")? {
        block.resource_type()?;
    }
    for _ in 0..block.input.number("the number of actions")? {
        block.action()?;
    }
    if block.given != block.rows.text.len() {
        return Err(DataError::LeftOver("the texts of a service"));
    }
    block.input.end("a service")?;
    Ok(block.rows)
}

fn small<T: TryFrom<usize>>(number: usize, what: &'static str) -> Result<T, DataError> {
    T::try_from(number).map_err(|_| DataError::Range(what))
}

impl Block<'_> {
    fn text(&mut self, what: &'static str) -> Result<Text, DataError> {
        let length = self.input.number(what)?;
        let end = self.given + length;
        if self.rows.text.get(self.given..end).is_none() {
            return Err(DataError::Range(what));
        }
        let text = Text { start: small(self.given, what)?, end: small(end, what)? };
        self.given = end;
        Ok(text)
    }

    fn key(&mut self) -> Result<(), DataError> {
        let name = self.text("the name of a key")?;
        let flags = self.input.number("the type of a key")?;
        let key_type = *KeyType::ALL.get(flags >> 2).ok_or(DataError::Range("the type of a key"))?;
        let arity = if flags & 1 == 1 { Arity::Many } else { Arity::One };
        if template::has_variable(self.rows.str(name)) {
            self.rows.families.push(small(self.rows.keys.len(), "the number of keys")?);
        }
        self.rows.keys.push(KeyRow { name, key_type, arity, is_also_numeric: flags & 2 == 2 });
        Ok(())
    }

    fn resource_type(&mut self) -> Result<(), DataError> {
        let name = self.text("the name of a resource type")?;
        let start = self.rows.arns.len();
        for _ in 0..self.input.number("the number of ARNs")? {
            let template = self.text("an ARN")?;
            let form = ArnForm::new(self.rows.str(template));
            self.rows.arns.push(form);
        }
        let arns = part(start, self.rows.arns.len())?;
        let keys = self.list()?;
        self.rows.types.push(TypeRow { name, arns, keys });
        Ok(())
    }

    fn action(&mut self) -> Result<(), DataError> {
        let name = self.text("the name of an action")?;
        let level = self.input.number("a level")?;
        let level = *AccessLevel::ALL.get(level).ok_or(DataError::Range("a level"))?;
        let keys = self.list()?;
        let uses = self.uses()?;
        let start = self.rows.dependents.len();
        for _ in 0..self.input.number("the number of dependent actions")? {
            let dependent = self.text("a dependent action")?;
            self.rows.dependents.push(dependent);
        }
        let dependents = part(start, self.rows.dependents.len())?;
        let start = self.rows.scenarios.len();
        for _ in 0..self.input.number("the number of scenarios")? {
            let name = self.text("the name of a scenario")?;
            let uses = self.uses()?;
            self.rows.scenarios.push(ScenarioRow { name, uses });
        }
        let scenarios = part(start, self.rows.scenarios.len())?;
        self.rows.actions.push(ActionRow { name, level, keys, uses, dependents, scenarios });
        Ok(())
    }

    fn uses(&mut self) -> Result<Part, DataError> {
        let start = self.rows.uses.len();
        for _ in 0..self.input.number("the number of resources")? {
            let flags = self.input.number("a resource")?;
            let resource_type = small(flags >> 1, "a resource")?;
            if usize::from(resource_type) >= self.rows.types.len() {
                return Err(DataError::Range("a resource"));
            }
            let keys = self.list()?;
            self.rows.uses.push(UseRow { resource_type, is_required: flags & 1 == 1, keys });
        }
        part(start, self.rows.uses.len())
    }

    fn list(&mut self) -> Result<Part, DataError> {
        let start = self.rows.lists.len();
        let mut at: usize = 0;
        for _ in 0..self.input.number("the length of a list")? {
            at += self.input.number("a key")?;
            if at >= self.rows.keys.len() {
                return Err(DataError::Range("a key"));
            }
            self.rows.lists.push(small(at, "a key")?);
        }
        part(start, self.rows.lists.len())
    }
}

fn part(start: usize, end: usize) -> Result<Part, DataError> {
    Ok(Part { start: small(start, "a list")?, end: small(end, "a list")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::encode_service;
    use crate::reference::Reference;
    use proptest::prelude::*;

    fn block(prefix: &str) -> Vec<u8> {
        let reference = Reference::bundled().unwrap();
        encode_service(&reference.service(prefix).unwrap().facts()).unwrap()
    }

    #[test]
    fn bytes_that_end_too_early_are_an_error() {
        let whole = block("sqs");
        assert!(decode_service(&whole).is_ok());
        for end in 0..whole.len() {
            assert!(decode_service(&whole[..end]).is_err(), "{end} bytes");
        }
    }

    #[test]
    fn bytes_that_are_left_over_are_an_error() {
        let mut longer = block("sqs");
        longer.push(0);
        assert_eq!(decode_service(&longer).unwrap_err(), DataError::LeftOver("a service"));
    }

    #[test]
    fn a_number_that_has_no_end_is_an_error() {
        let endless = Input::new(&[0xff; 20]).number("a number");
        assert_eq!(endless, Err(DataError::Range("a number")));
    }

    proptest! {
        /// Any answer will do, as long as there is one.
        #[test]
        fn damaged_bytes_never_panic(changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..8)) {
            let mut damaged = block("kms");
            for (at, byte) in changes {
                let length = damaged.len();
                damaged[usize::from(at) % length] = byte;
            }
            if let Ok(rows) = decode_service(&damaged) {
                let service = crate::service::Service::new(rows);
                let facts = service.facts();
                prop_assert_eq!(facts.actions.len(), service.actions().len());
            }
        }
    }
}
