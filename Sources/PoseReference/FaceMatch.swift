// SPDX-License-Identifier: Apache-2.0

internal import PoseImaging
package import PosePrivacy

/// Pictures and the faces that another detector sees on them, as `Tests/Goldens/record_witness.py` writes them.
package struct WitnessedPictures: Decodable, Sendable {
    /// A picture.
    package struct Picture: Decodable, Sendable {
        /// Its name.
        package var file: String
        /// Each face as left edge, top edge, width and height in pixels, and score 0…1.
        package var faces: [[Double]]
    }

    /// The pictures.
    package var pictures: [Picture]
}

/// How the covers on a picture and the faces on it go together.
package struct FaceMatch: Sendable {
    /// Faces that must be covered: those of at least 16 pixels that the witness is sure of.
    package private(set) var sureFaces = 0
    /// Those of them that are left open: left edge, top edge, width and height.
    package private(set) var openFaces: [[Double]] = []
    /// Share of the picture's area that is covered where there is neither a face nor a head.
    package private(set) var excess = 0.0

    /// The witness is sure from this score on.
    package static let sureScore = 0.6
    /// Where the witness sees at least this, there may be a face.
    package static let possibleScore = 0.2
    /// A face of fewer pixels across is not recognised.
    private static let leastSide = 16.0
    /// A face is covered when this share of the ellipse in its box is.
    private static let coveredShare = 0.75
    /// Boxes of faces, and of labelled heads, grow by these before covers are held against them: a cover reaches from the hair to below the
    /// chin.
    private static let growth = (face: 2.0, head: 1.5)

    /// Compares covers with what is known of a picture.
    ///
    /// - Parameters:
    ///   - faces: what is covered.
    ///   - options: how; the style does not matter.
    ///   - witnessed: what the witness sees: left edge, top edge, width, height, score.
    ///   - heads: labelled heads: left edge, top edge, width, height.
    ///   - width: columns of the picture.
    ///   - height: rows of the picture.
    /// - Throws: an error of ``PosePrivacy/FaceCover``.
    package init(
        _ faces: [FaceRegion],
        _ options: CoverOptions,
        witnessed: [[Double]],
        heads: [[Float]],
        width: Int,
        height: Int
    ) throws {
        var options = options
        options.style = .solid(0xFFFFFF)
        var picture = ImageBuffer(width: width, height: height)
        try FaceCover.cover(faces, in: &picture, options: options)
        for face in witnessed where face[4] >= Self.sureScore && max(face[2], face[3]) >= Self.leastSide {
            sureFaces += 1
            let ellipse = PixelEllipse(face, growth: 1)
            let (inside, covered) = ellipse.count(in: picture)
            if Double(covered) < Self.coveredShare * Double(inside) {
                openFaces.append(Array(face.prefix(4)))
            }
        }
        for face in witnessed where face[4] >= Self.possibleScore {
            PixelEllipse(face, growth: Self.growth.face).clearBox(in: &picture)
        }
        for head in heads {
            PixelEllipse(head.map(Double.init), growth: Self.growth.head).clearBox(in: &picture)
        }
        let left = unsafe picture.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: ImageBuffer.bytesPerPixel).count { unsafe bytes[$0] == 255 }
        }
        excess = Double(left) / Double(width * height)
    }
}

/// A box in a picture, and the ellipse in it.
private struct PixelEllipse {
    private let center: SIMD2<Double>
    private let half: SIMD2<Double>

    init(_ box: [Double], growth: Double) {
        center = SIMD2(box[0] + box[2] / 2, box[1] + box[3] / 2)
        half = SIMD2(box[2], box[3]) / 2 * growth
    }

    private func columns(_ picture: ImageBuffer) -> Range<Int> {
        Self.clipped(center.x - half.x, center.x + half.x, picture.width)
    }

    private func rows(_ picture: ImageBuffer) -> Range<Int> {
        Self.clipped(center.y - half.y, center.y + half.y, picture.height)
    }

    private static func clipped(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
        let first = Int(max(0, min(Double(count), low.rounded())))
        return first..<max(first, Int(max(0, min(Double(count), high.rounded()))))
    }

    /// The pixels of the ellipse in the picture, and how many of them are white.
    func count(in picture: ImageBuffer) -> (inside: Int, white: Int) {
        var result = (inside: 0, white: 0)
        for y in rows(picture) {
            for x in columns(picture) {
                let offset = (SIMD2(Double(x) + 0.5, Double(y) + 0.5) - center) / half
                guard (offset * offset).sum() <= 1 else { continue }
                result.inside += 1
                if picture[x, y].red == 255 { result.white += 1 }
            }
        }
        return result
    }

    /// Makes the pixels of the box black.
    func clearBox(in picture: inout ImageBuffer) {
        for y in rows(picture) { for x in columns(picture) { picture[x, y] = (0, 0, 0) } }
    }
}
