// SPDX-License-Identifier: Apache-2.0

/// Why faces could not be covered; then nothing is drawn.
public struct CoverError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on; more codes may come, so a `switch` over them needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String { case invalidRegion, invalidOption, outOfMemory }
        private let name: Name
        private init(_ name: Name) { self.name = name }

        /// The code's own name.
        public var description: String { name.rawValue }

        /// A face has no area, or a number that is not finite or far beyond any picture.
        public static let invalidRegion = Code(.invalidRegion)
        /// An option is out of its range.
        public static let invalidOption = Code(.invalidOption)
        /// The memory for a copy of the picture cannot be had now.
        public static let outOfMemory = Code(.outOfMemory)
    }

    /// What a program branches on.
    public var code: Code
    /// What a person reads: what was found, what was expected, what to do.
    public var message: String
    /// The error underneath, never swallowed.
    public var cause: (any Error)?

    /// Makes an error from a code and a sentence.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}

extension FaceRegion {
    /// Farthest that the middle may lie from the picture's corner, and the longest side: that of the largest picture.
    static let farthest = 67_108_863.0

    /// Checks that the region is one that can be hidden.
    ///
    /// - Throws: ``CoverError`` `.invalidRegion`, with the numbers.
    public func validate() throws(CoverError) {
        let sizes = 0.0...Self.farthest
        let places = -Self.farthest...Self.farthest
        // NaN is in no range.
        guard width > 0, height > 0, sizes.contains(width), sizes.contains(height),
            places.contains(centerX), places.contains(centerY), rotation.isFinite
        else {
            throw CoverError(
                .invalidRegion,
                "A face to cover has its middle at \(centerX),\(centerY), is \(width) wide and \(height) tall and turned by "
                    + "\(rotation). All five must be finite, the sizes above 0, and none of the first four beyond "
                    + "\(Int(Self.farthest)) pixels."
            )
        }
    }
}

extension CoverOptions {
    /// Checks every option against its range.
    ///
    /// - Throws: ``CoverError`` `.invalidOption`, naming the option, its value and its range.
    public func validate() throws(CoverError) {
        // NaN is in no range.
        guard (0...2).contains(margin) else {
            throw CoverError(.invalidOption, "The margin of covers must be 0…2, got \(margin).")
        }
    }
}
