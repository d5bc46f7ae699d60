// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

extension Exercise {
    /// What a definition says it is.
    public static let schema = "pose-exercise/1"

    /// Reads a definition.
    ///
    /// - Parameter json: the text, UTF-8, from anywhere.
    /// - Throws: ``MotionError`` `.invalidExercise`, naming line, column, member, and what was expected.
    public init(json: [UInt8]) throws(MotionError) {
        var limits = JSONLimits()
        limits.maxByteCount = 1 << 20
        do throws(JSONError) {
            self = try JSONReader.decode(Self.self, from: json, limits: limits)
        } catch {
            // The message may be sentences by itself.
            let place = "Line \(error.line), column \(error.column): \(error.message)"
            let isClosed = place.hasSuffix(".") || place.hasSuffix("?")
            throw MotionError(.invalidExercise, place + (isClosed ? "" : "."), cause: error)
        }
    }
}

extension Exercise: Decodable {
    private static let names = [
        "schema", "name", "title", "kind", "view", "signals", "conditions", "checks", "tempo", "symmetry",
        "dwell", "partial_from", "patience",
    ]

    /// Reads a definition.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try DefinitionMembers(decoder, allowed: Self.names)
        let schema = try members.text("schema")
        guard schema == Self.schema else {
            throw members.failure("schema", "another schema was found where '\(Self.schema)' was expected")
        }
        name = try members.text("name")
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        guard name.allSatisfy(letters.contains) else {
            throw members.failure("name", "a name has the letters a…z, digits and hyphens only")
        }
        title = try members.value(ExerciseText.self, "title")
        kind = try members.choice("kind", default: Kind.repetitions)
        view = try members.choice("view", default: View.any)
        let signalCount = kind == .hold ? 0...0 : 1...8
        signals = try members.list(Signal.self, "signals", count: signalCount)
        conditions = try members.list(
            Condition.self,
            "conditions",
            count: (kind == .hold ? 1 : 0)...16
        )
        checks = try members.list(Check.self, "checks", count: 0...32)
        tempo = members.contains("tempo") ? try members.value(Tempo.self, "tempo") : Tempo()
        symmetry = members.contains("symmetry") ? try members.value(Symmetry.self, "symmetry") : nil
        dwell = try members.number("dwell", in: 0...5, default: 0.1)
        partialFrom = try members.number("partial_from", in: 0.1...1, default: 0.5)
        patience = try members.number("patience", in: 0...15, default: 1)
        if Set(checks.map(\.name)).count < checks.count {
            throw members.failure("checks", "two checks have the same name")
        }
    }
}

extension ExerciseText: Decodable {
    /// Reads `{"en": …, "zh": …}`; without Chinese, English stands in its place.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try DefinitionMembers(decoder, allowed: ["en", "zh"])
        english = try members.text("en")
        chinese = members.contains("zh") ? try members.text("zh") : english
    }
}

/// Every measure is in degrees or a ratio.
private let measureRange = -360.0...360.0

extension Exercise.Signal: Decodable {
    /// Measures are noisy by several degrees, so that start and end lie farther apart.
    private static let (leastAngle, leastRatio) = (30.0, 0.2)

    /// Reads a signal.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try DefinitionMembers(decoder, allowed: ["measure", "sides", "start", "end", "full"])
        measure = try members.choice("measure")
        sides = try members.choice("sides", default: SideRule.mean)
        start = try members.number("start", in: measureRange)
        end = try members.number("end", in: measureRange)
        full = try members.number("full", in: measureRange, default: end)
        let least = measure.isRatio ? Self.leastRatio : Self.leastAngle
        guard abs(end - start) >= least else {
            throw members.failure(
                "end",
                "\(end) was found where a value at least \(least) from the start \(start) was expected, so that noise is "
                    + "no repetition"
            )
        }
        guard (full - end) * (end - start) >= 0 else {
            throw members.failure(
                "full",
                "\(full) was found where a value beyond the end \(end) was expected"
            )
        }
    }
}

extension Exercise.Condition: Decodable {
    static let names = ["measure", "sides", "when", "min", "max"]

    /// Reads a condition.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        try self.init(DefinitionMembers(decoder, allowed: Self.names))
    }

    init(_ members: DefinitionMembers) throws {
        measure = try members.choice("measure")
        sides = try members.choice("sides", default: SideRule.mean)
        moment = try members.choice("when", default: Exercise.Moment.always)
        min = try members.numberIfPresent("min", in: measureRange)
        max = try members.numberIfPresent("max", in: measureRange)
        guard min != nil || max != nil else {
            throw members.failure(
                "min",
                "neither 'min' nor 'max' is there, so that everything would be right"
            )
        }
        if let min, let max, min > max {
            throw members.failure("max", "\(max) was found where at least the 'min' \(min) was expected")
        }
    }
}

extension Exercise.Check: Decodable {
    /// Reads a check.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let names = ["name", "tolerance", "note"] + Exercise.Condition.names
        let members = try DefinitionMembers(decoder, allowed: names)
        name = try members.text("name")
        condition = try Exercise.Condition(members)
        tolerance = try members.number("tolerance", in: 0.001...360, default: 15)
        note = try members.value(ExerciseText.self, "note")
    }
}

extension Exercise.Tempo: Decodable {
    /// Reads a tempo.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let names = ["shortest", "longest", "ideal_shortest", "ideal_longest"]
        let members = try DefinitionMembers(decoder, allowed: names)
        shortest = try members.number("shortest", in: 0...60, default: shortest)
        longest = try members.number("longest", in: 0.1...3600, default: longest)
        idealShortest = try members.number("ideal_shortest", in: 0...3600, default: idealShortest)
        idealLongest = try members.number("ideal_longest", in: 0...3600, default: idealLongest)
        guard shortest <= idealShortest, idealShortest <= idealLongest, idealLongest <= longest else {
            throw members.failure(
                "longest",
                "shortest ≤ ideal_shortest ≤ ideal_longest ≤ longest was expected, and these are \(shortest), "
                    + "\(idealShortest), \(idealLongest), \(longest)"
            )
        }
    }
}

extension Exercise.Symmetry: Decodable {
    /// Reads a symmetry.
    ///
    /// - Parameter decoder: where from.
    /// - Throws: a `DecodingError` that says which member is missing or wrong.
    public init(from decoder: any Decoder) throws {
        let members = try DefinitionMembers(decoder, allowed: ["measure", "max"])
        measure = try members.choice("measure")
        max = try members.number("max", in: 0.001...360)
        guard measure.isOfSide else {
            throw members.failure("measure", "'\(measure.rawValue)' is the same of both sides")
        }
    }
}
