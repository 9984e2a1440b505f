//! Templates and assets: the owner's file if there is one, else the embedded one; hashed names.
