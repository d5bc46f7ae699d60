# SPDX-License-Identifier: Apache-2.0
"""Exports clips, reads the files with programs that are not ours, and prints how far they are from the solved skeleton.

exports.py POSE WORK CLIP…     a CLIP is FILE[#PERSON]; landmarks are made once, with people up to 4
"""

import json
import os
import shutil
import subprocess
import sys

import numpy as np

from skeleton import LANDMARKS, Raw, Solved

HEIGHT = 1.75
failures = []


def check(name, value, limit, unit=""):
    good = value <= limit
    print(f"  {'ok  ' if good else 'FAIL'} {name}: {value:.4g}{unit} (at most {limit:g}{unit})")
    if not good:
        failures.append(name)


def run(*words):
    result = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
    return result.stdout + result.stderr


def blender(bvh, solved, work, stem):
    if not shutil.which("blender"):
        print("  left out: Blender is not installed (apt-get install blender xvfb)")
        return
    script = os.path.join(os.path.dirname(__file__), "blender_bvh.py")
    output = os.path.join(work, stem + ".blender.json")
    words = ["blender", "-b", "-noaudio", "-P", script, "--python-exit-code", "1", "--", bvh, output]
    if shutil.which("xvfb-run"):
        picture = os.path.join(work, stem + ".png")
        words = ["xvfb-run", "-a"] + words + [picture, len(solved.times) // 2]
    run(*words)
    seen = json.load(open(output))
    # Blender's axes: x as ours, y away from us, z up.
    def ours(points):
        points = np.array(points)
        return np.stack([points[..., 0], points[..., 2], -points[..., 1]], -1)
    frames = {name: ours(points) for name, points in seen["frames"].items()}
    check("Blender: frames that differ in number", abs(seen["count"] - len(solved.times)), 0)
    worst = max(np.abs(np.linalg.norm(frames[name] - solved.places[name], axis=1)).max() for name in frames)
    check("Blender: joint from the solved skeleton", worst * 100, 1, " cm")
    lengths = max(np.ptp(np.linalg.norm(frames[name] - frames[parent], axis=1)) for name, parent in solved.parents.items())
    # Blender computes in single precision.
    check("Blender: change of a bone's length", lengths, 1e-5, " m")
    rest = {name: ours(point) for name, point in seen["rest"].items()}
    zero = max(np.linalg.norm(ours(seen["zero"][name]) - rest[name]) for name in rest)
    check("Blender: rest pose from zero rotations", zero, 1e-5, " m")
    tilt = [rest["LeftHand"][1] - rest["LeftArm"][1], rest["RightHand"][1] - rest["RightArm"][1],
            rest["LeftFoot"][0] - rest["LeftUpLeg"][0], rest["LeftHand"][2] - rest["LeftArm"][2]]
    check("Blender: T-pose, arms level and legs upright", max(map(abs, tilt)), 1e-5, " m")
    sole = min(rest["LeftToeBase"][1], rest["RightToeBase"][1])
    height = ours(seen["tails"]["Head"])[1] - sole
    check("Blender: height of the rest pose from 1.75 m", abs(height - HEIGHT) * 100, 1, " cm")
    upright = np.mean(frames["Head"][:, 1] - frames["Hips"][:, 1])
    check("Blender: head below the hips in the mean", -upright, 0, " m")


def vrm(vrma, solved, work, stem):
    packages = next((place for place in sys.path if os.path.isdir(os.path.join(place, "io_scene_vrm"))), None)
    if not packages or not shutil.which("blender"):
        print("  left out: Blender or the package bpy-vrm-format is not installed")
        return
    output = os.path.join(work, stem + ".vrm.json")
    script = os.path.join(os.path.dirname(__file__), "blender_vrma.py")
    run("blender", "-b", "-noaudio", "-P", script, "--python-exit-code", "1", "--", packages, vrma, output)
    frames = json.load(open(output))
    check("VRM add-on: duration", abs(frames[-1]["time"] - solved.times[-1]), 0.05, " s")
    # The add-on's figure has lengths of its own, so that directions are compared.
    limbs = [("UpperArm", "LowerArm", "Arm", "ForeArm"), ("LowerArm", "Hand", "ForeArm", "Hand"),
             ("UpperLeg", "LowerLeg", "UpLeg", "Leg"), ("LowerLeg", "Foot", "Leg", "Foot")]
    worst = []
    for frame in frames:
        index = int(np.argmin(np.abs(solved.times - solved.times[0] - frame["time"])))
        for side in ("left", "right"):
            for start, end, one, other in limbs:
                x, y, z = np.array(frame["places"][side + end]) - np.array(frame["places"][side + start])
                way = solved.places[side.title() + other][index] - solved.places[side.title() + one][index]
                seen = np.array([x, z, -y])
                cosine = seen @ way / np.linalg.norm(seen) / np.linalg.norm(way)
                worst.append(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    # Its frames are 24 a second, and between ours.
    check("VRM add-on: direction of a limb, in the mean", float(np.mean(worst)), 3, " degrees")
    print(f"       at most {max(worst):.1f} degrees")


def readers(path, solved):
    import bvh as bvh_package
    import bvhio

    root = bvhio.readAsHierarchy(path["bvh"])
    joints = {joint.Name: joint for joint, _, _ in root.layout()}
    worst, lengths = 0.0, {name: [] for name in solved.parents}
    for frame in range(len(solved.times)):
        root.loadPose(frame)
        places = {name: np.array(list(joints[name].PositionWorld)) / 100 for name in solved.places}
        worst = max(worst, max(np.linalg.norm(places[name] - solved.places[name][frame]) for name in places))
        for name, parent in solved.parents.items():
            lengths[name].append(np.linalg.norm(places[name] - places[parent]))
    check("bvhio: joint from the solved skeleton", worst * 100, 0.01, " cm")
    check("bvhio: change of a bone's length", max(np.ptp(values) for values in lengths.values()), 1e-6, " m")
    plain = bvh_package.Bvh(open(path["bvh"]).read())
    check("bvh: frames that differ in number", abs(plain.nframes - len(solved.times)), 0)
    check("bvh: joints that differ", len(set(plain.get_joints_names()) ^ set(solved.places)), 0)

    import pygltflib
    import trimesh
    for kind in ("gltf", "vrma"):
        tree = pygltflib.GLTF2().load_binary(path[kind])
        check(f"pygltflib: {kind} without animation", 1 - len(tree.animations), 0)
    extension = tree.extensions["VRMC_vrm_animation"]
    bones = extension["humanoid"]["humanBones"]
    needed = {"hips", "spine", "head"} | {
        side + part for side in ("left", "right")
        for part in ("UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot")}
    check("VRMA: bones that VRM 1.0 requires and that are missing", len(needed - set(bones)), 0)
    scene = trimesh.load(path["gltf"], file_type="glb")
    # The figure of the bones in its rest pose, as tall as the person.
    check("trimesh: height of the figure from 1.75 m", abs(scene.extents[1] - HEIGHT) * 100, 2, " cm")


def opensim(path, solved):
    program = (
        "import sys, opensim\n"
        "markers = opensim.TimeSeriesTableVec3(sys.argv[1])\n"
        "motion = opensim.Storage(sys.argv[2])\n"
        "table = opensim.TimeSeriesTable(sys.argv[2])\n"
        "print('ROWS', markers.getNumRows(), motion.getSize(), table.getNumRows(), motion.isInDegrees())\n"
    )
    text = run(sys.executable, "-c", program, path["trc"], path["mot"])
    count = len(solved.times)
    rows = [line for line in text.splitlines() if line.startswith("ROWS")]
    wanted = f"ROWS {count} {count} {count} True"
    check("OpenSim: tables that are not as long as the motion", 0 if rows == [wanted] else 1, 0)
    others = [line for line in text.splitlines() if line.strip() and not line.startswith("ROWS")]
    warnings = [line for line in others if "warn" in line.lower() or "error" in line.lower()]
    for line in others:
        print("      ", line)
    check("OpenSim: warnings", len(warnings), 0)


def main():
    pose, work, *clips = sys.argv[1:]
    os.makedirs(work, exist_ok=True)
    for clip in clips:
        film, _, person = clip.partition("#")
        stem = os.path.splitext(os.path.basename(film))[0]
        landmarks = os.path.join(work, stem + ".jsonl")
        if not os.path.exists(landmarks):
            run(pose, "video", film, "--max-people", "4", "--smooth", "offline", "--json", landmarks, "--quiet")
        stem = f"{stem}-{person or 0}"
        path = {kind: os.path.join(work, f"{stem}.{ {'gltf': 'glb'}.get(kind, kind)}")
                for kind in ("bvh", "gltf", "vrma", "trc", "mot")}
        options = [word for kind, name in path.items() for word in ("--" + kind, name)]
        run(pose, "motion", "export", landmarks, "--person", person or 0, "--height", HEIGHT, *options)
        solved = Solved(path["gltf"])
        print(f"{stem}: {len(solved.times)} frames")
        lengths = max(np.ptp(values) for values in solved.bone_lengths().values())
        check("glTF: change of a bone's length", lengths, 1e-6, " m")
        own = os.path.join(work, stem + ".own.glb")
        run(pose, "motion", "export", landmarks, "--person", person or 0, "--gltf", own)
        distances = Raw(landmarks, int(person or 0)).distances(Solved(own))
        everything = np.concatenate(list(distances.values()))
        check("landmarks: mean distance of a joint", everything.mean() * 100, 3, " cm")
        parts = {joint: round(float(values.mean()) * 100, 1) for joint, values in distances.items() if len(values)}
        print("      ", " ".join(f"{joint} {value}" for joint, value in parts.items()))
        slide(solved)
        readers(path, solved)
        opensim(path, solved)
        blender(path["bvh"], solved, work, stem)
        vrm(path["vrma"], solved, work, stem)
    if failures:
        sys.exit(f"{len(failures)} checks failed: {'; '.join(failures)}")


def slide(solved):
    """How far a foot goes while it stands: from frame to frame less than 0.2 m/s, 0.1 s at least, the sole below 7 cm."""
    rate = (len(solved.times) - 1) / (solved.times[-1] - solved.times[0])
    worst, count = 0.0, 0
    for foot, toes in (("LeftFoot", "LeftToeBase"), ("RightFoot", "RightToeBase")):
        places = solved.places[foot]
        sole = np.minimum(solved.places[toes][:, 1], places[:, 1] - 0.039 * HEIGHT)
        still = np.linalg.norm(np.diff(places, axis=0), axis=1) * rate < 0.2
        start = None
        for index, flag in enumerate(list(still & (sole[1:] < 0.07)) + [False]):
            if flag and start is None:
                start = index
            if not flag and start is not None:
                if index - start >= 0.1 * rate:
                    count += 1
                    part = places[start:index + 1]
                    worst = max(worst, np.linalg.norm(part - part[0], axis=1).max())
                start = None
    print(f"       a foot stands {count} times")
    check("feet: a foot that stands slides", worst * 100, 2, " cm")


if __name__ == "__main__":
    main()
