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
        var times = DrawingTimes()
        return try annotatedFile(style: style, format: format, times: &times)
    }

    /// The same, and how long it took.
    package func annotatedFile(
        style: SkeletonStyle,
        format: DrawingFormat,
        times: inout DrawingTimes
    ) throws(AnalysisError) -> [UInt8] {
        let start = ContinuousClock.now
        let (width, height) = (picture.image.width, picture.image.height)
        let renderer = SkeletonRenderer(style: style)
        guard let imageFormat = format.imageFormat else {
            defer { times.draw = ContinuousClock.now - start }
            return [UInt8](renderer.svg(document.poses, width: width, height: height).utf8)
        }
        let held = try reserve(picture.image.height * picture.image.rowStride, for: "draw on the picture")
        defer { withExtendedLifetime(held) {} }
        let isAlone = style == .skeletonOnly && format.hasOpacity
        let image = try drawn(renderer, isAlone: isAlone)
        let drawn = ContinuousClock.now
        times.draw = drawn - start
        defer { times.encode = ContinuousClock.now - drawn }
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
        if let reason = token?.reason { throw AnalysisError(reason) }
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
        let pixels: [UInt8]
        do throws(CancellationToken.Reason) {
            pixels = try PeopleMask.pixels(poses, width: width, height: height, cancellation: token)
        } catch {
            throw AnalysisError(error)
        }
        do throws(ImageError) {
            return try ImageEncoder.encodeGrayPNG(pixels, width: width, height: height, cancellation: token)
        } catch {
            throw AnalysisError(error)
        }
    }
}

/// How long it took to make an annotated picture.
package struct DrawingTimes: Sendable {
    /// To copy the picture and draw on the copy.
    package var draw = Duration.zero
    /// To make a file of it.
    package var encode = Duration.zero

    /// Starts without any time.
    package init() {}
}

/// The masks of people as one gray picture.
enum PeopleMask {
    /// `width × height` values: the largest of all people's, 255 for 1; black where nobody is.
    ///
    /// - Throws: the reason of the token, which is looked at every few rows.
    static func pixels(
        _ poses: [Pose],
        width: Int,
        height: Int,
        cancellation: CancellationToken?
    ) throws(CancellationToken.Reason) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: width * height)
        let rowsPerStep = max(1, (1 << 18) / max(1, width))
        for mask in poses.compactMap(\.mask) {
            let projection = mask.projection(width: width, height: height)
            for top in stride(from: 0, to: height, by: rowsPerStep) {
                try cancellation?.check()
                let rows = top..<min(top + rowsPerStep, height)
                unsafe pixels.withUnsafeMutableBufferPointer {
                    let band = unsafe UnsafeMutableBufferPointer(rebasing: $0[(rows.lowerBound * width)...])
                    unsafe projection.writeRows(rows, into: band)
                }
            }
        }
        return pixels
    }
}
