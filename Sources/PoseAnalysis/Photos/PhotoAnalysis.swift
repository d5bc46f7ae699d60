// SPDX-License-Identifier: Apache-2.0

public import PoseCodecs
public import PoseEstimation
package import PoseImaging
public import PoseRendering
package import PoseSystem

/// What is known of one picture: its upright pixels, and the document about the people in it.
public struct PhotoAnalysis: Sendable {
    /// The upright picture and what its file said.
    public private(set) var picture: DecodedImage
    /// The people, where they are and how long it took.
    public let document: PoseDocument
    /// What is written beside the people.
    package var text = FigureText()
    private let token: CancellationToken?
    private let budget: MemoryBudget?
    private let threadCount: Int
    /// What the picture takes of a memory budget.
    private var reservation: MemoryReservation?

    package init(
        picture: DecodedImage,
        document: PoseDocument,
        token: CancellationToken? = nil,
        budget: MemoryBudget? = nil,
        threadCount: Int = 1,
        reservation: MemoryReservation? = nil
    ) {
        self.picture = picture
        self.document = document
        self.token = token
        self.budget = budget
        self.threadCount = threadCount
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
    ///   - showsGuessed: whether landmarks that are hardly visible are drawn, too.
    ///   - format: the file format.
    ///   - maxSide: the length of the longer side at most, in pixels; `nil` for the picture's own. SVG has none.
    /// - Returns: a whole file.
    /// - Throws: ``AnalysisError`` `.tooLargeToDraw`, `.tooManyPixels`, `.encodingFailed`, `.outOfMemory`, `.cancelled` or
    ///   `.timedOut`.
    public func annotatedFile(
        style: SkeletonStyle,
        showsGuessed: Bool = false,
        format: DrawingFormat,
        maxSide: Int? = nil
    ) throws(AnalysisError) -> [UInt8] {
        var copy = self
        // The copy parts from this picture when it is drawn on.
        copy.reservation = try reserve(pictureByteCount, for: "draw on the picture")
        // Blocks can be written once; they stay with the original.
        copy.picture.blocks = nil
        var times = DrawingTimes()
        return try copy.takeAnnotatedFile(
            style: style,
            showsGuessed: showsGuessed,
            format: format,
            maxSide: maxSide,
            times: &times
        ).bytes
    }

    /// The same, drawn on the picture itself, which is gone afterwards, and how long it took.
    ///
    /// So no moment has the picture twice, unless it has transparency to be kept.
    ///
    /// - Parameters:
    ///   - style: how skeletons look.
    ///   - showsGuessed: whether landmarks that are hardly visible are drawn, too.
    ///   - format: the file format.
    ///   - maxSide: the length of the longer side at most; `nil` for the picture's own.
    ///   - times: gets how long it took.
    /// - Returns: a whole file with what it takes of the budget.
    /// - Throws: ``AnalysisError`` as ``annotatedFile(style:showsGuessed:format:maxSide:)``.
    package mutating func takeAnnotatedFile(
        style: SkeletonStyle,
        showsGuessed: Bool = false,
        format: DrawingFormat,
        maxSide: Int? = nil,
        times: inout DrawingTimes
    ) throws(AnalysisError) -> BudgetedFile {
        let start = ContinuousClock.now
        var renderer = SkeletonRenderer(style: style, showsGuessed: showsGuessed)
        renderer.text = text
        guard let imageFormat = format.imageFormat else {
            defer { times.draw = ContinuousClock.now - start }
            let (width, height) = (document.imageWidth, document.imageHeight)
            return BudgetedFile([UInt8](renderer.svg(document.poses, width: width, height: height).utf8))
        }
        if let reason = token?.reason { throw AnalysisError(reason) }
        defer { releasePicture() }
        if let maxSide { try scaleDown(toLongestSide: maxSide) }
        if style == .skeletonOnly && format.hasOpacity {
            try drawAlone(renderer)
        } else {
            try draw(renderer, keepsOpacity: format.hasOpacity)
        }
        let drawn = ContinuousClock.now
        times.draw = drawn - start
        defer { times.encode = ContinuousClock.now - drawn }
        if imageFormat == .jpeg {
            if let file = try rewritten(renderer) { return file }
            return try encodedJPEG()
        }
        let working = ImageEncoder.workingByteCount(
            pixelCount: picture.image.width * picture.image.height,
            as: imageFormat,
            hasAlpha: picture.metadata.alpha != nil
        )
        let held = try reserve(working, for: "write the picture")
        defer { withExtendedLifetime(held) {} }
        let memory = budget?.reserve(0)
        do throws(ImageError) {
            let file = try ImageEncoder.encode(
                picture.image,
                as: imageFormat,
                metadata: picture.metadata,
                cancellation: token,
                memory: memory
            )
            return BudgetedFile(file, memory: memory)
        } catch {
            throw AnalysisError(writing: error)
        }
    }

    /// The photo's own file with the blocks that are drawn on made anew; `nil` where it cannot be had.
    private func rewritten(_ renderer: SkeletonRenderer) throws(AnalysisError) -> BudgetedFile? {
        guard let blocks = picture.blocks, let style = picture.style, renderer.style != .skeletonOnly else {
            return nil
        }
        let memory = budget?.reserve(0)
        do throws(ImageError) {
            let areas = renderer.areas(
                of: document.poses,
                width: picture.image.width,
                height: picture.image.height
            )
            let file = try blocks.write(
                replacing: areas,
                with: picture.image,
                style: style,
                metadata: picture.metadata,
                cancellation: token,
                memory: memory
            )
            return file.map { BudgetedFile($0, memory: memory) }
        } catch {
            throw AnalysisError(error)
        }
    }

    /// The picture as a JPEG file, in the style of the photo's own where that is one.
    private func encodedJPEG() throws(AnalysisError) -> BudgetedFile {
        let memory = budget?.reserve(0)
        do throws(ImageError) {
            let file = try ImageEncoder.encodeJPEG(
                picture.image,
                style: picture.style ?? JPEGStyle(quality: Self.quality),
                threadCount: threadCount,
                metadata: picture.metadata,
                cancellation: token,
                memory: memory
            )
            return BudgetedFile(file, memory: memory)
        } catch {
            throw AnalysisError(writing: error)
        }
    }

    /// Of JPEG files that do not come from one.
    private static let quality = 90

    /// Bytes of the pixels and their transparency.
    private var pictureByteCount: Int {
        let pixelCount = picture.image.width * picture.image.height
        return picture.image.height * picture.image.rowStride
            + (picture.metadata.alpha == nil ? 0 : pixelCount)
    }

    /// Makes the picture smaller, and its transparency.
    private mutating func scaleDown(toLongestSide longest: Int) throws(AnalysisError) {
        guard max(picture.image.width, picture.image.height) > longest else { return }
        picture.blocks = nil
        do throws(ImageError) {
            if let alpha = picture.metadata.alpha {
                // The fourth byte of a pixel is free.
                var carrier = picture.image
                unsafe carrier.withUnsafeMutableBytes { pixels in
                    unsafe alpha.withUnsafeBytes { values in
                        for index in values.indices { unsafe pixels[4 * index + 3] = values[index] }
                    }
                }
                let small = try carrier.scaledDown(toLongestSide: longest, threadCount: threadCount)
                picture.metadata.alpha = try Self.opacity(of: small)
            }
            picture.image = try picture.image.scaledDown(toLongestSide: longest, threadCount: threadCount)
        } catch {
            throw AnalysisError(error)
        }
        _ = reservation?.resize(to: pictureByteCount)
    }

    /// Draws the people on the picture; its transparency stays where nothing was drawn.
    private mutating func draw(_ renderer: SkeletonRenderer, keepsOpacity: Bool) throws(AnalysisError) {
        if !keepsOpacity { picture.metadata.alpha = nil }
        do {
            guard picture.metadata.alpha != nil else {
                return try renderer.draw(document.poses, on: &picture.image)
            }
            let held = try reserve(picture.image.height * picture.image.rowStride, for: "draw on the picture")
            defer { withExtendedLifetime(held) {} }
            let original = picture.image
            try renderer.draw(document.poses, on: &picture.image)
            try picture.metadata.alpha?.cover(original, drawn: picture.image)
        } catch {
            throw Self.analysisError(error)
        }
    }

    /// Puts the people on nothing in the picture's place.
    private mutating func drawAlone(_ renderer: SkeletonRenderer) throws(AnalysisError) {
        let profile = picture.metadata.iccProfile
        let (width, height) = (picture.image.width, picture.image.height)
        releasePicture()
        let pixelCount = width * height
        reservation = try reserve((ImageBuffer.bytesPerPixel + 1) * pixelCount, for: "draw the people")
        do {
            picture.image = try renderer.drawAlone(document.poses, width: width, height: height)
            picture.metadata = ImageMetadata(iccProfile: profile, alpha: try Self.opacity(of: picture.image))
        } catch {
            throw Self.analysisError(error)
        }
    }

    private static func analysisError(_ error: any Error) -> AnalysisError {
        switch error {
        case let error as RenderingError: AnalysisError(error)
        case let error as ImageError: AnalysisError(error)
        case let error as AnalysisError: error
        default: AnalysisError(.internal, "\(error)")
        }
    }

    /// Lets the pixels go; what is known of the people stays.
    private mutating func releasePicture() {
        picture.image = ImageBuffer(width: 1, height: 1)
        picture.metadata.alpha = nil
        picture.blocks = nil
        reservation = nil
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
    ///
    /// - Parameters:
    ///   - byteCount: how many bytes.
    ///   - purpose: what for, to follow "to": `draw the mask`.
    /// - Returns: what is drawn; `nil` where there is no budget.
    /// - Throws: ``AnalysisError`` `.tooManyPixels` or `.outOfMemory`.
    package func reserve(_ byteCount: Int, for purpose: String) throws(AnalysisError) -> MemoryReservation? {
        do throws(ImageError) {
            return try budget?.reserve(byteCount, for: purpose)
        } catch {
            throw AnalysisError(error)
        }
    }

    /// The masks of all people as one gray PNG: 255 where somebody surely is, of several people the larger value.
    public func maskFile() throws(AnalysisError) -> [UInt8] {
        try maskFile(of: document.poses).bytes
    }

    /// The mask of each person as a gray PNG, one after another; for people without a mask an empty picture.
    public func maskFiles() throws(AnalysisError) -> [[UInt8]] {
        var files: [[UInt8]] = []
        for pose in document.poses { files.append(try maskFile(of: [pose]).bytes) }
        return files
    }

    /// The mask of each person as ``maskFiles()`` gives them; the picture is gone afterwards.
    ///
    /// - Returns: whole files with what they take of the budget.
    /// - Throws: ``AnalysisError``.
    package mutating func takeMaskFiles() throws(AnalysisError) -> [BudgetedFile] {
        releasePicture()
        var files: [BudgetedFile] = []
        for pose in document.poses { files.append(try maskFile(of: [pose])) }
        return files
    }

    private func maskFile(of poses: [Pose]) throws(AnalysisError) -> BudgetedFile {
        let (width, height) = (document.imageWidth, document.imageHeight)
        let held = try reserve(width * height, for: "draw the mask")
        defer { withExtendedLifetime(held) {} }
        let pixels: [UInt8]
        do throws(CancellationToken.Reason) {
            pixels = try PeopleMask.pixels(poses, width: width, height: height, cancellation: token)
        } catch {
            throw AnalysisError(error)
        }
        let memory = budget?.reserve(0)
        do throws(ImageError) {
            let file = try ImageEncoder.encodeGrayPNG(
                pixels,
                width: width,
                height: height,
                cancellation: token,
                memory: memory
            )
            return BudgetedFile(file, memory: memory)
        } catch {
            throw AnalysisError(error)
        }
    }
}

/// How long it took to make an annotated picture.
package struct DrawingTimes: Sendable {
    /// To draw on the picture.
    package var draw = Duration.zero
    /// To make a file of it.
    package var encode = Duration.zero

    /// Starts without any time.
    package init() {}
}
