// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

/// Files of OpenSim: x forwards (to the camera), y up, z to the right of somebody who faces the camera; metres, seconds, degrees.
extension SkeletonMotion {
    /// The joints as TRC, markers over time.
    ///
    /// Markers have Pose2Sim's names, by which its OpenSim models know them.
    ///
    /// - Parameter name: the file's name, which its header repeats.
    /// - Returns: the whole file, tabs between cells.
    public func trc(name: String) -> [UInt8] {
        let markers = Self.markers
        let rate = NumberText.fixed(rate, 6)
        let counts = "\(frames.count)\t\(markers.count)"
        var text = "PathFileType\t4\t(X/Y/Z)\t\(Self.plain(name))\n"
        text +=
            "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
        text += "\(rate)\t\(rate)\t\(counts)\tm\t\(rate)\t1\t\(frames.count)\n"
        text += "Frame#\tTime\t" + markers.map { $0.name + "\t\t" }.joined(separator: "\t") + "\n"
        text += "\t\t" + markers.indices.map { "X\($0 + 1)\tY\($0 + 1)\tZ\($0 + 1)" }.joined(separator: "\t")
        text += "\n\n"
        var bytes = Array(text.utf8)
        for (index, frame) in frames.enumerated() {
            let pose = SkeletonPose(shape, frame)
            var cells = [String(index + 1), NumberText.fixed(Double(index) / self.rate, 6)]
            for marker in markers {
                var place = pose[marker.joint]
                if marker.joint == .head, let end = shape.ends[.head] {
                    place = place + pose.rotations[marker.joint.rawValue].apply(end)
                }
                let point = Self.openSim(place)
                cells += [point.x, point.y, point.z].map { NumberText.fixed($0, 6) }
            }
            bytes += cells.joined(separator: "\t").utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// The motion as MOT, joint coordinates over time.
    ///
    /// Coordinates have the names and signs of Rajagopal's model of 2016: rotations in the order Z, X, Y, whose first one is flexion.
    ///
    /// - Parameter name: the motion's name, the first line of the file.
    /// - Returns: the whole file, tabs between cells.
    public func mot(name: String) -> [UInt8] {
        let columns = ["time"] + OpenSimCoordinates.names
        var text =
            "\(Self.plain(name))\nversion=1\nnRows=\(frames.count)\nnColumns=\(columns.count)\ninDegrees=yes\n"
        text += "endheader\n" + columns.joined(separator: "\t") + "\n"
        var bytes = Array(text.utf8)
        var last: [Double]?
        for (index, frame) in frames.enumerated() {
            var values = OpenSimCoordinates(SkeletonPose(shape, frame)).values
            // Angles go on past ±180° rather than leap.
            for (column, name) in OpenSimCoordinates.names.enumerated() {
                guard let before = last?[column], !OpenSimCoordinates.lengths.contains(name) else { continue }
                values[column] -= ((values[column] - before) / 360).rounded() * 360
            }
            last = values
            let cells = [Double(index) / rate] + values
            bytes += cells.map { NumberText.fixed($0, 6) }.joined(separator: "\t").utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// A name without line breaks and tabs, which would begin another cell.
    private static func plain(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 ? "_" : $0 }))
    }

    /// A place in OpenSim's axes.
    static func openSim(_ place: Vector3) -> Vector3 { Vector3(place.z, place.y, -place.x) }

    /// Pose2Sim's names of the joints, right before left; the head is its crown.
    static let markers: [(name: String, joint: SkeletonJoint)] = [
        ("Hip", .hips), ("RHip", .rightUpperLeg), ("RKnee", .rightLowerLeg), ("RAnkle", .rightFoot),
        ("RBigToe", .rightToes), ("LHip", .leftUpperLeg), ("LKnee", .leftLowerLeg), ("LAnkle", .leftFoot),
        ("LBigToe", .leftToes), ("Neck", .neck), ("Head", .head), ("RShoulder", .rightUpperArm),
        ("RElbow", .rightLowerArm), ("RWrist", .rightHand), ("LShoulder", .leftUpperArm),
        ("LElbow", .leftLowerArm), ("LWrist", .leftHand),
    ]
}

/// One moment as the coordinates of an OpenSim model.
///
/// Source: Rajagopal et al. 2016, "Full-Body Musculoskeletal Model for Muscle-Driven Simulation of Human Gait", `Rajagopal2015.osim`.
struct OpenSimCoordinates {
    private(set) var values: [Double] = []

    /// The names in the order of the values.
    static let names = [
        "pelvis_tilt", "pelvis_list", "pelvis_rotation", "pelvis_tx", "pelvis_ty", "pelvis_tz",
        "hip_flexion_r", "hip_adduction_r", "hip_rotation_r", "knee_angle_r", "ankle_angle_r",
        "hip_flexion_l", "hip_adduction_l", "hip_rotation_l", "knee_angle_l", "ankle_angle_l",
        "lumbar_extension", "lumbar_bending", "lumbar_rotation", "arm_flex_r", "arm_add_r", "arm_rot_r",
        "elbow_flex_r", "arm_flex_l", "arm_add_l", "arm_rot_l", "elbow_flex_l",
    ]

    /// Those that are metres.
    static let lengths: Set = ["pelvis_tx", "pelvis_ty", "pelvis_tz"]

    init(_ pose: SkeletonPose) {
        let pelvis = pose.rotations[SkeletonJoint.hips.rawValue]
        let chest = pose.rotations[SkeletonJoint.chest.rawValue]
        values += Self.angles(.identity, pelvis)
        let place = SkeletonMotion.openSim(pose[.hips])
        values += [place.x, place.y, place.z]
        for isLeft in [false, true] {
            let (hip, knee, ankle): (SkeletonJoint, SkeletonJoint, SkeletonJoint) =
                isLeft
                ? (.leftUpperLeg, .leftLowerLeg, .leftFoot)
                : (.rightUpperLeg, .rightLowerLeg, .rightFoot)
            let thigh = pose.rotations[hip.rawValue]
            values += Self.sided(Self.angles(pelvis, thigh), isLeft)
            values.append((pose[knee] - pose[hip]).degrees(to: pose[ankle] - pose[knee]))
            values.append(Self.angles(pose.rotations[knee.rawValue], pose.rotations[ankle.rawValue])[0])
        }
        values += Self.angles(pelvis, chest)
        for isLeft in [false, true] {
            let (shoulder, elbow, wrist): (SkeletonJoint, SkeletonJoint, SkeletonJoint) =
                isLeft
                ? (.leftUpperArm, .leftLowerArm, .leftHand) : (.rightUpperArm, .rightLowerArm, .rightHand)
            // The model's arms hang in its rest pose, ours are stretched out to the sides.
            let hanging = Rotation3(from: Vector3(0, -1, 0), to: Vector3(isLeft ? 1 : -1, 0, 0))
            values += Self.sided(Self.angles(chest, pose.rotations[shoulder.rawValue] * hanging), isLeft)
            values.append((pose[elbow] - pose[shoulder]).degrees(to: pose[wrist] - pose[elbow]))
        }
    }

    /// How a bone is turned against another one, about the model's z, x and y.
    private static func angles(_ parent: Rotation3, _ child: Rotation3) -> [Double] {
        let (z, x, y) = (parent.inverse * child).inOpenSimAxes.eulerZXY
        return [z, x, y]
    }

    /// Adduction and inner rotation are positive on both sides.
    private static func sided(_ angles: [Double], _ isLeft: Bool) -> [Double] {
        isLeft ? [angles[0], -angles[1], -angles[2]] : angles
    }
}

extension Rotation3 {
    /// The same rotation, told in OpenSim's axes.
    fileprivate var inOpenSimAxes: Rotation3 { Rotation3(w: w, v: SkeletonMotion.openSim(v)) }
}
