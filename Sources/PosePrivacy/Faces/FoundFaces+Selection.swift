// SPDX-License-Identifier: Apache-2.0

internal import PoseSystem

extension FoundFaces {
    /// The finding without its largest face, which stays open.
    ///
    /// Places marked by hand are hidden in any case.
    public func keepingLargest() -> FoundFaces { keeping { $0.area } }

    /// The finding without the photographer's subject, which stays open: the face that is largest for its distance from the
    /// middle of the picture.
    ///
    /// A face at the corner counts a seventh of one in the middle. Places marked by hand are hidden in any case.
    ///
    /// - Parameters:
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows of the picture.
    /// - Returns: the finding; as it was when there is no face.
    public func keepingSubject(imageWidth: Int, imageHeight: Int) -> FoundFaces {
        let middle = SIMD2(Double(imageWidth), Double(imageHeight)) / 2
        return keeping { face in
            let offset = (SIMD2(face.centerX, face.centerY) - middle) / middle
            return face.area * exp(-(offset * offset).sum())
        }
    }

    /// Leaves the face open that weighs most; of several the first.
    private func keeping(_ weight: (FaceRegion) -> Double) -> FoundFaces {
        let candidates = faces.indices.filter { faces[$0].witness != .hand }
        guard let subject = candidates.max(by: { (weight(faces[$0]), $1) < (weight(faces[$1]), $0) }) else {
            return self
        }
        var found = self
        let region = found.faces.remove(at: subject)
        found.doubts.removeAll { $0.region == region }
        return found
    }
}

extension FaceRegion {
    /// Area of the upright rectangle before it is turned, in pixels.
    var area: Double { width * height }
}
