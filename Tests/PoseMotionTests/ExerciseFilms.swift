// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseMotion
import PoseTestSupport

/// What somebody does over time: parts, each with how far they go, and pauses between them.
struct ExerciseFilm {
    /// A way out and back.
    struct Part {
        /// How far, 1 all the way.
        var depth: Double
        /// Seconds out and back.
        var duration: Double
        /// Seconds of rest in the farthest place.
        var hold = 0.0
        /// Seconds of rest afterwards.
        var pause = 0.0
    }

    var parts: [Part]
    var rate = 30.0
    /// Standard deviation of each coordinate, in metres.
    var noise = 0.0
    var size = (width: 1280, height: 720)
    var seed: UInt64 = 0x5EED

    /// How far out the person is at each moment, 0…1.
    private func progress(at time: Double) -> Double {
        var start = 0.5
        for part in parts {
            let half = part.duration / 2
            let offset = time - start
            switch offset {
            case ..<0: return 0
            case ..<half: return part.depth * (1 - cos(.pi * offset / half)) / 2
            case ..<(half + part.hold): return part.depth
            case ..<(part.duration + part.hold):
                return part.depth * (1 + cos(.pi * (offset - half - part.hold) / half)) / 2
            default: start += part.duration + part.hold + part.pause
            }
        }
        return 0
    }

    private var duration: Double {
        0.5 + parts.reduce(0) { $0 + $1.duration + $1.hold + $1.pause } + 0.5
    }

    /// Counts what a body does, by an exercise that comes with the program.
    func count(_ name: String, _ body: (Double) -> SyntheticBody) throws -> RepetitionCounter {
        count(try ExerciseCatalog.exercise(named: name), body)
    }

    /// Counts what a body does.
    func count(_ exercise: Exercise, _ body: (Double) -> SyntheticBody) -> RepetitionCounter {
        var counter = RepetitionCounter(exercise)
        var generator = SeededGenerator(seed: seed)
        let gauss = Noise.source(noise, using: &generator)
        for index in 0..<Int(duration * rate) {
            let time = Double(index) / rate
            let pose = body(progress(at: time)).pose(width: size.width, height: size.height, noise: gauss)
            counter.add(pose, at: .seconds(time), imageWidth: size.width, imageHeight: size.height)
        }
        counter.finish()
        return counter
    }
}

/// Bodies that do exercises; the argument is how far, 0 at the start, 1 at the end.
enum Doing {
    static func squat(_ part: Double) -> SyntheticBody {
        var body = SyntheticBody()
        body.yaw = 90
        body.knee = SyntheticBody.Sides(100 * part)
        body.thigh = SyntheticBody.Sides(75 * part)
        body.trunk = 40 * part
        return body
    }

    static func pushUp(_ part: Double) -> SyntheticBody {
        var body = SyntheticBody()
        (body.pitch, body.yaw) = (75, 90)
        body.armForward = SyntheticBody.Sides(80 - 60 * part)
        body.elbow = SyntheticBody.Sides(5 + 100 * part)
        return body
    }

    static func lunge(_ part: Double) -> SyntheticBody {
        var body = SyntheticBody()
        body.yaw = 90
        body.knee = SyntheticBody.Sides(left: 95 * part, right: 85 * part)
        body.thigh = SyntheticBody.Sides(left: 80 * part, right: -10 * part)
        return body
    }

    /// The same by somebody whose knees are seen less than straight when standing, at 157°.
    static func lungeOfBentKnees(_ part: Double) -> SyntheticBody {
        var body = lunge(part)
        body.knee = SyntheticBody.Sides(left: 23 + 72 * part, right: 23 + 62 * part)
        body.thigh = SyntheticBody.Sides(left: 11 + 69 * part, right: 11 - 21 * part)
        return body
    }

    static func sitUp(_ part: Double) -> SyntheticBody {
        var body = SyntheticBody()
        // On the back, the knees up.
        (body.pitch, body.yaw) = (-85 + 70 * part, 90)
        body.thigh = SyntheticBody.Sides(45 + 85 * part)
        body.knee = SyntheticBody.Sides(90)
        return body
    }

    static func jumpingJack(_ part: Double) -> SyntheticBody {
        var body = SyntheticBody()
        body.armOutward = SyntheticBody.Sides(15 + 130 * part)
        body.spread = SyntheticBody.Sides(0.5 + 20 * part)
        return body
    }

    static func curl(left: Double, right: Double) -> SyntheticBody {
        var body = SyntheticBody()
        body.yaw = 90
        body.elbow = SyntheticBody.Sides(left: 10 + 130 * left, right: 10 + 130 * right)
        return body
    }

    static func curl(_ part: Double) -> SyntheticBody { curl(left: part, right: part) }

    static func plank(_ part: Double) -> SyntheticBody {
        var body = SyntheticBody()
        body.yaw = 90
        body.pitch = 85 * part
        body.armForward = SyntheticBody.Sides(80)
        return body
    }

    static let counted: [(name: String, body: @Sendable (Double) -> SyntheticBody)] = [
        ("squat", { squat($0) }), ("push-up", { pushUp($0) }), ("lunge", { lunge($0) }),
        ("lunge", { lungeOfBentKnees($0) }), ("sit-up", { sitUp($0) }), ("jumping-jack", { jumpingJack($0) }),
        ("biceps-curl", { curl($0) }),
    ]
}

/// Normal noise, drawn once and gone through from a random place on, since a frame needs a hundred numbers.
enum Noise {
    static func source(_ deviation: Double, using generator: inout SeededGenerator) -> () -> Double {
        guard deviation > 0 else { return { 0 } }
        let numbers = (0..<997).map { _ in
            (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0...1, using: &generator) } * deviation
        }
        var index = 0
        return {
            index = (index + 1) % numbers.count
            return numbers[index]
        }
    }
}
