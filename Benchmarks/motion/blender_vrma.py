# SPDX-License-Identifier: Apache-2.0
"""Runs inside Blender: plays a VRM animation on the VRM add-on's own figure, and writes where its bones are.

blender -b -P blender_vrma.py -- PACKAGES IN.vrma OUT.json     PACKAGES holds io_scene_vrm (PyPI: bpy-vrm-format) and numpy
"""

import json
import sys

packages, source, output = sys.argv[sys.argv.index("--") + 1:]
sys.path.append(packages)

import addon_utils
import bpy

bpy.ops.wm.read_factory_settings(use_empty=True)
addon_utils.enable("io_scene_vrm", default_set=True)
bpy.ops.icyp.make_basic_armature()
figure = next(thing for thing in bpy.context.scene.objects if thing.type == "ARMATURE")
extension = figure.data.vrm_addon_extension
extension.spec_version = "1.0"
bones = extension.vrm1.humanoid.human_bones.human_bone_name_to_human_bone()
names = {name.value: bone.node.bone_name for name, bone in bones.items() if bone.node.bone_name}
bpy.ops.import_scene.vrma(filepath=source, armature_object_name=figure.name)
scene = bpy.context.scene
first, last = (int(frame) for frame in figure.animation_data.action.frame_range)
frames = []
for frame in range(first, last + 1):
    scene.frame_set(frame)
    places = {name: list(figure.matrix_world @ figure.pose.bones[bone].head) for name, bone in names.items()}
    frames.append({"time": (frame - first) / scene.render.fps * scene.render.fps_base, "places": places})
with open(output, "w") as file:
    json.dump(frames, file)
