# SPDX-License-Identifier: Apache-2.0
"""Runs inside Blender: imports a BVH, writes where its bones are in each frame, and renders one.

blender -b -P blender_bvh.py -- IN.bvh OUT.json [PICTURE.png FRAME]
"""

import builtins
import json
import sys

import bpy
import mathutils

arguments = sys.argv[sys.argv.index("--") + 1:]
text_open = builtins.open
# Debian's importer asks for the mode 'rU', which its Python 3.11 no longer knows.
builtins.open = lambda file, mode="r", *rest, **named: text_open(file, mode.replace("U", ""), *rest, **named)

bpy.ops.wm.read_factory_settings(use_empty=True)
# The importer's own defaults, but for the scale: our BVH is in centimetres.
bpy.ops.import_anim.bvh(filepath=arguments[0], global_scale=0.01, update_scene_fps=True, update_scene_duration=True)
figure, scene = bpy.context.object, bpy.context.scene
world = figure.matrix_world
bones = figure.data.bones
rest = {bone.name: list(world @ bone.head_local) for bone in bones}
tails = {bone.name: list(world @ bone.tail_local) for bone in bones}
frames = {bone.name: [] for bone in bones}
first, last = (int(frame) for frame in figure.animation_data.action.frame_range)
for frame in range(first, last + 1):
    scene.frame_set(frame)
    for bone in figure.pose.bones:
        frames[bone.name].append(list(world @ bone.head))
# Rest means no rotation in the channels: a pose whose channels are all zero is the armature's own.
for bone in figure.pose.bones:
    bone.rotation_euler = bone.location = (0, 0, 0)
figure.animation_data.action = None
bpy.context.view_layer.update()
zero = {bone.name: list(world @ bone.head) for bone in figure.pose.bones}
with text_open(arguments[1], "w") as file:
    json.dump({"fps": scene.render.fps / scene.render.fps_base, "count": last - first + 1, "rest": rest, "tails": tails,
               "zero": zero, "frames": frames}, file)

if len(arguments) > 3:
    index = int(arguments[3])

    def cylinder(start, end, radius):
        start, end = mathutils.Vector(start), mathutils.Vector(end)
        way = end - start
        if way.length < 1e-4:
            return
        bpy.ops.mesh.primitive_cone_add(radius1=radius, radius2=radius * 0.5, depth=way.length, location=(start + end) / 2)
        bpy.context.object.rotation_euler = way.to_track_quat("Z", "Y").to_euler()

    for bone in bones:
        if bone.parent:
            cylinder(frames[bone.parent.name][index], frames[bone.name][index], 0.04)
    hips = mathutils.Vector(frames["Hips"][index])
    bpy.ops.mesh.primitive_uv_sphere_add(radius=0.1, location=frames["Head"][index])
    bpy.ops.mesh.primitive_plane_add(size=4, location=(hips.x, hips.y, 0))
    bpy.ops.object.light_add(type="SUN", rotation=(0.7, 0.2, 0.4))
    bpy.context.object.data.energy = 4
    bpy.ops.object.camera_add(location=(hips.x + 1.2, hips.y - 4.5, 1.4))
    camera = bpy.context.object
    camera.rotation_euler = (mathutils.Vector((hips.x, hips.y, 0.85)) - camera.location).to_track_quat("-Z", "Y").to_euler()
    scene.camera = camera
    scene.render.engine = "BLENDER_EEVEE"
    scene.render.resolution_x = scene.render.resolution_y = 480
    scene.render.filepath = arguments[2]
    bpy.ops.render.render(write_still=True)
