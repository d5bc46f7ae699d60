# SPDX-License-Identifier: Apache-2.0
"""What angles, an exercise and the solver cost a frame.

cost.py POSE WORK FILE.jsonl     landmarks of one person, as 'pose video --json' writes them

The processor time of whole commands over the landmarks ten times one after another, the least of five runs each, without
that of a command that reads the same lines and finds nobody.
"""

import json
import os
import resource
import subprocess
import sys


def seconds(pose, *words):
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([pose, "motion", *words, "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def main():
    pose, work, source = sys.argv[1:]
    records = [json.loads(line) for line in open(source)]
    records = [record for record in records if record["people"]]
    person = records[0]["people"][0].get("id", 0)
    lines, output = os.path.join(work, "long.jsonl"), os.path.join(work, "long.out")
    count = 0
    with open(lines, "w") as file:
        for _ in range(10):
            for record in records:
                body = [one for one in record["people"] if one.get("id", 0) == person]
                file.write(json.dumps(record | {"people": body, "frame": count, "time": count / 30}) + "\n")
                count += 1
    base = seconds(pose, "export", lines, "--person", "999999", "--trc", output)
    print(f"{count} frames; reading them: {base * 1000 / count:.3f} ms a frame")
    total = 0.0
    for name, words in {
        "angles, with their table as CSV": ("angles", lines, "--csv", output),
        "counting squats": ("count", lines, "--exercise", "squat", "--json", output),
        "solver, with TRC": ("export", lines, "--trc", output),
    }.items():
        cost = (seconds(pose, *words) - base) * 1000 / count
        total += cost
        print(f"{name}: {cost:.3f} ms a frame")
    print(f"together: {total:.3f} ms a frame (below 0.2)")
    sys.exit(0 if total < 0.2 else 1)


if __name__ == "__main__":
    main()
