//! Every row of what published schemes ask of the language, with its worked case: what it earns is worked out by hand
//! beside it. The letters and numbers in the tests' comments are those of docs/rubric-language.md.

mod cycles;
mod gates;
mod grades;
mod measures;
mod nodes;
mod panels;
mod profiles;
mod properties;
mod relative;
mod rules;
mod words;
