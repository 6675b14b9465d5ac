//! The `candour` command. Everything is in the library.

fn main() -> std::process::ExitCode {
    candour::cli::main()
}
