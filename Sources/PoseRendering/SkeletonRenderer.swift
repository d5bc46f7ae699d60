// SPDX-License-Identifier: Apache-2.0

public import Imaging
public import PoseEstimation

/// How skeletons look.
public enum SkeletonStyle: String, Sendable, CaseIterable {
    /// The tutorial's: red joints, white bones.
    case classic
    /// The person's left in orange, right in turquoise, the middle in white.
    case sides
    /// The coloured skeleton alone, on black.
    case skeletonOnly = "skeleton-only"
}

/// Why a picture could not be drawn on.
public struct RenderingError: Error, Sendable, CustomStringConvertible {
    /// What a person reads.
    public var message: String

    /// Makes an error from a sentence.
    public init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// Draws skeletons on pictures, anti-aliased, lines scaled to the picture.
public struct SkeletonRenderer: Sendable {
    /// How skeletons look.
    public var style: SkeletonStyle

    /// Makes a renderer.
    public init(style: SkeletonStyle = .classic) {
        self.style = style
    }

    /// Draws people onto a picture, in place.
    ///
    /// - Throws: ``RenderingError`` when Cairo refuses, for example a picture wider than 32,767 pixels.
    public func draw(_ poses: [Pose], on image: inout ImageBuffer) throws(RenderingError) {
    }
}
