# SPDX-License-Identifier: Apache-2.0
"""Record what MediaPipe Pose answers for the frames of a clip. See README.md beside this file.

Frames come on standard input, BGRX, 4 bytes a pixel, so that both sides see the same ones:

    ffmpeg -i CLIP -vf scale=in_color_matrix=bt601:flags=bicubic,format=bgr0 -fps_mode passthrough -f rawvideo - |
        python record_tracking.py WIDTH HEIGHT OUTPUT
"""

import argparse
import json
import sys

import mediapipe as mp
import numpy as np
from mediapipe.python.solution_base import SolutionBase
from mediapipe.python.solutions import pose as mp_pose

# What the package's own class asks the graph for, and where the next frame's region is said.
OUTPUTS = ["pose_landmarks", "pose_world_landmarks", "segmentation_mask"]
REGION = "pose_rect_from_landmarks"


class Pose(mp_pose.Pose):
    """The package's class with one more output."""

    def __init__(self, **options):
        original = SolutionBase.__init__

        def init(this, *args, **kwargs):
            kwargs["outputs"] = kwargs["outputs"] + [REGION]
            original(this, *args, **kwargs)

        SolutionBase.__init__ = init
        try:
            super().__init__(**options)
        finally:
            SolutionBase.__init__ = original


def rounded(value):
    return float(f"{value:.7g}")


def points(landmarks):
    return [[rounded(v) for v in (p.x, p.y, p.z, p.visibility)] for p in landmarks.landmark]


def answer(result):
    if not result.pose_landmarks:
        return None
    region = getattr(result, REGION, None)
    entry = {"landmarks": points(result.pose_landmarks), "world": points(result.pose_world_landmarks)}
    if region:
        # Nine digits: the same 32-bit numbers.
        sides = (region.x_center, region.y_center, region.width, region.height, region.rotation)
        entry["next_region"] = [float(f"{v:.9g}") for v in sides]
    return entry


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("width", type=int)
    parser.add_argument("height", type=int)
    parser.add_argument("output", help="file for the answers")
    parser.add_argument("--frames", type=int, default=120, help="at most so many")
    parser.add_argument("--complexity", type=int, default=1)
    parser.add_argument("--streams", default="smooth,raw", help="with or without smooth_landmarks")
    arguments = parser.parse_args()

    trackers = {
        name: Pose(static_image_mode=False, model_complexity=arguments.complexity, smooth_landmarks=smooth)
        for name, smooth in (("smooth", True), ("raw", False))
        if name in arguments.streams.split(",")
    }
    answers = {name: [] for name in trackers}
    size = arguments.width * arguments.height * 4
    count = 0
    while count < arguments.frames:
        data = sys.stdin.buffer.read(size)
        if len(data) < size:
            break
        frame = np.frombuffer(data, np.uint8).reshape(arguments.height, arguments.width, 4)
        rgb = np.ascontiguousarray(frame[:, :, 2::-1])
        for name, tracker in trackers.items():
            answers[name].append(answer(tracker.process(rgb)))
        count += 1
    with open(arguments.output, "w") as file:
        document = {
            "generator": f"mediapipe {mp.__version__}",
            "model_complexity": arguments.complexity,
            "width": arguments.width,
            "height": arguments.height,
            "streams": answers,
        }
        json.dump(document, file, separators=(",", ":"))
    for name, stream in answers.items():
        print(arguments.output, name, count, "frames", sum(a is not None for a in stream), "poses")


if __name__ == "__main__":
    main()
