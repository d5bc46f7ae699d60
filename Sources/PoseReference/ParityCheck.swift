// SPDX-License-Identifier: Apache-2.0

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
        try entry.view.image(named: name, in: pictures)
    }
}
