// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseHTTP
import PoseMotion
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
                "complexity", "max-people", "search", "smooth", "subject", "exercise",
            ]
        )
        #expect(controls[4]["choices"] as? [String] == ["largest", "center", "first"])
        #expect(controls[5]["choices"] as? [String] == ExerciseCatalog.names)
    }

    @Test func everyParameterOfTheTableIsInTheAPIDescription() async throws {
        let document = await fakeService().respond(to: .get("/openapi.json")).object
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        let operations: [(path: String, method: String, place: Parameter.Places)] = [
            ("/v1/pose", "post", .pose), ("/upload", "post", .upload), ("/v1/live", "get", .live),
            ("/v1/sessions", "post", .live),
        ]
        for (path, method, place) in operations {
            let listed = try #require(paths[path]?[method]?["parameters"] as? [[String: Any]])
            #expect(
                listed.compactMap { $0["name"] as? String }
                    == AnalysisParameters.parameters(for: place).map(\.name)
            )
        }
    }

    @Test func streamsAndTheirLimitsAreDescribed() async throws {
        let service = fakeService(configure: { $0.maxStreams = 3 })
        let live = try #require(await service.respond(to: .get("/v1/info")).object["live"] as? [String: Any])
        #expect(live["streams"] as? Int == 0 && live["max_streams"] as? Int == 3)
        #expect(live["frame_bytes"] as? Int == 8_000_000 && live["idle_seconds"] as? Double == 60)

        let document = await service.respond(to: .get("/openapi.json")).object
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        func statuses(_ path: String, _ method: String) -> Set<String>? {
            (paths[path]?[method]?["responses"] as? [String: Any]).map { Set($0.keys) }
        }
        #expect(statuses("/v1/live", "get") == ["101", "400", "401", "403", "426", "503"])
        #expect(statuses("/v1/sessions", "post") == ["201", "400", "401", "403", "503"])
        #expect(
            statuses("/v1/sessions/{id}/frames", "post")?.isSuperset(of: ["200", "404", "409", "413"]) == true
        )
        #expect(statuses("/v1/sessions/{id}", "delete") == ["204", "401", "403", "404"])
        let parameters = try #require(paths["/v1/live"]?["get"]?["parameters"] as? [[String: Any]])
        let defaults = Dictionary(
            uniqueKeysWithValues: parameters.compactMap { parameter -> (String, String)? in
                guard let name = parameter["name"] as? String,
                    let text = (parameter["schema"] as? [String: Any])?["default"] as? String
                else { return nil }
                return (name, text)
            }
        )
        #expect(defaults["smooth"] == "live" && defaults["subject"] == nil)
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
