// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// A document of round numbers, and the exact texts it must give.
enum FrozenDocument {
    static let document = PoseDocument(
        source: "photos/a.jpg",
        imageWidth: 640,
        imageHeight: 416,
        orientation: 6,
        complexity: .full,
        modelSHA256: "e9a5",
        timing: PoseDocument.Timing(decode: 1.25, detect: 2.0004, landmark: 3.9996, total: 7.5),
        poses: [pose]
    )

    /// Landmark i: x = i/64, y = 1 − i/32, z = −i/128; in space i/16 − 1, i/32 − 1/2, i/256.
    static let pose = Pose(
        score: 0.75,
        detectionScore: 0.1,
        box: NormalizedBox(x: 0, y: 0.0625, width: 0.5, height: 0.9375),
        regionOfInterest: RegionOfInterest(
            centerX: 0.25,
            centerY: 0.5,
            width: 0.75,
            height: 1.125,
            rotationRadians: -0.1
        ),
        landmarks: (0..<33).map { index in
            let i = Float(index)
            return Landmark(
                x: i / 64,
                y: 1 - i / 32,
                z: -i / 128,
                visibility: 1 - i / 64,
                presence: 1 - i / 128
            )
        },
        worldLandmarks: (0..<33).map { index in
            let i = Float(index)
            return WorldLandmark(
                x: i / 16 - 1,
                y: i / 32 - 0.5,
                z: i / 256,
                visibility: 1 - i / 64,
                presence: 1 - i / 128
            )
        }
    )

    /// The lines of a text below, joined.
    static func joined(_ text: String) -> String {
        text.split(separator: "\n").joined()
    }

    static let pose1 = joined(
        #"""
        {"schema":"pose/1","source":"photos/a.jpg","image":{"width":640,"height":416,"orientation":6},
        "model":{"name":"pose_landmark_full","complexity":1,"sha256":"e9a5"},
        "timing_ms":{"decode":1.25,"detect":2,"landmark":4,"total":7.5},
        "people":[{"id":0,"score":0.75,"detection_score":0.1,"box":[0,0.0625,0.5,0.9375],
        "roi":{"center":[0.25,0.5],"size":[0.75,1.125],"rotation":-0.1},
        "landmarks":[
        {"name":"nose","x":0,"y":1,"z":0,"visibility":1,"presence":1},
        {"name":"left_eye_inner","x":0.015625,"y":0.96875,"z":-0.0078125,"visibility":0.984375,"presence":0.9921875},
        {"name":"left_eye","x":0.03125,"y":0.9375,"z":-0.015625,"visibility":0.96875,"presence":0.984375},
        {"name":"left_eye_outer","x":0.046875,"y":0.90625,"z":-0.0234375,"visibility":0.953125,"presence":0.9765625},
        {"name":"right_eye_inner","x":0.0625,"y":0.875,"z":-0.03125,"visibility":0.9375,"presence":0.96875},
        {"name":"right_eye","x":0.078125,"y":0.84375,"z":-0.0390625,"visibility":0.921875,"presence":0.9609375},
        {"name":"right_eye_outer","x":0.09375,"y":0.8125,"z":-0.046875,"visibility":0.90625,"presence":0.953125},
        {"name":"left_ear","x":0.109375,"y":0.78125,"z":-0.0546875,"visibility":0.890625,"presence":0.9453125},
        {"name":"right_ear","x":0.125,"y":0.75,"z":-0.0625,"visibility":0.875,"presence":0.9375},
        {"name":"mouth_left","x":0.140625,"y":0.71875,"z":-0.0703125,"visibility":0.859375,"presence":0.9296875},
        {"name":"mouth_right","x":0.15625,"y":0.6875,"z":-0.078125,"visibility":0.84375,"presence":0.921875},
        {"name":"left_shoulder","x":0.171875,"y":0.65625,"z":-0.0859375,"visibility":0.828125,"presence":0.9140625},
        {"name":"right_shoulder","x":0.1875,"y":0.625,"z":-0.09375,"visibility":0.8125,"presence":0.90625},
        {"name":"left_elbow","x":0.203125,"y":0.59375,"z":-0.1015625,"visibility":0.796875,"presence":0.8984375},
        {"name":"right_elbow","x":0.21875,"y":0.5625,"z":-0.109375,"visibility":0.78125,"presence":0.890625},
        {"name":"left_wrist","x":0.234375,"y":0.53125,"z":-0.1171875,"visibility":0.765625,"presence":0.8828125},
        {"name":"right_wrist","x":0.25,"y":0.5,"z":-0.125,"visibility":0.75,"presence":0.875},
        {"name":"left_pinky","x":0.265625,"y":0.46875,"z":-0.1328125,"visibility":0.734375,"presence":0.8671875},
        {"name":"right_pinky","x":0.28125,"y":0.4375,"z":-0.140625,"visibility":0.71875,"presence":0.859375},
        {"name":"left_index","x":0.296875,"y":0.40625,"z":-0.1484375,"visibility":0.703125,"presence":0.8515625},
        {"name":"right_index","x":0.3125,"y":0.375,"z":-0.15625,"visibility":0.6875,"presence":0.84375},
        {"name":"left_thumb","x":0.328125,"y":0.34375,"z":-0.1640625,"visibility":0.671875,"presence":0.8359375},
        {"name":"right_thumb","x":0.34375,"y":0.3125,"z":-0.171875,"visibility":0.65625,"presence":0.828125},
        {"name":"left_hip","x":0.359375,"y":0.28125,"z":-0.1796875,"visibility":0.640625,"presence":0.8203125},
        {"name":"right_hip","x":0.375,"y":0.25,"z":-0.1875,"visibility":0.625,"presence":0.8125},
        {"name":"left_knee","x":0.390625,"y":0.21875,"z":-0.1953125,"visibility":0.609375,"presence":0.8046875},
        {"name":"right_knee","x":0.40625,"y":0.1875,"z":-0.203125,"visibility":0.59375,"presence":0.796875},
        {"name":"left_ankle","x":0.421875,"y":0.15625,"z":-0.2109375,"visibility":0.578125,"presence":0.7890625},
        {"name":"right_ankle","x":0.4375,"y":0.125,"z":-0.21875,"visibility":0.5625,"presence":0.78125},
        {"name":"left_heel","x":0.453125,"y":0.09375,"z":-0.2265625,"visibility":0.546875,"presence":0.7734375},
        {"name":"right_heel","x":0.46875,"y":0.0625,"z":-0.234375,"visibility":0.53125,"presence":0.765625},
        {"name":"left_foot_index","x":0.484375,"y":0.03125,"z":-0.2421875,"visibility":0.515625,"presence":0.7578125},
        {"name":"right_foot_index","x":0.5,"y":0,"z":-0.25,"visibility":0.5,"presence":0.75}],
        "world_landmarks":[
        {"name":"nose","x":-1,"y":-0.5,"z":0,"visibility":1,"presence":1},
        {"name":"left_eye_inner","x":-0.9375,"y":-0.46875,"z":0.00390625,"visibility":0.984375,"presence":0.9921875},
        {"name":"left_eye","x":-0.875,"y":-0.4375,"z":0.0078125,"visibility":0.96875,"presence":0.984375},
        {"name":"left_eye_outer","x":-0.8125,"y":-0.40625,"z":0.01171875,"visibility":0.953125,"presence":0.9765625},
        {"name":"right_eye_inner","x":-0.75,"y":-0.375,"z":0.015625,"visibility":0.9375,"presence":0.96875},
        {"name":"right_eye","x":-0.6875,"y":-0.34375,"z":0.01953125,"visibility":0.921875,"presence":0.9609375},
        {"name":"right_eye_outer","x":-0.625,"y":-0.3125,"z":0.0234375,"visibility":0.90625,"presence":0.953125},
        {"name":"left_ear","x":-0.5625,"y":-0.28125,"z":0.02734375,"visibility":0.890625,"presence":0.9453125},
        {"name":"right_ear","x":-0.5,"y":-0.25,"z":0.03125,"visibility":0.875,"presence":0.9375},
        {"name":"mouth_left","x":-0.4375,"y":-0.21875,"z":0.03515625,"visibility":0.859375,"presence":0.9296875},
        {"name":"mouth_right","x":-0.375,"y":-0.1875,"z":0.0390625,"visibility":0.84375,"presence":0.921875},
        {"name":"left_shoulder","x":-0.3125,"y":-0.15625,"z":0.04296875,"visibility":0.828125,"presence":0.9140625},
        {"name":"right_shoulder","x":-0.25,"y":-0.125,"z":0.046875,"visibility":0.8125,"presence":0.90625},
        {"name":"left_elbow","x":-0.1875,"y":-0.09375,"z":0.05078125,"visibility":0.796875,"presence":0.8984375},
        {"name":"right_elbow","x":-0.125,"y":-0.0625,"z":0.0546875,"visibility":0.78125,"presence":0.890625},
        {"name":"left_wrist","x":-0.0625,"y":-0.03125,"z":0.05859375,"visibility":0.765625,"presence":0.8828125},
        {"name":"right_wrist","x":0,"y":0,"z":0.0625,"visibility":0.75,"presence":0.875},
        {"name":"left_pinky","x":0.0625,"y":0.03125,"z":0.06640625,"visibility":0.734375,"presence":0.8671875},
        {"name":"right_pinky","x":0.125,"y":0.0625,"z":0.0703125,"visibility":0.71875,"presence":0.859375},
        {"name":"left_index","x":0.1875,"y":0.09375,"z":0.07421875,"visibility":0.703125,"presence":0.8515625},
        {"name":"right_index","x":0.25,"y":0.125,"z":0.078125,"visibility":0.6875,"presence":0.84375},
        {"name":"left_thumb","x":0.3125,"y":0.15625,"z":0.08203125,"visibility":0.671875,"presence":0.8359375},
        {"name":"right_thumb","x":0.375,"y":0.1875,"z":0.0859375,"visibility":0.65625,"presence":0.828125},
        {"name":"left_hip","x":0.4375,"y":0.21875,"z":0.08984375,"visibility":0.640625,"presence":0.8203125},
        {"name":"right_hip","x":0.5,"y":0.25,"z":0.09375,"visibility":0.625,"presence":0.8125},
        {"name":"left_knee","x":0.5625,"y":0.28125,"z":0.09765625,"visibility":0.609375,"presence":0.8046875},
        {"name":"right_knee","x":0.625,"y":0.3125,"z":0.1015625,"visibility":0.59375,"presence":0.796875},
        {"name":"left_ankle","x":0.6875,"y":0.34375,"z":0.10546875,"visibility":0.578125,"presence":0.7890625},
        {"name":"right_ankle","x":0.75,"y":0.375,"z":0.109375,"visibility":0.5625,"presence":0.78125},
        {"name":"left_heel","x":0.8125,"y":0.40625,"z":0.11328125,"visibility":0.546875,"presence":0.7734375},
        {"name":"right_heel","x":0.875,"y":0.4375,"z":0.1171875,"visibility":0.53125,"presence":0.765625},
        {"name":"left_foot_index","x":0.9375,"y":0.46875,"z":0.12109375,"visibility":0.515625,"presence":0.7578125},
        {"name":"right_foot_index","x":1,"y":0.5,"z":0.125,"visibility":0.5,"presence":0.75}]}]}
        """#
    )

    static let mediapipe = joined(
        #"""
        {"landmarks":[[
        {"x":0,"y":1,"z":0,"visibility":1,"presence":1},
        {"x":0.015625,"y":0.96875,"z":-0.0078125,"visibility":0.984375,"presence":0.9921875},
        {"x":0.03125,"y":0.9375,"z":-0.015625,"visibility":0.96875,"presence":0.984375},
        {"x":0.046875,"y":0.90625,"z":-0.0234375,"visibility":0.953125,"presence":0.9765625},
        {"x":0.0625,"y":0.875,"z":-0.03125,"visibility":0.9375,"presence":0.96875},
        {"x":0.078125,"y":0.84375,"z":-0.0390625,"visibility":0.921875,"presence":0.9609375},
        {"x":0.09375,"y":0.8125,"z":-0.046875,"visibility":0.90625,"presence":0.953125},
        {"x":0.109375,"y":0.78125,"z":-0.0546875,"visibility":0.890625,"presence":0.9453125},
        {"x":0.125,"y":0.75,"z":-0.0625,"visibility":0.875,"presence":0.9375},
        {"x":0.140625,"y":0.71875,"z":-0.0703125,"visibility":0.859375,"presence":0.9296875},
        {"x":0.15625,"y":0.6875,"z":-0.078125,"visibility":0.84375,"presence":0.921875},
        {"x":0.171875,"y":0.65625,"z":-0.0859375,"visibility":0.828125,"presence":0.9140625},
        {"x":0.1875,"y":0.625,"z":-0.09375,"visibility":0.8125,"presence":0.90625},
        {"x":0.203125,"y":0.59375,"z":-0.1015625,"visibility":0.796875,"presence":0.8984375},
        {"x":0.21875,"y":0.5625,"z":-0.109375,"visibility":0.78125,"presence":0.890625},
        {"x":0.234375,"y":0.53125,"z":-0.1171875,"visibility":0.765625,"presence":0.8828125},
        {"x":0.25,"y":0.5,"z":-0.125,"visibility":0.75,"presence":0.875},
        {"x":0.265625,"y":0.46875,"z":-0.1328125,"visibility":0.734375,"presence":0.8671875},
        {"x":0.28125,"y":0.4375,"z":-0.140625,"visibility":0.71875,"presence":0.859375},
        {"x":0.296875,"y":0.40625,"z":-0.1484375,"visibility":0.703125,"presence":0.8515625},
        {"x":0.3125,"y":0.375,"z":-0.15625,"visibility":0.6875,"presence":0.84375},
        {"x":0.328125,"y":0.34375,"z":-0.1640625,"visibility":0.671875,"presence":0.8359375},
        {"x":0.34375,"y":0.3125,"z":-0.171875,"visibility":0.65625,"presence":0.828125},
        {"x":0.359375,"y":0.28125,"z":-0.1796875,"visibility":0.640625,"presence":0.8203125},
        {"x":0.375,"y":0.25,"z":-0.1875,"visibility":0.625,"presence":0.8125},
        {"x":0.390625,"y":0.21875,"z":-0.1953125,"visibility":0.609375,"presence":0.8046875},
        {"x":0.40625,"y":0.1875,"z":-0.203125,"visibility":0.59375,"presence":0.796875},
        {"x":0.421875,"y":0.15625,"z":-0.2109375,"visibility":0.578125,"presence":0.7890625},
        {"x":0.4375,"y":0.125,"z":-0.21875,"visibility":0.5625,"presence":0.78125},
        {"x":0.453125,"y":0.09375,"z":-0.2265625,"visibility":0.546875,"presence":0.7734375},
        {"x":0.46875,"y":0.0625,"z":-0.234375,"visibility":0.53125,"presence":0.765625},
        {"x":0.484375,"y":0.03125,"z":-0.2421875,"visibility":0.515625,"presence":0.7578125},
        {"x":0.5,"y":0,"z":-0.25,"visibility":0.5,"presence":0.75}]],
        "worldLandmarks":[[
        {"x":-1,"y":-0.5,"z":0,"visibility":1,"presence":1},
        {"x":-0.9375,"y":-0.46875,"z":0.00390625,"visibility":0.984375,"presence":0.9921875},
        {"x":-0.875,"y":-0.4375,"z":0.0078125,"visibility":0.96875,"presence":0.984375},
        {"x":-0.8125,"y":-0.40625,"z":0.01171875,"visibility":0.953125,"presence":0.9765625},
        {"x":-0.75,"y":-0.375,"z":0.015625,"visibility":0.9375,"presence":0.96875},
        {"x":-0.6875,"y":-0.34375,"z":0.01953125,"visibility":0.921875,"presence":0.9609375},
        {"x":-0.625,"y":-0.3125,"z":0.0234375,"visibility":0.90625,"presence":0.953125},
        {"x":-0.5625,"y":-0.28125,"z":0.02734375,"visibility":0.890625,"presence":0.9453125},
        {"x":-0.5,"y":-0.25,"z":0.03125,"visibility":0.875,"presence":0.9375},
        {"x":-0.4375,"y":-0.21875,"z":0.03515625,"visibility":0.859375,"presence":0.9296875},
        {"x":-0.375,"y":-0.1875,"z":0.0390625,"visibility":0.84375,"presence":0.921875},
        {"x":-0.3125,"y":-0.15625,"z":0.04296875,"visibility":0.828125,"presence":0.9140625},
        {"x":-0.25,"y":-0.125,"z":0.046875,"visibility":0.8125,"presence":0.90625},
        {"x":-0.1875,"y":-0.09375,"z":0.05078125,"visibility":0.796875,"presence":0.8984375},
        {"x":-0.125,"y":-0.0625,"z":0.0546875,"visibility":0.78125,"presence":0.890625},
        {"x":-0.0625,"y":-0.03125,"z":0.05859375,"visibility":0.765625,"presence":0.8828125},
        {"x":0,"y":0,"z":0.0625,"visibility":0.75,"presence":0.875},
        {"x":0.0625,"y":0.03125,"z":0.06640625,"visibility":0.734375,"presence":0.8671875},
        {"x":0.125,"y":0.0625,"z":0.0703125,"visibility":0.71875,"presence":0.859375},
        {"x":0.1875,"y":0.09375,"z":0.07421875,"visibility":0.703125,"presence":0.8515625},
        {"x":0.25,"y":0.125,"z":0.078125,"visibility":0.6875,"presence":0.84375},
        {"x":0.3125,"y":0.15625,"z":0.08203125,"visibility":0.671875,"presence":0.8359375},
        {"x":0.375,"y":0.1875,"z":0.0859375,"visibility":0.65625,"presence":0.828125},
        {"x":0.4375,"y":0.21875,"z":0.08984375,"visibility":0.640625,"presence":0.8203125},
        {"x":0.5,"y":0.25,"z":0.09375,"visibility":0.625,"presence":0.8125},
        {"x":0.5625,"y":0.28125,"z":0.09765625,"visibility":0.609375,"presence":0.8046875},
        {"x":0.625,"y":0.3125,"z":0.1015625,"visibility":0.59375,"presence":0.796875},
        {"x":0.6875,"y":0.34375,"z":0.10546875,"visibility":0.578125,"presence":0.7890625},
        {"x":0.75,"y":0.375,"z":0.109375,"visibility":0.5625,"presence":0.78125},
        {"x":0.8125,"y":0.40625,"z":0.11328125,"visibility":0.546875,"presence":0.7734375},
        {"x":0.875,"y":0.4375,"z":0.1171875,"visibility":0.53125,"presence":0.765625},
        {"x":0.9375,"y":0.46875,"z":0.12109375,"visibility":0.515625,"presence":0.7578125},
        {"x":1,"y":0.5,"z":0.125,"visibility":0.5,"presence":0.75}]]}
        """#
    )

    static let coco = joined(
        #"""
        [{"image_id":"a","category_id":1,"keypoints":[
        0,416,1,
        20,390,0.96875,
        50,351,0.921875,
        70,325,0.890625,
        80,312,0.875,
        110,273,0.828125,
        120,260,0.8125,
        130,247,0.796875,
        140,234,0.78125,
        150,221,0.765625,
        160,208,0.75,
        230,117,0.640625,
        240,104,0.625,
        250,91,0.609375,
        260,78,0.59375,
        270,65,0.578125,
        280,52,0.5625],
        "score":0.07647059}]
        """#
    )

    static let openpose = joined(
        #"""
        {"version":1.3,"people":[{"person_id":[-1],"pose_keypoints_2d":[
        0,416,1,
        115,266.5,0.8125,
        120,260,0.8125,
        140,234,0.78125,
        160,208,0.75,
        110,273,0.828125,
        130,247,0.796875,
        150,221,0.765625,
        235,110.5,0.625,
        240,104,0.625,
        260,78,0.59375,
        280,52,0.5625,
        230,117,0.640625,
        250,91,0.609375,
        270,65,0.578125,
        50,351,0.921875,
        20,390,0.96875,
        80,312,0.875,
        70,325,0.890625,
        310,13,0.515625,
        0,0,0,
        290,39,0.546875,
        320,0,0.5,
        0,0,0,
        300,26,0.53125],
        "face_keypoints_2d":[],"hand_left_keypoints_2d":[],"hand_right_keypoints_2d":[],
        "pose_keypoints_3d":[],"face_keypoints_3d":[],"hand_left_keypoints_3d":[],"hand_right_keypoints_3d":[]}]}
        """#
    )
}
