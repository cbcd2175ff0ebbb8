"""
Moves runs in and out of an MLflow store through its own client, for `bench export --to mlflow` and `bench import --from
mlflow`: `convbench_mlflow.py export URI` reads JSON lines, `convbench_mlflow.py import URI` writes them.
"""

import json
import logging
import os
import sys

RECORD_FILE = "convbench/run.json"
BATCH = 1000
MAX_PARAMS = 100
MAX_PARAM_LENGTH = 500
STATUS = {"finished": "FINISHED", "failed": "FAILED", "killed": "KILLED", "crashed": "FAILED", "running": "RUNNING"}
STATES = {"FINISHED": "finished", "FAILED": "failed", "KILLED": "killed", "RUNNING": "running", "SCHEDULED": "pending"}
# MLflow's SQL store writes these for infinities.
LARGEST = sys.float_info.max


def main():
    way, uri = sys.argv[1:]
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    os.environ.setdefault("DO_NOT_TRACK", "true")
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    try:
        import mlflow
        from mlflow.tracking import MlflowClient
    except ImportError as error:
        sys.exit("expected Python with MLflow, got: %s. Install it, or name another Python with --python" % error)
    logging.disable(logging.WARNING)
    try:
        (export_runs if way == "export" else import_runs)(MlflowClient(uri), uri)
    except Exception as error:
        sys.exit(" ".join(str(error).split()) or type(error).__name__)


def export_runs(client, uri):
    run = None
    for line in sys.stdin:
        message = json.loads(line)
        if "run" in message:
            end(client, run)
            run = begin(client, uri, message["run"])
        else:
            log_points(client, run["mlflow"], message["points"])
    end(client, run)


def begin(client, uri, record):
    from mlflow.entities import Param

    experiment = client.get_experiment_by_name(record["experiment"])
    experiment_id = experiment.experiment_id if experiment else client.create_experiment(
        record["experiment"], artifact_location=artifact_place(uri, record["experiment"])
    )
    tags = {"convbench." + name: str(record[name]) for name in ("id", "arm", "seed", "state")}
    tags.update({"convbench.tag." + str(i): tag for i, tag in enumerate(record["tags"])})
    name = record["name"] or "%s-%s" % (record["arm"], record["seed"])
    made = client.create_run(experiment_id, start_time=record["startedAt"], tags=tags, run_name=name)
    params = [Param(key, value[:MAX_PARAM_LENGTH]) for key, value in leaves(record["config"]) if valid_key(key)]
    for start in range(0, len(params), MAX_PARAMS):
        client.log_batch(made.info.run_id, params=params[start : start + MAX_PARAMS])
    client.log_text(made.info.run_id, json.dumps(record), RECORD_FILE)
    return {"mlflow": made.info.run_id, "record": record}


def artifact_place(uri, experiment):
    """Beside a SQLite store; a server knows its own."""
    prefix = "sqlite:///"
    if not uri.startswith(prefix):
        return None
    folder = os.path.join(os.path.dirname(os.path.abspath(uri[len(prefix) :])), "artifacts")
    return "file://" + folder


def log_points(client, run_id, points):
    from mlflow.entities import Metric

    for start in range(0, len(points), BATCH):
        batch = [Metric(name, float(value), time, step) for name, step, value, time in points[start : start + BATCH]]
        client.log_batch(run_id, metrics=batch)


def end(client, run):
    if run is not None:
        record = run["record"]
        client.set_terminated(run["mlflow"], STATUS.get(record["state"], "RUNNING"), end_time=record["endedAt"])


def import_runs(client, uri):
    from mlflow.entities import ViewType

    token = None
    while True:
        page = client.search_experiments(view_type=ViewType.ACTIVE_ONLY, page_token=token)
        for experiment in page:
            import_experiment(client, experiment)
        token = page.token
        if not token:
            return


def import_experiment(client, experiment):
    token = None
    while True:
        page = client.search_runs([experiment.experiment_id], page_token=token, order_by=["attributes.start_time"])
        for run in page:
            import_run(client, experiment.name, run)
        token = page.token
        if not token:
            return


def import_run(client, experiment, run):
    key = run.info.run_id
    say({"key": key, "run": record_of(client, experiment, run)})
    for name in sorted(run.data.metrics):
        points = [[name, one.step, wire(one.value), one.timestamp] for one in client.get_metric_history(key, name)]
        points.sort(key=lambda point: point[1])
        for start in range(0, len(points), BATCH):
            say({"key": key, "points": points[start : start + BATCH]})


def record_of(client, experiment, run):
    """What an export of ours kept whole; else what MLflow knows."""
    if "convbench.id" in run.data.tags:
        import mlflow.artifacts

        path = client.download_artifacts(run.info.run_id, RECORD_FILE)
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    tags = {name: value for name, value in run.data.tags.items() if not name.startswith("mlflow.")}
    return {
        "experiment": experiment,
        "arm": run.info.run_name or run.info.run_id,
        "name": run.info.run_name or run.info.run_id,
        "tags": ["%s=%s" % pair for pair in sorted(tags.items())],
        "state": STATES.get(run.info.status, "finished"),
        "startedAt": run.info.start_time,
        "endedAt": run.info.end_time,
        "config": dict(run.data.params),
    }


def wire(value):
    if value != value:
        return "NaN"
    if abs(value) >= LARGEST:
        return "Infinity" if value > 0 else "-Infinity"
    return value


def leaves(value, name=""):
    if not isinstance(value, dict):
        return [(name, value if isinstance(value, str) else json.dumps(value))]
    return [leaf for key, inner in value.items() for leaf in leaves(inner, "%s.%s" % (name, key) if name else key)]


def valid_key(key):
    return 0 < len(key) <= 250 and all(letter.isalnum() or letter in "_-. /" for letter in key)


def say(message):
    sys.stdout.write(json.dumps(message, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
