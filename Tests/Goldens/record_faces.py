# SPDX-License-Identifier: Apache-2.0
"""Record what MediaPipe face detection answers for each picture of a folder. See README.md beside this file."""

import argparse
import json
import pathlib

import mediapipe as mp

from record_mediapipe import VIEWS, read, rounded, view

# Model selection of each network; their thresholds, 0.6 and 0.5, are fixed in the graphs.
NETWORKS = {"full_range": 1, "short_range": 0}


def record(rgb, selection):
    with mp.solutions.face_detection.FaceDetection(model_selection=selection) as faces:
        found = faces.process(rgb).detections or []
    answers = []
    for face in found:
        place = face.location_data
        box = place.relative_bounding_box
        answers.append(
            {
                "score": rounded(face.score[0]),
                "box": [rounded(v) for v in (box.xmin, box.ymin, box.width, box.height)],
                "keypoints": [[rounded(p.x), rounded(p.y)] for p in place.relative_keypoints],
            }
        )
    return answers


def entry(rgb):
    size = {"width": rgb.shape[1], "height": rgb.shape[0]}
    return size | {name: record(rgb, selection) for name, selection in NETWORKS.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", type=pathlib.Path, help="folder with the pictures")
    parser.add_argument("output", type=pathlib.Path, help="folder for mediapipe-faces.json")
    arguments = parser.parse_args()

    suffixes = {".jpg", ".jpeg", ".png", ".webp"}
    names = sorted(p.name for p in arguments.pictures.iterdir() if p.suffix.lower() in suffixes)
    images = {name: entry(read(arguments.pictures / name)) for name in names}
    for picture, crop, quarter_turns in VIEWS:
        if picture not in images:
            continue
        spec = {"picture": picture, "crop": crop, "quarter_turns": quarter_turns}
        name = picture + (f" crop {','.join(map(str, crop))}" if crop else "") + f" turn {quarter_turns}"
        images[name] = spec | entry(view(read(arguments.pictures / picture), crop, quarter_turns))
    text = ",\n".join(f'"{name}":{json.dumps(value, separators=(",", ":"))}' for name, value in images.items())
    path = arguments.output / "mediapipe-faces.json"
    path.write_text(f'{{"generator":"mediapipe {mp.__version__}","images":{{\n{text}\n}}}}\n')
    print(path, len(images), "views", path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
