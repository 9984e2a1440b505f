//! Notes, Markdown and references as `SafeHtml`, links resolved.
