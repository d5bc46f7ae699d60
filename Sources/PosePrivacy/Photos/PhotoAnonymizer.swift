// SPDX-License-Identifier: Apache-2.0

public import PoseCodecs
internal import PoseEstimation
public import PoseImaging
package import PoseSystem

/// The one way from the bytes of a picture to the same picture with its faces covered: find, decide, cover, write.
///
/// It fails closed: a picture that cannot be read wholly, or in which somebody's head could not be found, gives no file
/// unless ``AnonymizationOptions/isStrict`` is off. Owned by one worker: not to be used by two threads at a time.
public final class PhotoAnonymizer {
    private final class Holder {
        var finder: FaceFinder

        init(_ finder: consuming FaceFinder) {
            self.finder = finder
        }
    }

    /// Finds the faces of an upright picture.
    let search: (ImageBuffer, AnonymizationOptions, CancellationToken?) throws(PrivacyError) -> FoundFaces

    /// Makes an anonymizer; working memory is taken at the first picture.
    ///
    /// - Parameters:
    ///   - models: the networks.
    ///   - threadCount: threads inside one picture, 1…64; results do not depend on it.
    public convenience init(models: FaceModels, threadCount: Int = 1) {
        var holders: [FaceSearchEffort: Holder] = [:]
        self.init { image, options, cancellation throws(PrivacyError) in
            let holder =
                holders[options.effort]
                ?? Holder(FaceFinder(models: models, threadCount: threadCount, effort: options.effort))
            holders[options.effort] = holder
            do throws(PoseError) {
                return try image.withView { view throws(PoseError) in
                    try holder.finder.find(in: view, options: options.search, cancellation: cancellation)
                }
            } catch {
                throw PrivacyError(error)
            }
        }
    }

    /// The same with another way to find faces, for tests.
    package init(
        search:
            @escaping (ImageBuffer, AnonymizationOptions, CancellationToken?) throws(PrivacyError) ->
            FoundFaces
    ) {
        self.search = search
    }

    /// Covers the faces of one picture.
    ///
    /// The same bytes and options give the same file.
    ///
    /// - Parameters:
    ///   - bytes: a whole file of a format that is read.
    ///   - options: what is covered, and how.
    ///   - limits: most pixels to accept.
    ///   - cancellation: ends the work early.
    /// - Returns: the file, or why there is none; a picture without faces is written without its metadata.
    /// - Throws: ``PrivacyError`` `.picture` for what is no picture, is damaged or too large, `.networks` without models,
    ///   `.placeOutside` for a place to cover of which nothing is in the picture.
    public func anonymize(
        _ bytes: [UInt8],
        options: AnonymizationOptions = AnonymizationOptions(),
        limits: ImageLimits = ImageLimits(),
        cancellation: CancellationToken? = nil
    ) throws(PrivacyError) -> AnonymizedPhoto {
        let file: PictureFile
        do throws(ImageError) {
            file = try PictureFile(bytes, limits: limits)
        } catch {
            throw PrivacyError(error)
        }
        return try anonymize(file, options: options, limits: limits, cancellation: cancellation)
    }

    /// Covers the faces of one picture whose header was read, as ``anonymize(_:options:limits:cancellation:)`` does.
    ///
    /// - Parameters:
    ///   - file: a whole file.
    ///   - options: what is covered, and how.
    ///   - limits: most pixels to accept.
    ///   - cancellation: ends the work early.
    ///   - memory: a reservation for the new file alone, which grows with it.
    /// - Returns: the file, or why there is none.
    /// - Throws: the same.
    package func anonymize(
        _ file: PictureFile,
        options: AnonymizationOptions,
        limits: ImageLimits,
        cancellation: CancellationToken?,
        memory: MemoryReservation? = nil
    ) throws(PrivacyError) -> AnonymizedPhoto {
        let (width, height) = (file.info.width, file.info.height)
        if let objection = PixelRectangle.objection(to: options.added, inPictureOf: width, height) {
            throw PrivacyError(.placeOutside, objection)
        }
        let decoded = try Self.decode(file, options, limits, cancellation)
        let found = try search(decoded.image, options, cancellation)
        let selection = FaceSelection(
            found,
            options: options,
            imageWidth: decoded.image.width,
            imageHeight: decoded.image.height
        )
        var photo = AnonymizedPhoto(
            format: decoded.format.outputFormat,
            width: decoded.image.width,
            height: decoded.image.height,
            faces: selection.decisions,
            doubts: selection.doubts + (decoded.isDamaged ? [PrivacyDoubt(.damagedPicture)] : []),
            peopleCount: found.peopleCount,
            isLossless: false,
            warnings: decoded.warnings
        )
        if options.isStrict, let doubt = selection.blockingDoubt { photo.refusal = PhotoRefusal(doubt) }
        try Self.cover(selection, of: file, decoded, options, cancellation, memory, into: &photo)
        return photo
    }

    /// Reads a picture; what is lost of one that is damaged may be half a face.
    private static func decode(
        _ file: PictureFile,
        _ options: AnonymizationOptions,
        _ limits: ImageLimits,
        _ cancellation: CancellationToken?
    ) throws(PrivacyError) -> DecodedImage {
        var order = DecodingOrder()
        order.limits = limits
        order.allowsDamaged = !options.isStrict
        order.cancellation = cancellation
        do throws(ImageError) {
            return try file.decode(order)
        } catch {
            throw PrivacyError(error)
        }
    }

    /// Covers what is to be covered, and writes the file unless it is refused.
    private static func cover(
        _ selection: FaceSelection,
        of file: PictureFile,
        _ decoded: DecodedImage,
        _ options: AnonymizationOptions,
        _ cancellation: CancellationToken?,
        _ memory: MemoryReservation?,
        into photo: inout AnonymizedPhoto
    ) throws(PrivacyError) {
        guard photo.refusal == nil || options.makesThumbnails else { return }
        let covered = selection.covered
        var image = decoded.image
        var areas: [PixelRectangle]
        do throws(CoverError) {
            areas = try FaceCover.cover(covered, in: &image, options: options.cover)
            if options.makesThumbnails {
                try makeThumbnails(of: covered, before: decoded.image, after: image, options, into: &photo)
            }
            guard photo.refusal == nil else { return }
            if options.framesCovers {
                try FaceCover.frames(around: covered, in: &image, options: options.cover)
                areas = areas.map { framed($0, covered) }
            }
        } catch {
            throw PrivacyError(error)
        }
        do throws(ImageError) {
            let written = try PhotoRewriter.rewrite(
                file,
                replacing: areas,
                with: image,
                decoded: decoded,
                metadata: options.metadata,
                cancellation: cancellation,
                memory: memory
            )
            photo.bytes = written.bytes
            photo.isLossless = written.keptCoefficients
            if let reason = written.reencodingReason { photo.warnings.append(reason) }
        } catch {
            throw PrivacyError(error)
        }
    }

    /// An area with room for the widest frame.
    private static func framed(_ area: PixelRectangle, _ covered: [FaceRegion]) -> PixelRectangle {
        let longest = covered.map { max($0.width, $0.height) }.max() ?? 0
        let line = Int((max(2, longest / 50)).rounded(.up)) + 1
        return area.insetBy(dx: -line, dy: -line)
    }

    private static func makeThumbnails(
        of regions: [FaceRegion],
        before: ImageBuffer,
        after: ImageBuffer,
        _ options: AnonymizationOptions,
        into photo: inout AnonymizedPhoto
    ) throws(CoverError) {
        do throws(ImageError) {
            for region in regions {
                photo.thumbnails.append(try Thumbnails.face(region, in: after))
                guard options.makesOriginalThumbnails else { continue }
                photo.originalThumbnails.append(try Thumbnails.face(region, in: before))
            }
            // A picture is withheld because a face in it may be open.
            if photo.refusal == nil { photo.overview = try Thumbnails.overview(of: after) }
        } catch {
            throw CoverError(.outOfMemory, error.message, cause: error)
        }
    }
}
