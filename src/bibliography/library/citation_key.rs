//! Citation keys: given by the owner, else made by Zotero's pattern, unique over the whole site.
