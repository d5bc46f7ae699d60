# SPDX-License-Identifier: Apache-2.0
"""One process of MediaPipe in video mode that is fed decoded frames; prints frames a second.

    tracker.py SECONDS PICTURE…
"""
import sys
import time

import cv2
import mediapipe as mp


def main():
    seconds, frames = float(sys.argv[1]), [cv2.cvtColor(cv2.imread(p), cv2.COLOR_BGR2RGB) for p in sys.argv[2:]]
    with mp.solutions.pose.Pose(static_image_mode=False, model_complexity=1) as pose:
        for frame in frames[:10]:
            pose.process(frame)
        print("ready", flush=True)
        sys.stdin.readline()
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            turn = count % (2 * len(frames) - 2)
            pose.process(frames[turn if turn < len(frames) else 2 * len(frames) - 2 - turn])
            count += 1
        print(count / (time.perf_counter() - start), flush=True)


main()
