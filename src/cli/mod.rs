//! Arguments, and the stories: what each command does, on one screen.
