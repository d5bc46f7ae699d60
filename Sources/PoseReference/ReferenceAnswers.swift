// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// What MediaPipe answered for some pictures, as `Tests/Goldens/record_mediapipe.py` writes it.
package struct ReferenceAnswers: Decodable, Sendable {
    /// One person's numbers.
    package struct Pose: Decodable, Sendable {
        /// 33 × (x, y, z, visibility), in fractions of the image.
        package var landmarks: [[Float]]
        /// 33 × (x, y, z, visibility), in metres.
        package var world: [[Float]]
    }

    /// One picture's.
    package struct Entry: Decodable, Sendable {
        /// Columns of the view.
        package var width: Int
        /// Rows of the view.
        package var height: Int
        /// `nil` when nobody was found.
        package var pose: Pose?
        /// The mask's mean.
        package var maskArea: Double?
        /// The mask's mean in 16 × 16 cells.
        package var maskGrid16: [[Double]]?
        /// The file, when it is not the entry's name.
        package var picture: String?
        /// The part of the file's picture: x, y, width, height; all of it when `nil`.
        package var crop: [Int]?
        /// Quarter turns clockwise after the crop.
        package var quarterTurns: Int?
    }

    /// Which landmark network answered.
    package var modelComplexity: Int
    /// By name.
    package var images: [String: Entry]

    /// Reads a file of answers.
    package init(contentsOf file: URL) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(contentsOf: file))
    }
}
