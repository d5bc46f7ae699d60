// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// What MediaPipe's face detection answered for some pictures, as `Tests/Goldens/record_faces.py` writes it.
package struct FaceAnswers: Decodable, Sendable {
    /// One face.
    package struct Face: Decodable, Sendable {
        /// Likelihood 0…1.
        package var score: Float
        /// x, y, width, height in fractions of the picture.
        package var box: [Float]
        /// Six points, x and y in fractions of the picture.
        package var keypoints: [[Float]]
    }

    /// One picture's.
    package struct Entry: Decodable, Sendable {
        /// What part of which picture it is.
        package var view: ReferenceView
        /// By the full-range network, best first.
        package var fullRange: [Face]
        /// By the short-range network, best first.
        package var shortRange: [Face]

        private enum Member: String, CodingKey {
            case fullRange, shortRange
        }

        package init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Member.self)
            view = try ReferenceView(from: decoder)
            fullRange = try members.decode([Face].self, forKey: .fullRange)
            shortRange = try members.decode([Face].self, forKey: .shortRange)
        }
    }

    /// By name.
    package var images: [String: Entry]

    /// Reads a file of answers.
    package init(contentsOf file: URL) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(contentsOf: file))
    }
}
