// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseLanguage
import PoseMotion
import PoseSystem

/// `pose motion count`.
struct CountRun {
    private let input: MotionInput
    private let exercise: Exercise
    private let json: FilePath?
    private let film: FilePath?
    private let person: Int?

    init(_ arguments: ParsedArguments, _ input: MotionInput) throws {
        self.input = input
        guard let exercise = try Self.exercise(arguments) else {
            let names = ValueCompletion.listed(ExerciseCatalog.names)
            throw UsageError("pose motion count needs --exercise: \(names), or a file with a definition.")
        }
        self.exercise = exercise
        json = arguments[MotionOptions.json]
        person = arguments[MotionOptions.person]
        film = arguments[MotionOptions.film]
        if let film, film.fileExtension.lowercased() != "mp4" {
            throw UsageError("--output must end in .mp4, got '\(film)'.")
        }
        try MotionOutput.check([json, film], input: input.file)
    }

    func run() throws -> ExitCode {
        let film = try input.documents(drawing: self.film.map { ($0, exercise) })
        let people = Self.people(of: film).filter { person == nil || $0 == person }
        guard !people.isEmpty else {
            throw CommandFailure(.badInput, "Nobody is to be seen in '\(input.name)'.")
        }
        var lines: [UInt8] = []
        for person in people {
            let counter = Self.count(exercise, film, person: person)
            lines += counter.json(source: input.name, person: person) + [UInt8(ascii: "\n")]
            if json != "-", !input.isQuiet { try report(counter, person) }
        }
        if let json { try MotionOutput.write(lines, to: json) }
        return .success
    }

    /// What a person did, in words.
    private func report(_ counter: RepetitionCounter, _ person: Int) throws {
        let isChinese = Wording.language == .chinese
        let title = isChinese ? exercise.title.chinese : exercise.title.english
        let (count, partial) = (counter.repetitions.count, counter.partialRepetitions.count)
        let what =
            exercise.kind == .hold
            ? counted(count, "hold", "holds") : counted(count, "repetition", "repetitions")
        try StandardOutput.say("Person \(person): \(what), \(partial) partial")
        try StandardOutput.print("  \(title)")
        let all = counter.repetitions.map { ($0, true) } + counter.partialRepetitions.map { ($0, false) }
        for (one, isWhole) in all.sorted(by: { $0.0.start < $1.0.start }) {
            let times = "\(fixed(one.start, decimals: 2))…\(fixed(one.end, decimals: 2)) s"
            var line = "  \(isWhole ? "✓" : "◐") \(times)  \(Self.scores(one, isChinese: isChinese))"
            if let side = one.side { line += "  \(side.rawValue)" }
            for note in one.notes { line += "\n      \(isChinese ? note.text.chinese : note.text.english)" }
            try StandardOutput.print(line)
        }
    }

    /// `87 = depth 95, form 80, tempo 100, symmetry 60`.
    private static func scores(_ one: Repetition, isChinese: Bool) -> String {
        let names =
            isChinese ? ["深度", "姿势", "节奏", "对称"] : ["depth", "form", "tempo", "symmetry"]
        let parts = [one.parts.depth, one.parts.form, one.parts.tempo, one.parts.symmetry]
        let texts = zip(names, parts).compactMap { name, part in
            part.map { "\(name) \(fixed(100 * $0, decimals: 0))" }
        }
        return "\(fixed(one.score, decimals: 0)) = \(texts.joined(separator: ", "))"
    }

    /// The numbers of the people of a film; those without one by their place.
    static func people(of film: [PoseDocument]) -> [Int] {
        var people: Set<Int> = []
        for document in film {
            for (index, pose) in document.poses.enumerated() { people.insert(pose.track?.id ?? index) }
        }
        return people.sorted()
    }

    /// Counts what one person does.
    static func count(_ exercise: Exercise, _ film: [PoseDocument], person: Int) -> RepetitionCounter {
        var counter = RepetitionCounter(exercise)
        for document in film {
            guard let frame = document.frame else { continue }
            let pose = document.poses.enumerated().first { ($0.element.track?.id ?? $0.offset) == person }
            counter.add(
                pose?.element,
                at: frame.time,
                imageWidth: document.imageWidth,
                imageHeight: document.imageHeight
            )
        }
        counter.finish()
        return counter
    }

    // MARK: - The exercise

    /// The exercise that is asked for: one that comes with the program, or one in a file.
    static func exercise(_ arguments: ParsedArguments) throws -> Exercise? {
        guard let name = arguments[MotionOptions.exercise] else { return nil }
        do {
            return try Exercise(json: json(of: name))
        } catch let error as MotionError {
            let isFile = !ExerciseCatalog.names.contains(name)
            guard error.code == .invalidExercise, isFile else { throw CommandFailure(error) }
            throw CommandFailure(.badInput, "\(name): \(error.message)")
        }
    }

    /// The definition's text.
    static func definition(_ arguments: ParsedArguments) throws -> [UInt8] {
        do {
            return try json(of: arguments[MotionOptions.exercise] ?? "squat")
        } catch let error as MotionError {
            throw CommandFailure(error)
        }
    }

    private static func json(of name: String) throws -> [UInt8] {
        let path = FilePath(text: name)
        guard !ExerciseCatalog.names.contains(name), path.fileExtension.lowercased() == "json" else {
            return try ExerciseCatalog.definition(named: name)
        }
        let contents: FileContents
        do throws(SystemError) {
            contents = try FileSystem.contents(of: path, limit: 1 << 20)
        } catch {
            throw CommandFailure(.noInput, "'\(path)' cannot be read: \(error.reason).")
        }
        guard let bytes = contents.bytes else {
            throw CommandFailure(
                .badInput,
                "'\(path)' has more than 1 MiB; a definition of an exercise is expected."
            )
        }
        return bytes
    }
}
