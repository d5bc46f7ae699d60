// SPDX-License-Identifier: Apache-2.0

package import PoseEstimation

extension RepetitionCounter {
    /// What the record of an exercise says it is.
    public static let schema = "pose-motion/1"

    /// The record of what was counted: one line of JSON without a line break.
    ///
    /// - Parameters:
    ///   - source: the film's name.
    ///   - person: which person of the film.
    /// - Returns: `pose-motion/1`, as `Docs/motion.md` describes it.
    public func json(source: String, person: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", Self.schema)
            writer.member("source", source)
            writer.member("person", person)
            writer.member("exercise", exercise.name)
            writer.member("count", repetitions.count)
            if exercise.countsSides {
                writer.member("sides") { writer in
                    for side in BodySide.allCases { writer.member(side.rawValue, count(of: side)) }
                }
            }
            if exercise.kind == .hold {
                let held = repetitions.compactMap(\.heldSeconds).reduce(0, +)
                writer.member("held_seconds", NumberText.rounded(held))
            }
            writer.key("repetitions")
            writer.array { writer in for one in repetitions { writer.object(one.writeMembers) } }
            writer.member("partial", partialRepetitions.count)
            writer.key("partial_repetitions")
            writer.array { writer in for one in partialRepetitions { writer.object(one.writeMembers) } }
        }
        return writer.bytes
    }
}

extension Repetition {
    /// Writes the members of a repetition, as `Docs/motion.md` describes them.
    ///
    /// - Parameter writer: gets the members, within an object.
    package func writeMembers(into writer: inout JSONWriter) {
        writer.member("start", NumberText.rounded(start))
        writer.member("end", NumberText.rounded(end))
        writer.member("depth", NumberText.rounded(depth))
        writer.member("score", NumberText.rounded(score, 1))
        writer.member("parts") { writer in
            let all = [
                ("depth", parts.depth), ("form", parts.form), ("tempo", parts.tempo),
                ("symmetry", parts.symmetry),
            ]
            for (name, part) in all {
                if let part { writer.member(name, NumberText.rounded(part)) }
            }
        }
        if let side { writer.member("side", side.rawValue) }
        if let heldSeconds { writer.member("held_seconds", NumberText.rounded(heldSeconds)) }
        writer.key("notes")
        writer.array { writer in
            for note in notes {
                writer.object { writer in
                    writer.member("check", note.name)
                    writer.member("en", note.text.english)
                    writer.member("zh", note.text.chinese)
                }
            }
        }
    }
}
