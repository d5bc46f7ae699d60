# SPDX-License-Identifier: Apache-2.0
"""Solved skeletons and raw landmarks, read without any of our own code."""

import json
import struct

import numpy as np

# Each joint of the skeleton that is a landmark, by its number.
LANDMARKS = {
    "LeftArm": 11, "LeftForeArm": 13, "LeftHand": 15, "RightArm": 12, "RightForeArm": 14, "RightHand": 16,
    "LeftUpLeg": 23, "LeftLeg": 25, "LeftFoot": 27, "LeftToeBase": 31,
    "RightUpLeg": 24, "RightLeg": 26, "RightFoot": 28, "RightToeBase": 32,
}


def glb_parts(path):
    """The JSON and the bytes of a binary glTF."""
    data = open(path, "rb").read()
    length = struct.unpack_from("<I", data, 12)[0]
    return json.loads(data[20:20 + length]), data[28 + length:]


def rotate(quaternion, vector):
    """Vectors turned by quaternions (x, y, z, w), both with frames first."""
    axis, real = quaternion[..., :3], quaternion[..., 3:]
    twice = 2 * np.cross(axis, vector)
    return vector + real * twice + np.cross(axis, twice)


def product(one, other):
    """Quaternions multiplied, in double precision."""
    a, b = one[..., :3], other[..., :3]
    w, v = one[..., 3:], other[..., 3:]
    return np.concatenate([w * b + v * a + np.cross(a, b), w * v - np.sum(a * b, -1, keepdims=True)], -1)


class Solved:
    """Where each joint is in each frame of an exported glTF, in metres: the solved skeleton."""

    def __init__(self, path):
        tree, buffer = glb_parts(path)

        def accessor(index):
            entry = tree["accessors"][index]
            view = tree["bufferViews"][entry["bufferView"]]
            width = {"SCALAR": 1, "VEC3": 3, "VEC4": 4}[entry["type"]]
            start = view.get("byteOffset", 0) + entry.get("byteOffset", 0)
            values = np.frombuffer(buffer, "<f4", entry["count"] * width, start)
            return values.reshape(-1, width).astype(float)

        animation = tree["animations"][0]
        tracks = {}
        for channel in animation["channels"]:
            sampler = animation["samplers"][channel["sampler"]]
            tracks[channel["target"]["node"], channel["target"]["path"]] = accessor(sampler["output"])
            self.times = accessor(sampler["input"])[:, 0]
        self.parents, self.places = {}, {}
        turns = {}

        def visit(index, parent):
            node = tree["nodes"][index]
            name, count = node["name"], len(self.times)
            place = tracks.get((index, "translation"), np.tile(node.get("translation", [0, 0, 0]), (count, 1)))
            turn = tracks.get((index, "rotation"), np.tile([0.0, 0, 0, 1], (count, 1)))
            turn = turn / np.linalg.norm(turn, axis=1, keepdims=True)
            if parent is None:
                self.places[name], turns[name] = place, turn
            else:
                self.places[name] = self.places[parent] + rotate(turns[parent], place)
                turns[name] = product(turns[parent], turn)
                self.parents[name] = parent
            for child in node.get("children", []):
                visit(child, name)

        visit(tree["scenes"][0]["nodes"][0], None)

    def bone_lengths(self):
        """The length of each bone in each frame."""
        return {joint: np.linalg.norm(self.places[joint] - self.places[parent], axis=1)
                for joint, parent in self.parents.items()}


class Raw:
    """One person's world landmarks, y up, from the middle of the hips, in metres."""

    def __init__(self, path, person):
        self.frames = []
        for line in open(path):
            record = json.loads(line)
            for one in record["people"]:
                if one.get("id", 0) == person:
                    points = np.array([[p["x"], -p["y"], -p["z"]] for p in one["world_landmarks"]])
                    seen = np.array([min(p["visibility"], p["presence"]) for p in one["landmarks"]])
                    self.frames.append((record["time"], points - (points[23] + points[24]) / 2, seen))
        self.times = np.array([frame[0] for frame in self.frames])

    def distances(self, solved, scale=1.0, least=0.5):
        """How far each visible landmark is from its joint, both from the hips: joint to metres."""
        distances = {joint: [] for joint in LANDMARKS}
        starts = self.times[0] if len(self.times) else 0
        for time, points, seen in self.frames:
            index = int(round((time - starts) * (len(solved.times) - 1) / max(self.times[-1] - starts, 1e-9)))
            index = min(index, len(solved.times) - 1)
            for joint, landmark in LANDMARKS.items():
                if seen[landmark] >= least:
                    place = solved.places[joint][index] - solved.places["Hips"][index]
                    distances[joint].append(np.linalg.norm(place - points[landmark] * scale))
        return {joint: np.array(values) for joint, values in distances.items()}
