# SPDX-License-Identifier: Apache-2.0
"""Photos from bytes to landmarks or annotated files, beside the usual Python script, in turns."""
import argparse
import http.client
import json
import math
import os
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import cv2
import numpy
import report
from streams import POSE, ROOT, SCRATCH, Server

SCRIPT = Path(__file__).parent / "photo_script.py"
ROWS = []


def row(title, cells):
    ROWS.append([title] + cells)
    print(title, *cells, file=sys.stderr, flush=True)


def enlarged(name, width, height, quality, path):
    """A photo with as many pixels as a phone's, and its noise; always the same bytes."""
    if not path.exists():
        picture = cv2.resize(cv2.imread(str(ROOT / ".media" / name)), (width, height), interpolation=cv2.INTER_CUBIC)
        noise = numpy.random.default_rng(1).normal(0, 2, picture.shape)
        picture = numpy.clip(picture + noise, 0, 255).astype(numpy.uint8)
        cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return path


class Script:
    """The script in a process of its own, asked for one photo at a time."""

    def __init__(self, photo):
        self.process = subprocess.Popen([sys.executable, SCRIPT, photo], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Client:
    def __init__(self, port, photo):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.body = photo.read_bytes()

    def ask(self, query, accept):
        start = time.perf_counter()
        self.connection.request("POST", "/v1/pose" + query, self.body, {"Content-Type": "image/jpeg", "Accept": accept})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{query}: {answer.status} {body[:200]}")
        return (time.perf_counter() - start) * 1000


def photos(rounds, only):
    large = enlarged("group.jpg", 4032, 3024, 90, SCRATCH / "photo-12mp.jpg")
    small = enlarged("group.jpg", 640, 425, 90, SCRATCH / "photo-640x425.jpg")
    cases = [
        ("12-megapixel JPEG, bytes to landmarks, `exact`", large, "land", "", "application/json"),
        ("the same, `fast`", large, "land", "?decode=fast", "application/json"),
        ("12-megapixel JPEG, bytes to annotated full-size JPEG, `exact`", large, "draw", "", "image/jpeg"),
        ("the same with `fast` and `--max-side 1920` on both sides", large, "draw 1920", "?decode=fast&max-side=1920",
         "image/jpeg"),
        ("640 × 425 JPEG, bytes to landmarks", small, "land", "", "application/json"),
        ("640 × 425 JPEG, bytes to annotated JPEG", small, "draw", "", "image/jpeg"),
    ]
    with Server() as server:
        for title, photo, line, query, accept in cases:
            if only not in title:
                continue
            script, client = Script(photo), Client(server.port, photo)
            for _ in range(3):
                script.ask(line)
                client.ask(query, accept)
            pairs = [(script.ask(line), client.ask(query, accept)) for _ in range(rounds)]
            script.end()
            row(title, [f"{statistics.median(p[0] for p in pairs):.1f} ms", f"{statistics.median(p[1] for p in pairs):.1f} ms",
                        f"**{statistics.median(a / b for a, b in pairs):.2f}**"])


def mixed_folder(count):
    """Links to photos of many sizes: of ten, one has 12 megapixels, two have 3, the others are as set-up obtained them."""
    folder = SCRATCH / f"photos-{count}"
    if folder.exists():
        return folder
    kinds = [enlarged("group.jpg", 4032, 3024, 90, SCRATCH / "photo-12mp.jpg"),
             enlarged("bus.jpg", 1512, 2016, 90, SCRATCH / "photo-3mp-tall.jpg"),
             enlarged("zidane.jpg", 2304, 1296, 90, SCRATCH / "photo-3mp-wide.jpg")]
    kinds += [ROOT / ".media" / name for name in ("bus.jpg", "group.jpg", "portrait.jpg", "rocket.jpg", "zidane.jpg",
                                                  "bus.jpg", "portrait.jpg")]
    folder.mkdir()
    for index in range(count):
        (folder / f"{index:04}.jpg").symlink_to(kinds[index % len(kinds)])
    return folder


def timed(*commands):
    """Seconds until all are done, and seconds of processor time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    processes = [subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                 for command in commands]
    for process in processes:
        if process.wait() != 0:
            raise SystemExit(f"{process.args[:4]} failed")
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def folders(count):
    folder, out = mixed_folder(count), SCRATCH / "photos-out"
    paths = sorted(folder.iterdir())

    def emptied():
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        return out

    half = [[sys.executable, SCRIPT, "--folder", emptied(), part, 2, *paths] for part in (0, 1)]
    script, _ = timed(*half)
    emptied()
    ours, cpu = timed([POSE, "image", folder, "--output-dir", out, "--quiet"])
    row(f"folder of {count} mixed photos with annotated output, script in two processes", [
        f"{script:.1f} s", f"{ours:.1f} s", f"**{script / ours:.2f}**"])
    row("cores busy in that run", ["", f"{cpu / ours:.2f}", ""])


def memory():
    """Most resident memory over a folder of 12-megapixel photos alone."""
    folder, out = SCRATCH / "photos-large", SCRATCH / "photos-out"
    large = enlarged("group.jpg", 4032, 3024, 90, SCRATCH / "photo-12mp.jpg")
    if not folder.exists():
        folder.mkdir()
        for index in range(30):
            (folder / f"{index:02}.jpg").symlink_to(large)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    # The system counts a child's memory from the moment when it still is its parent's.
    process = subprocess.Popen([str(c) for c in (POSE, "image", folder, "--output-dir", out, "--quiet")])
    peak = 0
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text()
        if POSE.name in status.splitlines()[0]:
            peak = max([peak] + [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")])
        time.sleep(0.01)
    if process.returncode != 0:
        raise SystemExit("the folder of large photos failed")
    row("resident memory at most, 30 photos of 12 megapixels, annotated", ["", f"{peak / 1024:.0f} MiB", ""])


def found(photo, *options):
    """The first person in a photo, and the photo's size."""
    command = [POSE, "image", photo, "--json", "-", "--no-timing", "--quiet", *options]
    document = json.loads(subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE, text=True).stdout)
    return document["people"][0], document["image"]


def moved(first, size, second, second_size, left=0):
    """Mean distance of two people's landmarks, as a share of the first one's height."""
    height = first["box"][3] * size["height"]
    total = 0.0
    for a, b in zip(first["landmarks"], second["landmarks"]):
        x = a["x"] * size["width"] - b["x"] * second_size["width"] - left
        total += math.hypot(x, a["y"] * size["height"] - b["y"] * second_size["height"])
    return total / len(first["landmarks"]) / height


def accuracy():
    """What fast decoding moves, beside what cutting as many columns moves as make one of the network's pixels."""
    kinds = [("group.jpg", 4032, 3024), ("bus.jpg", 3024, 4032), ("portrait.jpg", 3024, 3024)]
    by_fast, by_cut = [], []
    for name, width, height in kinds:
        photo = enlarged(name, width, height, 90, SCRATCH / f"photo-{width}x{height}-{name}")
        exact, size = found(photo)
        fast, fast_size = found(photo, "--decode", "fast")
        by_fast.append(moved(exact, size, fast, fast_size))
        columns = round(exact["roi"]["size"][0] * width / 256)
        cut = SCRATCH / "photo-cut.png"
        cv2.imwrite(str(cut), cv2.imread(str(photo))[:, columns:])
        shifted, shifted_size = found(cut)
        by_cut.append(moved(exact, size, shifted, shifted_size, columns))
    for title, shares in (("landmarks moved by `fast`, mean of 33, share of the person's height", by_fast),
                          ("the same, by cutting one network pixel's columns off the left", by_cut)):
        row(title, ["", ", ".join(f"{100 * share:.1f}%" for share in shares), ""])


TEXT = """# Photos

Written by `Benchmarks/photos`, which anyone can run; this text is from

    {command}

on this machine:

| | |
|---|---|
{machine}

The script is `Benchmarks/engines/photo_script.py`: OpenCV decodes, MediaPipe ({mediapipe}) finds one person, its drawing utilities draw, OpenCV
encodes. Ours answers the same photo over HTTP on loopback, keep-alive. Both are warm and take turns; a ratio is taken in each turn, and the
median of all turns is shown. Large photos are photos of the tests made larger, with noise; the code says how. The folder is run once by each.
What `fast` moves is shown for large versions of group.jpg, bus.jpg and portrait.jpg, complexity 1.

"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--only", default="")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    SCRATCH.mkdir(exist_ok=True)
    photos(options.rounds, options.only)
    if options.only in "folder of mixed photos":
        folders(options.photos)
    if options.only in "resident memory":
        memory()
    if options.only in "landmarks moved":
        accuracy()
    text = TEXT.format(command=shlex.join(["Benchmarks/photos", *sys.argv[1:]]), machine=report.machine(ROOT, load),
                       mediapipe=metadata.version("mediapipe"))
    text += report.table(["", "script", "ours", "script ÷ ours"], ROWS)
    if options.output or not options.only:
        (options.output or ROOT / "Docs/photos.md").write_text(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
