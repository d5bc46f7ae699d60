// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

extension MotionScore {
    /// What the record of a score says it is.
    public static let schema = "pose-score/1"

    /// The record of a score: one line of JSON without a line break.
    ///
    /// - Parameters:
    ///   - source: the film's name.
    ///   - person: which person of the film.
    ///   - reference: the reference's name.
    /// - Returns: `pose-score/1`, as `Docs/motion.md` describes it.
    public func json(source: String, person: Int, reference: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", Self.schema)
            writer.member("source", source)
            writer.member("person", person)
            writer.member("reference", reference)
            writer.member("score", NumberText.rounded(total, 1))
            writer.member("duration", NumberText.rounded(duration))
            writer.member("reference_duration", NumberText.rounded(referenceDuration))
            writer.key("limbs")
            writer.array { writer in
                for limb in limbs {
                    writer.object { writer in
                        writer.member("limb", limb.limb.rawValue)
                        writer.member("score", NumberText.rounded(limb.score, 1))
                        writer.member("difference", NumberText.rounded(limb.difference, 1))
                        writer.member("joints") { writer in
                            for joint in limb.limb.joints {
                                if let degrees = limb.joints[joint] {
                                    writer.member(joint.name, NumberText.rounded(degrees, 1))
                                }
                            }
                        }
                    }
                }
            }
            if let worst {
                writer.member("worst") { writer in
                    writer.member("limb", worst.limb.rawValue)
                    writer.member("joint", worst.joint.name)
                    writer.member("time", NumberText.rounded(worst.time))
                    writer.member("reference_time", NumberText.rounded(worst.referenceTime))
                    writer.member("degrees", NumberText.rounded(worst.degrees, 1))
                    writer.member("reference_degrees", NumberText.rounded(worst.referenceDegrees, 1))
                }
            }
        }
        return writer.bytes
    }
}
