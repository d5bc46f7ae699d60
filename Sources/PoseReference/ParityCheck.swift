// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
package import Foundation
package import PoseImaging
package import PoseEstimation

/// Runs our pipeline on the pictures of some reference answers.
package struct ParityCheck {
    /// The folder with the pictures.
    package var pictures: URL
    /// What the reference answered.
    package var answers: ReferenceAnswers

    package init(pictures: URL, answers: ReferenceAnswers) {
        self.pictures = pictures
        self.answers = answers
    }

    /// Compares every picture, masks included.
    ///
    /// - Throws: when a picture is missing or unreadable, or is not of the recorded size.
    package func run(model: PoseModel, threadCount: Int = 1) throws -> ParityReport {
        var landmarker = PoseLandmarker(model: model, threadCount: threadCount)
        var options = PoseOptions()
        options.segmentationMask = true
        var results: [PictureParity] = []
        for (name, entry) in answers.images.sorted(by: { $0.key < $1.key }) {
            let pose = try landmarker.detect(in: image(name, entry), options: options).poses.first
            results.append(PictureParity(name: name, reference: entry, pose: pose))
        }
        return ParityReport(complexity: answers.modelComplexity, pictures: results)
    }

    /// The view of a picture that an entry is about.
    package func image(_ name: String, _ entry: ReferenceAnswers.Entry) throws -> ImageBuffer {
        let file = pictures.appending(path: entry.picture ?? name)
        var image = try ImageDecoder.decode([UInt8](Data(contentsOf: file))).image
        if let crop = entry.crop {
            image = image.cropped(x: crop[0], y: crop[1], width: crop[2], height: crop[3])
        }
        image = image.turned(quarters: entry.quarterTurns ?? 0)
        guard image.width == entry.width, image.height == entry.height else {
            throw SizeMismatch(
                description: "\(name) is \(image.width) × \(image.height); "
                    + "the reference saw \(entry.width) × \(entry.height)."
            )
        }
        return image
    }

    private struct SizeMismatch: Error, CustomStringConvertible {
        var description: String
    }
}
