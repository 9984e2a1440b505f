//! A page's head: Highwire, JSON-LD, Open Graph, Signposting.
//!
//! It sees what the page sees, and nothing that a rule withholds.
