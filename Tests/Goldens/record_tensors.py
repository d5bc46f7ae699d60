# SPDX-License-Identifier: Apache-2.0
"""Record what LiteRT answers for each network on the `ramp` input. See README.md beside this file."""

import argparse
import json
import pathlib

import numpy as np
from ai_edge_litert.interpreter import Interpreter

MODELS = [
    "pose_detection",
    "pose_landmark_lite",
    "pose_landmark_full",
    "pose_landmark_heavy",
    "face_detection_full_range_sparse",
    "face_detection_short_range",
]
# An output with more values than this is recorded as every n-th value and its sums; n is prime, so that all
# rows, columns and channels are met.
WHOLE = 2500


def ramp(size):
    y, x, c = np.meshgrid(np.arange(size), np.arange(size), np.arange(3), indexing="ij")
    return (((7 * x + 13 * y + 29 * c) % 256).astype(np.float32) / np.float32(255))[None]


def prime_from(n):
    while any(n % d == 0 for d in range(2, int(n**0.5) + 1)):
        n += 1
    return n


def record(path):
    interpreter = Interpreter(model_path=str(path), num_threads=1)
    interpreter.allocate_tensors()
    (details,) = interpreter.get_input_details()
    interpreter.set_tensor(details["index"], ramp(details["shape"][1]))
    interpreter.invoke()
    outputs = []
    for output in interpreter.get_output_details():
        values = interpreter.get_tensor(output["index"]).ravel()
        stride = 1 if values.size <= WHOLE else prime_from(values.size // WHOLE)
        outputs.append(
            {
                "name": output["name"],
                "shape": [int(n) for n in output["shape"]],
                "stride": stride,
                "sum": float(values.sum(dtype=np.float64)),
                "absolute_sum": float(np.abs(values).sum(dtype=np.float64)),
                "maximum_magnitude": float(np.abs(values).max()),
                "values": [float(f"{v:.7g}") for v in values[::stride]],
            }
        )
    return {"model": path.name, "input": "ramp", "outputs": outputs}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=pathlib.Path, help="folder with the networks")
    parser.add_argument("output", type=pathlib.Path, help="folder for MODEL.ramp.json")
    parser.add_argument("names", nargs="*", default=MODELS, help="networks to record, all by default")
    arguments = parser.parse_args()
    for name in arguments.names:
        path = arguments.output / f"{name}.ramp.json"
        entry = record(arguments.models / f"{name}.tflite")
        path.write_text(json.dumps(entry, separators=(",", ":")) + "\n")
        print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
