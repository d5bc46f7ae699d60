// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

/// How much each pixel of a picture belongs to one person.
///
/// Holds what the network gave, 256 × 256 values whatever the picture's size, and where that lies in the picture. Bytes
/// or values of the whole picture are computed when they are asked for, a few rows at a time where memory matters.
///
/// ```
/// picture ┌───────────────┐
///         │   ◢▔▔▔◣       │   the network's square, turned and cut as `region` says;
///         │  ▕ mask▏      │   0 everywhere else
///         │   ◥▁▁▁◤       │
///         └───────────────┘
/// ```
public struct SegmentationMask: Hashable, Sendable {
    /// Rows and columns of the network's square.
    public static let size = 256

    /// `size × size` likelihoods 0…1 in the network's square, rows top to bottom.
    public let values: [Float]
    /// The square that the network saw.
    public let region: RegionOfInterest
    /// Columns of the picture.
    public let imageWidth: Int
    /// Rows of the picture.
    public let imageHeight: Int

    /// Makes a mask.
    ///
    /// - Parameters:
    ///   - values: `size × size` likelihoods 0…1, rows top to bottom.
    ///   - region: where they lie in the picture.
    ///   - imageWidth: columns of the picture, at least 1.
    ///   - imageHeight: rows of the picture, at least 1.
    /// - Precondition: there are `size × size` values, and the picture has at least one pixel.
    public init(values: [Float], region: RegionOfInterest, imageWidth: Int, imageHeight: Int) {
        precondition(values.count == Self.size * Self.size, "a mask has 256 × 256 values")
        precondition(imageWidth >= 1 && imageHeight >= 1, "a picture has at least one pixel")
        self.values = values
        self.region = region
        self.imageWidth = imageWidth
        self.imageHeight = imageHeight
    }

    /// Makes a mask from the network's output.
    ///
    /// - Parameters:
    ///   - logits: `[256, 256]`.
    ///   - region: what the network saw.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows of the picture.
    package init(logits: Span<Float>, region: RegionOfInterest, imageWidth: Int, imageHeight: Int) {
        let values = (0..<Self.size * Self.size).map { index in
            // The exponential in single, the division in double precision, as MediaPipe has it.
            Float(1 / (Double(expf(-logits[index])) + 1))
        }
        self.init(values: values, region: region, imageWidth: imageWidth, imageHeight: imageHeight)
    }

    /// The mask over the whole picture, ready to be written row by row.
    ///
    /// - Parameters:
    ///   - width: columns to spread the picture over, at least 1; its own unless told.
    ///   - height: rows to spread the picture over, at least 1; its own unless told.
    /// - Returns: what writes the rows.
    /// - Precondition: `width` and `height` are at least 1.
    public func projection(width: Int? = nil, height: Int? = nil) -> MaskProjection {
        let (width, height) = (width ?? imageWidth, height ?? imageHeight)
        precondition(width >= 1 && height >= 1, "a projection has at least one pixel")
        let pixels = region.pixels(imageWidth: imageWidth, imageHeight: imageHeight)
        let transform = MaskTransform(
            region: Letterbox(pixels).square,
            imageWidth: imageWidth,
            imageHeight: imageHeight
        )
        return MaskProjection(
            values: values,
            transform: transform.scaled(
                x: Double(imageWidth) / Double(width),
                y: Double(imageHeight) / Double(height)
            ),
            width: width,
            height: height
        )
    }

    /// The mask over the whole picture, a byte a pixel: 255 for 1.
    ///
    /// - Parameters:
    ///   - width: columns to spread the picture over, at least 1; its own unless told.
    ///   - height: rows to spread the picture over, at least 1; its own unless told.
    /// - Returns: `width × height` bytes, rows top to bottom.
    /// - Precondition: `width` and `height` are at least 1.
    public func projected(width: Int? = nil, height: Int? = nil) -> [UInt8] {
        let projection = projection(width: width, height: height)
        var bytes = [UInt8](repeating: 0, count: projection.width * projection.height)
        unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe projection.writeRows(0..<projection.height, into: $0)
        }
        return bytes
    }

    /// The mask over the whole picture with all of its precision: `imageWidth × imageHeight` values 0…1.
    package func projectedValues() -> [Float] {
        projection().values()
    }
}
