//! Paragraphs and tables in a number of columns.
//!
//! Words are never broken: an ARN that is longer than the line is left to the terminal, so that it can be copied.

use crate::entry::Row;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// The widest column of keys; with a longer key in a table, values stand under their keys.
const WIDEST_KEY: usize = 36;

/// A paragraph with a mark before it.
pub(crate) fn paragraph(mark: &str, text: &str, width: usize) -> String {
    let indent = " ".repeat(display_width(mark).min(8));
    fill(text, mark, &indent, width)
}

/// Rows of a table, indented: the values beside their keys and aligned, or under them where there is no room.
pub(crate) fn table(rows: &[Row], width: usize) -> String {
    let widest = rows.iter().map(|row| display_width(&row.key)).max().unwrap_or(0);
    let is_narrow = widest > WIDEST_KEY.min(width * 2 / 5);
    let mut table = String::new();
    for row in rows {
        let note = row.note.as_ref().map(|note| format!("  ({note})")).unwrap_or_default();
        let value = format!("{}{note}", row.value);
        let told = if is_narrow {
            let key = fill(&row.key, "    ", "    ", width);
            format!("{key}\n{}", fill(&value, "      ", "      ", width))
        } else {
            let pad = " ".repeat(widest.saturating_sub(display_width(&row.key)) + 2);
            fill(&value, &format!("    {}{pad}", row.key), &" ".repeat(widest + 6), width)
        };
        table.push_str(&told);
        table.push('\n');
    }
    table
}

fn fill(text: &str, first: &str, rest: &str, width: usize) -> String {
    let options = Options::new(width.max(1))
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(text, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_hang_under_their_first_word() {
        assert_eq!(paragraph("note: ", "nothing allows it here", 20), "note: nothing allows\n      it here");
    }

    #[test]
    fn long_words_stay_whole() {
        let arn = "arn:aws:s3:::a-very-long-bucket-name/and-a-key";
        assert_eq!(paragraph("", arn, 10), arn);
        assert!(paragraph("x ", &format!("a {arn} b"), 0).contains(arn));
    }

    #[test]
    fn values_are_aligned() {
        let rows = [
            Row::new("action", "s3:GetObject"),
            Row::new("aws:SourceVpce", "absent").with_note("from --via"),
        ];
        assert_eq!(
            table(&rows, 80),
            "    action          s3:GetObject\n    aws:SourceVpce  absent  (from --via)\n"
        );
    }

    #[test]
    fn values_stand_under_long_keys() {
        let rows = [Row::new("Deny `NobodyFromOutside`", "applies").with_note("line 5")];
        assert_eq!(table(&rows, 40), "    Deny `NobodyFromOutside`\n      applies  (line 5)\n");
    }
}
