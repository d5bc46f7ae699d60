// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseMotion

/// What a client may want to know before it asks: version, models, limits, and the parameters with a control on its pages.
struct ServiceInfo {
    var configuration: PoseServiceConfiguration

    /// One JSON object.
    ///
    /// - Parameter streamCount: how many streams there are at the moment.
    /// - Returns: UTF-8 in one line.
    func json(streamCount: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { info in
            info.member("version", PoseVersion.current)
            info.member("schema", PoseDocument.schema)
            info.key("models")
            info.array { models in
                for complexity in ModelComplexity.allCases {
                    models.object { model in
                        model.member("complexity", complexity.rawValue)
                        model.member("name", complexity.modelName)
                        let files = [ModelCatalog.detector, ModelCatalog.landmarks(complexity)]
                        model.member("available", files.allSatisfy(configuration.store.hasFile))
                    }
                }
            }
            info.key("formats")
            info.array { formats in for format in ResultFormat.allCases { formats.value(format.name) } }
            info.key("pictures")
            info.array { types in
                for format in ImageFormat.readable
                where configuration.defaults.pictureFormats?.contains(format) ?? true {
                    types.value(format.mediaType)
                }
            }
            info.member("features") { features in
                features.member("tls", configuration.isEncrypted)
                features.member("token", configuration.tokens != nil)
                features.member("cross_origin", !configuration.allowedOrigins.isEmpty)
                features.member("streams", configuration.maxStreams > 0)
            }
            info.member("limits") { limits in
                limits.member("upload_bytes", configuration.maxUploadBytes)
                limits.member("pixels", configuration.defaults.maxPixelCount)
                limits.member("time_seconds", (configuration.defaults.timeLimit ?? .zero) / .seconds(1))
            }
            info.member("live") { live in
                live.member("streams", streamCount)
                live.member("max_streams", configuration.maxStreams)
                live.member("frame_bytes", configuration.frameByteCount)
                live.member("idle_seconds", configuration.live.idle / .seconds(1))
                Self.writeExercises(into: &live)
                Self.writeParameters(of: .livePage, into: &live)
            }
            Self.writeParameters(of: .page, into: &info)
        }
        return writer.bytes
    }

    /// Names, titles and the measure to draw of every exercise that can be counted.
    private static func writeExercises(into info: inout JSONWriter) {
        info.key("exercises")
        info.array { list in
            for exercise in ExerciseCatalog.names.compactMap({ try? ExerciseCatalog.exercise(named: $0) }) {
                list.object { item in
                    item.member("name", exercise.name)
                    item.member("title") { title in
                        title.member("en", exercise.title.english)
                        title.member("zh", exercise.title.chinese)
                    }
                    item.member("kind", exercise.kind.rawValue)
                    item.member("measure", exercise.chartedAngle)
                }
            }
        }
    }

    private static func writeParameters(of place: Parameter.Places, into info: inout JSONWriter) {
        info.key("parameters")
        info.array { parameters in
            for parameter in AnalysisParameters.parameters(for: place) {
                parameters.object { item in
                    item.member("name", parameter.name)
                    item.member("help", parameter.help)
                    if case .choices(let words) = parameter.completion, parameter.valueName != nil {
                        item.key("choices")
                        item.array { for word in words { $0.value(word) } }
                    }
                    item.key("schema")
                    ParameterDescription.writeSchema(parameter, into: &item)
                }
            }
        }
    }
}
