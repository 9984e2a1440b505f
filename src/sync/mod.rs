//! The order of a sync: ask, merge, let `publish` decide what is withheld, fetch files, commit, account.
