// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseHTTP
import PoseImaging
import PoseEstimation
import PoseRendering

/// One picture, decoded and looked at: the part of a request that runs on a worker's thread.
struct Analysis {
    let image: ImageBuffer
    let document: PoseDocument

    /// Decodes a picture and estimates its poses.
    ///
    /// - Throws: a fault for the client.
    init(of upload: Upload, _ query: PoseQuery, maxPixelCount: Int, _ work: PoseWork) throws(ServiceFault) {
        try Self.check(work)
        let clock = ContinuousClock()
        let start = clock.now
        let decoded: DecodedImage
        do throws(ImageError) {
            decoded = try ImageDecoder.decode(upload.bytes, limits: ImageLimits(maxPixelCount: maxPixelCount))
        } catch {
            throw ServiceFault(error)
        }
        let decoding = clock.now - start
        try Self.check(work)
        let estimate: PoseEstimate
        do throws(PoseError) {
            estimate = try work.estimator.estimate(
                decoded.image,
                complexity: query.complexity,
                options: query.options,
                threadCount: work.threadCount
            )
        } catch {
            throw ServiceFault(error, complexity: query.complexity)
        }
        try Self.check(work)
        let timing = PoseDocument.Timing(
            decode: decoding / .milliseconds(1),
            detect: estimate.result.timing.detect / .milliseconds(1),
            landmark: estimate.result.timing.landmark / .milliseconds(1),
            total: (clock.now - start) / .milliseconds(1)
        )
        image = decoded.image
        document = PoseDocument(
            source: upload.source,
            imageWidth: decoded.image.width,
            imageHeight: decoded.image.height,
            orientation: decoded.orientation,
            complexity: query.complexity,
            modelSHA256: estimate.modelSHA256,
            timing: query.hasTiming ? timing : nil,
            poses: estimate.result.poses
        )
    }

    private static func check(_ work: PoseWork) throws(ServiceFault) {
        do throws(PoolRefusal) {
            try work.checkCancellation()
        } catch {
            throw ServiceFault(error)
        }
    }

    /// The picture with the people drawn on it, as a file; the bare picture when nobody was found.
    func picture(_ style: SkeletonStyle, as format: ImageFormat) throws(ServiceFault) -> [UInt8] {
        var picture = image
        if !document.poses.isEmpty {
            do throws(RenderingError) {
                try SkeletonRenderer(style: style).draw(document.poses, on: &picture)
            } catch {
                throw ServiceFault(error)
            }
        }
        do throws(ImageError) {
            return try ImageEncoder.encode(picture, as: format)
        } catch {
            throw ServiceFault(error)
        }
    }

    /// The masks of all people, each a gray PNG in a data URI; empty without masks.
    func masks() throws(ServiceFault) -> [String] {
        do throws(ImageError) {
            var uris: [String] = []
            for mask in document.poses.compactMap(\.mask) {
                let (width, height) = (mask.imageWidth, mask.imageHeight)
                let file = try ImageEncoder.encodeGrayPNG(mask.projected(), width: width, height: height)
                uris.append(Self.dataURI(file, .png))
            }
            return uris
        } catch {
            throw ServiceFault(error)
        }
    }

    /// A file as a `data:` URI.
    static func dataURI(_ file: [UInt8], _ format: ImageFormat) -> String {
        "data:\(format.mediaType);base64,\(Base64.encode(file))"
    }
}
