//! The main job: see `contract-tests --help`.

fn main() -> std::process::ExitCode {
    contract_tests::run::main()
}
