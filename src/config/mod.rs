//! Gathers the rooms' settings: `zbib.toml`, environment and flags become one checked, immutable `Config`.
//!
//! Only this room reads the environment.
