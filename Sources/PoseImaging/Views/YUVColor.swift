// SPDX-License-Identifier: Apache-2.0

package import CPoseKernels

/// What the luma and chroma values of an I420 or NV12 picture mean.
public struct YUVColor: Hashable, Sendable {
    /// Which red, green and blue a pair of chroma values stands for; more matrices may come.
    public struct Matrix: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String { case bt601, bt709 }
        private let name: Name
        private init(_ name: Name) { self.name = name }

        /// ITU-R BT.601: standard-definition video, and JPEG.
        public static let bt601 = Matrix(.bt601)
        /// ITU-R BT.709: high-definition video.
        public static let bt709 = Matrix(.bt709)

        /// The matrix's name, in lower case.
        public var description: String { name.rawValue }
    }

    /// Which values stand for black, white and full colour; more ranges may come.
    public struct Range: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String { case limited, full }
        private let name: Name
        private init(_ name: Name) { self.name = name }

        /// Luma 16…235 and chroma 16…240, as video has them.
        public static let limited = Range(.limited)
        /// All values 0…255, as JPEG has them.
        public static let full = Range(.full)

        /// The range's name, in lower case.
        public var description: String { name.rawValue }
    }

    /// Which red, green and blue a pair of chroma values stands for.
    public var matrix: Matrix
    /// Which values stand for black, white and full colour.
    public var range: Range

    /// Makes a description; that of a video which says nothing of its colours unless told.
    public init(matrix: Matrix = .bt601, range: Range = .limited) {
        self.matrix = matrix
        self.range = range
    }

    /// The meaning as kernels name it.
    package var kernelColor: pk_yuv_color {
        switch (matrix == .bt709, range == .full) {
        case (false, false): PK_BT601_LIMITED
        case (false, true): PK_BT601_FULL
        case (true, false): PK_BT709_LIMITED
        case (true, true): PK_BT709_FULL
        }
    }
}
