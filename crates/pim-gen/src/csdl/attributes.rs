//! The attributes of a tag, in one pass over it. They are half of a metadata document, and nearly all are just what they
//! look like: slices of the input.

/// An attribute.
pub(super) struct Attribute<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its value, as written.
    pub(super) value: &'a str,
    /// Whether it stands for itself: it has no entities and no line breaks.
    pub(super) plain: bool,
}

/// What is wrong with an attribute, and where in the tag.
pub(super) struct Malformed {
    pub(super) at: usize,
    pub(super) what: &'static str,
}

/// The attributes of a tag, one after the other.
pub(super) struct Attributes<'a> {
    tag: &'a str,
    at: usize,
}

impl<'a> Attributes<'a> {
    /// Those of `tag`, what is between the angle brackets. They begin at `at`, behind its name.
    #[inline]
    pub(super) fn new(tag: &'a str, at: usize) -> Self {
        Self { tag, at }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<Attribute<'a>, Malformed>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let tag = self.tag.as_bytes();
        let malformed = |at, what| Some(Err(Malformed { at, what }));

        let start = skip(tag, self.at, is_blank);
        if start == tag.len() {
            return None;
        }
        let end = skip(tag, start, |byte| byte != b'=' && !is_blank(byte));
        let equals = skip(tag, end, is_blank);
        if tag.get(equals) != Some(&b'=') {
            return malformed(equals, "an attribute has no value");
        }
        let open = skip(tag, equals + 1, is_blank);
        let Some(&quote @ (b'"' | b'\'')) = tag.get(open) else {
            return malformed(open, "the value of an attribute is not in quotes");
        };
        let Some(length) = tag[open + 1..].iter().position(|&byte| byte == quote) else {
            return malformed(tag.len(), "the value of an attribute has no closing quote");
        };
        let close = open + 1 + length;
        let value = &self.tag[open + 1..close];
        // Counting looks at every byte, and so at many at once.
        let plain = value.bytes().filter(|&byte| byte == b'&' || byte < b' ').count() == 0;
        self.at = close + 1;
        Some(Ok(Attribute { name: &self.tag[start..end], value, plain }))
    }
}

/// The first place from `at` on where the byte is not `wanted`, or the end.
#[inline]
fn skip(bytes: &[u8], mut at: usize, mut wanted: impl FnMut(u8) -> bool) -> usize {
    while at < bytes.len() && wanted(bytes[at]) {
        at += 1;
    }
    at
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}
