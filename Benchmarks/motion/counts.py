# SPDX-License-Identifier: Apache-2.0
"""Folds real clips into known numbers of repetitions, and counts them.

counts.py POSE WORK DEMO.mp4 [DIR]     Sports2D's demo.mp4; DIR holds Pose2Sim's cam01.mp4 and cam04.mp4

A part of a clip, then the same backwards, is one repetition, whatever is seen; a shorter part is half a one. Frames are
those of the clip, shown for as long as the speed tells.
"""

import json
import os
import subprocess
import sys

import numpy as np


def own(name, measure, sides, start, end, full):
    signal = {"measure": measure, "start": start, "end": end, "full": full}
    if sides:
        signal["sides"] = sides
    return {"schema": "pose-exercise/1", "name": name, "title": {"en": name}, "view": "any", "signals": [signal]}


# Clip, exercise, crop of the clip, frame in the start, frame in the end, frame half-way, seconds from start to end.
SCENES = [
    ("demo.mp4", "squat", "620:720:850:274", 190, 195, None, 0.6),
    ("demo.mp4", own("knee", "knee", "left", 155, 120, 100), "700:560:0:434", 171, 182, 176, 1.0),
    ("cam01.mp4", own("arm-raise", "shoulder", "right", 42, 74, 82), None, 0, 46, 24, 0.8),
    ("cam04.mp4", own("lean", "trunk", None, 20, 50, 60), None, 95, 50, 70, 0.8),
]
# Rates and sizes that each is made at.
VARIANTS = [(15, 1), (30, 1), (60, 1), (30, 2)]


class Timeline:
    """Which frame of the clip is shown when."""

    def __init__(self, start, end, half, seconds):
        self.places = {"start": start, "end": end, "half": half}
        self.speed = abs(end - start) / seconds
        self.parts, self.full, self.partial = [], 0, 0

    def rest(self, place, seconds):
        self.parts.append((self.places[place], self.places[place], seconds))
        return self

    def go(self, place, hold=0.0):
        start, end = self.places["start"], self.places[place]
        seconds = abs(end - start) / self.speed
        self.parts += [(start, end, seconds), (end, end, hold), (end, start, seconds)]
        self.full += place == "end"
        self.partial += place == "half"
        return self

    def frames(self, rate):
        """The frame of the clip that each frame of the film shows."""
        result, begin = [], 0.0
        for start, end, seconds in self.parts:
            while (time := len(result) / rate - begin) < seconds:
                result.append(int(round(start + (end - start) * time / seconds)))
            begin += seconds
        return result


def timelines(scene):
    *_, start, end, half, seconds = scene
    loops = Timeline(start, end, half, seconds).rest("start", 0.5)
    for _ in range(6):
        loops.go("end")
    yield "loops", loops.rest("start", 0.5)
    mixed = Timeline(start, end, half, seconds).rest("start", 0.5).go("end", 0.8).rest("start", 1.2)
    if half is not None:
        mixed.go("half").rest("start", 0.3)
    mixed.go("end").rest("start", 2.5)
    if half is not None:
        mixed.go("half", 0.4).rest("start", 0.3)
    yield "mixed", mixed.go("end", 0.2).rest("start", 0.5)


def size(path):
    text = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height",
                           "-of", "csv=p=0", path], capture_output=True, text=True, check=True).stdout
    return [int(part) for part in text.strip().split(",")[:2]]


def pictures(path, crop, first, last, divisor):
    """The frames first…last of a clip, RGB."""
    width, height = [int(part) for part in crop.split(":")[:2]] if crop else size(path)
    width, height = width // divisor // 2 * 2, height // divisor // 2 * 2
    filters = [f"trim=start_frame={first}:end_frame={last + 1}"]
    filters += [f"crop={crop}"] if crop else []
    filters += [f"scale={width}:{height}:flags=area"]
    data = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-vf", ",".join(filters), "-fps_mode", "passthrough",
                           "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True).stdout
    return np.frombuffer(data, np.uint8).reshape(-1, height, width, 3)


def write(path, images, order, rate):
    height, width = images.shape[1:3]
    encoder = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(rate),
         "-i", "-", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "14", "-pix_fmt", "yuv420p", path],
        stdin=subprocess.PIPE)
    for index in order:
        encoder.stdin.write(images[index].tobytes())
    encoder.stdin.close()
    if encoder.wait() != 0:
        sys.exit(f"ffmpeg cannot write {path}")


def count(pose, film, exercise):
    text = subprocess.run([pose, "motion", "count", film, "--exercise", exercise, "--json", "-", "--quiet"],
                          capture_output=True, text=True)
    if text.returncode != 0:
        sys.exit(f"{film}: {text.stderr}")
    records = [json.loads(line) for line in text.stdout.splitlines() if line.startswith("{")]
    return sum(record["count"] for record in records), sum(record["partial"] for record in records)


def main():
    pose, work, demo, *rest = sys.argv[1:]
    os.makedirs(work, exist_ok=True)
    right = wrong = 0
    for scene in SCENES:
        name, exercise, crop, start, end, half, _ = scene
        path = demo if name == "demo.mp4" else os.path.join(rest[0], name) if rest else None
        if path is None:
            print(f"left out: {name} (name Pose2Sim's directory of videos too)")
            continue
        title = exercise if isinstance(exercise, str) else exercise["name"]
        argument = exercise
        if not isinstance(exercise, str):
            argument = os.path.join(work, title + ".json")
            json.dump(exercise, open(argument, "w"))
        first, last = min(start, end), max(start, end)
        for rate, divisor in VARIANTS:
            images = pictures(path, crop, first, last, divisor)
            for plan, timeline in timelines(scene):
                film = os.path.join(work, f"{title}-{plan}-{rate}-{divisor}.mp4")
                order = [index - first for index in timeline.frames(rate)]
                write(film, images, order, rate)
                got, wanted = count(pose, film, argument), (timeline.full, timeline.partial)
                good = got == wanted
                right, wrong = right + good, wrong + (not good)
                print(f"{'ok  ' if good else 'FAIL'} {title} {plan}, {rate} fps, 1/{divisor} size: "
                      f"{got[0]} and {got[1]} partial; {wanted[0]} and {wanted[1]} are there", flush=True)
    landmarks = os.path.join(work, "walk.jsonl")
    subprocess.run([pose, "video", demo, "--max-people", "4", "--smooth", "offline", "--json", landmarks, "--quiet"], check=True)
    lines = [json.loads(line) for line in open(landmarks)]
    for line in lines:
        # The one who walks is on the grass; the other one is on the roof.
        line["people"] = [one for one in line["people"] if one["box"][1] + one["box"][3] > 0.75 and one["box"][0] < 0.75
                          and one["id"] != 0]
    with open(landmarks, "w") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    print(f"walking: {sum(len(line['people']) for line in lines)} frames")
    for exercise in ("squat", "push-up", "lunge", "sit-up", "jumping-jack", "biceps-curl", "plank"):
        got = count(pose, landmarks, exercise)
        good = got[0] == 0
        right, wrong = right + good, wrong + (not good)
        print(f"{'ok  ' if good else 'FAIL'} {exercise} in walking: {got[0]} and {got[1]} partial")
    print(f"{right} right, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
