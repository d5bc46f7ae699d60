# SPDX-License-Identifier: Apache-2.0
"""Runs the engines against each other, a few passes at a time in turn, and writes what came out.

Each engine is a child process (worker.py, pose-bench serve-timings), so a ratio compares passes that ran within the
same second on the same machine, each engine in a process of its own.
"""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path

import report

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = ROOT / ".build-compare"
MODELS = Path(os.environ.get("POSE_MODELS") or ROOT / ".models")
BENCH = ROOT / ".build" / "release" / "pose-bench"
PICTURES = ["group.jpg", "bus.jpg", "astronaut.png"]
PICTURE_WIDTH = 640
CLIP, CLIP_SIZE, CLIP_FRAMES = "demo.mp4", (640, 360), (60, 120)
# Engines differ in the order of their sums, not in their answers.
MODEL_TOLERANCE, STILL_TOLERANCE, FRAME_TOLERANCE = 0.02, 0.002, 0.01


class Engine:
    """A child process that answers one line with one line."""

    def __init__(self, name, command, environment=None):
        self.name = name
        self.log = open(SCRATCH / f"{name.replace(' ', '-')}.log", "w")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=ROOT,
            env={**os.environ, **(environment or {})})

    def run(self, model, outputs, threads, passes):
        self.process.stdin.write(f"run {model} {outputs} {threads} {passes}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"compare: {self.name} ended early; its messages are in {self.log.name}")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"{self.name}: {answer['error']}")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.log.close()


class Contender:
    """One engine in one case, and its times so far."""

    def __init__(self, label, engine, model, outputs, threads):
        self.label, self.engine, self.request = label, engine, (model, outputs, threads)
        self.rounds, self.probe = [], None

    def run(self, passes):
        """One round: a pass that finds the caches full of another engine's data, then the timed ones."""
        answer = self.engine.run(*self.request, passes + 1)
        self.rounds.append(answer["milliseconds"][1:])
        self.probe = answer["probe"]

    def summary(self):
        ordered = sorted(time for times in self.rounds for time in times)
        return {"median": statistics.median(ordered), "p90": ordered[int(len(ordered) * 0.9)], "passes": len(ordered),
                "rounds": [statistics.median(times) for times in self.rounds]}


def race(title, contenders, rounds, passes, tolerance):
    """Round robin, each round starting with another engine; returns the case as plain data."""
    print(f"compare: {title} …", end=" ", file=sys.stderr, flush=True)
    for contender in contenders:
        contender.run(1)
        contender.rounds.clear()
    for number in range(rounds):
        for index in range(len(contenders)):
            # The threads of the engine before spin for a moment after their last pass.
            time.sleep(0.01)
            contenders[(number + index) % len(contenders)].run(passes)
    expected = contenders[0].probe
    for contender in contenders[1:]:
        far = len(contender.probe) != len(expected) or any(
            abs(a - b) > tolerance * max(1, abs(b)) for a, b in zip(contender.probe, expected))
        if far:
            raise SystemExit(f"compare: {title}: {contender.label} answers {contender.probe}, "
                             f"{contenders[0].label} {expected}: not the same work")
    result = {c.label: c.summary() for c in contenders}
    print("  ".join(f"{label} {r['median']:.2f}" for label, r in result.items()), file=sys.stderr)
    return {"title": title, "engines": result}


def make_picture(name):
    import cv2

    image = cv2.imread(str(ROOT / ".media" / name))
    height = round(image.shape[0] * PICTURE_WIDTH / image.shape[1])
    path = SCRATCH / (Path(name).stem + ".png")
    cv2.imwrite(str(path), cv2.resize(image, (PICTURE_WIDTH, height), interpolation=cv2.INTER_AREA))
    return path, height


def network_cases(engines, threads):
    ours, capped, litert, openvino = (engines[k] for k in ("ours", "capped", "litert", "openvino"))
    for name, file in [("detector", "pose_detection"), ("landmark lite", "pose_landmark_lite"),
                       ("landmark full", "pose_landmark_full"), ("landmark heavy", "pose_landmark_heavy")]:
        path = MODELS / f"{file}.tflite"
        if not path.exists():
            print(f"compare: without {name}: {path} is not there", file=sys.stderr)
            continue
        for count in threads:
            case = [Contender("LiteRT", litert, path, "all", count),
                    Contender("OpenVINO", openvino, path, "all", count),
                    Contender("ours", ours, path, "all", count)]
            if name != "detector":
                case.append(Contender("ours, no mask", ours, path, "no-mask", count))
            if count == 1 and capped:
                case.append(Contender("ours, AVX2", capped, path, "all" if name == "detector" else "no-mask", count))
            yield f"{name}, {count} thread{'s' * (count > 1)}", case


def still_cases(engines, threads):
    for name in PICTURES:
        path, height = make_picture(name)
        case = [Contender("MediaPipe", engines["mediapipe"], f"still:{path}", "all", 1)]
        case += [Contender(f"ours, {n} thread{'s' * (n > 1)}", engines["ours"], f"still:{path}", "no-mask", n)
                 for n in threads]
        yield f"still image {name} at {PICTURE_WIDTH} × {height}", case


def make_clip():
    import cv2

    path = SCRATCH / "frames.bgr"
    capture = cv2.VideoCapture(str(ROOT / ".media" / CLIP))
    with open(path, "wb") as file:
        for index in range(CLIP_FRAMES[1]):
            frame = capture.read()[1]
            if index >= CLIP_FRAMES[0]:
                file.write(cv2.resize(frame, CLIP_SIZE, interpolation=cv2.INTER_AREA).tobytes())
    return f"frames:{CLIP_SIZE[0]}x{CLIP_SIZE[1]}:{path}"


def frame_cases(engines, threads):
    clip = make_clip()
    case = [Contender("MediaPipe", engines["mediapipe"], clip, "all", 1)]
    case += [Contender(f"ours, {n} thread{'s' * (n > 1)}", engines["ours"], clip, "no-mask", n) for n in threads]
    yield f"tracked frame, {CLIP} at {CLIP_SIZE[0]} × {CLIP_SIZE[1]}", case


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/compare")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--passes", type=int, default=5, help="passes of each engine in each round")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--only", default="", help="only cases whose title holds this text")
    parser.add_argument("--output", default="Docs/performance.md")
    parser.add_argument("--json", help="also write every median here")
    options = parser.parse_args()
    threads = [int(n) for n in options.threads.split(",")]
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"compare: the machine is busy (load {load:.1f}); times will be unfair", file=sys.stderr)

    SCRATCH.mkdir(exist_ok=True)
    worker = [sys.executable, str(Path(__file__).with_name("worker.py"))]
    engines = {name: Engine(name, worker + [name]) for name in ("litert", "openvino", "mediapipe")}
    engines["ours"] = Engine("ours", [str(BENCH), "serve-timings"])
    # Where another instruction set than AVX2 is chosen, AVX2 has a column of its own.
    is_wider = engines["ours"].run(MODELS / "pose_detection.tflite", "all", 1, 1)["instructionSet"] == "avx512"
    engines["capped"] = is_wider and Engine(
        "ours AVX2", [str(BENCH), "serve-timings"], {"POSE_MAX_ISA": "avx2"})

    networks, stills, frames = [], [], []
    for kind, cases, tolerance in ((networks, network_cases(engines, threads), MODEL_TOLERANCE),
                                   (stills, still_cases(engines, threads), STILL_TOLERANCE),
                                   (frames, frame_cases(engines, threads), FRAME_TOLERANCE)):
        for title, case in cases:
            if options.only not in title:
                continue
            try:
                kind.append(race(title, case, options.rounds, options.passes, tolerance))
            except RuntimeError as error:
                raise SystemExit(f"compare: {title}: {error}") from None
    for engine in filter(None, engines.values()):
        engine.close()

    command = shlex.join(["Benchmarks/compare", *sys.argv[1:]])
    text = report.write(ROOT, networks, stills, frames, command, load, options.rounds * options.passes)
    Path(ROOT, options.output).write_text(text)
    if options.json:
        Path(options.json).write_text(json.dumps({"networks": networks, "stills": stills, "frames": frames}, indent=1))
    print(f"compare: wrote {options.output}", file=sys.stderr)


main()
