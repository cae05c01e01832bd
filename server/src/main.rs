//! The Event service: see `events-server --help`.

fn main() -> std::process::ExitCode {
    events_server::run::main()
}
