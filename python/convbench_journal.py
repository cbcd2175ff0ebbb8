"""
Records a training loop written in Python as a run of a convbench project: `bench list`, `bench show` and the statistics
see it like any other. One file, no dependencies, Python 3.8 or newer: copy it beside your script.

    from convbench_journal import Run

    with Run("shortcuts", arm="plain", seed=1, config={"rate": 0.1}) as run:
        for step, batch in enumerate(batches, 1):
            run.log({"train.loss": train(batch)}, step)

It appends frames to `.bench/runs/<id>/journal`; docs/journal.md states the bytes. A call of `log` that has returned
survives the end of the process, also by kill -9; of a power cut it is safe after a second.
"""

import atexit
import hashlib
import json
import os
import platform
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Mapping

__all__ = ["Journal", "JournalError", "Run", "encode_frame"]

MAGIC = b"BENCHJ1\n"
MAX_PAYLOAD_BYTES = 64 * 1024 * 1024
SYNC_INTERVAL_S = 1.0
HEARTBEAT_INTERVAL_S = 10.0
MAX_NAME_LENGTH = 200
TIER = "tracked"
STATES = ("finished", "failed", "killed")
ARTIFACT_PART = re.compile(r"^[A-Za-z0-9_@+=-](?:[A-Za-z0-9_@+=. -]*[A-Za-z0-9_@+=-])?$")
SECRET_NAME = re.compile(
    r"token|secret|passw(?:or)?d|passphrase|passwd|pwd|api[_-]?key|access[_-]?key|private[_-]?key|credential"
    r"|(?:^|_)(?:key|auth|cookie|pat)(?:$|_)",
    re.IGNORECASE,
)
SECRET_SHAPE = re.compile(
    r"eyJ[\w-]{6,}\.[\w-]{4,}\.[\w-]*|(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}"
    r"|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{20,}|hf_[A-Za-z0-9]{20,}|pypi-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|AIza[\w-]{30,}"
    r"|[sr]k[-_][\w-]{20,}|(?<![0-9A-Za-z])[0-9a-f]{32,}(?![0-9A-Za-z])|(?<=://)[^\s/?#'\"`]+(?=@)"
)


class JournalError(ValueError):
    """One line: what was expected, what was got."""


class Run:
    """
    One run that this process trains. `experiment` is what it belongs to, `arm` what is varied, `seed` the repetition:
    pairs of arms share their seeds. As a context manager it ends as *finished*, or as *failed* with the exception's text.
    Methods may be called from several threads. Raises JournalError for wrong input and OSError if the disk refuses.
    """

    def __init__(self, experiment, arm=None, seed=0, name=None, config=None, tags=(), levels=None, steps=None, dir=None):
        self.id = new_run_id()
        arm = arm if arm is not None else name if name is not None else "default"
        cell = tracked_cell(self.id, experiment, arm, seed, name, config or {}, tags, levels or {}, steps)
        root = dir or os.environ.get("BENCH_DIR") or ".bench"
        self.folder = os.path.join(os.path.abspath(str(root)), "runs", self.id)
        os.makedirs(self.folder, mode=0o700)
        self._lock = threading.RLock()
        self._journal = Journal(os.path.join(self.folder, "journal"))
        self._step = 0
        self._last = {}
        self._summary = set()
        self._open = True
        self._pid = os.getpid()
        self._announce(cell)
        self._stopped = threading.Event()
        threading.Thread(target=self._beat, name="convbench-heartbeat", daemon=True).start()
        atexit.register(self._at_exit)

    def log(self, values, step=None):
        """
        Numbers at a step (finished steps, a whole number of at least 0; default: one more than the last). NaN and
        infinities are kept; tensors and arrays of one element are read by their `item()`.
        """
        with self._lock:
            self._require_open()
            step = self._step + 1 if step is None else whole_number("step", step)
            numbers = figures("log", values)
            self._journal.append("points", step=step, values={name: wire(value) for name, value in numbers.items()})
            self._step = step
            self._last.update(numbers)

    def summary(self, values):
        """Final figures, by which runs are compared. What is not given here is the last value that was logged."""
        with self._lock:
            self._require_open()
            for name, value in figures("summary", values).items():
                self._journal.append("metric", name=name, value=wire(value))
                self._summary.add(name)

    def artifact(self, name, content):
        """Keeps a copy of a file (its path) or of bytes with the run, under a name such as "weights/last.pt"."""
        with self._lock:
            self._require_open()
            path = "artifacts/" + artifact_name(name)
            sha256, size = keep(os.path.join(self.folder, *path.split("/")), content)
            self._journal.append("artifact", name=name, path=path, sha256=sha256, bytes=size)

    def finish(self, state="finished", reason=None):
        """Ends the run; a second call does nothing. Once this returns, all of it survives the machine."""
        with self._lock:
            if not self._open or self._pid != os.getpid():
                return
            if state not in STATES:
                raise JournalError("finish: expected one of %s, got %r" % (", ".join(STATES), state))
            if reason is not None and not isinstance(reason, str):
                raise JournalError("finish: reason: expected a text, got %s" % type(reason).__name__)
            self.summary({name: value for name, value in self._last.items() if name not in self._summary})
            fields = {"state": state, "step": self._step}
            self._journal.append("end", **(fields if reason is None else dict(fields, reason=one_line(reason))))
            self._open = False
            self._stopped.set()
            self._journal.close()
            atexit.unregister(self._at_exit)

    def fail(self, error):
        """Ends the run as failed, with the exception's text as reason. Does not raise it."""
        self.finish("failed", str(error) or type(error).__name__)

    def __enter__(self):
        return self

    def __exit__(self, _type, error, _traceback):
        if isinstance(error, KeyboardInterrupt):
            self.finish("killed", "SIGINT")
        elif isinstance(error, SystemExit) and not error.code:
            self.finish()
        elif error is not None:
            self.fail(error)
        else:
            self.finish()

    def _announce(self, cell):
        who = {"pid": os.getpid(), "processStart": process_start(os.getpid()), "host": socket.gethostname()}
        self._journal.append("attempt", run=self.id, attempt=1, **dict(who, fromStep=0))
        self._journal.append("cell", cell=cell)
        self._journal.append("provenance", provenance=provenance())

    def _beat(self):
        while not self._stopped.wait(HEARTBEAT_INTERVAL_S):
            # A fork has no business in its parent's file.
            if os.getpid() != self._pid:
                return
            with self._lock:
                if self._open and time.time() - self._journal.last_append_s >= HEARTBEAT_INTERVAL_S:
                    try:
                        self._journal.append("heartbeat", step=self._step)
                    except OSError:
                        pass  # A full disk is told to the loop by its own next call.

    def _at_exit(self):
        """The interpreter ends and nobody has said how: an uncaught exception leaves its text."""
        error = getattr(sys, "last_value", None)
        if error is None:
            self.finish()
        else:
            self.fail(error)

    def _require_open(self):
        if not self._open:
            raise JournalError("run %s has ended: expected no more of it" % self.id)


class Journal:
    """A new journal file to append to."""

    def __init__(self, path):
        self.path = path
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
        self._file = os.open(path, flags, 0o600)
        self._bytes = 0
        self._synced_s = time.time()
        self.last_append_s = self._synced_s
        self._write(MAGIC)

    def append(self, type, **fields):
        """Once this returns, the event survives the process."""
        now_s = time.time()
        self._write(encode_frame(dict({"type": type, "time": int(now_s * 1000)}, **fields)))
        self.last_append_s = now_s
        if now_s - self._synced_s >= SYNC_INTERVAL_S:
            sync(self._file)
            self._synced_s = now_s

    def close(self):
        sync(self._file)
        os.close(self._file)

    def _write(self, data):
        done = 0
        try:
            while done < len(data):
                done += os.write(self._file, data[done:])
        except OSError:
            # What was written of a frame is cut: the file stays valid, and the next append may succeed.
            os.ftruncate(self._file, self._bytes)
            raise
        self._bytes += len(data)


def encode_frame(event):
    """The bytes of one event; those of `JSON.stringify` in JavaScript for the same event."""
    payload = to_json(event).encode("utf-8")
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise JournalError("an event takes %d bytes; expected at most %d" % (len(payload), MAX_PAYLOAD_BYTES))
    return struct.pack("<II", len(payload), zlib.crc32(payload) & 0xFFFFFFFF) + payload


def to_json(value):
    """JSON as JavaScript writes it: no white space, no escapes that are not needed, its own form of numbers."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(well_formed(value), ensure_ascii=False)
    if isinstance(value, int):
        return str(value) if abs(value) < 2**53 else number_text(float(value))
    if isinstance(value, float):
        return number_text(value) if is_finite(value) else '"%s"' % wire(value)
    if isinstance(value, dict):
        return "{%s}" % ",".join("%s:%s" % (to_json(str(key)), to_json(inner)) for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "[%s]" % ",".join(to_json(inner) for inner in value)
    raise JournalError("expected what JSON can hold, got %s" % type(value).__name__)


def number_text(value):
    """ECMA-262, Number::toString: the shortest digits that give the number back, without exponent from 1e-6 to 1e21."""
    if value == 0:
        return "0"
    sign, digits, exponent = ("-" if value < 0 else ""), *shortest_digits(abs(value))
    count = len(digits)
    if count <= exponent <= 21:
        return sign + digits + "0" * (exponent - count)
    if 0 < exponent <= 21:
        return sign + digits[:exponent] + "." + digits[exponent:]
    if -6 < exponent <= 0:
        return sign + "0." + "0" * -exponent + digits
    fraction = "." + digits[1:] if count > 1 else ""
    return "%s%s%se%+d" % (sign, digits[0], fraction, exponent - 1)


def shortest_digits(value):
    """Digits d and exponent e of 0.d × 10^e."""
    mantissa, _, power = ("%s" % repr(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    exponent = len(whole) + int(power or 0) - (len(whole + fraction) - len(digits))
    return digits.rstrip("0"), exponent


def well_formed(text):
    """A half of a surrogate pair cannot be written as UTF-8: JavaScript escapes it, we replace it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def wire(value):
    """JSON has no such numbers: they travel as words."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def is_finite(value):
    return value == value and value not in (float("inf"), float("-inf"))


def tracked_cell(run, experiment, arm, seed, name, config, tags, levels, steps):
    """What is run, in the words that docs/journal.md gives for runs that bench did not plan."""
    for field, value in (("experiment", experiment), ("arm", arm)):
        require_name(field, value)
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise JournalError("run: seed: expected a whole number, got %r" % (seed,))
    if not isinstance(config, dict):
        raise JournalError("run: config: expected a dict, got %s" % type(config).__name__)
    if not isinstance(levels, Mapping):
        raise JournalError("run: levels: expected a dict, got %s" % type(levels).__name__)
    if isinstance(tags, str):
        raise JournalError("run: tags: expected a list of texts, got the text %r" % (tags,))
    planned = whole_number("steps", config.get("steps", steps or 0))
    cell = {"experiment": experiment, "tier": TIER, "specHash": hash_of({"tracked": experiment}), "arm": arm}
    cell.update(levels={str(factor): str(level) for factor, level in levels.items()}, seed=seed)
    if name is not None:
        cell["name"] = str(name)
    cell.update(tags=[str(tag) for tag in tags], config=dict(without_secrets(config), steps=planned), execution={})
    cell.update(codeHash="", dataHash="", identity=hash_of({"run": run}))
    return cell


def hash_of(value):
    return hashlib.sha256(to_json(value).encode("utf-8")).hexdigest()


def without_secrets(value, name=""):
    """Values under the names of secrets are not written down, nor what has the shape of one."""
    if isinstance(value, dict):
        return {key: without_secrets(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_secrets(inner, name) for inner in value]
    if not isinstance(value, str):
        return value
    return "[redacted]" if SECRET_NAME.search(name) else SECRET_SHAPE.sub("[redacted]", value)


def require_name(field, value):
    fits = isinstance(value, str) and 0 < len(value) <= MAX_NAME_LENGTH and value.isprintable()
    if not fits:
        raise JournalError("run: %s: expected a name of 1 to %d characters, got %r" % (field, MAX_NAME_LENGTH, value))


def figures(call, values):
    """All of them are looked at before one is written."""
    if not isinstance(values, Mapping):
        raise JournalError('%s: expected numbers by name, as in {"loss": 0.5}, got %s' % (call, type(values).__name__))
    return {metric_name(name): number(name, value) for name, value in values.items()}


def metric_name(name):
    if not isinstance(name, str) or not 0 < len(name) <= 250:
        raise JournalError("expected the name of a metric, 1 to 250 characters, got %r" % (name,))
    return name


def number(name, value):
    """Plain numbers as they are; of a tensor or an array of one element its `item()`."""
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    if isinstance(plain, bool) or not isinstance(plain, (int, float)):
        raise JournalError("%s: expected a number, got %s" % (name, type(value).__name__))
    try:
        float(plain)
    except OverflowError:
        raise JournalError("%s: expected a number of 64 bits, got a whole number of %d bits" % (name, plain.bit_length()))
    return float(plain) if isinstance(plain, float) else plain


def whole_number(field, value):
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    if isinstance(plain, bool) or not isinstance(plain, int) or not 0 <= plain < 2**53:
        raise JournalError("%s: expected a whole number of at least 0, got %r" % (field, value))
    return plain


def artifact_name(name):
    if len(name) > MAX_NAME_LENGTH or not all(ARTIFACT_PART.match(part) for part in name.split("/")):
        raise JournalError('artifact: expected a name such as "weights/last.pt", got %r' % (name,))
    return name


def keep(target, content):
    """Copies a file or bytes, whole or not at all; returns SHA-256 and length."""
    if not isinstance(content, (bytes, bytearray, memoryview, str, os.PathLike)):
        raise JournalError("artifact: expected a path or bytes, got %s" % type(content).__name__)
    os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
    temporary = "%s.%d.new" % (target, os.getpid())
    try:
        if isinstance(content, (bytes, bytearray, memoryview)):
            with open(temporary, "wb") as file:
                file.write(content)
        else:
            shutil.copyfile(content, temporary)
        digest = hashlib.sha256()
        with open(temporary, "rb") as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                digest.update(part)
        size = os.path.getsize(temporary)
        os.replace(temporary, target)
        return digest.hexdigest(), size
    except BaseException:
        if os.path.exists(temporary):
            os.remove(temporary)
        raise


def new_run_id():
    """12 hexadecimal digits, the first six from the clock so that ids of one day sort by age."""
    return "%06x%s" % (int(time.time()) // 60 % 0x1000000, os.urandom(3).hex())


def process_start(pid):
    """Tells a process id that was used again from the process that was meant: see docs/journal.md."""
    try:
        if sys.platform == "linux":
            with open("/proc/%d/stat" % pid) as file:
                ticks = file.read().rpartition(")")[2].split()[19]
            with open("/proc/sys/kernel/random/boot_id") as file:
                words = [file.read().strip(), ticks]
            try:
                words.append(os.readlink("/proc/self/ns/pid"))
            except OSError:
                pass
            return " ".join(words)
        command = ["ps", "-o", "lstart=", "-p", str(pid)]
        return subprocess.check_output(command, env=dict(os.environ, LC_ALL="C")).decode().strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def provenance():
    """Neither environment nor arguments are kept: nobody has looked at them for secrets."""
    commit = git("rev-parse", "HEAD")
    return {
        "code": {"commit": commit, "dirty": bool(git("status", "--porcelain", "--untracked-files=no"))},
        "machine": {
            "cpu": processor_name(),
            "cores": os.cpu_count() or 1,
            "os": "%s %s" % (platform.system(), platform.release()),
            "hostname": socket.gethostname(),
        },
        "execution": {"python": platform.python_version(), "program": os.path.basename(sys.argv[0])},
        "packages": {name: sys.modules[name].__version__ for name in PACKAGES if version_known(name)},
    }


def processor_name():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


PACKAGES = ("torch", "torchvision", "tensorflow", "jax", "keras", "numpy")


def version_known(name):
    return isinstance(getattr(sys.modules.get(name), "__version__", None), str)


def git(*arguments):
    try:
        done = subprocess.run(("git",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=5)
        return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None
    except (OSError, subprocess.SubprocessError):
        return None


def one_line(text):
    return " ".join(str(text).split())


def sync(file):
    getattr(os, "fdatasync", os.fsync)(file)
