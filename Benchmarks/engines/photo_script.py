# SPDX-License-Identifier: Apache-2.0
"""The usual script for photos: OpenCV decodes, MediaPipe finds, its drawing utilities draw, OpenCV encodes.

    photo_script.py PHOTO…                          answers lines "land", "draw" or "draw 1920" with milliseconds
    photo_script.py --folder OUT FIRST STEP PHOTO…  annotates every STEP-th photo from FIRST on into OUT
"""
import os
import sys
import time

import cv2
import numpy
from mediapipe.python.solutions import drawing_utils
from mediapipe.python.solutions.pose import POSE_CONNECTIONS, Pose


def run(pose, data, draws, side):
    image = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
    found = pose.process(cv2.cvtColor(image, cv2.COLOR_BGR2RGB)).pose_landmarks
    if not draws:
        return None
    height, width = image.shape[:2]
    if side and side < max(width, height):
        scale = side / max(width, height)
        image = cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    if found:
        drawing_utils.draw_landmarks(image, found, POSE_CONNECTIONS)
    return cv2.imencode(".jpg", image)[1]


def answer(photo):
    with open(photo, "rb") as file:
        data = file.read()
    with Pose(static_image_mode=True, model_complexity=1) as pose:
        for line in sys.stdin:
            words = line.split()
            start = time.perf_counter()
            run(pose, data, words[0] == "draw", int(words[1]) if len(words) > 1 else 0)
            print((time.perf_counter() - start) * 1000, flush=True)


def folder(out, first, step, photos):
    with Pose(static_image_mode=True, model_complexity=1) as pose:
        for photo in photos[first::step]:
            with open(photo, "rb") as file:
                picture = run(pose, file.read(), True, 0)
            with open(os.path.join(out, os.path.basename(photo)), "wb") as file:
                file.write(picture)


if sys.argv[1] == "--folder":
    folder(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])
else:
    answer(sys.argv[1])
