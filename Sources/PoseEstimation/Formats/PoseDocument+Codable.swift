// SPDX-License-Identifier: Apache-2.0

extension PoseDocument: Codable {
    private enum CodingKeys: String, CodingKey {
        case schema, source, image, model
        case timing = "timing_ms"
        case people
    }

    private enum ImageKeys: String, CodingKey {
        case width, height, orientation, reduction
    }

    private enum ModelKeys: String, CodingKey {
        case name, complexity, sha256
    }

    /// Reads a `pose/1` object.
    ///
    /// Members that are not known are passed over; `timing_ms` and the members of a ``PoseFrame`` may be missing.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        try Self.checkSchema(try members.decode(String.self, forKey: .schema), members, .schema)
        let image = try members.nestedContainer(keyedBy: ImageKeys.self, forKey: .image)
        let model = try members.nestedContainer(keyedBy: ModelKeys.self, forKey: .model)
        let level = try model.integer(.complexity, in: 0...2)
        guard let complexity = ModelComplexity(rawValue: level) else {
            throw model.corrupted(.complexity, "there is no complexity \(level)")
        }
        if let name = try model.decodeIfPresent(String.self, forKey: .name), name != complexity.modelName {
            throw model.corrupted(.name, "the model of complexity \(level) is '\(complexity.modelName)'")
        }
        self.init(
            source: try members.decode(String.self, forKey: .source),
            frame: try PoseFrame(ifPresentIn: decoder),
            imageWidth: try image.integer(.width, in: 1...Int(Int32.max)),
            imageHeight: try image.integer(.height, in: 1...Int(Int32.max)),
            orientation: try image.integer(.orientation, in: 1...8),
            complexity: complexity,
            modelSHA256: try model.decode(String.self, forKey: .sha256),
            timing: try members.decodeIfPresent(Timing.self, forKey: .timing),
            poses: try members.decode([Person].self, forKey: .people).map(\.pose)
        )
        if image.contains(.reduction) { reduction = try image.integer(.reduction, in: 1...8) }
    }

    /// Writes a `pose/1` object.
    ///
    /// ``json()`` writes the same value, the same bytes each time.
    ///
    /// - Parameter encoder: where to.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(Self.schema, forKey: .schema)
        try members.encode(source, forKey: .source)
        try frame?.encode(to: encoder)
        var image = members.nestedContainer(keyedBy: ImageKeys.self, forKey: .image)
        try image.encode(imageWidth, forKey: .width)
        try image.encode(imageHeight, forKey: .height)
        try image.encode(orientation, forKey: .orientation)
        if reduction > 1 { try image.encode(reduction, forKey: .reduction) }
        var model = members.nestedContainer(keyedBy: ModelKeys.self, forKey: .model)
        try model.encode(complexity.modelName, forKey: .name)
        try model.encode(complexity.rawValue, forKey: .complexity)
        try model.encode(modelSHA256, forKey: .sha256)
        try members.encodeIfPresent(timing, forKey: .timing)
        try members.encode(poses.enumerated().map { Person(id: $0, pose: $1) }, forKey: .people)
    }
}

extension PoseDocument.Timing: Codable {
    private enum CodingKeys: String, CodingKey {
        case decode, detect, landmark, total
    }

    /// Reads the members of `timing_ms`.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            decode: try members.double(.decode),
            detect: try members.double(.detect),
            landmark: try members.double(.landmark),
            total: try members.double(.total)
        )
    }

    /// Writes the members of `timing_ms`, to 0.001.
    ///
    /// - Parameter encoder: where to.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(number: PoseDocument.thousandths(decode), forKey: .decode)
        try members.encode(number: PoseDocument.thousandths(detect), forKey: .detect)
        try members.encode(number: PoseDocument.thousandths(landmark), forKey: .landmark)
        try members.encode(number: PoseDocument.thousandths(total), forKey: .total)
    }
}

extension PoseFrame: Codable {
    private enum CodingKeys: String, CodingKey {
        case frame, time, state
    }

    /// 285 years: up to here a 64-bit float tells microseconds apart.
    private static let latest = 9e9

    /// Reads the members `frame`, `time` and `state` of `pose/1`.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        let index = try members.integer(.frame, in: 0...Int.max)
        let seconds = try members.decode(Double.self, forKey: .time)
        guard abs(seconds) <= Self.latest else {
            throw members.corrupted(.time, "\(seconds) was found where seconds up to 9e9 were expected")
        }
        let state = try members.decodeIfPresent(String.self, forKey: .state).map(State.init)
        self.init(index: index, time: .microseconds(Int64((seconds * 1e6).rounded())), state: state)
    }

    /// Reads the members where the object is of a film or stream; `nil` for a photo.
    init?(ifPresentIn decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        guard members.contains(.frame) || members.contains(.time) else { return nil }
        try self.init(from: decoder)
    }

    /// Writes the members `frame`, `time` and `state` of `pose/1`.
    ///
    /// - Parameter encoder: where to.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(index, forKey: .frame)
        try members.encode(seconds, forKey: .time)
        try members.encodeIfPresent(state?.rawValue, forKey: .state)
    }
}
