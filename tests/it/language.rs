//! Every row of what published schemes ask of the language, with its worked case: what it earns is worked out by hand
//! beside it. The letters and numbers in the tests' comments are those of the list in docs/rubric-language.md.

mod profiles;
