# SPDX-License-Identifier: Apache-2.0
"""Keep one person's landmarks of some frames of `pose video --json`. See README.md beside this file.

    python record_motion.py LINES PERSON OUTPUT [FIRST LAST STEP]     every third frame unless told
"""

import json
import sys

lines, person, output = sys.argv[1], int(sys.argv[2]), sys.argv[3]
first, last, step = (int(word) for word in sys.argv[4:7]) if len(sys.argv) > 4 else (0, 10**9, 3)
frames = []
for line in open(lines):
    record = json.loads(line)
    for body in record["people"]:
        if body["id"] == person and record["frame"] in range(first, last + 1, step):
            points = [
                [round(p[name], 4) for name in ("x", "y", "z", "visibility", "presence")]
                + [round(w[name], 3) for name in ("x", "y", "z")]
                for p, w in zip(body["landmarks"], body["world_landmarks"])
            ]
            frames.append({"time": record["time"], "points": points})
            size = record["image"]
golden = {"width": size["width"], "height": size["height"], "frames": frames}
with open(output, "w") as file:
    json.dump(golden, file, separators=(",", ":"))
    file.write("\n")
