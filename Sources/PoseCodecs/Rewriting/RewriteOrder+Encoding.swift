// SPDX-License-Identifier: Apache-2.0

import PoseImaging

/// Encodes all of a picture anew, upright.
extension RewriteOrder {
    /// The quality of lossy pictures, unless one is asked for: hardly any loss shows.
    private static let defaultQuality = 95

    /// Encodes the picture; the reason says why a JPEG file's blocks are not kept.
    func encodeAnew(because reason: String? = nil) throws(ImageError) -> RewrittenPhoto {
        let format = info.format.outputFormat
        let keepsValues =
            switch format {
            case .png: true
            case .webp: quality == nil && WebPChunks.isLossless(file.span)
            default: false
            }
        let codec = format == .webp && keepsValues ? Codec.losslessWebP : Codec(format)
        let bytes = try ImageEncoder.encode(
            image,
            codec,
            quality ?? Self.defaultQuality,
            uprightMetadata(),
            cancellation,
            memory
        )
        let inside = areas.map { $0.clipped(toWidth: info.width, height: info.height) }
        return RewrittenPhoto(
            bytes: bytes,
            format: format,
            keptCoefficients: keepsValues && !info.isNarrowed,
            changed: keepsValues ? inside.filter { !$0.isEmpty } : [PixelRectangle(of: image)],
            reencodingReason: reason ?? reencodingReason(keepsValues: keepsValues)
        )
    }

    /// Why the file is not as it was, as a sentence.
    private func reencodingReason(keepsValues: Bool) -> String? {
        let (name, format) = (info.format.name, info.format.outputFormat)
        if format == info.format {
            if info.isNarrowed { return "16-bit \(name) files are written with 8 bits a channel." }
            if keepsValues { return nil }
            return quality.map { "Quality \($0) was asked for." } ?? "Lossy \(name) files are encoded anew."
        }
        let place = "\(name) files are written as \(format.name)"
        guard info.isNarrowed else { return "\(place)." }
        return "\(place) of 8-bit RGB, which does not hold the values of this one."
    }

    /// What stays beside the upright pixels; transparency needs the file decoded.
    private func uprightMetadata() throws(ImageError) -> ImageMetadata {
        let found = Codec(info.format).metadata(file.span)
        let exif = found.exifBlock(of: file.span, keeping: policy)
        let resolution = found.resolution ?? exif.resolution
        var alpha = decoded?.metadata.alpha
        if decoded == nil {
            let limits = ImageLimits(maxPixelCount: info.pixelCount)
            alpha = try ImageDecoder.decode(file, limits: limits, cancellation: cancellation).metadata.alpha
        }
        return ImageMetadata(
            iccProfile: ICCProfile.load(found, from: file.span),
            alpha: alpha,
            exif: exif.encoded(),
            resolution: info.orientation >= 5 ? resolution?.exchanged : resolution
        )
    }
}
