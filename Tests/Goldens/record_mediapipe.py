# SPDX-License-Identifier: Apache-2.0
"""Record what MediaPipe Pose answers for each picture of a folder. See README.md beside this file."""

import argparse
import json
import pathlib
import shutil

import cv2
import mediapipe as mp
import numpy as np

# Parts of pictures, turned by quarters clockwise, that are recorded along with the whole ones when their picture
# is there: other people, sizes and ways up. Picture, crop (x, y, width, height) or None, quarter turns.
VIEWS = [
    ("astronaut.png", None, 1),
    ("astronaut.png", None, 2),
    ("astronaut.png", (0, 0, 401, 293), 3),
    ("bus.jpg", (0, 380, 260, 540), 0),
    ("bus.jpg", (200, 390, 180, 480), 0),
    ("bus.jpg", (650, 370, 160, 520), 0),
    ("bus.jpg", (0, 200, 500, 800), 1),
    ("bus.jpg", (20, 0, 790, 1080), 3),
    ("camera.png", None, 1),
    ("camera.png", None, 2),
    ("courtyard.png", (330, 0, 331, 434), 0),
    ("courtyard.png", (100, 0, 450, 434), 0),
    ("courtyard.png", (200, 50, 250, 384), 1),
    ("courtyard.png", (100, 0, 450, 434), 1),
    ("group.jpg", (0, 0, 500, 667), 0),
    ("group.jpg", (250, 0, 500, 667), 0),
    ("group.jpg", (100, 100, 300, 500), 3),
    ("portrait.jpg", None, 3),
    ("zidane.jpg", (0, 0, 760, 720), 0),
    ("zidane.jpg", (700, 0, 500, 720), 0),
    ("zidane.jpg", (0, 100, 640, 620), 1),
]

LANDMARK_FILES = ["pose_landmark_lite.tflite", "pose_landmark_full.tflite", "pose_landmark_heavy.tflite"]


def install_models(folder):
    """Put the networks that are not in the wheel where MediaPipe looks for them."""
    destination = pathlib.Path(mp.__file__).parent / "modules" / "pose_landmark"
    for name in LANDMARK_FILES:
        if not (destination / name).exists():
            shutil.copyfile(folder / name, destination / name)


def rounded(value):
    """Seven significant digits: finer than any tolerance, coarser than float noise."""
    return float(f"{value:.7g}")


def grid(mask, n=16):
    """The mean of the mask in n × n cells of equal size; pixels on an edge count by their share."""
    return [[float(f"{v:.5f}") for v in row] for row in cv2.resize(mask, (n, n), interpolation=cv2.INTER_AREA)]


def points(landmarks):
    return [[rounded(v) for v in (p.x, p.y, p.z, p.visibility)] for p in landmarks.landmark]


def read(path):
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise SystemExit(f"{path} cannot be read")
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def view(rgb, crop, quarter_turns):
    if crop:
        x, y, width, height = crop
        rgb = rgb[y : y + height, x : x + width]
    return np.ascontiguousarray(np.rot90(rgb, -quarter_turns))


def record(rgb, complexity):
    with mp.solutions.pose.Pose(
        static_image_mode=True, model_complexity=complexity, enable_segmentation=True
    ) as pose:
        result = pose.process(rgb)
    entry = {"width": rgb.shape[1], "height": rgb.shape[0], "pose": None}
    if result.pose_landmarks:
        entry["pose"] = {
            "landmarks": points(result.pose_landmarks),
            "world": points(result.pose_world_landmarks),
        }
        mask = np.asarray(result.segmentation_mask)
        entry["mask_area"] = rounded(mask.mean(dtype=np.float64))
        entry["mask_grid16"] = grid(mask)
    return entry


def record_all(folder, names, complexity):
    images = {name: record(read(folder / name), complexity) for name in names}
    for picture, crop, quarter_turns in VIEWS:
        if picture not in images:
            continue
        entry = record(view(read(folder / picture), crop, quarter_turns), complexity)
        spec = {"picture": picture, "crop": crop, "quarter_turns": quarter_turns}
        name = picture + (f" crop {','.join(map(str, crop))}" if crop else "") + f" turn {quarter_turns}"
        images[name] = spec | entry
    return images


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", type=pathlib.Path, help="folder with the pictures")
    parser.add_argument("models", type=pathlib.Path, help="folder with the three landmark networks")
    parser.add_argument("output", type=pathlib.Path, help="folder for mediapipe-c0.json, -c1.json, -c2.json")
    parser.add_argument("names", nargs="*", help="only these pictures")
    arguments = parser.parse_args()

    install_models(arguments.models)
    names = arguments.names or sorted(
        p.name for p in arguments.pictures.iterdir() if p.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"}
    )
    for complexity in range(3):
        images = record_all(arguments.pictures, names, complexity)
        text = ",\n".join(
            f'"{name}":{json.dumps(entry, separators=(",", ":"))}' for name, entry in images.items()
        )
        head = f'"generator":"mediapipe {mp.__version__}","model_complexity":{complexity}'
        path = arguments.output / f"mediapipe-c{complexity}.json"
        path.write_text(f'{{{head},"images":{{\n{text}\n}}}}\n')
        print(path, len(images), "views", path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
