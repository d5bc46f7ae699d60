// SPDX-License-Identifier: Apache-2.0

public import PoseCodecs
public import PoseEstimation
package import PoseImaging
public import PoseRendering
package import PoseSystem

/// What is known of one picture: its upright pixels, and the document about the people in it.
public struct PhotoAnalysis: Sendable {
    /// The upright picture and what its file said.
    public let picture: DecodedImage
    /// The people, where they are and how long it took.
    public let document: PoseDocument
    private let token: CancellationToken?
    private let budget: MemoryBudget?
    /// What the picture takes of a memory budget.
    private let reservation: MemoryReservation?

    package init(
        picture: DecodedImage,
        document: PoseDocument,
        token: CancellationToken? = nil,
        budget: MemoryBudget? = nil,
        reservation: MemoryReservation? = nil
    ) {
        self.picture = picture
        self.document = document
        self.token = token
        self.budget = budget
        self.reservation = reservation
    }

    /// The picture with the people drawn on it, as a file.
    ///
    /// Keeps the photo's colour profile and, in PNG and WebP, its transparency where nothing was drawn. In the style
    /// `skeletonOnly` PNG and WebP are transparent but for the people, and JPEG, which has no transparency, is black. SVG
    /// holds the people alone in any style.
    ///
    /// - Parameters:
    ///   - style: how skeletons look.
    ///   - format: the file format.
    /// - Returns: a whole file.
    /// - Throws: ``AnalysisError`` `.tooLargeToDraw`, `.tooManyPixels`, `.encodingFailed`, `.outOfMemory`, `.cancelled` or
    ///   `.timedOut`.
    public func annotatedFile(
        style: SkeletonStyle,
        format: DrawingFormat
    ) throws(AnalysisError) -> [UInt8] {
        let (width, height) = (picture.image.width, picture.image.height)
        let renderer = SkeletonRenderer(style: style)
        guard let imageFormat = format.imageFormat else {
            return [UInt8](renderer.svg(document.poses, width: width, height: height).utf8)
        }
        let held = try reserve(picture.image.height * picture.image.rowStride, for: "draw on the picture")
        defer { withExtendedLifetime(held) {} }
        let isAlone = style == .skeletonOnly && format.hasOpacity
        let image = try drawn(renderer, isAlone: isAlone)
        do throws(ImageError) {
            var metadata = picture.metadata
            metadata.alpha =
                isAlone
                ? try Self.opacity(of: image)
                : try metadata.alpha?.covering(picture.image, drawn: image)
            return try ImageEncoder.encode(image, as: imageFormat, metadata: metadata, cancellation: token)
        } catch {
            throw AnalysisError(error)
        }
    }

    /// A copy of the picture with the people on it, or the people on nothing.
    private func drawn(_ renderer: SkeletonRenderer, isAlone: Bool) throws(AnalysisError) -> ImageBuffer {
        var image = picture.image
        do throws(RenderingError) {
            if isAlone {
                return try renderer.drawAlone(document.poses, width: image.width, height: image.height)
            }
            try renderer.draw(document.poses, on: &image)
            return image
        } catch {
            throw AnalysisError(error)
        }
    }

    /// The fourth byte of each pixel.
    private static func opacity(of image: ImageBuffer) throws(ImageError) -> AlphaPlane {
        try unsafe AlphaPlane(width: image.width, height: image.height) { values in
            unsafe image.withUnsafeBytes { pixels in
                for index in values.indices { unsafe values[index] = pixels[4 * index + 3] }
            }
        }
    }

    /// Draws from the budget, where there is one.
    private func reserve(_ byteCount: Int, for purpose: String) throws(AnalysisError) -> MemoryReservation? {
        do throws(ImageError) {
            return try budget?.reserve(byteCount, for: purpose)
        } catch {
            throw AnalysisError(error)
        }
    }

    /// The masks of all people as one gray PNG: 255 where somebody surely is, of several people the larger value.
    public func maskFile() throws(AnalysisError) -> [UInt8] {
        try maskFile(of: document.poses)
    }

    /// The mask of each person as a gray PNG, one after another; for people without a mask an empty picture.
    public func maskFiles() throws(AnalysisError) -> [[UInt8]] {
        var files: [[UInt8]] = []
        for pose in document.poses { files.append(try maskFile(of: [pose])) }
        return files
    }

    private func maskFile(of poses: [Pose]) throws(AnalysisError) -> [UInt8] {
        let (width, height) = (picture.image.width, picture.image.height)
        let held = try reserve(2 * width * height, for: "draw the mask")
        defer { withExtendedLifetime(held) {} }
        do throws(ImageError) {
            let pixels = PeopleMask.pixels(poses, width: width, height: height)
            return try ImageEncoder.encodeGrayPNG(pixels, width: width, height: height, cancellation: token)
        } catch {
            throw AnalysisError(error)
        }
    }
}

/// The masks of people as one gray picture.
enum PeopleMask {
    /// `width × height` values: the largest of all people's, 255 for 1; black where nobody is.
    static func pixels(_ poses: [Pose], width: Int, height: Int) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: width * height)
        for mask in poses.compactMap(\.mask) {
            unsafe pixels.withUnsafeMutableBufferPointer {
                unsafe mask.projection(width: width, height: height).writeRows(0..<height, into: $0)
            }
        }
        return pixels
    }
}
