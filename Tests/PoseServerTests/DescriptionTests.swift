// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseHTTP
import PoseServer
import Testing

@Suite("What the server says of itself") struct DescriptionTests {
    @Test func infoNamesModelsLimitsAndTheParametersOfThePages() async throws {
        let response = await fakeService().respond(to: .get("/v1/info"))
        #expect(response.status == 200)
        let info = response.object
        #expect((info["models"] as? [[String: Any]])?.count == 3)
        let limits = try #require(info["limits"] as? [String: Any])
        #expect(limits["pixels"] as? Int == 64_000_000)
        let parameters = try #require(info["parameters"] as? [[String: Any]])
        #expect(
            parameters.compactMap { $0["name"] as? String }
                == AnalysisParameters.parameters(for: .page).map(\.name)
        )
        #expect(parameters.first?["choices"] as? [String] == ["0", "1", "2"])
        let live = try #require(info["live"] as? [String: Any])
        let controls = try #require(live["parameters"] as? [[String: Any]])
        #expect(
            controls.compactMap { $0["name"] as? String } == [
                "complexity", "max-people", "smooth", "subject",
            ]
        )
        #expect(controls.last?["choices"] as? [String] == ["largest", "center", "first"])
    }

    @Test func everyParameterOfTheTableIsInTheAPIDescription() async throws {
        let document = await fakeService().respond(to: .get("/openapi.json")).object
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        for (path, place) in [("/v1/pose", Parameter.Places.pose), ("/upload", .upload)] {
            let listed = try #require(paths[path]?["post"]?["parameters"] as? [[String: Any]])
            #expect(
                listed.compactMap { $0["name"] as? String }
                    == AnalysisParameters.parameters(for: place).map(\.name)
            )
        }
    }

    @Test func everyDefaultInTheTableIsThatOfTheSettings() throws {
        for parameter in AnalysisParameters.all {
            guard let text = parameter.defaultText, parameter.allows(text) else { continue }
            var settings = AnalysisSettings()
            try parameter.set(text, in: &settings)
            let fresh = AnalysisSettings()
            #expect(settings.complexity == fresh.complexity)
            #expect(settings.options == fresh.options)
            #expect(settings.style == fresh.style && settings.format == fresh.format)
            #expect(settings.hasTiming == fresh.hasTiming)
            #expect(settings.maxPixelCount == fresh.maxPixelCount)
        }
    }
}
