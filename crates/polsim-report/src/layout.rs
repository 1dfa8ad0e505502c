//! Paragraphs and tables in a number of columns.
//!
//! Words are never broken: an ARN that is longer than the line is left to the terminal, so that it can be copied.

use crate::entry::Row;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// The widest column of keys; the values of longer keys stand under them.
const WIDEST_KEY: usize = 36;

/// Long keys are few when at most one in so many is.
const FEW: usize = 5;

/// A paragraph with a mark before it.
pub(crate) fn paragraph(mark: &str, text: &str, width: usize) -> String {
    let indent = " ".repeat(display_width(mark).min(8));
    fill(text, mark, &indent, width)
}

/// Rows of a table, indented: the values beside their keys and aligned, or under them where there is no room. A few keys
/// that are longer than the others have their values under them and do not push the rest away.
pub(crate) fn table(rows: &[Row], width: usize) -> String {
    let limit = WIDEST_KEY.min(width * 2 / 5);
    let lengths: Vec<usize> = rows.iter().map(|row| display_width(&row.key)).collect();
    let long = lengths.iter().filter(|length| **length > limit).count();
    let widest = lengths.iter().copied().filter(|length| *length <= limit).max().unwrap_or(0);
    let is_narrow = long * FEW > rows.len();
    let mut table = String::new();
    for (row, length) in rows.iter().zip(lengths) {
        let note = row.note.as_ref().map(|note| format!("  ({note})")).unwrap_or_default();
        let value = format!("{}{note}", row.value);
        let beside = " ".repeat(widest + 6);
        let told = if is_narrow || length > limit {
            let key = fill(&row.key, "    ", "    ", width);
            let indent = if is_narrow { "      " } else { beside.as_str() };
            format!("{key}\n{}", fill(&value, indent, indent, width))
        } else {
            let pad = " ".repeat(widest.saturating_sub(length) + 2);
            fill(&value, &format!("    {}{pad}", row.key), &beside, width)
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

    #[test]
    fn a_few_long_keys_do_not_push_the_others_away() {
        let mut rows = vec![Row::new("s3:ListBucket", "bucket"); 4];
        rows.push(Row::new("s3:DeleteStorageLensConfigurationTagging", "lens"));
        let drawn = table(&rows, 80);
        assert!(drawn.starts_with("    s3:ListBucket  bucket\n"), "{drawn}");
        assert!(drawn.ends_with("ConfigurationTagging\n                   lens\n"), "{drawn}");
    }
}
