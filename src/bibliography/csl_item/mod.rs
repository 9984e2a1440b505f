//! A Zotero record as a CSL item.
//!
//! Nothing here formats: names are split and dates are parsed, no more.
