//! SVG, written by hand: a few shapes, with every text escaped. No scripts, no links, nothing from elsewhere.

use std::fmt::Write as _;

/// A drawing that grows.
pub(super) struct Svg {
    body: String,
}

/// How a shape is drawn: names of classes in the style of the drawing.
pub(super) type Class = &'static str;

impl Svg {
    pub(super) fn new() -> Self {
        Self { body: String::new() }
    }

    pub(super) fn rect(&mut self, x: i32, y: i32, width: i32, height: i32, class: Class) {
        self.line(&format!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" class="{class}"/>"#
        ));
    }

    /// A text whose baseline begins at a place.
    pub(super) fn text(&mut self, x: i32, y: i32, text: &str, class: Class) {
        let text = escape(text);
        self.line(&format!(r#"<text x="{x}" y="{y}" class="{class}">{text}</text>"#));
    }

    /// An arrow from the left to the right.
    pub(super) fn arrow(&mut self, (x1, y1): (i32, i32), (x2, y2): (i32, i32), class: Class) {
        let (end, middle) = (x2 - 8, i32::midpoint(x1, x2));
        self.line(&format!(
            r#"<path d="M{x1} {y1} C{middle} {y1} {middle} {y2} {end} {y2}" class="line {class}"/>"#
        ));
        self.line(&format!(r#"<path d="M{x2} {y2} l-9 -5 v10 z" class="head {class}"/>"#));
    }

    /// A cross that ends an arrow.
    pub(super) fn cross(&mut self, x: i32, y: i32, class: Class) {
        self.line(&format!(r#"<path d="M{} {} l12 12 m0 -12 l-12 12" class="line {class}"/>"#, x - 6, y - 6));
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.body, "  {line}");
    }

    /// The whole drawing.
    pub(super) fn whole(
        self,
        width: i32,
        height: i32,
        style: &str,
        title: &str,
        description: &str,
    ) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n  <title id=\"title\">{}</title>\n  \
             <desc id=\"desc\">{}</desc>\n  <style>{style}</style>\n{}</svg>\n",
            escape(title),
            escape(description),
            self.body
        )
    }
}

/// A text as XML has it. Characters that XML does not know are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            character if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}');
            }
            // Text that turns the direction of writing would show another name than the one that is there.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{fffd}'),
            character => escaped.push(character),
        }
    }
    escaped
}

/// A text in so many characters, its middle left out: beginning and end tell ids apart.
pub(super) fn short(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let (front, back) = (most / 2, most.saturating_sub(most / 2 + 1));
    let begin: String = text.chars().take(front).collect();
    let end: String = text.chars().skip(count - back).collect();
    format!("{begin}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_text() {
        assert_eq!(escape("<script>&\"'\u{1}\u{202e}"), "&lt;script&gt;&amp;&quot;&apos;\u{fffd}\u{fffd}");
    }

    #[test]
    fn long_names_keep_both_ends() {
        assert_eq!(short("arn:aws:s3:::bucket/key", 11), "arn:a…t/key");
        assert_eq!(short("short", 11), "short");
    }
}
