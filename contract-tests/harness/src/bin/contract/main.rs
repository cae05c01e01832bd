//! The program `contract`: see `contract --help`.

mod arguments;
mod exit;

mod files;
mod line;
mod sample;

mod config;
mod options;
mod pair;
mod texts;
mod time;

mod credential;
mod given;
mod plan;
mod reports;

mod judging;
mod mock;
mod proxy;
mod replay;

mod accepted;
mod again;
mod interrupt;
mod progress;
mod start;
mod test;

fn main() -> std::process::ExitCode {
    arguments::run()
}
