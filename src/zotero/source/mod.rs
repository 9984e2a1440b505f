//! Where records come from: the Web API, or the owner's local file.
//!
//! Nothing here knows the cache, and the API key never leaves this room.
