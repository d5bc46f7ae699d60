// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging

/// A small picture of 24 × 16 pixels, whose metadata the inputs are.
private let plainPicture = (try? ImageEncoder.encode(ImageBuffer(width: 24, height: 16), as: .jpeg)) ?? []

/// Reads a picture with the input as its metadata: an EXIF block and, after two bytes of 255, a colour profile.
func readMetadata(_ bytes: [UInt8]) {
    let marker: [UInt8] = [0xFF, 0xFF]
    let split = bytes.indices.first { bytes[$0...].starts(with: marker) } ?? bytes.count
    let exif = segment(0xE1, "Exif\0\0", bytes[..<split])
    let profile = segment(0xE2, "ICC_PROFILE\0\u{1}\u{1}", bytes[split...].dropFirst(marker.count))
    let file = plainPicture[..<2] + exif + profile + plainPicture[2...]
    guard let info = try? ImageDecoder.inspect(Array(file)) else {
        preconditionFailure("metadata make a picture unreadable")
    }
    precondition((1...8).contains(info.orientation))
    precondition(info.width == (info.orientation < 5 ? 24 : 16) && info.height == 40 - info.width)
    guard let decoded = try? ImageDecoder.decode(Array(file)) else {
        preconditionFailure("metadata make a picture undecodable")
    }
    precondition(decoded.image.width == info.width && decoded.image.height == info.height)

    // Every kind of metadata that stays is read again as what it was.
    let all = MetadataPolicy(keeping: Set(MetadataPolicy.Kind.allCases))
    guard
        let photo = try? PhotoRewriter.rewrite(
            Array(file),
            replacing: [],
            with: decoded.image,
            metadata: all
        ),
        let kept = try? ImageDecoder.decode(photo.bytes, metadata: all),
        let again = try? ImageEncoder.encode(kept.image, as: .png, metadata: kept.metadata),
        let read = try? ImageDecoder.decode(again, metadata: all)
    else { preconditionFailure("metadata make a picture that cannot be written") }
    precondition(photo.keptCoefficients && kept.orientation == info.orientation)
    precondition(kept.image.width == info.width && read.metadata.exif == kept.metadata.exif)
}

/// A segment of a JPEG file, cut where it would be too long for one.
private func segment(_ marker: UInt8, _ name: String, _ content: ArraySlice<UInt8>) -> [UInt8] {
    let body = Array((Array(name.utf8) + content).prefix(65_533))
    return [0xFF, marker, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body
}
