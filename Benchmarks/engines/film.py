# SPDX-License-Identifier: Apache-2.0
"""The usual script for a film: OpenCV reads, MediaPipe tracks and draws, ffmpeg writes H.264.

    film.py CLIP LINES.jsonl [OUT.mp4]
"""
import json
import subprocess
import sys

import cv2
import mediapipe as mp


def main():
    clip, lines, out = (sys.argv[1:] + [None])[:3]
    capture = cv2.VideoCapture(clip)
    width, height = int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
    encoder = out and subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{width}x{height}",
         "-framerate", str(capture.get(cv2.CAP_PROP_FPS)), "-i", "pipe:0", "-c:v", "libx264", "-preset", "veryfast",
         "-crf", "20", "-pix_fmt", "yuv420p", "-movflags", "+faststart", out], stdin=subprocess.PIPE)
    drawing, pose_module = mp.solutions.drawing_utils, mp.solutions.pose
    count = 0
    with pose_module.Pose(static_image_mode=False, model_complexity=1) as pose, open(lines, "w") as file:
        while True:
            is_read, frame = capture.read()
            if not is_read:
                break
            found = pose.process(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)).pose_landmarks
            points = [[p.x, p.y, p.z, p.visibility] for p in found.landmark] if found else None
            file.write(json.dumps({"frame": count, "landmarks": points}) + "\n")
            if encoder:
                if found:
                    drawing.draw_landmarks(frame, found, pose_module.POSE_CONNECTIONS)
                encoder.stdin.write(frame.tobytes())
            count += 1
    if encoder:
        encoder.stdin.close()
        encoder.wait()
    print(count)


main()
