//! What the settings come to for each operation, every name in them looked up.

use std::collections::BTreeSet;
use std::time::Duration;

use openapi_model::Operation;
use serde_json::Value;

use crate::case::Phase;
use crate::checks::CHECKS;
use crate::contract::Contract;
use crate::laws::{LAWS, Law};
use crate::run::{Error, Kind, Unknown};
use crate::settings::Settings;
use crate::target::Target;

/// What the settings come to, by operation.
#[derive(Debug)]
pub(crate) struct Plan {
    operations: Vec<Planned>,
    phases: Vec<&'static str>,
}

/// What the settings come to for one operation.
#[derive(Debug)]
struct Planned {
    is_included: bool,
    cases: usize,
    timeout: Duration,
    /// The checks and laws that do not judge it.
    skip: Vec<String>,
    /// Values of parameters, by their place in `Operation::parameters`.
    values: Vec<(usize, Value)>,
}

impl Plan {
    /// Looks up every name.
    pub(crate) fn new(
        contract: &Contract,
        target: &Target,
        settings: &Settings,
        laws: &[Box<dyn Law>],
    ) -> Result<Plan, Error> {
        let mut names = Names {
            contract,
            unknown: Vec::new(),
        };
        let schemes = &contract.api().security_schemes;
        for scheme in target.credentials.schemes() {
            let known = || schemes.keys().cloned().collect();
            names.require(schemes.contains_key(scheme), Kind::Scheme, scheme, known);
        }
        for phase in &settings.phases {
            let known = || Phase::NAMES.map(str::to_owned).to_vec();
            names.require(
                Phase::NAMES.contains(&phase.as_str()),
                Kind::Phase,
                phase,
                known,
            );
        }
        let include = names.operations(&settings.include);
        let exclude = names.operations(&settings.exclude);
        let checks: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        let judges = [checks.as_slice(), &LAWS].concat();
        names.judges(&settings.checks, Kind::Check, &checks);
        names.judges(&settings.laws, Kind::Law, &LAWS);
        for each in &settings.overrides {
            names.judges(&each.skip, Kind::Judge, &judges);
        }
        let chosen = [settings.checks.as_slice(), &settings.laws].concat();
        let not_chosen: Vec<String> = judges
            .iter()
            .map(|name| (*name).to_owned())
            .filter(|name| !chosen.is_empty() && !chosen.contains(name))
            .collect();
        let count = contract.api().operations.len();
        let mut operations: Vec<Planned> = (0..count)
            .map(|index| Planned {
                is_included: (settings.include.is_empty() || include.contains(&index))
                    && !exclude.contains(&index),
                cases: settings.cases,
                timeout: settings.timeout,
                skip: not_chosen.clone(),
                values: Vec::new(),
            })
            .collect();
        for each in &settings.overrides {
            let Some(index) = names.operation(&each.operation) else {
                continue;
            };
            let planned = &mut operations[index];
            planned.cases = each.cases.unwrap_or(planned.cases);
            planned.timeout = each.timeout.unwrap_or(planned.timeout);
            planned.skip.extend(each.skip.iter().cloned());
        }
        for given in &settings.values {
            if given.operation == "*" {
                for (index, parameter) in names.parameters(&given.parameter) {
                    let value = (parameter, given.value.clone());
                    operations[index].values.push(value);
                }
                continue;
            }
            let Some(index) = names.operation(&given.operation) else {
                continue;
            };
            if let Some(parameter) = names.parameter(index, &given.parameter) {
                operations[index]
                    .values
                    .push((parameter, given.value.clone()));
            }
        }
        if !names.unknown.is_empty() {
            return Err(Error::Unknown(names.unknown));
        }
        if !operations.iter().any(|planned| planned.is_included) {
            let reason = "the settings leave out every operation";
            return Err(Error::Nothing {
                reason: reason.to_owned(),
            });
        }
        let is_judged = |law: &dyn Law| {
            let planned = &operations[law.operation()];
            planned.is_included && settings.laws.iter().any(|name| name == law.name())
        };
        if settings.checks.is_empty()
            && !settings.laws.is_empty()
            && !laws.iter().any(|law| is_judged(law.as_ref()))
        {
            return Err(Error::Nothing {
                reason: "no operation that is tested is known to be of the kind of the laws that are named".to_owned(),
            });
        }
        let phases = Phase::NAMES.into_iter().filter(|name| {
            settings.phases.is_empty() || settings.phases.iter().any(|phase| phase == name)
        });
        Ok(Plan {
            operations,
            phases: phases.collect(),
        })
    }

    /// Leaves out every operation whose method may change something, and tells which.
    pub(crate) fn withhold_writes(&mut self, contract: &Contract) -> Result<Vec<usize>, Error> {
        let mut withheld = Vec::new();
        let operations = contract.api().operations.iter().enumerate();
        for (index, operation) in operations {
            let planned = &mut self.operations[index];
            if planned.is_included && !operation.method.is_safe() {
                planned.is_included = false;
                withheld.push(index);
            }
        }
        if self.operations.iter().any(|planned| planned.is_included) {
            return Ok(withheld);
        }
        Err(Error::Nothing {
            reason: "every operation may change something, and the server is not on this machine: allow writes to test it"
                .to_owned(),
        })
    }

    /// Whether the operation is tested.
    pub(crate) fn is_included(&self, operation: usize) -> bool {
        self.operations[operation].is_included
    }

    /// How many random cases the operation has in each phase.
    pub(crate) fn cases(&self, operation: usize) -> usize {
        self.operations[operation].cases
    }

    /// How long an answer of the operation may take.
    pub(crate) fn timeout(&self, operation: usize) -> Duration {
        self.operations[operation].timeout
    }

    /// Whether a check or law judges the operation.
    pub(crate) fn is_judged_by(&self, operation: usize, name: &str) -> bool {
        !self.operations[operation]
            .skip
            .iter()
            .any(|skip| skip == name)
    }

    /// Whether a check or law judges any operation.
    pub(crate) fn judges(&self, name: &str) -> bool {
        (0..self.operations.len()).any(|operation| self.is_judged_by(operation, name))
    }

    /// The values that the settings give for a parameter.
    pub(crate) fn values(
        &self,
        operation: usize,
        parameter: usize,
    ) -> impl Iterator<Item = &Value> {
        let values = self.operations[operation].values.iter();
        values
            .filter(move |(index, _)| *index == parameter)
            .map(|(_, value)| value)
    }

    /// Whether the phase is run.
    pub(crate) fn has(&self, phase: Phase) -> bool {
        self.phases.contains(&phase.name())
    }
}

/// Looks names up, and remembers those that are not found.
struct Names<'c> {
    contract: &'c Contract,
    unknown: Vec<Unknown>,
}

impl Names<'_> {
    fn require(&mut self, is_known: bool, kind: Kind, name: &str, known: impl Fn() -> Vec<String>) {
        if is_known {
            return;
        }
        let unknown = Unknown {
            kind,
            name: name.to_owned(),
            known: known(),
        };
        if !self.unknown.contains(&unknown) {
            self.unknown.push(unknown);
        }
    }

    /// Looks up names of checks or laws.
    fn judges(&mut self, names: &[String], kind: Kind, known: &[&str]) {
        for name in names {
            let all = || known.iter().map(|name| (*name).to_owned()).collect();
            self.require(known.contains(&name.as_str()), kind.clone(), name, all);
        }
    }

    fn operation(&mut self, name: &str) -> Option<usize> {
        let operations = &self.contract.api().operations;
        let found = operations
            .iter()
            .position(|operation| is_named(operation, name));
        let known = || operations.iter().map(Operation::label).collect();
        self.require(found.is_some(), Kind::Operation, name, known);
        found
    }

    fn operations(&mut self, names: &[String]) -> Vec<usize> {
        names
            .iter()
            .filter_map(|name| self.operation(name))
            .collect()
    }

    /// The parameters of that name, each with its operation.
    fn parameters(&mut self, name: &str) -> Vec<(usize, usize)> {
        let operations = &self.contract.api().operations;
        let place =
            |operation: &Operation| operation.parameters.iter().position(|p| p.name == name);
        let found: Vec<_> = operations
            .iter()
            .enumerate()
            .filter_map(|(index, operation)| Some((index, place(operation)?)))
            .collect();
        let known = || {
            let parameters = operations
                .iter()
                .flat_map(|operation| &operation.parameters);
            let names: BTreeSet<&str> = parameters.map(|p| p.name.as_str()).collect();
            names.into_iter().map(str::to_owned).collect()
        };
        self.require(
            !found.is_empty(),
            Kind::Parameter("*".to_owned()),
            name,
            known,
        );
        found
    }

    fn parameter(&mut self, operation: usize, name: &str) -> Option<usize> {
        let operation = &self.contract.api().operations[operation];
        let parameters = &operation.parameters;
        let found = parameters
            .iter()
            .position(|parameter| parameter.name == name);
        let known = || {
            parameters
                .iter()
                .map(|parameter| parameter.name.clone())
                .collect()
        };
        self.require(
            found.is_some(),
            Kind::Parameter(operation.label()),
            name,
            known,
        );
        found
    }
}

/// Whether a name is an operation's `operationId`, or its method and path; the method in any letter case.
pub(crate) fn is_named(operation: &Operation, name: &str) -> bool {
    if operation.id.as_deref() == Some(name) {
        return true;
    }
    name.split_once(' ').is_some_and(|(method, path)| {
        operation.method.as_str().eq_ignore_ascii_case(method) && operation.path == path.trim()
    })
}
