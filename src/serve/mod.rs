//! A preview under the real base path, with watching and live reload.
