// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

extension PoseClassifier {
    /// What the file of a classifier says it is.
    public static let schema = "pose-classifier/1"

    /// The most bytes of a file that is read.
    package static let mostBytes = 64 << 20

    /// The classifier as a file: JSON, a line for each sample.
    ///
    /// - Returns: `pose-classifier/1`, as `Docs/motion.md` describes it, with a line break at its end.
    public func json() -> [UInt8] {
        var head = JSONWriter()
        head.object { writer in
            writer.member("schema", Self.schema)
            writer.member("neighbours") { writer in
                writer.member("largest", mostByLargest)
                writer.member("mean", mostByMean)
            }
        }
        var bytes = Array(head.bytes.dropLast()) + Array(",\"samples\":[\n".utf8)
        for (index, sample) in samples.enumerated() {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("name", sample.name)
                writer.member("label", sample.label)
                let numbers = sample.points.flatMap { [$0.x, $0.y, $0.z] }
                // Thousandths of a body's hundredth.
                writer.member("landmarks", numbers.map { ($0 * 1000).rounded() / 1000 })
            }
            bytes += writer.bytes
            bytes += Array((index == samples.count - 1 ? "\n" : ",\n").utf8)
        }
        return bytes + Array("]}\n".utf8)
    }

    /// Reads a classifier's file.
    ///
    /// - Parameter json: the file, from anywhere.
    /// - Throws: ``MotionError`` `.invalidModel`, naming line, column, member, and what was expected.
    public init(json: [UInt8]) throws(MotionError) {
        var limits = JSONLimits()
        limits.maxByteCount = Self.mostBytes
        limits.maxValueCount = 2_400_000
        let file: ClassifierFile
        do throws(JSONError) {
            file = try JSONReader.decode(ClassifierFile.self, from: json, limits: limits)
        } catch {
            let place = "Line \(error.line), column \(error.column): \(error.message)"
            let isClosed = place.hasSuffix(".") || place.hasSuffix("?")
            throw MotionError(.invalidModel, place + (isClosed ? "" : "."), cause: error)
        }
        try self.init(file.samples, mostByLargest: file.largest, mostByMean: file.mean)
    }
}

/// What stands in a classifier's file.
private struct ClassifierFile: Decodable {
    var largest: Int
    var mean: Int
    var samples: [PoseSample]

    init(from decoder: any Decoder) throws {
        let members = try DefinitionMembers(decoder, allowed: ["schema", "neighbours", "samples"])
        let schema = try members.text("schema")
        guard schema == PoseClassifier.schema else {
            throw members.failure(
                "schema",
                "another schema was found where '\(PoseClassifier.schema)' was expected"
            )
        }
        let neighbours = try members.value(Neighbours.self, "neighbours")
        (largest, mean) = (neighbours.largest, neighbours.mean)
        samples = try members.list(Sample.self, "samples", count: 2...PoseClassifier.mostSamples).map(
            \.sample
        )
    }

    private struct Neighbours: Decodable {
        var largest: Int
        var mean: Int

        init(from decoder: any Decoder) throws {
            let members = try DefinitionMembers(decoder, allowed: ["largest", "mean"])
            largest = Int(try members.number("largest", in: 1...10_000))
            mean = Int(try members.number("mean", in: 1...Double(largest)))
        }
    }

    private struct Sample: Decodable {
        var sample: PoseSample

        init(from decoder: any Decoder) throws {
            let members = try DefinitionMembers(decoder, allowed: ["name", "label", "landmarks"])
            let count = 3 * PoseLandmark.allCases.count
            let numbers = try members.list(Float.self, "landmarks", count: count...count)
            let points = stride(from: 0, to: count, by: 3).map {
                SIMD3(numbers[$0], numbers[$0 + 1], numbers[$0 + 2])
            }
            guard
                let sample = PoseSample(
                    name: try members.text("name"),
                    label: try members.text("label"),
                    points: points
                )
            else { throw members.failure("landmarks", "all landmarks are in one place") }
            self.sample = sample
        }
    }
}
