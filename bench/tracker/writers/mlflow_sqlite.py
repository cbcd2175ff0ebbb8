"""MLflow with its SQLite store; `log_metrics` sends all metrics of a step at once."""

import logging
import os

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
import mlflow
from mlflow.entities import Metric
from mlflow.tracking import MlflowClient

logging.disable(logging.WARNING)


def uri_of(folder):
    return "sqlite:///%s/mlflow.db" % folder


def begin(folder, name, synchronous=True, uri_of=uri_of):
    mlflow.set_tracking_uri(uri_of(folder))
    mlflow.set_experiment("bench")
    mlflow.start_run(run_name=name, log_system_metrics=False)
    return Writer(synchronous)


class Writer:
    def __init__(self, synchronous):
        self.synchronous = synchronous

    def log(self, step, values):
        mlflow.log_metrics(values, step=step, synchronous=self.synchronous)

    def end(self):
        mlflow.end_run()


def read(folder, uri_of=uri_of):
    client = MlflowClient(uri_of(folder))
    experiment = client.get_experiment_by_name("bench")
    runs = client.search_runs([experiment.experiment_id], max_results=1000)
    return sum(len(client.get_metric_history(run.info.run_id, "m0")) for run in runs)


clients = {}


def client_of(uri):
    if uri not in clients:
        client = MlflowClient(uri)
        clients[uri] = client, client.create_experiment("made")
    return clients[uri]


def make(folder, figures, uri_of=uri_of):
    client, experiment = client_of(uri_of(folder))
    run = client.create_run(experiment).info.run_id
    client.log_batch(run, metrics=[Metric(name, value, 0, 0) for name, value in figures.items()])
    client.set_terminated(run)


def newest(folder, below, limit, uri_of=uri_of):
    client, experiment = client_of(uri_of(folder))
    order = ["attributes.start_time DESC"]
    return len(client.search_runs([experiment], "metrics.m0 < %s" % below, max_results=limit, order_by=order))
