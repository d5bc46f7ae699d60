// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseHTTP
import PoseEstimation
import PoseRendering

/// What a request asks for in its query; the names are those of the command line's options.
struct PoseQuery {
    /// A parameter's name.
    enum Parameter: String, CaseIterable {
        case complexity
        case maxPeople = "max-people"
        case minDetection = "min-detection"
        case minPresence = "min-presence"
        case style
        case format
        case mask
        case timing
        case noTiming = "no-timing"
    }

    var complexity: ModelComplexity
    var options = PoseOptions()
    var style = SkeletonStyle.classic
    var format = ResultFormat.pose
    var hasTiming = true

    /// Reads a query.
    ///
    /// - Parameters:
    ///   - query: the parameters; each may be given once.
    ///   - allowed: the names that the route knows.
    ///   - complexity: the landmark network when none is named.
    /// - Throws: 400 that says what was expected.
    init(
        _ query: [(name: String, value: String)],
        allowed: [Parameter],
        complexity: ModelComplexity
    ) throws(ServiceFault) {
        self.complexity = complexity
        var seen: Set<Parameter> = []
        for (name, value) in query {
            guard let parameter = Parameter(rawValue: name), allowed.contains(parameter) else {
                throw Self.unknown(name, allowed)
            }
            guard seen.insert(parameter).inserted else {
                throw ServiceFault(400, "invalid_parameter", "\(name) is given more than once.")
            }
            try set(parameter, value)
        }
        if options.segmentationMask && format != .pose {
            throw ServiceFault(400, "invalid_parameter", "mask=true works with format=pose only.")
        }
    }

    private mutating func set(_ parameter: Parameter, _ value: String) throws(ServiceFault) {
        switch parameter {
        case .complexity:
            guard let chosen = Int(value).flatMap(ModelComplexity.init) else {
                throw Self.invalid(parameter, value, "0, 1 or 2")
            }
            complexity = chosen
        case .maxPeople:
            guard let count = Int(value), (1...100).contains(count) else {
                throw Self.invalid(parameter, value, "1…100")
            }
            options.maxPeople = count
        case .minDetection: options.minDetectionConfidence = try Self.fraction(parameter, value)
        case .minPresence: options.minPresenceConfidence = try Self.fraction(parameter, value)
        case .style: style = try Self.choice(parameter, value)
        case .format: format = try Self.choice(parameter, value)
        case .mask: options.segmentationMask = try Self.flag(parameter, value)
        case .timing: hasTiming = try Self.flag(parameter, value)
        case .noTiming: hasTiming = try !Self.flag(parameter, value)
        }
    }

    private static func fraction(_ parameter: Parameter, _ value: String) throws(ServiceFault) -> Float {
        guard let number = Float(value), (0...1).contains(number) else {
            throw invalid(parameter, value, "a number 0…1")
        }
        return number
    }

    private static func flag(_ parameter: Parameter, _ value: String) throws(ServiceFault) -> Bool {
        switch value.lowercased() {
        case "", "true", "1", "yes": return true
        case "false", "0", "no": return false
        default: throw invalid(parameter, value, "true or false")
        }
    }

    private static func choice<C: RawRepresentable<String> & CaseIterable>(
        _ parameter: Parameter,
        _ value: String
    ) throws(ServiceFault) -> C {
        if let choice = C(rawValue: value) { return choice }
        let names = C.allCases.map(\.rawValue)
        let suggestion = suggestion(for: value, among: names)
        throw invalid(parameter, value, names.joined(separator: ", "), suggestion)
    }

    private static func invalid(
        _ parameter: Parameter,
        _ value: String,
        _ expected: String,
        _ suggestion: String = ""
    ) -> ServiceFault {
        ServiceFault(
            400,
            "invalid_parameter",
            "\(parameter.rawValue) must be \(expected); '\(value.prefix(40))' was given.\(suggestion)"
        )
    }

    private static func unknown(_ name: String, _ allowed: [Parameter]) -> ServiceFault {
        let names = allowed.map(\.rawValue)
        return ServiceFault(
            400,
            "unknown_parameter",
            "There is no parameter '\(name.prefix(40))' here.\(suggestion(for: name, among: names)) "
                + "There is: \(names.joined(separator: ", "))."
        )
    }
}

/// What a misspelt word of a request was meant to be; nothing when no name is near.
private func suggestion(for word: String, among names: [String]) -> String {
    // Words from a stranger may be long; no name is. Python's spelling has underscores.
    let spelt = String(word.prefix(40).map { $0 == "_" ? "-" : $0 })
    return Suggestion.sentence(for: spelt, among: names)
}
