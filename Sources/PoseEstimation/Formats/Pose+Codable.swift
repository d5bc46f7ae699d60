// SPDX-License-Identifier: Apache-2.0

// The members are those of `pose/1`, `Docs/json.md`; what is not finite is `null` there.

extension Landmark: Codable {
    /// Reads the numbers of a `pose/1` landmark.
    ///
    /// - Parameter decoder: where from; further members, such as the name, are passed over.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        self = try NamedPoint(from: decoder).landmark
    }

    /// Writes the numbers of a `pose/1` landmark.
    ///
    /// - Parameter encoder: where to.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        try NamedPoint(name: nil, self).encode(to: encoder)
    }
}

extension WorldLandmark: Codable {
    /// Reads the numbers of a `pose/1` world landmark.
    ///
    /// - Parameter decoder: where from; further members, such as the name, are passed over.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        self = try NamedPoint(from: decoder).worldLandmark
    }

    /// Writes the numbers of a `pose/1` world landmark.
    ///
    /// - Parameter encoder: where to.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        try NamedPoint(name: nil, self).encode(to: encoder)
    }
}

extension NormalizedBox: Codable {
    /// Reads `[x, y, width, height]`.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` when these are not four numbers.
    public init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        let numbers = try values.numbers(count: 4)
        self.init(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }

    /// Writes `[x, y, width, height]`.
    ///
    /// - Parameter encoder: where to.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(numbers: [x, y, width, height])
    }
}

extension RegionOfInterest: Codable {
    private enum CodingKeys: String, CodingKey {
        case center, size, rotation
    }

    /// Reads the members of `roi`.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        var list = try members.nestedUnkeyedContainer(forKey: .center)
        let center = try list.numbers(count: 2)
        list = try members.nestedUnkeyedContainer(forKey: .size)
        let size = try list.numbers(count: 2)
        self.init(
            centerX: center[0],
            centerY: center[1],
            width: size[0],
            height: size[1],
            rotationRadians: try members.number(.rotation)
        )
    }

    /// Writes the members of `roi`.
    ///
    /// - Parameter encoder: where to.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        var list = members.nestedUnkeyedContainer(forKey: .center)
        try list.encode(numbers: [centerX, centerY])
        list = members.nestedUnkeyedContainer(forKey: .size)
        try list.encode(numbers: [width, height])
        try members.encode(number: rotationRadians, forKey: .rotation)
    }
}

extension Pose: Codable {
    /// Reads a person of `pose/1`.
    ///
    /// - Parameter decoder: where from; further members, such as the id and a mask, are passed over.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        self = try Person(from: decoder).pose
    }

    /// Writes a person of `pose/1`, without its mask and id.
    ///
    /// - Parameter encoder: where to.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        try Person(id: nil, pose: self).encode(to: encoder)
    }
}

/// A landmark with the name that it has in a list.
private struct NamedPoint: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, x, y, z, visibility, presence
    }

    let name: String?
    let worldLandmark: WorldLandmark

    var landmark: Landmark {
        let point = worldLandmark
        return Landmark(
            x: point.x,
            y: point.y,
            z: point.z,
            visibility: point.visibility,
            presence: point.presence
        )
    }

    init(name: String?, _ point: WorldLandmark) {
        self.name = name
        worldLandmark = point
    }

    init(name: String?, _ point: Landmark) {
        self.name = name
        worldLandmark = WorldLandmark(
            x: point.x,
            y: point.y,
            z: point.z,
            visibility: point.visibility,
            presence: point.presence
        )
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        name = try members.decodeIfPresent(String.self, forKey: .name)
        worldLandmark = WorldLandmark(
            x: try members.number(.x),
            y: try members.number(.y),
            z: try members.number(.z),
            visibility: try members.number(.visibility),
            presence: try members.number(.presence)
        )
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encodeIfPresent(name, forKey: .name)
        try members.encode(number: worldLandmark.x, forKey: .x)
        try members.encode(number: worldLandmark.y, forKey: .y)
        try members.encode(number: worldLandmark.z, forKey: .z)
        try members.encode(number: worldLandmark.visibility, forKey: .visibility)
        try members.encode(number: worldLandmark.presence, forKey: .presence)
    }
}

/// A pose with the id that it has in a document.
struct Person: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, state
        case sidesSwapped = "sides_swapped"
        case score
        case detectionScore = "detection_score"
        case quality, box, roi, landmarks
        case worldLandmarks = "world_landmarks"
    }

    let id: Int?
    let pose: Pose

    init(id: Int?, pose: Pose) {
        self.id = id
        self.pose = pose
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = try members.decodeIfPresent(Int.self, forKey: .id)
        var pose = Pose(
            score: try members.number(.score),
            detectionScore: try members.number(.detectionScore),
            box: try members.decode(NormalizedBox.self, forKey: .box),
            regionOfInterest: try members.decode(RegionOfInterest.self, forKey: .roi),
            landmarks: try Self.points(in: members, .landmarks).map(\.landmark),
            worldLandmarks: try Self.points(in: members, .worldLandmarks).map(\.worldLandmark)
        )
        if members.contains(.quality) { pose.quality = try members.number(.quality) }
        if let id, let state = try members.decodeIfPresent(String.self, forKey: .state) {
            pose.track = PoseTrack(
                id: id,
                state: PoseFrame.State(rawValue: state),
                hadSwappedSides: try members.decodeIfPresent(Bool.self, forKey: .sidesSwapped) ?? false
            )
        }
        self.pose = pose
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encodeIfPresent(pose.track?.id ?? id, forKey: .id)
        try members.encodeIfPresent(pose.track?.state.rawValue, forKey: .state)
        if pose.track?.hadSwappedSides == true { try members.encode(true, forKey: .sidesSwapped) }
        try members.encode(number: pose.score, forKey: .score)
        try members.encode(number: pose.detectionScore, forKey: .detectionScore)
        if let quality = pose.quality { try members.encode(number: quality, forKey: .quality) }
        try members.encode(pose.box, forKey: .box)
        try members.encode(pose.regionOfInterest, forKey: .roi)
        let names = PoseLandmark.allCases.map(\.name)
        let landmarks = zip(names, pose.landmarks).map { NamedPoint(name: $0, $1) }
        try members.encode(landmarks, forKey: .landmarks)
        let worldLandmarks = zip(names, pose.worldLandmarks).map { NamedPoint(name: $0, $1) }
        try members.encode(worldLandmarks, forKey: .worldLandmarks)
    }

    /// Reads 33 points whose names, where they are there, are those of their places.
    private static func points(
        in members: KeyedDecodingContainer<CodingKeys>,
        _ key: CodingKeys
    ) throws -> [NamedPoint] {
        var list = try members.nestedUnkeyedContainer(forKey: key)
        var points: [NamedPoint] = []
        while !list.isAtEnd, let expected = PoseLandmark(rawValue: points.count)?.name {
            let point = try list.decode(NamedPoint.self)
            guard point.name == nil || point.name == expected else {
                throw list.corrupted("the landmark in this place is '\(expected)', not another")
            }
            points.append(point)
        }
        guard list.isAtEnd, points.count == PoseLandmark.allCases.count else {
            let count = list.count.map(String.init) ?? "another number of"
            throw list.corrupted("\(count) landmarks were found where 33 were expected")
        }
        return points
    }
}
