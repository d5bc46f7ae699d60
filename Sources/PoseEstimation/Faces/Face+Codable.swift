// SPDX-License-Identifier: Apache-2.0

/// A face as `{"score":…,"box":[x,y,width,height],"keypoints":{"right_eye":[x,y],…}}`.
extension Face: Codable {
    private enum Member: String, CodingKey {
        case score, box, keypoints
    }

    private struct PointName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ point: FaceKeyPoint) { stringValue = point.name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Writes the face.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(score, forKey: .score)
        try members.encode([box.x, box.y, box.width, box.height], forKey: .box)
        var points = members.nestedContainer(keyedBy: PointName.self, forKey: .keypoints)
        for (name, point) in zip(FaceKeyPoint.allCases, keyPoints) {
            try points.encode([point.x, point.y], forKey: PointName(name))
        }
    }

    /// Reads a face; members that are not known are passed over.
    ///
    /// - Throws: `DecodingError` when a member is missing or has not as many numbers as it should.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        let points = try members.nestedContainer(keyedBy: PointName.self, forKey: .keypoints)
        let box = try Self.numbers(4, .box, in: members)
        self.init(
            score: try members.decode(Float.self, forKey: .score),
            box: NormalizedBox(x: box[0], y: box[1], width: box[2], height: box[3]),
            keyPoints: try FaceKeyPoint.allCases.map { name in
                let point = try Self.numbers(2, PointName(name), in: points)
                return NormalizedPoint(x: point[0], y: point[1])
            }
        )
    }

    private static func numbers<Key: CodingKey>(
        _ count: Int,
        _ key: Key,
        in members: KeyedDecodingContainer<Key>
    ) throws -> [Float] {
        let numbers = try members.decode([Float].self, forKey: key)
        guard numbers.count == count else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: members,
                debugDescription: "Found \(numbers.count) numbers, expected \(count)."
            )
        }
        return numbers
    }
}
