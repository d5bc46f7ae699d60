// SPDX-License-Identifier: Apache-2.0

/// An angle of one body in one picture.
public struct AngleMeasurement: Hashable, Sendable {
    /// How far the picture lets an angle be trusted.
    public enum Validity: String, Sendable, CaseIterable {
        /// The limb lies in the picture's plane, seen from where the angle is to be seen.
        case good
        /// The limb points out of the picture, or the person is seen from between front and side.
        case limited
        /// The person is seen from where the angle cannot be seen, or only the network's depth tells it.
        case poor
    }

    /// What it was measured in.
    public enum Source: String, Sendable, CaseIterable {
        /// The picture, in pixels.
        case picture = "2d"
        /// The world landmarks, in metres.
        case space = "3d"
    }

    /// The interior angle in degrees, 0…180: ``AngleConvention`` turns it into others.
    public var degrees: Double
    /// Half the width of the band, in degrees, that holds the true angle 19 times in 20.
    public var expectedError: Double
    /// How far it can be trusted.
    public var validity: Validity
    /// What it was measured in.
    public var source: Source
    /// How far the angle moved at most, in degrees, when the person was looked at again.
    ///
    /// That was through squares moved by a pixel or two (`PoseOptions.shiftedLooks`), and ``expectedError`` is wider by it; `nil` where
    /// nobody looked again.
    public var shift: Double?

    /// Makes a measurement.
    ///
    /// - Parameters:
    ///   - degrees: the interior angle.
    ///   - expectedError: half the width of the band that holds the true angle.
    ///   - validity: how far it can be trusted.
    ///   - source: what it was measured in.
    ///   - shift: how far it moved when the person was looked at again.
    public init(
        degrees: Double,
        expectedError: Double,
        validity: Validity,
        source: Source,
        shift: Double? = nil
    ) {
        self.degrees = degrees
        self.expectedError = expectedError
        self.validity = validity
        self.source = source
        self.shift = shift
    }
}

/// How wide the band of an angle is, by what others have measured.
///
/// Source: Cosoli 2026, knee flexion in squats by MediaPipe against inertial sensors. Each is |bias| + 1.96 · standard
/// deviation, which holds 95% of all differences where these are normal.
enum AngleError {
    /// Exactly from the side: -2.3 ± 6.4.
    static let suitedView = 14.8
    /// From anywhere, the bias left out: 1.96 · 15.1.
    static let obliqueView = 29.6
    /// From anywhere, with the bias of -13.9.
    static let unsuitedView = 43.5
    /// An elbow whose arm lies in the picture's plane: 9 of 10 differences are smaller.
    ///
    /// Source: 302 angles of four calibrated cameras, Pose2Sim's demo of one person (`Benchmarks/motion/check angles`). An elbow
    /// behind the body is placed by guess, at full visibility, so that knees' bands held 70% of these.
    static let flatElbow = 37.0
    /// An elbow whose arm points out of it: the same of 123 angles.
    static let obliqueElbow = 52.0
    /// By the network's depth, which the same study's overall figure holds for; Cerfoglio and Cimolin 2025 find it no
    /// better with larger networks.
    static let depth = 43.5
    /// An angle of two directions about which nothing is known is off by no more than this.
    static let most = 90.0
}

/// What angles are measured by.
public struct AngleSettings: Hashable, Sendable {
    /// Landmarks with less visibility or presence count as not to be seen.
    ///
    /// Source: MediaPipe draws landmarks from 0.5 on (`_VISIBILITY_THRESHOLD`, `_PRESENCE_THRESHOLD`).
    public static let visibilityLimit: Float = 0.5

    /// Which landmarks an angle is taken from.
    public enum Dimension: String, Sendable, CaseIterable {
        /// The picture where it shows the angle, else the world landmarks.
        case automatic = "auto"
        /// The picture.
        case picture = "2d"
        /// The world landmarks.
        case space = "3d"
    }

    /// Which landmarks an angle is taken from.
    public var dimension = Dimension.automatic
    /// Landmarks with less visibility or presence count as not to be seen.
    public var minVisibility = AngleSettings.visibilityLimit

    /// Makes the default settings.
    public init() {}
}
