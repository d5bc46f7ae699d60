// SPDX-License-Identifier: Apache-2.0

/// Where in a film or live stream a record belongs.
public struct PoseFrame: Sendable, Hashable {
    /// How the people of a frame were found.
    public struct State: RawRepresentable, Sendable, Hashable {
        /// The word in `pose/1`.
        public var rawValue: String

        /// A state of a name.
        ///
        /// - Parameter rawValue: the word in `pose/1`.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The detector looked at this frame.
        public static let detected = State(rawValue: "detected")
        /// Everybody was followed from the frame before.
        public static let tracked = State(rawValue: "tracked")
        /// Nobody was seen: the pose lies between those of the frames before and after.
        public static let filled = State(rawValue: "filled")
    }

    /// Which frame of its source, from 0.
    public var index: Int
    /// When it is shown, from the start of its source; written to the microsecond.
    public var time: Duration
    /// How its people were found, when that is known.
    public var state: State?

    /// Places a record in time.
    ///
    /// - Parameters:
    ///   - index: which frame of its source, from 0.
    ///   - time: when it is shown, from the start of its source.
    ///   - state: how its people were found, when that is known.
    public init(index: Int, time: Duration, state: State? = nil) {
        self.index = index
        self.time = time
        self.state = state
    }

    /// The time in seconds, rounded to the microsecond; what is written.
    var seconds: Double {
        let (seconds, attoseconds) = time.components
        // Whole microseconds first: one division gives the number whose shortest decimal has six places at most.
        return (Double(seconds) * 1e6 + (Double(attoseconds) / 1e12).rounded()) / 1e6
    }
}
