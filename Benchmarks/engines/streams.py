# SPDX-License-Identifier: Apache-2.0
"""Whole runs over a film, and live streams on loopback, beside the usual Python script, in turns."""
import argparse
import os
import re
import resource
import shlex
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import report
from live_client import LiveClient

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = ROOT / ".build-compare"
POSE, BENCH = ROOT / ".build/release/pose", ROOT / ".build/release/pose-bench"
HERE = Path(__file__).parent
FRAMES = (60, 120)


def run(*command):
    """Seconds of a whole process."""
    start = time.perf_counter()
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def make_film():
    path = SCRATCH / "film-1080p.mp4"
    if not path.exists():
        run("ffmpeg", "-y", "-i", ROOT / ".media/demo.mp4", "-vf", "scale=1920:1080", "-c:v", "libx264", "-preset", "medium",
            "-crf", "20", "-pix_fmt", "yuv420p", path)
    return path


def make_frames():
    folder = SCRATCH / "frames-640x480"
    if not folder.exists():
        folder.mkdir()
        run("ffmpeg", "-y", "-i", ROOT / ".media/demo.mp4", "-vf",
            f"select=between(n\\,{FRAMES[0]}\\,{FRAMES[1] - 1}),crop=ih*4/3:ih:0:0,scale=640:480", "-fps_mode", "passthrough",
            "-q:v", "3", folder / "%03d.jpg")
    return sorted(folder.glob("*.jpg"))


def films(rounds):
    """Script and ours by turns."""
    film, lines, out = make_film(), SCRATCH / "lines.jsonl", SCRATCH / "out.mp4"
    cases = [
        ("overlay and H.264", [sys.executable, HERE / "film.py", film, lines, out],
         [POSE, "video", film, "-o", out, "--json", lines, "--quiet"]),
        ("landmarks alone", [sys.executable, HERE / "film.py", film, lines],
         [POSE, "video", film, "--json", lines, "--quiet"]),
    ]
    for title, script, ours in cases:
        run(*ours)
        pairs = [(run(*script), run(*ours)) for _ in range(rounds)]
        row(title, [f"{statistics.median(p[0] for p in pairs):.2f} s", f"{statistics.median(p[1] for p in pairs):.2f} s",
                    f"**{statistics.median(a / b for a, b in pairs):.2f}**"])


class Server:
    """`pose serve` on a free port."""

    def __enter__(self):
        self.process = subprocess.Popen([POSE, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        self.port = int(re.search(r":(\d+)", self.process.stdout.readline()).group(1))
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def forth_and_back(pictures, count):
    for turn in range(count):
        place = turn % (2 * len(pictures) - 2)
        yield turn, pictures[place if place < len(pictures) else 2 * len(pictures) - 2 - place]


def stream(port, pictures, count, results, pause=0.0):
    client = LiveClient(port, "smooth=live")
    times, people = [], 0
    for turn, picture in forth_and_back(pictures, count):
        milliseconds, answer = client.ask(picture, turn * 33_333)
        times.append(milliseconds)
        people += LiveClient.people(answer)
        if pause:
            time.sleep(max(0.0, pause - milliseconds / 1000))
    results.append((times, people))


def latency(rounds):
    """p95 from frame sent to landmarks received ÷ the median of decoding and tracking in process, in turns."""
    paths = make_frames()
    pictures = [p.read_bytes() for p in paths]
    cores = os.cpu_count()
    with Server() as server:
        for title, pause in (("frames one after the other", 0.0), ("30 frames a second", 1 / 30)):
            ratios, p95s, insides = [], [], []
            for _ in range(rounds):
                # Frames that come with pauses find caches cold and cores asleep, in process as well.
                rate = ["--rate", "30"] if pause else []
                inside = subprocess.run([BENCH, "stream", *paths, "--passes", "300", "--threads", str(cores), *rate],
                                        text=True, capture_output=True, check=True).stdout
                inside = float(re.search(r"both ([\d.]+)", inside).group(1))
                results = []
                stream(server.port, pictures, 350, results, pause)
                times = sorted(results[0][0][50:])
                p95s.append(times[len(times) * 95 // 100])
                insides.append(inside)
                ratios.append(p95s[-1] / inside)
            row(f"live latency, {title}: p95 ÷ median in process",
                [f"{statistics.median(insides):.2f} ms", f"{statistics.median(p95s):.2f} ms", f"**{statistics.median(ratios):.2f}**"])


def throughput(rounds, seconds):
    """Two connections against two processes of MediaPipe."""
    paths = make_frames()
    pictures = [p.read_bytes() for p in paths]
    ratios, theirs_all, ours_all = [], [], []
    for _ in range(rounds):
        processes = [subprocess.Popen([sys.executable, str(HERE / "tracker.py"), str(seconds), *map(str, paths)], text=True,
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
                     for _ in range(2)]
        for process in processes:
            process.stdout.readline()
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()
        theirs = sum(float(process.stdout.readline()) for process in processes)
        for process in processes:
            process.wait()
        with Server() as server:
            stream(server.port, pictures, 30, [])
            results, count = [], int(seconds * 45)
            threads = [threading.Thread(target=stream, args=(server.port, pictures, count, results)) for _ in range(2)]
            start = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            ours = 2 * count / (time.perf_counter() - start)
        theirs_all.append(theirs)
        ours_all.append(ours)
        ratios.append(ours / theirs)
    row("two streams at once, frames a second in all", [f"{statistics.median(theirs_all):.1f}", f"{statistics.median(ours_all):.1f}",
                                                        f"**{statistics.median(ratios):.2f}**"])


def memory():
    paths = make_frames()
    said = subprocess.run([BENCH, "stream", *paths, "--passes", "20000", "--threads", str(os.cpu_count())], text=True,
                          capture_output=True, check=True).stdout
    row("memory that 20,000 tracked frames leave", ["", re.search(r"(-?\d+) KiB", said).group(0), ""])


def processor_seconds(*command):
    """What a whole process took of all cores, and what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.run([str(c) for c in command], text=True, check=True, capture_output=True).stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, said


def encoder(rounds):
    """What the encoder's ways of looking for motion cost and bring: ours, the presets'."""
    film, out, raw = make_film(), SCRATCH / "encoded.mp4", SCRATCH / "film-1080p.yuv"
    run("ffmpeg", "-y", "-i", film, "-pix_fmt", "yuv420p", "-f", "rawvideo", raw)
    source = ["-f", "rawvideo", "-s", "1920x1080", "-r", "30", "-pix_fmt", "yuv420p", "-i", raw]
    ours = re.search(r'search = "(.+)"', (ROOT / "Sources/PoseMedia/Writing/EncoderArguments.swift").read_text()).group(1)
    for title, options in [
        ("`veryfast`, CRF 20, as the script", ["-preset", "veryfast", "-crf", "20"]),
        (f"the same with `{ours}`, as ours", ["-preset", "veryfast", "-crf", "20", "-x264-params", ours]),
        ("`superfast`, CRF 22", ["-preset", "superfast", "-crf", "22"]),
    ]:
        seconds = statistics.median(processor_seconds("ffmpeg", "-y", *source, "-c:v", "libx264", *options, out)[0]
                                    for _ in range(rounds))
        said = processor_seconds("ffmpeg", "-i", out, *source, "-lavfi", "ssim", "-f", "null", "-")[1]
        row(f"encoding: {title}", [f"{seconds:.2f} s of all cores", f"{out.stat().st_size / 1e6:.2f} MB",
                                   f"SSIM {float(re.search(r'All:([0-9.]+)', said).group(1)):.4f}"])
    raw.unlink()


ROWS = []


def row(title, cells):
    ROWS.append([title, *cells])
    print("streams:", title, *cells, file=sys.stderr, flush=True)


INTRODUCTION = """# Films and streams, measured

Written by `Benchmarks/streams`, which anyone can run; this text is from

    {command}

on this machine:

| | |
|---|---|
{machine}

The script is `Benchmarks/engines/film.py`: OpenCV reads, MediaPipe tracks, its drawing utilities draw, ffmpeg writes H.264 (preset `veryfast`, CRF 20; ours looks for motion
in a cheaper way, see the rows of the encoder). Films
are {frames} frames of 1920 × 1080; whole processes, start and end included, by turns; the median of all turns. Live frames are JPEG files of 640 × 480 that a
client on this machine sends over a WebSocket, the next when the answer is in or its time has come. In process means `pose-bench stream`: decoding
and tracking the same files without a server. Two processes of MediaPipe are fed decoded frames.

"""


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/streams")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--only", default="", help="films, encoder, latency, throughput or memory")
    parser.add_argument("--output", default="Docs/streams.md")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    SCRATCH.mkdir(exist_ok=True)
    parts = {"films": lambda: films(options.rounds), "encoder": lambda: encoder(options.rounds),
             "latency": lambda: latency(options.rounds),
             "throughput": lambda: throughput(min(options.rounds, 3), options.seconds), "memory": memory}
    for name, part in parts.items():
        if options.only in name:
            part()
    text = INTRODUCTION.format(command=shlex.join(["Benchmarks/streams", *sys.argv[1:]]), frames=230,
                               machine=report.machine(ROOT, load))
    text += report.table(["", "script, or in process", "ours", "ratio"], ROWS)
    Path(ROOT, options.output).write_text(text)
    print(f"streams: wrote {options.output}", file=sys.stderr)


if __name__ == "__main__":
    main()
