//! The program `contract`: see `contract --help`.

mod arguments;
mod exit;

mod files;
mod line;
mod sample;

fn main() -> std::process::ExitCode {
    arguments::run()
}
