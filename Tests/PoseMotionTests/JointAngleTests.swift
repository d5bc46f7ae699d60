// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import PoseTestSupport
import Testing

@Suite("Joint angles")
struct JointAngleTests {
    /// Bent everywhere, each side differently, in planes along the trunk's.
    private static let bent: SyntheticBody = {
        var body = SyntheticBody()
        body.knee = SyntheticBody.Sides(left: 70, right: 35)
        body.thigh = SyntheticBody.Sides(left: 50, right: 20)
        body.spread = SyntheticBody.Sides(0)
        body.trunk = 20
        body.armForward = SyntheticBody.Sides(left: 60, right: 25)
        body.armOutward = SyntheticBody.Sides(0)
        body.elbow = SyntheticBody.Sides(left: 80, right: 45)
        return body
    }()

    /// What the angles of that body are, by how it is made.
    private static let truth: [JointAngle: Double] = [
        .leftKnee: 110, .rightKnee: 145, .leftElbow: 100, .rightElbow: 135, .leftThigh: 50, .rightThigh: 20,
        .leftShank: 20, .rightShank: 15, .trunk: 20, .leftHip: 180 - 70, .rightHip: 180 - 40,
        .leftShoulder: 60, .rightShoulder: 25, .leftAnkle: 90 - 20, .rightAnkle: 90 - 15, .neck: 180,
    ]

    private func angles(
        _ body: SyntheticBody,
        width: Int = 1280,
        height: Int = 720,
        _ dimension: AngleSettings.Dimension
    ) -> PoseAngles {
        var settings = AngleSettings()
        settings.dimension = dimension
        return PoseAngles(
            of: body.pose(width: width, height: height),
            imageWidth: width,
            imageHeight: height,
            settings: settings
        )
    }

    @Test("a band is wider by how far the angle moves when the crop is shifted, and says by how much")
    func shiftedLooks() throws {
        var body = Self.bent
        body.yaw = 90
        func pose(_ knee: Double, _ change: (inout ShiftedLooks.Look) -> Void = { _ in }) -> Pose {
            var moved = body
            moved.knee.left += knee
            var (pose, seen) = (body.pose(), moved.pose())
            seen.landmarks[0].visibility = 0.1
            var look = ShiftedLooks.Look(landmarks: seen.landmarks, worldLandmarks: seen.worldLandmarks)
            change(&look)
            let center = ShiftedLooks.Look(landmarks: pose.landmarks, worldLandmarks: pose.worldLandmarks)
            pose.shiftedLooks = ShiftedLooks(center: center, shifted: [center, look, center])
            return pose
        }
        func angle(_ joint: JointAngle, of pose: Pose, in source: AngleMeasurement.Source = .picture) throws
            -> AngleMeasurement
        {
            let angles = PoseAngles(of: pose, imageWidth: 1280, imageHeight: 720)
            #expect(angles.isChecked == (pose.shiftedLooks != nil))
            return try #require(angles.measurement(of: joint, in: source))
        }
        for source in AngleMeasurement.Source.allCases {
            let plain = try angle(.leftKnee, of: body.pose(), in: source)
            let checked = try angle(.leftKnee, of: pose(12), in: source)
            #expect(plain.shift == nil)
            let shift = try #require(checked.shift)
            #expect(abs(shift - 12) < 0.1)
            #expect(
                abs(checked.expectedError - plain.expectedError - 12) < 0.1
                    && checked.degrees == plain.degrees
            )
            let other = try angle(.rightKnee, of: pose(12), in: source)
            #expect(other.shift == 0)
        }
        // Another look that cannot place the knee tells that nothing is known.
        let lost = try angle(.leftKnee, of: pose(0) { $0.landmarks[PoseLandmark.leftKnee.rawValue].x = .nan })
        #expect(lost.shift == 90 && lost.expectedError == 90)
        let json = { (pose: Pose) -> String in
            var writer = JSONWriter()
            writer.object {
                PoseAngles(of: pose, imageWidth: 1280, imageHeight: 720).write(.interior, into: &$0)
            }
            return String(decoding: writer.bytes, as: UTF8.self)
        }
        #expect(json(pose(12)).contains("\"shift\":12") && !json(body.pose()).contains("shift"))
    }

    @Test(
        "angles in the picture are those of the body, whatever the picture's shape",
        arguments: [(1280, 720), (720, 1280), (640, 640), (1000, 50)]
    )
    func pictureAngles(_ width: Int, _ height: Int) throws {
        var body = Self.bent
        body.yaw = 90
        let angles = angles(body, width: width, height: height, .picture)
        for joint in JointAngle.allCases {
            // A segment has two pixels in the smallest picture, and numbers of 24 bits.
            let degrees = try #require(angles[joint]?.degrees, "\(joint)")
            let truth = try #require(Self.truth[joint])
            #expect(abs(degrees - truth) < 0.1, "\(joint): \(degrees), not \(truth)")
        }
    }

    @Test("angles in space are those of the body, from wherever it is seen", arguments: [0.0, 30, 90, 200])
    func spaceAngles(_ yaw: Double) throws {
        var body = Self.bent
        // Else hips and shoulders are not above one another, and their angles in space are others.
        (body.yaw, body.shoulderBreadth) = (yaw, body.hipBreadth)
        let angles = angles(body, .space)
        for joint in JointAngle.allCases {
            let degrees = try #require(angles[joint]?.degrees, "\(joint)")
            let truth = try #require(Self.truth[joint])
            #expect(abs(degrees - truth) < 0.1, "\(joint): \(degrees), not \(truth)")
        }
    }

    @Test("a mirror exchanges no sides of the person: the left of the mirror's person is the other's right")
    func mirror() throws {
        let one = angles(Self.bent, .space)
        let other = angles(Self.bent.mirrored, .space)
        let pairs: [(JointAngle, JointAngle)] = [
            (.leftKnee, .rightKnee), (.leftElbow, .rightElbow), (.leftHip, .rightHip),
            (.leftShoulder, .rightShoulder), (.leftAnkle, .rightAnkle), (.leftThigh, .rightThigh),
        ]
        for (left, right) in pairs {
            let (a, b) = (try #require(one[left]?.degrees), try #require(other[right]?.degrees))
            #expect(abs(a - b) < 0.01, "\(left)")
            let (c, d) = (try #require(one[left]?.degrees), try #require(one[right]?.degrees))
            #expect(abs(c - d) > 1, "\(left) and \(right) have to differ for this test to say anything")
        }
    }

    @Test("what is not to be seen is not measurable, and other angles stay")
    func hiddenLandmark() {
        var pose = Self.bent.pose()
        pose.landmarks[PoseLandmark.leftKnee.rawValue].visibility = 0.3
        pose.landmarks[PoseLandmark.rightWrist.rawValue].presence = 0.3
        pose.landmarks[PoseLandmark.leftEar.rawValue].x = .nan
        let angles = PoseAngles(of: pose, imageWidth: 1280, imageHeight: 720)
        for joint in [JointAngle.leftKnee, .leftHip, .leftThigh, .leftShank, .leftAnkle, .rightElbow] {
            #expect(angles[joint] == nil, "\(joint)")
        }
        for joint in [JointAngle.rightKnee, .rightHip, .leftElbow, .rightShoulder, .trunk] {
            #expect(angles[joint] != nil, "\(joint)")
        }
        #expect(PoseAngles(of: pose, imageWidth: 1280, imageHeight: 720, settings: flat)[.neck] == nil)
    }

    private var flat: AngleSettings {
        var settings = AngleSettings()
        settings.dimension = .picture
        return settings
    }

    @Test("a pose without landmarks has no angles")
    func emptyPose() {
        var pose = Self.bent.pose()
        pose.landmarks = []
        pose.worldLandmarks = []
        let angles = PoseAngles(of: pose, imageWidth: 1280, imageHeight: 720)
        #expect(JointAngle.allCases.allSatisfy { angles[$0] == nil })
        #expect(angles.view == nil)
    }

    @Test("two landmarks in one pixel have no direction")
    func coincidentLandmarks() {
        var pose = Self.bent.pose()
        pose.landmarks[PoseLandmark.leftAnkle.rawValue] = pose.landmarks[PoseLandmark.leftKnee.rawValue]
        #expect(PoseAngles(of: pose, imageWidth: 1280, imageHeight: 720, settings: flat)[.leftKnee] == nil)
    }

    @Test(
        "conventions: clinical angles are 0 when standing",
        arguments: [
            (JointAngle.leftKnee, 180.0, 0.0), (.leftKnee, 90, 90), (.rightElbow, 30, 150),
            (.leftHip, 70, 110),
            (.neck, 170, 10), (.leftAnkle, 90, 0), (.leftAnkle, 70, 20), (.rightAnkle, 120, -30),
            (.leftShoulder, 20, 20), (.trunk, 15, 15), (.leftThigh, 80, 80),
        ]
    )
    func conventions(_ joint: JointAngle, _ interior: Double, _ clinical: Double) {
        #expect(AngleConvention.interior.value(ofInterior: interior, joint) == interior)
        #expect(AngleConvention.clinical.value(ofInterior: interior, joint) == clinical)
    }

    @Test(
        "the view is told from front to back",
        arguments: [
            (0.0, ViewEstimate.Direction.front), (15, .front), (45, .oblique), (90, .side), (75, .side),
            (-90, .side), (180, .back), (-45, .oblique), (135, .oblique),
        ]
    )
    func view(_ yaw: Double, _ direction: ViewEstimate.Direction) throws {
        var body = SyntheticBody()
        body.yaw = yaw
        let view = try #require(ViewEstimate(of: body.pose(), imageWidth: 1280, imageHeight: 720))
        #expect(view.direction == direction, "\(view.turnDegrees)")
    }

    @Test("somebody face down is seen from the side as somebody who stands")
    func viewOfSomebodyLying() throws {
        var body = SyntheticBody()
        (body.pitch, body.yaw) = (90, 90)
        let view = try #require(ViewEstimate(of: body.pose(), imageWidth: 1280, imageHeight: 720))
        #expect(view.direction == .side)
    }

    @Test("the band is narrow from the side, wider from between, and widest where the angle is not shown")
    func expectedErrors() throws {
        func knee(yaw: Double, visibility: Float = 1) throws -> AngleMeasurement {
            var body = Self.bent
            (body.yaw, body.visibility) = (yaw, visibility)
            return try #require(angles(body, .picture)[.leftKnee])
        }
        let (side, between, front) = (try knee(yaw: 90), try knee(yaw: 50), try knee(yaw: 0))
        #expect(side.validity == .good)
        #expect(abs(side.expectedError - 14.8) < 0.5)
        #expect(between.validity != .good && front.validity == .poor)
        #expect(side.expectedError < between.expectedError)
        #expect(between.expectedError < front.expectedError)
        #expect(front.expectedError <= 90)
        #expect(try knee(yaw: 90, visibility: 0.6).expectedError > side.expectedError)
        var arm = Self.bent
        (arm.yaw, arm.elbow) = (90, SyntheticBody.Sides(60))
        let elbow = try #require(angles(arm, .picture)[.leftElbow])
        #expect(elbow.expectedError > 2 * side.expectedError, "elbows behind the body are guessed")
        // From the front, the picture's angle is wrong by far more than the world landmarks'.
        var body = Self.bent
        body.yaw = 0
        let automatic = try #require(angles(body, .automatic)[.leftKnee])
        #expect(automatic.source == .space && automatic.validity == .poor)
        #expect(abs(automatic.degrees - 110) < 0.1)
        #expect(abs(front.degrees - 110) > 30)
    }

    @Test("moving and scaling the body changes no angle")
    func invariance() throws {
        var generator = SeededGenerator(seed: 0x5EED)
        for _ in 0..<50 {
            func random(_ range: ClosedRange<Double>) -> Double {
                Double.random(in: range, using: &generator)
            }
            var body = SyntheticBody()
            body.knee = SyntheticBody.Sides(left: random(0...140), right: random(0...140))
            body.thigh = SyntheticBody.Sides(left: random(-20...100), right: random(-20...100))
            body.trunk = random(-10...80)
            body.yaw = random(60...120)
            let pose = body.pose()
            var other = pose
            let (scale, shift) = (Float(random(0.3...1.5)), Float(random(-0.2...0.2)))
            for index in other.landmarks.indices {
                other.landmarks[index].x = other.landmarks[index].x * scale + shift
                other.landmarks[index].y = other.landmarks[index].y * scale - shift
            }
            let one = PoseAngles(of: pose, imageWidth: 1280, imageHeight: 720, settings: flat)
            let two = PoseAngles(of: other, imageWidth: 1280, imageHeight: 720, settings: flat)
            for joint in [JointAngle.leftKnee, .rightHip, .trunk, .leftShank] {
                let (a, b) = (try #require(one[joint]?.degrees), try #require(two[joint]?.degrees))
                #expect(abs(a - b) < 0.05, "\(joint)")
            }
        }
    }
}
