"""MLflow with its store of files."""

import os

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
import mlflow_sqlite


def uri_of(folder):
    return "file://%s/mlruns" % folder


def begin(folder, name):
    return mlflow_sqlite.begin(folder, name, uri_of=uri_of)


def read(folder):
    return mlflow_sqlite.read(folder, uri_of)


def make(folder, figures):
    mlflow_sqlite.make(folder, figures, uri_of)


def newest(folder, below, limit):
    return mlflow_sqlite.newest(folder, below, limit, uri_of)
