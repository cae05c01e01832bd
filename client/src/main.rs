//! The command line `events`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
