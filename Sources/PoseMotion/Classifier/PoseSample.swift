// SPDX-License-Identifier: Apache-2.0

public import PoseEstimation

/// A pose that a classifier learns from.
public struct PoseSample: Sendable {
    /// What it is called: mostly the file that it comes from, by which neighbours of one film are told.
    public var name: String
    /// What the pose is.
    public var label: String
    /// Landmarks from the middle of the hips, of a body whose size is 100.
    package var points: [SIMD3<Float>]
    let embedding: PoseEmbedding

    /// The longest name or label, in bytes.
    static let mostBytes = 256

    /// Takes a pose of a picture.
    ///
    /// - Parameters:
    ///   - name: what it is called.
    ///   - label: what the pose is.
    ///   - pose: the pose.
    ///   - imageWidth: columns of the picture.
    ///   - imageHeight: rows.
    public init?(name: String, label: String, pose: Pose, imageWidth: Int, imageHeight: Int) {
        self.init(name: name, label: label, points: pose.pixels(imageWidth, imageHeight))
    }

    /// Takes landmarks in one unit; `nil` where they are no body.
    package init?(name: String, label: String, points: [SIMD3<Float>]) {
        guard let normalized = PoseEmbedding.normalized(points), let embedding = PoseEmbedding(points) else {
            return nil
        }
        (self.name, self.label, self.points, self.embedding) = (name, label, normalized, embedding)
    }
}

extension Pose {
    /// Landmarks in pixels, `z` in those of the picture's width as it is given.
    func pixels(_ imageWidth: Int, _ imageHeight: Int) -> [SIMD3<Float>] {
        let (width, height) = (Float(imageWidth), Float(imageHeight))
        return landmarks.map { SIMD3($0.x * width, $0.y * height, $0.z * width) }
    }
}

extension PoseSample {
    /// Reads samples as ML Kit's sample app has them: name, label, and x, y, z of 33 landmarks, without a line of titles.
    ///
    /// - Parameter csv: the table's bytes, from anywhere.
    /// - Returns: the samples in their order; at least one.
    /// - Throws: ``MotionError`` `.invalidModel`, naming the line and what was expected.
    public static func samples(csv: [UInt8]) throws(MotionError) -> [PoseSample] {
        let (columnCount, comma) = (2 + 3 * PoseLandmark.allCases.count, UInt8(ascii: ","))
        var samples: [PoseSample] = []
        let bytes = csv.starts(with: [0xEF, 0xBB, 0xBF]) ? csv[3...] : csv[...]
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.allSatisfy({ $0 == 0x20 }) { continue }
            func failure(_ text: String) -> MotionError {
                MotionError(
                    .invalidModel,
                    "Line \(index + 1): \(text). A sample is a name, a label, and x, y, z of 33 landmarks in pixels, with commas between."
                )
            }
            let columns = line.split(separator: comma, omittingEmptySubsequences: false)
            guard columns.count == columnCount else {
                throw failure("it has \(columns.count) columns where \(columnCount) were expected")
            }
            let texts = columns.prefix(2).map { String(decoding: $0, as: UTF8.self) }
            let numbers = columns.dropFirst(2).map { Float(String(decoding: $0, as: UTF8.self)) }
            if index == 0, numbers.allSatisfy({ $0 == nil }) { continue }
            if let column = numbers.firstIndex(where: { $0?.isFinite != true }) {
                throw failure("column \(column + 3) is no number")
            }
            guard texts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= mostBytes }) else {
                throw failure("a name or label is empty or has more than \(mostBytes) bytes")
            }
            let values = numbers.compactMap(\.self)
            let points = stride(from: 0, to: values.count, by: 3).map {
                SIMD3(values[$0], values[$0 + 1], values[$0 + 2])
            }
            guard let sample = PoseSample(name: texts[0], label: texts[1], points: points) else {
                throw failure("all landmarks are in one place")
            }
            samples.append(sample)
        }
        guard !samples.isEmpty else {
            throw MotionError(.invalidModel, "The table is empty; a line for each sample was expected.")
        }
        return samples
    }
}
