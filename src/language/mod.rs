//! The interface's words, plurals, dates, numbers and collation.
//!
//! Nothing here knows what is being said or where it is shown; the words themselves stand in the theme's locale files.
