"""MLflow with its SQLite store and `synchronous=False`, which a thread of its own writes."""

import mlflow_sqlite
from mlflow_sqlite import read


def begin(folder, name):
    return mlflow_sqlite.begin(folder, name, synchronous=False)
