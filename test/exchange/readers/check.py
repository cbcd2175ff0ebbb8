"""
Reads what `bench export` wrote with the readers of those programs, and writes what they would write themselves.

check.py read FORMAT PATH      prints {"version", "runs": {key: {metric: [[step, value, time ms], ...]}}} as JSON
check.py write FORMAT PATH     makes a small run of loss (1, 0.5, NaN, Infinity) the way a user of that program would
"""

import json
import math
import sys
from pathlib import Path

VALUES = [1.0, 0.5, 0.1 + 0.2, float("nan"), float("inf"), -float("inf")]


def main():
    way, form, path = sys.argv[1:]
    done = globals()["%s_%s" % (way, form)](path)
    print(json.dumps(done))


def wire(value):
    value = float(value)
    return value if math.isfinite(value) else {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]


def read_tensorboard(path):
    """The accumulator that TensorBoard itself uses, which turns every scalar into a tensor, and its data provider."""
    import tensorboard
    from tensorboard import context
    from tensorboard.backend.event_processing import data_provider, plugin_event_accumulator
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer

    runs = {}
    for folder in sorted(Path(path).iterdir()):
        accumulator = EventAccumulator(str(folder), size_guidance={"tensors": 0, "scalars": 0})
        accumulator.Reload()
        runs[folder.name] = {
            tag: [
                [one.step, wire(both_precisions(one.tensor_proto)), round(one.wall_time * 1000)]
                for one in accumulator.Tensors(tag)
            ]
            for tag in accumulator.Tags()["tensors"]
            if accumulator.SummaryMetadata(tag).plugin_data.plugin_name == "scalars"
        }
    multiplexer = EventMultiplexer(tensor_size_guidance={"scalars": 0})
    multiplexer.AddRunsFromDirectory(path)
    multiplexer.Reload()
    provider = data_provider.MultiplexerDataProvider(multiplexer, path)
    shown = provider.list_scalars(context.RequestContext(), experiment_id="", plugin_name="scalars")
    shown = {run: sorted(tags) for run, tags in shown.items()}
    version = "tensorboard " + tensorboard.__version__
    return {"version": version, "runs": runs, "shown": shown, "served": served_by_tensorboard(path)}


def both_precisions(tensor):
    """The 64 bits that we read back, if what TensorBoard shows is their nearest float of 32."""
    import numpy
    from tensorboard.util import tensor_util

    value = tensor.double_val[0]
    with numpy.errstate(over="ignore"):
        single = numpy.float32(value)
    numpy.testing.assert_array_equal(tensor_util.make_ndarray(tensor), single)
    return value


def served_by_tensorboard(path):
    """What the server lists that `tensorboard --logdir` starts."""
    import time
    from tensorboard import context
    from tensorboard.data import server_ingester
    from tensorboard.util import grpc_util

    ingester = server_ingester.SubprocessServerDataIngester(
        server_binary=server_ingester.get_server_binary(),
        logdir=path,
        reload_interval=1,
        channel_creds_type=grpc_util.ChannelCredsType.LOCAL,
    )
    ingester.start()
    deadline = time.time() + 30
    while True:
        listed = ingester.data_provider.list_scalars(context.RequestContext(), experiment_id="", plugin_name="scalars")
        if listed or time.time() > deadline:
            return {run: sorted(tags) for run, tags in listed.items()}
        time.sleep(0.5)


def read_csv(path):
    import pandas

    table = pandas.read_csv(Path(path) / "points.csv", float_precision="round_trip", keep_default_na=False, na_values=["NaN"])
    return {"version": "pandas " + pandas.__version__, "runs": curves(table, table["time"])}


def read_parquet(path):
    import pandas
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(Path(path) / "points.parquet").to_pandas()
    times = table["time"].astype("datetime64[ms, UTC]" if table["time"].dt.tz else "datetime64[ms]").astype("int64")
    return {"version": "pyarrow %s, pandas %s" % (pyarrow.__version__, pandas.__version__), "runs": curves(table, times)}


def read_jsonl(path):
    import pandas

    # Not read_json: its parser refuses the smallest and the largest doubles.
    with open(Path(path) / "points.jsonl") as file:
        table = pandas.DataFrame([json.loads(line) for line in file])
    return {"version": "pandas " + pandas.__version__, "runs": curves(table, table["time"])}


def curves(table, times):
    runs = {}
    rows = zip(table["run"], table["metric"], table["step"], table["value"], times)
    for run, metric, step, value, time in rows:
        runs.setdefault(run, {}).setdefault(metric, []).append([int(step), wire(value), int(time)])
    return runs


def read_mlflow(path):
    import mlflow
    from mlflow.tracking import MlflowClient

    client = MlflowClient("sqlite:///%s/mlflow.db" % path)
    experiments = [one for one in client.search_experiments() if one.name != "Default"]
    runs = {}
    for run in client.search_runs([one.experiment_id for one in experiments]):
        runs[run.data.tags["convbench.id"]] = {
            metric: sorted(
                [one.step, wire(one.value), one.timestamp] for one in client.get_metric_history(run.info.run_id, metric)
            )
            for metric in run.data.metrics
        }
    return {"version": "mlflow " + mlflow.__version__, "runs": runs}


def write_tensorboard(path):
    import tensorboard
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.event_file_writer import EventFileWriter

    writer = EventFileWriter(str(Path(path) / "theirs"))
    for step, value in enumerate(VALUES):
        writer.add_event(Event(step=step, wall_time=1.7e9 + step, summary=Summary(value=[Summary.Value(tag="loss", simple_value=value)])))
    writer.close()
    return {"version": "tensorboard " + tensorboard.__version__}


def write_mlflow(path):
    import mlflow

    mlflow.set_tracking_uri("sqlite:///%s/mlflow.db" % path)
    mlflow.set_experiment("theirs")
    with mlflow.start_run(run_name="theirs"):
        mlflow.log_params({"rate": 0.1, "steps": 6})
        for step, value in enumerate(VALUES):
            mlflow.log_metric("loss", value, step=step)
    return {"version": "mlflow " + mlflow.__version__}


def write_csv(path):
    import pandas

    pandas.DataFrame({"step": range(len(VALUES)), "loss": VALUES}).to_csv(Path(path) / "theirs.csv", na_rep="NaN", index=False)
    return {"version": "pandas " + pandas.__version__}


def write_wandb(path):
    """The lines of `run.scan_history()`, by Python's json, which writes bare NaN and Infinity."""
    with open(Path(path) / "theirs.jsonl", "w") as file:
        for step, value in enumerate(VALUES):
            file.write(json.dumps({"_step": step, "_timestamp": 1.7e9 + step, "loss": value}) + "\n")
    return {"version": "json of Python " + sys.version.split()[0]}


if __name__ == "__main__":
    main()
