// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

/// Pictures and the people whom a person sees on them; boxes are `[x, y, width, height]` in pixels.
package struct LabelledPictures: Decodable, Sendable {
    /// Somebody.
    package struct Person: Decodable, Sendable {
        /// Around what is to be seen of the person.
        package var box: [Float]
        /// Around the head; `nil` where none is to be seen.
        package var head: [Float]?
    }

    /// A picture.
    package struct Picture: Decodable, Sendable {
        /// Its name.
        package var file: String
        /// Who is on it.
        package var people: [Person]
        /// Boxes around people who count neither when found nor when missed.
        package var doubtful: [[Float]]?

        /// Those who are at least a twelfth of the picture's longer side.
        package func largePeople(width: Int, height: Int) -> [Person] {
            people.filter { max($0.box[2], $0.box[3]) >= Float(max(width, height)) / 12 }
        }
    }

    /// The pictures.
    package var pictures: [Picture]
}

/// Which poses are of which labelled people.
package struct PeopleMatch: Sendable {
    /// People who have a pose.
    package private(set) var right = 0
    /// Poses that are of nobody, or of somebody who has one already.
    package private(set) var wrong = 0
    /// A line about each pose and about each person without one.
    package private(set) var lines: [String] = []

    /// Gives each person the first pose that is of them.
    package init(
        _ poses: [Pose],
        _ people: [LabelledPictures.Person],
        _ doubtful: [[Float]],
        _ width: Int,
        _ height: Int
    ) {
        let size = SIMD2(Float(width), Float(height))
        var free = Array(poses.indices)
        for (index, person) in people.enumerated() {
            if let place = free.firstIndex(where: { Self.isPose(poses[$0], of: person, size) }) {
                lines.append("right \(index) \(Self.describe(poses[free[place]]))")
                free.remove(at: place)
                right += 1
            } else {
                lines.append("missed \(index) \(person.box.map { Int($0) })")
            }
        }
        for index in free {
            let box = Self.box(poses[index], size)
            if doubtful.contains(where: { box.intersectionOverUnion(Self.box($0)) >= 0.2 }) { continue }
            lines.append(
                "wrong \([box.x, box.y, box.width, box.height].map { Int($0) }) \(Self.describe(poses[index]))"
            )
            wrong += 1
        }
    }

    /// Whether a pose is of a person.
    ///
    /// Its head lies in the head's box, its shoulders in the person's box, and it is
    /// neither twice as large nor a fifth. Of a person without a head to be seen: the boxes have 0.4 of their area in
    /// common.
    private static func isPose(_ pose: Pose, of person: LabelledPictures.Person, _ size: SIMD2<Float>) -> Bool
    {
        guard let head = person.head else {
            return box(pose, size).intersectionOverUnion(box(person.box)) >= 0.4
        }
        func mean(_ points: PoseLandmark...) -> SIMD2<Float> {
            points.reduce(SIMD2<Float>()) { $0 + SIMD2(pose[$1].x, pose[$1].y) * size } / Float(points.count)
        }
        let middle = mean(.nose, .leftEar, .rightEar)
        let shoulders = mean(.leftShoulder, .rightShoulder)
        let offset = shoulders - middle
        let distance = (offset.x * offset.x + offset.y * offset.y).squareRoot()
        return contains(head, middle, margin: 0.35) && contains(person.box, shoulders, margin: 0.1)
            && (0.1 * head[3]...2 * head[3]).contains(distance)
    }

    private static func contains(_ box: [Float], _ point: SIMD2<Float>, margin: Float) -> Bool {
        let (x, y) = (margin * box[2], margin * box[3])
        return (box[0] - x...box[0] + box[2] + x).contains(point.x)
            && (box[1] - y...box[1] + box[3] + y).contains(point.y)
    }

    private static func box(_ box: [Float]) -> NormalizedBox {
        NormalizedBox(x: box[0], y: box[1], width: box[2], height: box[3])
    }

    /// The box around a pose's landmarks, in pixels.
    private static func box(_ pose: Pose, _ size: SIMD2<Float>) -> NormalizedBox {
        NormalizedBox(
            x: pose.box.x * size.x,
            y: pose.box.y * size.y,
            width: pose.box.width * size.x,
            height: pose.box.height * size.y
        )
    }

    private static func describe(_ pose: Pose) -> String {
        "score \(pose.score) detection \(pose.detectionScore) quality \(pose.quality ?? -1)"
    }
}
