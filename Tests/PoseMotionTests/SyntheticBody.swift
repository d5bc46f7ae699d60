// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseMotion

/// A body whose angles are known, seen by a camera whose place is known.
///
/// In its own axes x is to the person's left, y up and z forwards; lengths in metres, angles in degrees.
struct SyntheticBody {
    /// A value for each side.
    struct Sides {
        var left: Double
        var right: Double

        init(_ both: Double) { (left, right) = (both, both) }
        init(left: Double, right: Double) { (self.left, self.right) = (left, right) }
    }

    /// How far each knee is bent, 0 straight.
    var knee = Sides(0)
    /// How far each thigh is forward of straight down.
    var thigh = Sides(0)
    /// How far each leg is spread outwards.
    var spread = Sides(5)
    /// How far the trunk leans forward.
    var trunk = 0.0
    /// How far each upper arm is raised forward of the trunk.
    var armForward = Sides(0)
    /// How far each upper arm is raised outwards.
    var armOutward = Sides(10)
    /// How far each elbow is bent, 0 straight.
    var elbow = Sides(0)
    /// How far the whole body is turned forward: 90 lies face down.
    var pitch = 0.0
    /// How far the person is turned to the camera's right: 0 from the front, 90 shows the left side.
    var yaw = 0.0
    /// Where the middle of the hips is over the floor, to the person's left and forward.
    var place = (x: 0.0, z: 0.0)
    var visibility: Float = 0.99

    static let (thighLength, shankLength, trunkLength) = (0.43, 0.42, 0.50)
    static let (upperArmLength, forearmLength) = (0.30, 0.26)
    var (hipBreadth, shoulderBreadth) = (0.20, 0.36)

    /// Where each landmark is, in metres from the middle of the hips, in the camera's axes: right, up, towards it.
    var points: [SIMD3<Double>] {
        var points = [SIMD3<Double>](repeating: .zero, count: 33)
        func set(_ landmark: PoseLandmark, _ point: SIMD3<Double>) { points[landmark.rawValue] = point }
        let up = SIMD3(0, Self.cos(trunk), Self.sin(trunk))
        let forward = SIMD3(0, -Self.sin(trunk), Self.cos(trunk))
        let neck = up * Self.trunkLength
        for (side, sign) in [(true, 1.0), (false, -1.0)] {
            func value(_ sides: Sides) -> Double { side ? sides.left : sides.right }
            let out = SIMD3(sign, 0, 0)
            let hip = out * hipBreadth / 2
            let (a, t) = (value(spread), value(thigh))
            func leg(_ angle: Double) -> SIMD3<Double> {
                out * Self.sin(a)
                    + SIMD3(0, -Self.cos(angle) * Self.cos(a), Self.sin(angle) * Self.cos(a))
            }
            let knee = hip + leg(t) * Self.thighLength
            let ankle = knee + leg(t - value(self.knee)) * Self.shankLength
            set(side ? .leftHip : .rightHip, hip)
            set(side ? .leftKnee : .rightKnee, knee)
            set(side ? .leftAnkle : .rightAnkle, ankle)
            set(side ? .leftHeel : .rightHeel, ankle + SIMD3(0, -0.06, -0.05))
            set(side ? .leftFootIndex : .rightFootIndex, ankle + SIMD3(0, -0.06, 0.15))
            let shoulder = neck + out * shoulderBreadth / 2
            let (f, b, e) = (value(armForward), value(armOutward), value(elbow))
            let upper =
                -up * Self.cos(f) * Self.cos(b) + forward * Self.sin(f) * Self.cos(b) + out * Self.sin(b)
            let hinge = up * Self.sin(f) + forward * Self.cos(f)
            let elbow = shoulder + upper * Self.upperArmLength
            let lower = upper * Self.cos(e) + hinge * Self.sin(e)
            let wrist = elbow + lower * Self.forearmLength
            set(side ? .leftShoulder : .rightShoulder, shoulder)
            set(side ? .leftElbow : .rightElbow, elbow)
            set(side ? .leftWrist : .rightWrist, wrist)
            set(side ? .leftIndex : .rightIndex, wrist + lower * 0.08 + forward * 0.03)
            set(side ? .leftPinky : .rightPinky, wrist + lower * 0.08 - forward * 0.03)
            set(side ? .leftThumb : .rightThumb, wrist + lower * 0.04 + forward * 0.04)
            let ear = neck + up * 0.18 + out * 0.07
            set(side ? .leftEar : .rightEar, ear)
            set(side ? .leftEye : .rightEye, ear + forward * 0.08 - out * 0.04)
            set(side ? .leftEyeInner : .rightEyeInner, ear + forward * 0.08 - out * 0.05)
            set(side ? .leftEyeOuter : .rightEyeOuter, ear + forward * 0.08 - out * 0.03)
            set(side ? .mouthLeft : .mouthRight, ear + forward * 0.08 - out * 0.05 - up * 0.07)
        }
        set(.nose, neck + up * 0.15 + forward * 0.11)
        return points.map { turned($0) }
    }

    private func turned(_ point: SIMD3<Double>) -> SIMD3<Double> {
        let (cp, sp, cy, sy) = (Self.cos(pitch), Self.sin(pitch), Self.cos(yaw), Self.sin(yaw))
        let pitched = SIMD3(point.x, point.y * cp - point.z * sp, point.y * sp + point.z * cp)
        return SIMD3(
            pitched.x * cy + pitched.z * sy,
            pitched.y,
            pitched.z * cy - pitched.x * sy
        )
    }

    static func cos(_ degrees: Double) -> Double { Foundation.cos(degrees * .pi / 180) }
    static func sin(_ degrees: Double) -> Double { Foundation.sin(degrees * .pi / 180) }
}

extension SyntheticBody {
    /// What a camera shows that sees a metre as a quarter of its height.
    ///
    /// - Parameters:
    ///   - width: columns of the picture.
    ///   - height: rows.
    ///   - noise: added to each coordinate, in metres.
    /// - Returns: the person, number 0 of a stream.
    func pose(width: Int = 1280, height: Int = 720, noise: () -> Double = { 0 }) -> Pose {
        let exact = self.points
        let floor = exact.map(\.y).min() ?? 0
        let points = exact.map { $0 + SIMD3(noise(), noise(), noise()) }
        let scale = Double(height) / 4
        // The feet stand on the picture's lower part, so that the hips move as the body does.
        let (centerX, floorY) = (Double(width) / 2, Double(height) * 0.9)
        let shift = turned(SIMD3(place.x, 0, place.z))
        func landmark(_ point: SIMD3<Double>) -> Landmark {
            Landmark(
                x: Float((centerX + (point.x + shift.x) * scale) / Double(width)),
                y: Float((floorY - (point.y - floor) * scale) / Double(height)),
                z: Float(-point.z * scale / Double(width)),
                visibility: visibility,
                presence: visibility
            )
        }
        func world(_ point: SIMD3<Double>) -> WorldLandmark {
            WorldLandmark(
                x: Float(point.x),
                y: Float(-point.y),
                z: Float(-point.z),
                visibility: visibility,
                presence: visibility
            )
        }
        let zero = RegionOfInterest(centerX: 0.5, centerY: 0.5, width: 1, height: 1, rotationRadians: 0)
        return Pose(
            score: 1,
            detectionScore: 1,
            box: NormalizedBox(x: 0, y: 0, width: 1, height: 1),
            regionOfInterest: zero,
            landmarks: points.map(landmark),
            worldLandmarks: points.map(world),
            track: PoseTrack(id: 0, state: .tracked)
        )
    }

    /// The body on the other side of a mirror: what was left is right.
    var mirrored: SyntheticBody {
        func swapped(_ sides: Sides) -> Sides { Sides(left: sides.right, right: sides.left) }
        var other = self
        (other.knee, other.thigh, other.spread) = (swapped(knee), swapped(thigh), swapped(spread))
        (other.armForward, other.armOutward) = (swapped(armForward), swapped(armOutward))
        other.elbow = swapped(elbow)
        other.yaw = -yaw
        return other
    }
}

extension PoseDocument {
    /// A frame of a film, with bodies that were made or recorded.
    static func ofFilm(
        _ source: String,
        _ frame: PoseFrame,
        _ poses: [Pose],
        size: (width: Int, height: Int) = (1280, 720)
    ) -> PoseDocument {
        PoseDocument(
            source: source,
            frame: frame,
            imageWidth: size.width,
            imageHeight: size.height,
            orientation: 1,
            complexity: .full,
            modelSHA256: "",
            timing: nil,
            poses: poses
        )
    }
}
