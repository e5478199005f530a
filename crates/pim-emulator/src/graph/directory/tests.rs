//! The directory, held against what is known of it.
