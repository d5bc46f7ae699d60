// SPDX-License-Identifier: Apache-2.0

package import PoseCodecs
internal import PoseEstimation
internal import PosePrivacy
internal import PoseRendering

/// What a piece of work will cost at most, known before it begins.
package struct WorkEstimate: Hashable, Sendable {
    /// Milliseconds of one thread.
    package var milliseconds: Double
    /// Bytes that it draws from the memory budget at its worst moment.
    package var byteCount: Int

    /// Makes an estimate; one millisecond and no memory unless told, so that a pool of equal work counts pieces.
    package init(milliseconds: Double = 1, byteCount: Int = 0) {
        self.milliseconds = max(0, milliseconds)
        self.byteCount = max(0, byteCount)
    }
}

/// What is made of a picture beside the document.
package enum PhotoOutput: Hashable, Sendable {
    /// Nothing.
    case document
    /// The annotated picture as a file.
    case annotated(ImageFormat)
    /// A mask of each person as a file.
    case masks

    /// The format of the annotated picture, if there is one.
    package var drawing: DrawingFormat? {
        guard case .annotated(let format) = self else { return nil }
        return DrawingFormat(format)
    }
}

extension WorkEstimate {
    /// What a photo will cost at most.
    ///
    /// ```
    /// milliseconds = megapixels · decode(format)                          decode
    ///              + detector + people · landmarks(complexity, mask)      estimate
    ///              + people · 5 · landmarks(complexity)                   look again, where asked for
    ///              + megapixels · output(format), masks: · people         draw and encode
    /// ```
    ///
    /// `people` is the most that the request allows, and the places that the engine has to spare where it allows several: how
    /// many there are is known only afterwards.
    ///
    /// - Parameters:
    ///   - info: what the file's header says; `nil` for a file that cannot be decoded, which costs next to nothing.
    ///   - settings: what is to be done.
    ///   - output: what is made of it.
    package init(photo info: ImageInfo?, settings: AnalysisSettings, output: PhotoOutput) {
        guard let info, info.pixelCount <= settings.maxPixelCount else {
            self.init(milliseconds: Cost.refusal)
            return
        }
        let megapixels = Double(info.pixelCount) / 1_000_000
        let people = Cost.people(settings.options)
        var milliseconds = Cost.refusal + megapixels * Cost.decoding(info)
        milliseconds += Cost.detector + people * Cost.landmarks(settings) + Cost.search(settings)
        milliseconds += Cost.shiftedLooks(settings)
        var byteCount = info.decodedByteCount
        switch output {
        case .document: break
        case .annotated(let format):
            milliseconds += megapixels * Cost.drawing(format)
            byteCount = max(byteCount, Cost.memory(info, settings.style, format))
        case .masks:
            milliseconds += megapixels * Cost.mask * Cost.limit(settings.options)
            // The picture is gone by then.
            byteCount = max(byteCount, 2 * info.pixelCount)
        }
        self.init(milliseconds: milliseconds, byteCount: byteCount)
    }

    /// What hiding a photo's faces will cost at most.
    ///
    /// - Parameters:
    ///   - info: what the file's header says; `nil` for a file that cannot be decoded.
    ///   - settings: what is to be done.
    package init(anonymizing info: ImageInfo?, settings: AnalysisSettings) {
        guard let info, info.pixelCount <= settings.maxPixelCount else {
            self.init(milliseconds: Cost.refusal)
            return
        }
        let megapixels = Double(info.pixelCount) / 1_000_000
        let milliseconds =
            Cost.refusal + megapixels * (Cost.decoding(info) + Cost.drawing(info.format.outputFormat))
            + Cost.faces(settings.anonymization)
        // The picture with its covers beside the one without, and the file's coefficients, twice two bytes a sample.
        let byteCount = info.decodedByteCount.addingReportingOverflow(10 * info.pixelCount)
        self.init(milliseconds: milliseconds, byteCount: byteCount.overflow ? .max : byteCount.partialValue)
    }

    /// What a stream's frame will cost at most, whose header is read when its turn comes.
    ///
    /// - Parameter settings: what is to be done.
    package init(frameOf settings: AnalysisSettings) {
        let people = Cost.people(settings.options)
        self.init(
            milliseconds: Cost.refusal + Cost.detector + people * Cost.landmarks(settings)
                + Cost.search(settings) / 4 + Cost.shiftedLooks(settings)
        )
    }
}

/// Milliseconds of the stages, one thread.
///
/// Networks: the medians in Docs/performance.md. The rest: processor time of `pose image` on a photo of 24 megapixels (JPEG
/// at quality 90, lossless and lossy files of the same pixels) with and without each output, on the same machine. Only
/// how they compare matters: a slower machine takes longer for all of them.
private enum Cost {
    /// A file that is refused: reading its header, and the way there and back.
    static let refusal = 1.0
    static let detector = 7.5
    /// A person's mask as a PNG file, a megapixel.
    static let mask = 13.0

    /// Landmark passes at most; `PoseEngine` has eight to spare where it looks for several people.
    static func people(_ options: PoseOptions) -> Double {
        limit(options) + (limit(options) > 1 ? 8 : 0)
    }

    /// Most people; where there is no limit, as many as the detector sees in a crowd.
    static func limit(_ options: PoseOptions) -> Double {
        options.maxPeople == 0 ? 30 : Double(options.maxPeople)
    }

    /// The looks of a thorough search, a quarter of which a frame of a stream takes.
    ///
    /// 21 squares for people, 7 for faces,
    /// and two passes on each of some ten heads. A place takes one of each.
    static func search(_ settings: AnalysisSettings) -> Double {
        let places = Double(settings.options.places.count) * (detector + face + 2 * landmarks(settings))
        guard settings.options.search == .thorough else { return places }
        return places + 21 * detector + 7 * face + 20 * landmarks(settings)
    }

    static let face = 3.0

    /// The looks for faces: squares of the whole picture and its halves, or of a third and a fifth as well with as many second
    /// looks, and people.
    static func faces(_ options: AnonymizationOptions) -> Double {
        let turns = options.search.turned ? 4.0 : 1
        guard options.effort == .full else { return turns * 12 * face }
        return turns * 140 * face + 21 * detector + 20 * 10.5
    }

    static func landmarks(_ settings: AnalysisSettings) -> Double {
        let network =
            switch settings.complexity {
            case .lite: 5.3
            case .full: 10.5
            case .heavy: 43.7
            }
        return network + (settings.options.segmentationMask ? 2 : 0)
    }

    /// The looks through moved squares at everybody who is found: the square as it was, and four others.
    static func shiftedLooks(_ settings: AnalysisSettings) -> Double {
        settings.options.shiftedLooks ? limit(settings.options) * 5 * landmarks(settings) : 0
    }

    /// A megapixel.
    static func decoding(_ info: ImageInfo) -> Double {
        switch info.format {
        // A progressive file's coefficients lie beside its pixels, and are gone through once a scan.
        case .jpeg: info.decodedByteCount > 5 * info.pixelCount ? 15 : 5
        case .png: 20
        default: 30
        }
    }

    /// Bytes while a picture is drawn on, and while its file is written: as long a file as a photo's, twice while it is copied.
    static func memory(_ info: ImageInfo, _ style: SkeletonStyle, _ format: ImageFormat) -> Int {
        let isAlone = style == .skeletonOnly && format != .jpeg
        let hasAlpha = (info.hasAlpha || isAlone) && format != .jpeg
        let pixels = info.pixelCount * (hasAlpha ? 5 : 4)
        let drawing = pixels + (hasAlpha && !isAlone ? 4 * info.pixelCount : 0)
        let file = isAlone ? info.pixelCount / 8 : format == .png ? 2 * info.pixelCount : info.pixelCount / 2
        let working = ImageEncoder.workingByteCount(
            pixelCount: info.pixelCount,
            as: format,
            hasAlpha: hasAlpha
        )
        return max(drawing, pixels + working + 2 * file)
    }

    /// A megapixel.
    static func drawing(_ format: ImageFormat) -> Double {
        switch format {
        case .jpeg: 8
        case .png: 100
        default: 60
        }
    }
}
