// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseMotion
import PoseRendering
import PoseTestSupport
import Testing

/// Angles of a photo of a real person, in every place where they are written.
@Suite struct AngleOutputTests {
    private func analysis(
        _ convention: AngleConvention,
        of name: String = "bus.jpg",
        isChecked: Bool = false
    ) throws -> (PhotoAnalysis, AnalysisSettings) {
        var settings = AnalysisSettings()
        try AnalysisParameters.apply(
            [(isChecked ? "angles-check" : "angles", "true")],
            from: .pose,
            to: &settings
        )
        settings.angleConvention = convention
        settings.hasTiming = false
        let analyzer = PhotoAnalyzer(models: ModelCache(store: Media.models))
        return (
            try analyzer.analyze(Media.bytes(name), source: "a.png", settings: settings), settings
        )
    }

    private struct Person: Decodable {
        struct Angles: Decodable {
            struct Joint: Decodable {
                var name: String
                var source: String?
                var picture, space: Value?

                private enum CodingKeys: String, CodingKey {
                    case name, source
                    case picture = "2d"
                    case space = "3d"
                }
            }
            struct Value: Decodable {
                var degrees, error: Double
                var shift: Double?
                var validity: String
            }
            var convention: String
            var view: String?
            var turn: Double?
            var joints: [Joint]
        }
        var angles: Angles
    }
    private struct Record: Decodable { var people: [Person] }

    @Test("JSON, table and figure have the library's angles", arguments: AngleConvention.allCases)
    func everywhereTheSame(convention: AngleConvention) throws {
        let (analysis, settings) = try analysis(convention)
        let document = analysis.document
        let pose = try #require(document.poses.first)
        let angles = PoseAngles(of: pose, imageWidth: document.imageWidth, imageHeight: document.imageHeight)
        let bytes = document.encoded(as: try #require(settings.shaped(.pose)))
        let person = try #require(JSONDecoder().decode(Record.self, from: Data(bytes)).people.first)
        #expect(person.angles.convention == convention.rawValue)
        #expect(person.angles.view == angles.view?.direction.rawValue)
        #expect(person.angles.joints.map(\.name) == JointAngle.allCases.map(\.name))
        let csv = document.encoded(as: try #require(settings.shaped(.csv)))
        let rows = String(decoding: csv, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(rows.count == 1 + document.poses.count && rows[0].count == rows[1].count)
        var measured = 0
        for (joint, item) in zip(JointAngle.allCases, person.angles.joints) {
            for (source, value) in [(AngleMeasurement.Source.picture, item.picture), (.space, item.space)] {
                let expected = angles.measurement(of: joint, in: source)
                #expect((value == nil) == (expected == nil), "\(joint) \(source)")
                let column = try #require(rows[0].firstIndex(of: "angle_\(joint.name)_\(source.rawValue)"))
                guard let value, let expected else {
                    #expect(rows[1][column] == "")
                    continue
                }
                measured += 1
                let degrees = convention.value(ofInterior: expected.degrees, joint)
                #expect(abs(value.degrees - degrees) < 0.001 && value.validity == expected.validity.rawValue)
                #expect(abs(value.error - expected.expectedError) < 0.001)
                #expect(abs(try #require(Double(rows[1][column])) - degrees) < 0.01)
            }
            #expect(item.source == angles[joint]?.source.rawValue)
        }
        #expect(measured > 0, "something of somebody who stands can be measured")
        let labels = analysis.text.labels
        #expect(labels.count == JointAngle.allCases.count { $0.place != nil && angles[$0] != nil })
    }

    @Test("angles that are checked have wider bands, and say by how much, in JSON and the table")
    func checked() throws {
        func people(_ isChecked: Bool) throws -> ([Person.Angles.Joint], [[String]]) {
            let (analysis, settings) = try analysis(.interior, isChecked: isChecked)
            let json = analysis.document.encoded(as: try #require(settings.shaped(.pose)))
            let csv = analysis.document.encoded(as: try #require(settings.shaped(.csv)))
            let rows = String(decoding: csv, as: UTF8.self).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            return (try JSONDecoder().decode(Record.self, from: Data(json)).people[0].angles.joints, rows)
        }
        let (plain, plainRows) = try people(false)
        let (checked, rows) = try people(true)
        #expect(rows[0].count == plainRows[0].count + JointAngle.allCases.count)
        #expect(rows[1].count == rows[0].count)
        var sum = 0.0
        for (before, after) in zip(plain, checked) {
            for (one, other) in [(before.picture, after.picture), (before.space, after.space)] {
                guard let one, let other else { continue }
                let shift = try #require(other.shift)
                sum += shift
                #expect(one.shift == nil && one.degrees == other.degrees && one.validity == other.validity)
                #expect(abs(other.error - min(one.error + shift, 90)) < 0.11, "\(before.name)")
            }
            let column = try #require(rows[0].firstIndex(of: "angle_\(after.name)_shift"))
            let best = after.source == "2d" ? after.picture : after.space
            #expect(abs((Double(rows[1][column]) ?? 0) - (best?.shift ?? 0)) < 0.06)
        }
        #expect(sum > 1, "no picture gives the same numbers when it is shifted")
    }

    @Test("what is not in the picture has no angle, and no number")
    func notMeasurable() throws {
        let (analysis, settings) = try analysis(.interior, of: "astronaut.png")
        let bytes = analysis.document.encoded(as: try #require(settings.shaped(.pose)))
        let person = try #require(JSONDecoder().decode(Record.self, from: Data(bytes)).people.first)
        let knees = person.angles.joints.filter { $0.name.hasSuffix("knee") }
        #expect(
            knees.count == 2 && knees.allSatisfy { $0.source == nil && $0.picture == nil && $0.space == nil }
        )
    }

    @Test("records with angles are read back, and plain ones are as before")
    func readBack() throws {
        let (analysis, settings) = try analysis(.interior)
        let document = analysis.document
        let bytes = document.encoded(as: try #require(settings.shaped(.pose)))
        #expect(try PoseDocument(json: bytes) == document)
        #expect(AnalysisSettings().shaped(.pose) == .pose)
        #expect(bytes.count > document.encoded(as: .pose).count)
        #expect(settings.shaped(.coco) == nil && settings.shaped(.openpose) == nil)
    }

    @Test("a run goes on with a table that has angles, and not with one that has none")
    func resuming() throws {
        let (analysis, settings) = try analysis(.interior)
        let angled = try #require(settings.shaped(.csv))
        var encoder = angled.makeEncoder()
        let table = encoder.begin() + encoder.encode(analysis.document)
        var reader = try #require(angled.makeSourceReader())
        reader.append(table)
        reader.finish()
        #expect(try reader.next() == "a.png")
        var plain = try #require(ResultFormat.csv.makeSourceReader())
        plain.append(table)
        plain.finish()
        #expect(throws: PoseError.self) { try plain.next() }
    }

    @Test("the figure differs by its values")
    func figure() throws {
        let (analysis, _) = try analysis(.interior)
        var bare = analysis
        bare.text = .init()
        let format = DrawingFormat.svg
        let text = String(
            decoding: try analysis.annotatedFile(style: .classic, format: format),
            as: UTF8.self
        )
        let without = String(decoding: try bare.annotatedFile(style: .classic, format: format), as: UTF8.self)
        #expect(text.contains("class=\"text\"") && !without.contains("class=\"text\""))
        #expect(
            try analysis.annotatedFile(style: .classic, format: .png)
                != bare.annotatedFile(style: .classic, format: .png)
        )
    }
}
