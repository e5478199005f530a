//! Microsoft's tutorials on PIM: what they print is understood, and what they do can be done with the client.

mod complete;
mod printed;
mod requests;
mod responses;
mod roundtrip;
