pub enum Answer {
    Yes,
    No(String, u8),
    Perhaps {
        why: String,
    },
    #[doc(hidden)]
    Never,
}

pub const LIMIT: usize = 3;

pub static TABLE: &[&str] = &[];

pub type Result<T, E = String> = std::result::Result<T, E>;

pub struct Pair(pub u8, u8);

pub struct Unit;
pub(crate) struct Kept;
