# SPDX-License-Identifier: Apache-2.0
"""Docs/performance.md from the medians of one run."""
import platform
import re
import statistics
import subprocess
import sys
from importlib import metadata
from pathlib import Path

INTRODUCTION = """# Performance

Written by `Benchmarks/compare`, which anyone can run; this text is from

    {command}

on this machine:

| | |
|---|---|
{machine}

Every engine runs the same `.tflite` files in 32-bit floats on the same input, each in a process of its own. Within a case the
engines take turns, a few passes at a time, so that a slow moment of the machine meets them all; each figure is the median of
{passes} passes after warm-up, in milliseconds. A ratio is taken in each turn, between the medians of passes that ran within a
second or two of each other, and the median of all turns is shown. Compare within a row: times move from machine to machine
and from run to run, ratios much less. The first values of each engine's answer are compared, so that all have done the same work.
"""

NETWORKS = """
## Networks

One forward pass, input in place to outputs in place. LiteRT and OpenVINO always compute every output of a landmark network.
*Ours* computes them all too; *ours, no mask* leaves out the segmentation mask, as the pipeline does unless a mask is asked for.
"""

RATIOS = """
How many times faster ours is:
"""

STILLS = """
## A still image, from decoded pixels to landmarks

Letterbox, detector, crop, landmark network and decoding, complexity 1, without a mask. MediaPipe is `mp.solutions.pose` with
`static_image_mode=True` through its Python API; its number of threads cannot be set there. Pictures are scaled to a width of
640 pixels beforehand and handed over decoded.
"""

FRAMES = """
## A frame of a stream, from decoded pixels to landmarks

The person is followed: crop, landmark network, decoding and smoothing; the detector rests. MediaPipe is `mp.solutions.pose` with
`static_image_mode=False`; both sides see the same frames of a clip, forth and back, and smooth alike.
"""

CLOSING = """
No time was taken on an arm64 processor: the NEON kernels are tested in an emulator only (`Scripts/test-kernels arm64`).
"""


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def output_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def machine(root, load):
    cpuinfo = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.*)", cpuinfo)
    family = [re.search(rf"^{name}\s*: (\d+)", cpuinfo, re.M) for name in ("cpu family", "model")]
    wide = [name for name in ("avx2", "fma", "avx512f", "avx512bw", "avx512_bf16", "avx512_vnni") if f" {name}" in cpuinfo]
    swift = re.search(r"Swift version \S+", output_of("swift", "--version"))
    commit = output_of("git", "-C", str(root), "rev-parse", "--short", "HEAD")
    changed = " with uncommitted changes" if output_of("git", "-C", str(root), "status", "--porcelain", "-uno") else ""
    rows = [
        ("processor", (model.group(1) if model else platform.machine())
         + (f" (family {family[0].group(1)}, model {family[1].group(1)})" if all(family) else "")),
        ("cores", str(cpuinfo.count("processor\t:"))),
        ("instructions", ", ".join(wide)),
        ("system", f"{platform.system()} {platform.release()}, load {load:.2f} at the start"),
        ("ours", f"commit {commit}{changed}, {swift.group(0) if swift else 'Swift'}, release build"),
    ]
    installed = {distribution.name for distribution in metadata.distributions()}
    for package, note in (("ai-edge-litert", "XNNPACK delegate, `num_threads`"),
                          ("openvino", "`INFERENCE_PRECISION_HINT: f32`, `INFERENCE_NUM_THREADS`, one stream"),
                          ("mediapipe", "`mp.solutions.pose`"), ("deface", "its defaults"),
                          ("onnxruntime", "CPUExecutionProvider")):
        if package in installed:
            rows.append((package, f"{metadata.version(package)}, Python {platform.python_version()}; {note}"))
    return "\n".join(f"| {name} | {value} |" for name, value in rows)


def medians(cases):
    labels = list(dict.fromkeys(label for case in cases for label in case["engines"]))
    rows = [[case["title"]] + [f"{case['engines'][label]['median']:.2f} (p90 {case['engines'][label]['p90']:.2f})"
                               if label in case["engines"] else "" for label in labels] for case in cases]
    return table(["ms"] + labels, rows)


def ratios(cases, others):
    def cell(case, other, ours):
        if other not in case["engines"] or ours not in case["engines"]:
            return ""
        theirs, mine = case["engines"][other]["rounds"], case["engines"][ours]["rounds"]
        return f"{statistics.median(a / b for a, b in zip(theirs, mine)):.2f}"

    ours = list(dict.fromkeys(label for case in cases for label in case["engines"] if label not in others))
    pairs = [(other, mine) for other in others for mine in ours]
    rows = [[case["title"]] + [cell(case, *pair) for pair in pairs] for case in cases]
    return table(["×"] + [f"{other} ÷ {mine}" for other, mine in pairs], rows)


def scaling(cases):
    """Our own one thread over two."""
    by_title = {case["title"]: case["engines"] for case in cases}
    rows = []
    for title, engines in by_title.items():
        two = by_title.get(title.replace("1 thread", "2 threads")) if title.endswith(", 1 thread") else None
        for label in engines if two else ():
            if label in two:
                rows.append([title.removesuffix(", 1 thread"), label,
                             f"{engines[label]['median'] / two[label]['median']:.2f}"])
    return table(["network", "engine", "1 thread ÷ 2 threads"], rows) if rows else ""


def write(root, networks, stills, frames, command, load, passes):
    text = INTRODUCTION.format(command=command, machine=machine(root, load), passes=passes)
    if networks:
        text += NETWORKS + "\n" + medians(networks) + RATIOS + "\n" + ratios(networks, ["LiteRT", "OpenVINO"])
        second = scaling(networks)
        text += f"\nWhat the second thread brings:\n\n{second}" if second else ""
    if stills:
        text += STILLS + "\n" + medians(stills) + RATIOS + "\n" + ratios(stills, ["MediaPipe"])
    if frames:
        text += FRAMES + "\n" + medians(frames) + RATIOS + "\n" + ratios(frames, ["MediaPipe"])
    return text + CLOSING


if __name__ == "__main__":
    sys.exit("Run Benchmarks/compare.")
