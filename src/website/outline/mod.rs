//! Every list of the site: members, order, cut into pages, page or anchor, index or noindex.
//!
//! Nothing here knows an address.
