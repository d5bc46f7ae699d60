# SPDX-License-Identifier: Apache-2.0
"""The server under load, in one run: answers, times, memory, and the tutorial's Flask app beside it."""
import argparse
import os
import re
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path

import report
from load_client import Clients, Connection, body_request, digest, form_request

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = ROOT / ".build-compare"
HERE = Path(__file__).parent
POSE = Path(os.environ.get("POSE_BINARY", ROOT / ".build/release/pose"))
MEDIA = ("astronaut.png", "bus.jpg", "group.jpg", "portrait.jpg", "soldier.jpg", "zidane.jpg")
MIB = 1 << 20


# Pictures

def picture(name, make):
    import cv2

    path = SCRATCH / name
    if not path.exists():
        image, options = make(cv2)
        cv2.imwrite(str(path), image, options)
    return path.read_bytes()


def scaled(source, width, height):
    def make(cv2):
        image = cv2.imread(str(ROOT / ".media" / source))
        return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), [cv2.IMWRITE_JPEG_QUALITY, 90]
    return make


def small():
    return picture("server-640x425.jpg", scaled("group.jpg", 640, 425))


def several():
    """Different pictures, so that an answer given to another's request shows."""
    return [picture(f"server-{Path(name).stem}.jpg", scaled(name, 640, 425 + 8 * index)) for index, name in enumerate(MEDIA)]


def giant(progressive=False):
    """As many pixels as the server takes."""
    def make(cv2):
        image, options = scaled("group.jpg", 8000, 8000)(cv2)
        return image, options + [cv2.IMWRITE_JPEG_PROGRESSIVE, int(progressive)]
    return picture(f"server-giant{'-progressive' if progressive else ''}.jpg", make)


def tiny():
    """A few hundred bytes."""
    def make(cv2):
        import numpy
        return numpy.full((64, 64, 3), 127, numpy.uint8), [cv2.IMWRITE_JPEG_QUALITY, 50]
    return picture("server-tiny.jpg", make)


# Servers

class Server:
    """A server as a child process, on a port that it says on its first line."""

    command = [POSE, "serve", "--port", "0"]

    def __enter__(self):
        self.process = subprocess.Popen([str(c) for c in self.command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        said = re.search(r"(\d+)\D*$", re.sub(r"/? \(.*", "", self.process.stdout.readline()))
        if not said:
            raise SystemExit(f"server: {self.command[0]} did not start")
        self.port = int(said.group(1))
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def ask(self, request):
        return Connection(self.port).ask(request)

    def status(self, key):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{key}:\s+(\d+) kB", text).group(1)) * 1024

    @property
    def resident(self):
        return self.status("VmRSS")

    @property
    def peak(self):
        return self.status("VmHWM")

    def run(self, requests, clients, count=float("inf"), seconds=None):
        return Clients(self.port, requests, clients, count).finish(seconds)


class Tutorial(Server):
    command = [sys.executable, HERE / "tutorial_app.py"]


ROWS, NOTES = [], []


def row(title, measured, must, aim):
    ROWS.append([title, f"**{measured}**", must, aim])
    print("server:", title, measured, file=sys.stderr, flush=True)


def note(text):
    NOTES.append(text)
    print("server:  ", text, file=sys.stderr, flush=True)


def check(outcome, what):
    """A figure from failed requests is none."""
    if outcome.dropped or outcome.wrong or set(outcome.statuses) - {200}:
        note(f"{what}: statuses {dict(outcome.statuses)}, {outcome.dropped} connections dropped, {outcome.wrong} answers wrong")
    if not outcome.times:
        raise SystemExit(f"server: {what}: nothing was answered: {dict(outcome.statuses)}")


# Parts

def latency(options):
    request, count = form_request("/upload", small()), options.count(200)
    theirs, ours = [], []
    with Tutorial() as tutorial, Server() as server:
        for side in (tutorial, server):
            side.run([(request, None)], 1, options.count(30))
        for _ in range(options.rounds):
            for side, times in ((tutorial, theirs), (server, ours)):
                outcome = side.run([(request, None)], 1, count)
                check(outcome, "latency")
                times.append(outcome.percentile(0.5))
    ratio = statistics.median(a / b for a, b in zip(theirs, ours))
    note(f"`/upload` p50, one client: tutorial {statistics.median(theirs):.2f} ms, ours {statistics.median(ours):.2f} ms")
    row("`/upload` p50, one client, tutorial ÷ ours", f"{ratio:.2f}", "2.1", "2.6")


def throughput(options):
    request, seconds = form_request("/upload", small()), options.time(10)
    rates = {"tutorial": [], "ours": []}
    with Tutorial() as tutorial, Server() as server:
        for side in (tutorial, server):
            side.run([(request, None)], 1, options.count(30))
        for _ in range(options.rounds):
            for name, side, clients in (("tutorial", tutorial, 1), ("ours", server, 8)):
                group = Clients(side.port, [(request, None)], clients)
                outcome = group.finish(seconds)
                check(outcome, f"throughput of {name}")
                rates[name].append(len(outcome.times) / group.seconds)
    ratio = statistics.median(a / b for a, b in zip(rates["ours"], rates["tutorial"]))
    note(f"pictures a second: tutorial {statistics.median(rates['tutorial']):.1f} with one client, "
         f"ours {statistics.median(rates['ours']):.1f} with eight")
    row("pictures a second, eight clients, ours ÷ tutorial's best", f"{ratio:.2f}", "2.6", "3.2")


def many(options):
    paths = ("/v1/pose?timing=false", "/v1/pose?timing=false&max-people=5", "/v1/pose?timing=false&mask=true",
             "/v1/pose?timing=false&complexity=0", "/v1/pose?timing=false&format=coco")
    requests = [body_request(path, photo) for path in paths for photo in several()]
    with Server() as server:
        alone = []
        for request in requests:
            _, status, body = server.ask(request)
            if status != 200:
                raise SystemExit(f"server: an answer alone is {status}: {body[:200]}")
            alone.append((request, digest(body)))
        outcome = server.run(alone, 64, seconds=options.time(options.seconds))
        # The same bits with all threads again, after the load.
        wrong = sum(digest(server.ask(request)[2]) != right for request, right in alone)
    count = sum(outcome.statuses.values())
    bad = outcome.server_errors + outcome.dropped + outcome.wrong
    note(f"64 clients: {count} requests, statuses {dict(outcome.statuses)}, {outcome.dropped} connections dropped, "
         f"{outcome.wrong} wrong answers; p50 {outcome.percentile(0.5):.0f} ms, p99 {outcome.percentile(0.99):.0f} ms")
    row(f"64 clients for {options.time(options.seconds):.0f} s: wrong answers, dropped connections, 5xx", bad, "0", "0")
    same = len(outcome.times) - outcome.wrong
    row("answers under load identical to answers alone", f"{same} of {len(outcome.times)}", "all", "all")
    if wrong:
        note(f"{wrong} answers alone differed after the load")


def tail(options):
    with Server() as server:
        request = [(form_request("/upload", small()), None)]
        server.run(request, 8, options.count(50))
        outcome = server.run(request, 8, seconds=options.time(30))
    check(outcome, "tail")
    p50, p99 = outcome.percentile(0.5), outcome.percentile(0.99)
    note(f"eight clients: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    row("p99 with 8 clients ÷ p50 with 8 clients", f"{p99 / p50:.2f}", "≤ 3", "≤ 2")


def soak(options):
    requests = [(form_request("/upload", photo), None) for photo in several()]
    requests += [(body_request("/v1/pose", photo), None) for photo in several()]
    first, clients = min(1000, options.requests // 10), 8
    with Server() as server:
        check(server.run(requests, clients, max(1, first // clients)), "soak")
        before = server.resident
        check(server.run(requests, clients, (options.requests - first) // clients), "soak")
        after = server.resident
    note(f"resident memory: {before / MIB:.1f} MiB after {first} requests, {after / MIB:.1f} MiB after {options.requests}")
    row(f"{options.requests} requests: resident memory growth after the first {first}", f"{(after - before) / MIB:.1f} MiB",
        "< 4 MiB", "< 1 MiB")


def idle(options):
    everything = [body_request(f"/v1/pose?complexity={c}&mask={m}&max-people=5", photo)
                  for c in (0, 1, 2) for m in ("false", "true") for photo in several()]
    with Server() as server:
        server.run([(request, None) for request in everything], 8, options.count(len(everything)))
        for request in (body_request("/v1/pose", giant()), form_request("/upload", giant())):
            server.ask(request)
        server.run([(form_request("/upload", small()), None)], 8, options.count(100))
        loaded = server.resident
        # Workers give memory back after ten seconds without work.
        time.sleep(15)
        resident = server.resident
        note(f"resident memory: {loaded / MIB:.0f} MiB at the end of the load (every network, giants, thumbnails), "
             f"{resident / MIB:.0f} MiB after 15 s of rest")
    row("resident memory, serving, idle after load", f"{resident / MIB:.0f} MiB", "≤ 150 MiB", "≤ 90 MiB")


def peak(options):
    worst = [body_request(path, photo)
             for path in ("/v1/pose", "/v1/pose?complexity=2&mask=true&max-people=100&min-detection=0&min-presence=0")
             for photo in (giant(), giant(progressive=True))]
    worst += [form_request("/upload", giant()),
              body_request("/v1/pose", giant()).replace(b"\r\n\r\n", b"\r\nAccept: image/png\r\n\r\n", 1)]
    with Server() as server:
        base = server.resident
        outcome = server.run([(request, None) for request in worst], 16, options.count(4))
        top = server.peak
        alive = server.ask(body_request("/v1/pose", small()))[1]
    note(f"worst requests, 16 clients: statuses {dict(outcome.statuses)}, {outcome.dropped} connections dropped; resident memory "
         f"{base / MIB:.0f} MiB before, {top / MIB:.0f} MiB at its peak; a photo afterwards: {alive}")
    row("peak resident memory under the worst requests, 16 clients at once", f"{top / MIB:.0f} MiB",
        "≤ the stated budget", "600 MiB")


def small_beside(options, title, others, clients, must, aim):
    request = [(body_request("/v1/pose", small()), None)]
    with Server() as server:
        server.run(request, 1, options.count(50))
        alone = server.run(request, 1, options.count(1000))
        check(alone, f"{title}: alone")
        crowd = Clients(server.port, [(other, None) for other in others], clients)
        time.sleep(options.time(2))
        beside = server.run(request, 1, options.count(1000))
        around = crowd.finish(0)
        check(beside, f"{title}: beside")
    p99 = [o.percentile(0.99) for o in (alone, beside)]
    note(f"{title}: p99 {p99[0]:.1f} ms alone, {p99[1]:.1f} ms beside (p50 {alone.percentile(0.5):.1f} and "
         f"{beside.percentile(0.5):.1f}); theirs: {dict(around.statuses)}")
    row(f"{title}, p99 beside ÷ alone", f"{p99[1] / p99[0]:.2f}", must, aim)


def beside(options):
    giants = [body_request("/v1/pose", giant()), form_request("/upload", giant())]
    small_beside(options, "a small photo beside four clients with the largest pictures", giants, 4, "≤ 6", "≤ 3")


def hungry(options):
    query = "complexity=2&max-people=100&min-detection=0&min-presence=0"
    small_beside(options, "a small photo beside sixteen clients that ask for 100 people",
                 [body_request(f"/v1/pose?{query}", tiny())], 16, "", "")


PARTS = {"latency": latency, "throughput": throughput, "many": many, "tail": tail, "soak": soak, "idle": idle, "peak": peak,
         "beside": beside, "hungry": hungry}

INTRODUCTION = """# The server under load, measured

Written by `Benchmarks/server`, which anyone can run; this text is from

    {command}

on this machine:

| | |
|---|---|
{machine}

Clients are processes on the same machine, on loopback, and share its cores with the server. The photo is a JPEG of 640 × 425 unless
something else is said; the largest pictures are JPEG of 8000 × 8000. The tutorial's app is `Benchmarks/engines/tutorial_app.py`: Flask,
one global `mp.solutions.pose` that tracks from request to request, OpenCV; it is asked by one client at a time, since it does not survive
two. Ours solves each picture from nothing.

"""


class Options(argparse.Namespace):
    def count(self, usual):
        """So many requests, or fewer in a trial run."""
        return min(usual, 6) if self.trial else usual

    def time(self, usual):
        return min(usual, 2) if self.trial else usual


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/server")
    parser.add_argument("--only", default=",".join(PARTS), help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60, help="of the 64 clients")
    parser.add_argument("--requests", type=int, default=100_000, help="of the soak")
    parser.add_argument("--trial", action="store_true", help="a few requests of each kind, for no figure")
    parser.add_argument("--output", default="Docs/load.md", help="- for standard output alone")
    options = parser.parse_args(namespace=Options())
    names = [name for name in options.only.split(",") if name]
    if unknown := set(names) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there is {', '.join(PARTS)}")
    load = os.getloadavg()[0]
    SCRATCH.mkdir(exist_ok=True)
    for name in names:
        PARTS[name](options)
    table = report.table(["measure", "measured", "must reach", "aim"], [[str(cell) for cell in r] for r in ROWS])
    print(table)
    if options.output == "-":
        return
    text = INTRODUCTION.format(command=shlex.join(["Benchmarks/server", *sys.argv[1:]]), machine=report.machine(ROOT, load))
    text += table + "\n" + "".join(f"- {text}.\n" for text in NOTES)
    Path(ROOT, options.output).write_text(text)
    print(f"server: wrote {options.output}", file=sys.stderr)


main()
