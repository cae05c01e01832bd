//! Serves a document, or prints what dropshot makes of it.

use std::io::Read as _;
use std::sync::Arc;

use dropshot_runtime::dropshot::ConfigDropshot;
use dropshot_runtime::slog::{Drain, Logger, Never, OwnedKVList, Record, o};
use dropshot_runtime::{Api, ResponseChecks, Service};

pub type Failed = Box<dyn std::error::Error + Send + Sync>;

/// What is asked for, and of which document.
pub fn arguments() -> Result<(String, usize), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, number] = arguments.as_slice() else {
        return Err("usage: servers serve|emitted NUMBER".into());
    };
    Ok((command.clone(), number.parse()?))
}

/// Does it. `serve` says its address on standard output and ends when standard input does.
pub fn run<S: Service>(command: &str, (service, operations): (S, Api<S>)) -> Result<(), Failed> {
    if command == "emitted" {
        let emitted = operations
            .description()?
            .openapi("Stub", "1.0.0".parse()?)
            .json()?;
        println!("{emitted}");
        return Ok(());
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let config = ConfigDropshot {
            bind_address: ([127, 0, 0, 1], 0).into(),
            ..ConfigDropshot::default()
        };
        let operations = operations.check_responses(ResponseChecks::Fail);
        let log = Logger::root(Lines, o!());
        let server = dropshot_runtime::start(Arc::new(service), operations, config, &log)?;
        println!("http://{}", server.local_addr());
        tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
        Ok(())
    })
}

/// What went wrong, on standard error.
struct Lines;

impl Drain for Lines {
    type Ok = ();
    type Err = Never;

    fn log(&self, record: &Record, _: &OwnedKVList) -> Result<(), Never> {
        use dropshot_runtime::slog::{KV as _, Level, Serializer};
        struct Pairs(String);
        impl Serializer for Pairs {
            fn emit_arguments(
                &mut self,
                key: dropshot_runtime::slog::Key,
                value: &std::fmt::Arguments,
            ) -> dropshot_runtime::slog::Result {
                self.0 = format!("{}, {key}: {value}", self.0);
                Ok(())
            }
        }
        if record.level().is_at_least(Level::Warning)
            && record.module().starts_with("dropshot_runtime")
        {
            let mut pairs = Pairs(String::new());
            drop(record.kv().serialize(record, &mut pairs));
            eprintln!("{}{}", record.msg(), pairs.0);
        }
        Ok(())
    }
}
