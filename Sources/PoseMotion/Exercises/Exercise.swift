// SPDX-License-Identifier: Apache-2.0

/// A sentence in the languages that the program speaks.
public struct ExerciseText: Sendable, Hashable {
    /// English.
    public var english: String
    /// Chinese.
    public var chinese: String

    /// Makes a sentence of both.
    public init(english: String, chinese: String) {
        self.english = english
        self.chinese = chinese
    }
}

/// What an exercise is: data, read from JSON, that a ``RepetitionCounter`` follows.
///
/// `Docs/motion.md` describes the members.
public struct Exercise: Sendable, Hashable {
    /// What is counted.
    public enum Kind: String, Sendable, CaseIterable {
        /// Ways from the start to the end and back.
        case repetitions
        /// Seconds in a posture.
        case hold
    }

    /// From where a camera should see the person.
    public enum View: String, Sendable, CaseIterable {
        case side, front, any
    }

    /// When a condition or check is looked at.
    public enum Moment: String, Sendable, CaseIterable {
        /// In every frame.
        case always
        /// Where a repetition begins.
        case start
        /// In the deepest frame of a repetition.
        case deepest
    }

    /// A measure that goes from one value to another and back.
    public struct Signal: Sendable, Hashable {
        /// What is measured.
        public var measure: BodyMeasure
        /// How both sides become one.
        public var sides: SideRule
        /// From here on the person is in the start.
        public var start: Double
        /// From here on a repetition counts.
        public var end: Double
        /// Here the depth is 1.
        public var full: Double
    }

    /// A range that a measure has to be in.
    public struct Condition: Sendable, Hashable {
        /// What is measured.
        public var measure: BodyMeasure
        /// How both sides become one.
        public var sides: SideRule
        /// When it is looked at.
        public var moment: Moment
        /// The least that is right; `nil` for no limit.
        public var min: Double?
        /// The most that is right; `nil` for no limit.
        public var max: Double?
    }

    /// A condition of good form, with what is said where it does not hold.
    public struct Check: Sendable, Hashable {
        /// The name in results.
        public var name: String
        /// What has to hold.
        public var condition: Condition
        /// Outside of the range by this much, the check is worth nothing.
        public var tolerance: Double
        /// What is said.
        public var note: ExerciseText
    }

    /// How long a repetition takes, in seconds.
    public struct Tempo: Sendable, Hashable {
        /// What is shorter is no repetition.
        public var shortest = 0.4
        /// What is longer is no repetition.
        public var longest = 12.0
        /// From here on the tempo is right.
        public var idealShortest = 1.0
        /// Up to here the tempo is right.
        public var idealLongest = 6.0

        /// Makes the tempo of exercises that do not tell their own.
        public init() {}
    }

    /// How much left and right may differ.
    public struct Symmetry: Sendable, Hashable {
        /// What is compared.
        public var measure: BodyMeasure
        /// The largest difference that is right.
        public var max: Double
    }

    /// The name, in lower case with hyphens.
    public var name: String
    /// What people call it.
    public var title: ExerciseText
    /// What is counted.
    public var kind: Kind
    /// From where a camera should see the person.
    public var view: View
    /// What is followed, all of it at once; nothing for a hold.
    public var signals: [Signal]
    /// What has to hold for the person to be doing this exercise at all.
    public var conditions: [Condition]
    /// What good form is.
    public var checks: [Check]
    /// How long a repetition takes.
    public var tempo: Tempo
    /// How much left and right may differ; `nil` where it does not matter.
    public var symmetry: Symmetry?
    /// How long a position has to be held to count, in seconds.
    public var dwell: Double
    /// From this part of the way on, a repetition that does not reach the end is a partial one.
    public var partialFrom: Double
    /// How long the person may be out of sight or posture before what was begun is given up, in seconds.
    public var patience: Double
}

extension Exercise {
    /// Whether left and right are counted by themselves.
    var countsSides: Bool { signals.contains { $0.sides == .each } }
}

extension Exercise.Condition {
    /// How far a value is outside of the range; 0 inside.
    func excess(of value: Double) -> Double {
        Swift.max((min ?? -.infinity) - value, value - (max ?? .infinity), 0)
    }
}

extension Exercise {
    /// The angle of each side that is drawn over time beside the counter, as results name it behind `left_`.
    package var chartedAngle: String {
        switch signals.first?.measure {
        case .elbow: "elbow"
        case .shoulder, .armRaise: "shoulder"
        case .hip, nil: "hip"
        default: "knee"
        }
    }
}
