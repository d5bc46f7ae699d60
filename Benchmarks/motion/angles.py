# SPDX-License-Identifier: Apache-2.0
"""Angles of one camera beside those of four calibrated ones.

angles.py POSE WORK DIR      DIR: Pose2Sim's Demo_SinglePerson, with calibration/Calib.qca.txt and videos/cam0?.mp4

Our 2-D landmarks of all cameras are triangulated, and the angles of the points in space are taken as truth. Points whose
rays miss each other by more than 15 pixels are left out.
"""

import csv
import glob
import json
import os
import subprocess
import sys
import xml.etree.ElementTree

import numpy as np

# The three landmarks of each angle; the shoulder and hip beside knee and elbow.
ANGLES = {
    "knee": [(23, 25, 27), (24, 26, 28)], "elbow": [(11, 13, 15), (12, 14, 16)],
    "hip": [(11, 23, 25), (12, 24, 26)], "shoulder": [(23, 11, 13), (24, 12, 14)],
}
NAMED = ("knee", "elbow")
MOST_PIXELS = 15


class Camera:
    """A pinhole with distortion, as Qualisys writes it; lengths in metres."""

    def __init__(self, entry):
        transform, intrinsic = entry.find("transform").attrib, entry.find("intrinsic").attrib
        turn = np.array([[float(transform[f"r{row}{column}"]) for column in "123"] for row in "123"])
        place = np.array([float(transform[axis]) for axis in "xyz"]) / 1000
        # To OpenCV's camera, which looks along z with y down. Source: Pose2Sim, calib_qca_fun.
        self.turn = np.diag([1, -1, -1]) @ turn
        self.shift = -self.turn @ place
        # 1/64 pixels.
        number = {name: float(intrinsic[name]) for name in intrinsic}
        self.focal = np.array([number["focalLengthU"], number["focalLengthV"]]) / 64
        self.center = np.array([number["centerPointU"], number["centerPointV"]]) / 64
        self.radial = number["radialDistortion1"], number["radialDistortion2"]
        self.tangential = number["tangentalDistortion1"], number["tangentalDistortion2"]
        self.matrix = np.hstack([self.turn, self.shift[:, None]])

    def straight(self, pixel):
        """A pixel as a direction without distortion: x and y at depth 1."""
        wanted = (pixel - self.center) / self.focal
        point = wanted.copy()
        for _ in range(10):
            point = wanted - (self.bent(point) - point)
        return point

    def bent(self, point):
        x, y = point
        square = x * x + y * y
        (k1, k2), (p1, p2) = self.radial, self.tangential
        scale = 1 + k1 * square + k2 * square * square
        return np.array([x * scale + 2 * p1 * x * y + p2 * (square + 2 * x * x),
                         y * scale + p1 * (square + 2 * y * y) + 2 * p2 * x * y])

    def pixel(self, place):
        point = self.turn @ place + self.shift
        return self.bent(point[:2] / point[2]) * self.focal + self.center


def triangulate(cameras, pixels, weights):
    """Linear least squares, weighted; the place and the mean distance in pixels."""
    rows = []
    for camera, pixel, weight in zip(cameras, pixels, weights):
        x, y = camera.straight(pixel)
        rows += [(x * camera.matrix[2] - camera.matrix[0]) * weight, (y * camera.matrix[2] - camera.matrix[1]) * weight]
    vector = np.linalg.svd(np.array(rows))[2][-1]
    place = vector[:3] / vector[3]
    return place, np.mean([np.linalg.norm(camera.pixel(place) - pixel) for camera, pixel in zip(cameras, pixels)])


def best(cameras, pixels, seen):
    """The place by all cameras that see the point, without the one that disagrees most while that is far."""
    chosen = [index for index in range(len(cameras)) if seen[index] >= 0.5]
    while len(chosen) >= 2:
        place, error = triangulate([cameras[i] for i in chosen], [pixels[i] for i in chosen], [seen[i] for i in chosen])
        if error <= MOST_PIXELS:
            return place, error, len(chosen)
        if len(chosen) < 4:
            return None
        errors = []
        for left_out in chosen:
            others = [i for i in chosen if i != left_out]
            errors.append((triangulate([cameras[i] for i in others], [pixels[i] for i in others],
                                       [seen[i] for i in others])[1], left_out))
        chosen.remove(min(errors)[1])
    return None


def corner(points):
    one, other = points[0] - points[1], points[2] - points[1]
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(one, other)), one @ other))


def table(pose, landmarks, source, work):
    path = os.path.join(work, os.path.basename(landmarks) + f".{source}.csv")
    subprocess.run([pose, "motion", "angles", landmarks, "--angles-from", source, "--csv", path, "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    rows = {}
    for row in csv.DictReader(open(path)):
        rows[int(row["frame"])] = row
    return rows


def summary(name, differences, bands):
    differences, bands = np.array(differences), np.array(bands)
    if len(differences) == 0:
        print(f"| {name} | 0 | | | | |")
        return
    bias, deviation = differences.mean(), differences.std()
    inside = np.mean(np.abs(differences) <= bands)
    print(f"| {name} | {len(differences)} | {bias:+.1f} | {bias - 1.96 * deviation:+.1f} … {bias + 1.96 * deviation:+.1f} "
          f"| ± {np.median(bands):.1f} | {inside:.0%} |")


def main():
    pose, work, directory = sys.argv[1:]
    os.makedirs(work, exist_ok=True)
    tree = xml.etree.ElementTree.parse(os.path.join(directory, "calibration", "Calib.qca.txt"))
    cameras = [Camera(entry) for entry in tree.iter("camera")]
    films = sorted(glob.glob(os.path.join(directory, "videos", "cam0?.mp4")))
    if len(films) != len(cameras):
        sys.exit(f"{directory} has {len(films)} videos and {len(cameras)} cameras; four of each were expected")
    people, tables = [], {source: [] for source in ("2d", "3d", "auto")}
    for film in films:
        landmarks = os.path.join(work, os.path.basename(film) + ".jsonl")
        if not os.path.exists(landmarks):
            subprocess.run([pose, "video", film, "--smooth", "offline", "--json", landmarks, "--quiet"], check=True)
        lines = [json.loads(line) for line in open(landmarks)]
        people.append([(line["people"] or [None])[0] for line in lines])
        sizes = [(line["image"]["width"], line["image"]["height"]) for line in lines]
        for source in tables:
            tables[source].append(table(pose, landmarks, source, work))
    count = min(map(len, people))
    errors, places = [], []
    for frame in range(count):
        row = {}
        for landmark in range(33):
            pixels, seen = [], []
            for person in people:
                point = person[frame]["landmarks"][landmark] if person[frame] else None
                pixels.append(np.array([point["x"] * sizes[0][0], point["y"] * sizes[0][1]]) if point else np.zeros(2))
                seen.append(min(point["visibility"], point["presence"]) if point else 0)
            if found := best(cameras, pixels, seen):
                row[landmark] = found[0]
                errors.append(found[1])
        places.append(row)
    print(f"{len(errors)} points of {count} frames, {np.mean(errors):.1f} pixels from their rays in the mean")
    thigh = [np.linalg.norm(row[24] - row[26]) for row in places if 24 in row and 26 in row]
    print(f"the right thigh is {np.median(thigh) * 100:.1f} cm long, standard deviation {np.std(thigh) * 100:.1f} cm\n")

    print("| angle | measurements | bias | limits of agreement | band, median | truth in the band |")
    print("|---|---|---|---|---|---|")
    result = {}
    for group in ANGLES:
        for source in ("best 2d", "2d", "3d", "auto"):
            differences, bands, kinds = [], [], []
            for side, triple in enumerate(ANGLES[group]):
                name = ("left_", "right_")[side] + group
                for frame in range(count):
                    if not all(landmark in places[frame] for landmark in triple):
                        continue
                    truth = corner([places[frame][landmark] for landmark in triple])
                    cells = []
                    for rows in tables[source.split()[-1]]:
                        row = rows.get(frame)
                        if row and row[name]:
                            cells.append((float(row[name + "_error"]), float(row[name]), row[name + "_validity"]))
                    # The best view is the one whose band is narrowest.
                    for band, degrees, kind in sorted(cells)[:1 if "best" in source else None]:
                        differences.append(degrees - truth)
                        bands.append(band)
                        kinds.append(kind)
            summary(f"{group}, {source}", differences, bands)
            result[group, source] = differences, bands, kinds
    print("\n| all angles, by validity | measurements | bias | limits of agreement | band, median | truth in the band |")
    print("|---|---|---|---|---|---|")
    for source in ("2d", "3d", "auto"):
        for kind in ("good", "limited", "poor"):
            pairs = [(d, b) for group in ANGLES for d, b, k in zip(*result[group, source]) if k == kind]
            if pairs:
                summary(f"{source}, {kind}", *zip(*pairs))
    low = []
    for group in NAMED:
        for source in ("best 2d", "2d", "3d", "auto"):
            differences, bands, _ = result[group, source]
            if np.mean(np.abs(differences) <= np.array(bands)) < 0.8:
                low.append(f"{group}, {source}")
    if low:
        sys.exit(f"the truth is in the band less often than 80%: {'; '.join(low)}")


if __name__ == "__main__":
    main()
