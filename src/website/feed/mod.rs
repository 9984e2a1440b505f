//! Atom, sitemap, robots and `api/`.
