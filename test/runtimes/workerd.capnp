using Workerd = import "/workerd/workerd.capnp";

# No compatibility flag: neither Node's built-ins nor its globals.
const config :Workerd.Config = (services = [(name = "smoke", worker = .smoke)]);

const smoke :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-08-01",
);
