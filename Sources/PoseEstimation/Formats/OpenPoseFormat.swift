// SPDX-License-Identifier: Apache-2.0

extension ResultFormat {
    /// OpenPose BODY_25, pixels.
    public static let openpose = ResultFormat(
        json: "openpose",
        summary: "the shape of OpenPose's files, BODY_25 in pixels",
        fileSuffix: "_keypoints.json",
        prefersFilePerRecord: true
    ) { record, writer in
        record.writeOpenPose(into: &writer)
    }
}

extension PoseDocument {
    /// Where a BODY_25 keypoint comes from.
    private enum BodyKeypoint {
        case landmark(PoseLandmark)
        case midpoint(PoseLandmark, PoseLandmark)
        case absent
    }

    /// The 25 keypoints of BODY_25, in OpenPose's order.
    ///
    /// Source: OpenPose `doc/02_output.md`. BlazePose has no small toes.
    private static let body25: [BodyKeypoint] = [
        .landmark(.nose), .midpoint(.leftShoulder, .rightShoulder),
        .landmark(.rightShoulder), .landmark(.rightElbow), .landmark(.rightWrist),
        .landmark(.leftShoulder), .landmark(.leftElbow), .landmark(.leftWrist),
        .midpoint(.leftHip, .rightHip),
        .landmark(.rightHip), .landmark(.rightKnee), .landmark(.rightAnkle),
        .landmark(.leftHip), .landmark(.leftKnee), .landmark(.leftAnkle),
        .landmark(.rightEye), .landmark(.leftEye), .landmark(.rightEar), .landmark(.leftEar),
        .landmark(.leftFootIndex), .absent, .landmark(.leftHeel),
        .landmark(.rightFootIndex), .absent, .landmark(.rightHeel),
    ]

    /// Lists that OpenPose writes for parts that are not computed here.
    private static let emptyLists = [
        "face_keypoints_2d", "hand_left_keypoints_2d", "hand_right_keypoints_2d", "pose_keypoints_3d",
        "face_keypoints_3d", "hand_left_keypoints_3d", "hand_right_keypoints_3d",
    ]

    /// Writes the content of OpenPose's file for one picture.
    fileprivate func writeOpenPose(into writer: inout JSONWriter) {
        writer.object { result in
            result.member("version", 1.3)
            result.key("people")
            result.array { people in
                for pose in poses {
                    people.object { writeOpenPosePerson(pose, into: &$0) }
                }
            }
        }
    }

    private func writeOpenPosePerson(_ pose: Pose, into person: inout JSONWriter) {
        person.key("person_id")
        person.array { $0.value(pose.track?.id ?? -1) }
        person.key("pose_keypoints_2d")
        person.array { numbers in
            for keypoint in Self.body25 {
                let (x, y, confidence) = Self.position(of: keypoint, in: pose)
                numbers.value(x * Float(imageWidth))
                numbers.value(y * Float(imageHeight))
                numbers.value(confidence)
            }
        }
        for name in Self.emptyLists { person.member(name, []) }
    }

    /// A midpoint is as sure as the less sure of its ends.
    private static func position(of keypoint: BodyKeypoint, in pose: Pose) -> (Float, Float, Float) {
        switch keypoint {
        case .landmark(let name):
            return (pose[name].x, pose[name].y, pose[name].visibility)
        case .midpoint(let one, let other):
            let (a, b) = (pose[one], pose[other])
            return ((a.x + b.x) / 2, (a.y + b.y) / 2, min(a.visibility, b.visibility))
        case .absent:
            return (0, 0, 0)
        }
    }
}
