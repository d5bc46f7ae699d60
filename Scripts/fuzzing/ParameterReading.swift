// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseHTTP

/// Reads a request's target, and its query as the parameters of each place that takes some.
func readParameters(_ bytes: [UInt8]) {
    guard let target = TargetReading.parts(of: "/?" + String(decoding: bytes, as: UTF8.self)) else { return }
    for place in [Parameter.Places.pose, .upload] {
        var settings = AnalysisSettings()
        do throws(ParameterError) {
            try AnalysisParameters.apply(target.query, from: place, to: &settings)
            precondition((0...100).contains(settings.options.maxPeople))
            precondition((0...1).contains(settings.options.minDetectionConfidence))
            precondition((0...1).contains(settings.options.minPresenceConfidence))
        } catch {
            precondition(error.message.utf8.count < 4096, "a message as long as its cause")
        }
    }
}
