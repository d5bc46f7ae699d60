// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation
package import PoseMotion
package import PoseRendering

extension StreamExercise.Progress {
    /// Writes the member `exercise` of a person, as `Docs/motion.md` describes it.
    ///
    /// - Parameters:
    ///   - exercise: what is counted.
    ///   - writer: gets the member, within the person's object.
    package func write(_ exercise: Exercise, into writer: inout JSONWriter) {
        writer.member("exercise") { writer in
            writer.member("name", exercise.name)
            writer.member("phase", state.phase.rawValue)
            writer.key("progress")
            if let progress = state.progress {
                writer.value(NumberText.rounded(progress))
            } else {
                writer.null()
            }
            writer.member("count", state.count)
            writer.member("partial", state.partialCount)
            if exercise.kind == .hold {
                writer.member("held_seconds", NumberText.rounded(state.heldSeconds))
            }
            writer.key("feedback")
            writer.array { list in
                for text in state.feedback {
                    list.object { item in
                        item.member("en", text.english)
                        item.member("zh", text.chinese)
                    }
                }
            }
            writer.key("events")
            writer.array { list in
                for event in events {
                    list.object { item in
                        item.member("kind", event.isWhole ? "repetition" : "partial")
                        event.repetition.writeMembers(into: &item)
                    }
                }
            }
        }
    }

    /// What a frame shows of it: the counter, the state, what to say, and how deep.
    ///
    /// - Parameters:
    ///   - exercise: what is counted.
    ///   - words: the language of what is written.
    /// - Returns: a panel.
    package func panel(_ exercise: Exercise, in words: PanelWords = .english) -> FigureText.Panel {
        let isHold = exercise.kind == .hold
        let held = Int((state.heldSeconds * 10).rounded())
        let number = isHold ? words.seconds("\(held / 10).\(held % 10)") : "\(state.count)"
        var lines = [words.phases[state.phase] ?? state.phase.rawValue]
        if state.partialCount > 0 { lines[0] += words.partial(state.partialCount) }
        lines += state.feedback.map(words.text)
        return FigureText.Panel(
            person: person,
            title: FigureText.drawable("\(words.text(exercise.title)) \(number)"),
            lines: lines.map(FigureText.drawable),
            gauge: isHold ? nil : state.progress ?? 0
        )
    }
}

extension FigureText {
    /// A text in characters that can be drawn: others are question marks.
    static func drawable(_ text: String) -> String {
        canDraw(text) ? text : String(text.map { canDraw(String($0)) ? $0 : "?" })
    }
}

/// What is written on the frames of a film.
struct FilmText {
    private let settings: AnalysisSettings
    private let words: PanelWords
    private var exercise: StreamExercise?

    init(_ settings: AnalysisSettings) {
        self.settings = settings
        words = settings.exercise.map { PanelWords(for: $0, in: settings.language) } ?? .english
        exercise = settings.exercise.map(StreamExercise.init)
    }

    /// The text of the next frame.
    mutating func text(of record: PoseDocument) -> FigureText {
        var text = settings.figureText(of: record)
        if let kind = settings.exercise, let progress = exercise?.add(record) {
            text.panels = progress.map { $0.panel(kind, in: words) }
        }
        return text
    }
}

/// Writes `pose/1` lines with what each person does in them.
struct ExerciseEncoder: ResultEncoder {
    var additions: RecordAdditions

    mutating func encode(_ record: PoseDocument) -> [UInt8] {
        additions.json(of: record) + [UInt8(ascii: "\n")]
    }

    func document(_ record: PoseDocument) -> [UInt8] {
        var additions = additions
        return additions.json(of: record)
    }
}

/// What the records of a stream have beside landmarks: angles, what each person does, skeletons.
package struct RecordAdditions: Sendable {
    private let angles: AngleOutput?
    private var exercise: StreamExercise?
    private var skeletons: StreamSkeletons?

    /// Takes what is asked for.
    ///
    /// - Parameter settings: what is asked for.
    package init(_ settings: AnalysisSettings) {
        angles = settings.hasAngles ? AngleOutput(settings) : nil
        exercise = settings.exercise.map(StreamExercise.init)
        skeletons = settings.hasSkeleton ? StreamSkeletons() : nil
    }

    /// Forgets everybody.
    package mutating func reset() {
        exercise?.reset()
        if skeletons != nil { skeletons = StreamSkeletons() }
    }

    /// The next record as `pose/1`.
    ///
    /// - Parameters:
    ///   - record: the record.
    ///   - members: writes members in front of the record's own.
    /// - Returns: one line, without a line break.
    package mutating func json(
        of record: PoseDocument,
        adding members: (inout JSONWriter) -> Void = { _ in }
    ) -> [UInt8] {
        let progress = exercise?.add(record)
        let bodies = skeletons?.add(record)
        return record.json(
            adding: members,
            toPerson: { person, writer in
                angles?.write(person, of: record, into: &writer)
                if let exercise, let progress { progress[person].write(exercise.exercise, into: &writer) }
                bodies?[person]?.write(into: &writer)
            }
        )
    }
}
