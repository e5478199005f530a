//! What is promised of the data: acknowledged means kept, however the process ends; and nobody else's file is touched.

mod books;
mod files;
mod killed;
mod load;
mod program;
mod tenant;
