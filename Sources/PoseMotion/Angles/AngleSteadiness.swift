// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

/// How far one body's angles move when the network looks again through squares that are moved by a pixel or two.
struct AngleSteadiness: Sendable {
    /// The places of each look in the picture and in space, those of the square as it is first.
    private let looks: [(picture: BodyPlaces, space: BodyPlaces)]

    /// Takes the looks at a person.
    ///
    /// - Parameters:
    ///   - looks: what the network said each time.
    ///   - pose: the person.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows of the picture.
    init(_ looks: ShiftedLooks, of pose: Pose, _ imageWidth: Int, _ imageHeight: Int) {
        self.looks = ([looks.center] + looks.shifted).map { look in
            var seen = pose
            (seen.landmarks, seen.worldLandmarks) = (look.landmarks, look.worldLandmarks)
            func places(_ space: BodyPlaces.Space) -> BodyPlaces {
                // What counts is where landmarks are: whether they are to be seen is told by the pose itself.
                BodyPlaces(seen, in: space, imageWidth, imageHeight, minVisibility: 0)
            }
            return (places(.picture), places(.space))
        }
    }

    /// The largest difference from the look through the square as it is, in degrees; the most that an error can be where a look
    /// has no angle.
    func shift(of joint: JointAngle, in source: AngleMeasurement.Source) -> Double {
        let angles = looks.map { (source == .picture ? $0.picture : $0.space).degrees(of: joint) }
        guard let center = angles.first ?? nil else { return AngleError.most }
        return angles.dropFirst().reduce(0) { most, angle in
            max(most, angle.map { abs($0 - center) } ?? AngleError.most)
        }
    }
}
