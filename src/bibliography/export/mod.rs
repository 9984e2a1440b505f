//! The text of records in a format, one file per format.
//!
//! Nothing here knows where a file will stand: addresses come in as a value.
