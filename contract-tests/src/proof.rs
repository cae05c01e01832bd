//! The five proofs, one after the other.

use contract_harness::{Contract, Report, Target};
use dropshot_codegen::Comparison;
use events_server::store::address::Address;
use indicatif::ProgressBar;
use tokio::runtime::Handle;

use crate::findings::Findings;
use crate::report;
use crate::stand_in::StandIn;
use crate::system::{System, SystemError};
use crate::{agreement, refusing, understanding};

/// How a proof is made. The default draws the seed at random.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where all choices start.
    pub seed: u64,
    /// How many random cases each operation has in each kind of proof.
    pub cases: usize,
    /// The PostgreSQL database that the server keeps its events in, which must be empty; without one, a fresh file.
    pub database: Option<Address>,
}

impl Settings {
    /// How many random cases there are where nobody says.
    pub const DEFAULT_CASES: usize = 200;
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            seed: contract_harness::Settings::default().seed,
            cases: Settings::DEFAULT_CASES,
            database: None,
        }
    }
}

/// What was found.
#[derive(Debug)]
pub struct Proof {
    /// Where all choices started.
    pub seed: u64,
    /// (a) What the server did with requests made from the document.
    pub server: Report,
    /// (b) What the client made of answers made from the document.
    pub client: Findings,
    /// (c) What the client made of answers that break the document.
    pub refusing: Findings,
    /// (d) What the client had of what the server has.
    pub agreement: Findings,
    /// (e) What dropshot's document says beside ours.
    pub emitted: Comparison,
}

impl Proof {
    /// Whether document, server and client agree.
    pub fn holds(&self) -> bool {
        self.server.is_clean()
            // A proof that nothing took part in shows nothing.
            && !self.client.exercised.is_empty()
            && self.client.hold()
            && !self.refusing.exercised.is_empty()
            && self.refusing.hold()
            && !self.agreement.exercised.is_empty()
            && self.agreement.hold()
            && self.emitted.unexpected.is_empty()
    }

    /// A report for a person to read.
    pub fn text(&self) -> String {
        report::text(self)
    }
}

/// Why the proof could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The document has faults.
    #[error("the document has faults:\n{0}")]
    Document(#[from] openapi_model::Diagnostics),
    /// The document has nothing to prove.
    #[error(transparent)]
    Contract(#[from] contract_harness::NoOperation),
    /// There is no system to prove anything of.
    #[error(transparent)]
    System(#[from] SystemError),
    /// No answers that break the document.
    #[error(transparent)]
    Mock(#[from] contract_harness::mock::MockError),
    /// The harness could not run.
    #[error(transparent)]
    Harness(#[from] contract_harness::Error),
    /// No port for the server that stands in for the real one.
    #[error("no server can stand in for the real one: {0}")]
    StandIn(std::io::Error),
    /// dropshot emits no document.
    #[error("dropshot emits no document: {0}")]
    Emitted(String),
    /// A proof ended in the middle, which is a fault of this program.
    #[error("a proof ended in the middle: {0}")]
    Ended(#[from] tokio::task::JoinError),
}

/// Starts the system, makes the five proofs, and stops it.
///
/// # Errors
/// Why the proof could not be made. What does not hold is in the proof.
pub async fn prove(settings: &Settings, progress: &ProgressBar) -> Result<Proof, Error> {
    let contract = Contract::new(openapi_model::parse(events_spec::DOCUMENT)?)?;
    let system = System::start_with(settings.database.clone()).await?;
    let proof = with(&system, contract, settings, progress).await;
    system.stop().await;
    proof
}

async fn with(
    system: &System,
    contract: Contract,
    settings: &Settings,
    progress: &ProgressBar,
) -> Result<Proof, Error> {
    let Settings { seed, cases, .. } = *settings;
    progress.set_message("the server keeps the document");
    let target = Target {
        base_url: system.base_url(),
        credentials: system.credentials().into_iter().collect(),
    };
    // The store is fresh, so that nothing can collide with what another run of this seed left there.
    let harness = contract_harness::Settings {
        seed,
        run_id: format!("{seed:08x}"),
        cases,
        ..Default::default()
    };
    let shown = progress.clone();
    let server = contract_harness::run(&contract, &target, &harness, &move |at| {
        shown.set_length(at.planned as u64);
        shown.set_position(at.done as u64);
    })
    .await?;

    let stand_in = StandIn::start().await.map_err(Error::StandIn)?;
    let to_stand_in = system.client(&stand_in.base_url())?;
    let to_server = system.client(&system.base_url())?;
    let credentials: Vec<(String, String)> = system.credentials().into_iter().collect();
    let shown = progress.clone();
    // proptest's runner blocks, and what it calls waits for the network.
    let blocking = tokio::task::spawn_blocking(move || {
        let runtime = Handle::current();
        let responses = contract
            .api()
            .operations
            .iter()
            .map(|operation| operation.responses.len())
            .sum::<usize>();
        start(&shown, "the client understands it", responses);
        let client = understanding::show(
            &contract,
            to_stand_in.operations(),
            &credentials,
            &stand_in,
            &runtime,
            (seed, cases),
            &|| shown.inc(1),
        );
        start(&shown, "the client refuses what breaks it", responses);
        let refusing = refusing::show(
            &contract,
            to_stand_in.operations(),
            &stand_in,
            &runtime,
            (seed, cases),
            &|| shown.inc(1),
        );
        start(&shown, "server and client agree", 1);
        let agreement = agreement::show(
            &contract,
            to_server.operations(),
            &runtime,
            (seed, cases),
            &|| shown.inc(1),
        );
        (contract, client, refusing, agreement)
    });
    let (contract, client, refusing, agreement) = blocking.await?;
    let refusing = refusing?;

    progress.set_message("dropshot emits the document");
    let emitted = events_server::start::emitted_document()
        .map_err(|error| Error::Emitted(error.to_string()))?;
    let emitted = dropshot_codegen::compare(contract.api(), &emitted);
    Ok(Proof {
        seed,
        server,
        client,
        refusing,
        agreement,
        emitted,
    })
}

fn start(progress: &ProgressBar, message: &'static str, length: usize) {
    progress.set_message(message);
    progress.set_length(length as u64);
    progress.set_position(0);
}
