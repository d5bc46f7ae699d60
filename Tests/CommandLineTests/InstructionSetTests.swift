// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference
import PoseTestSupport
import Testing

/// The whole program, from a file to its JSON, under each instruction set that this machine has.
@Suite("Command line: instruction sets", .serialized) struct InstructionSetTests {
    private struct Document: Decodable {
        struct Image: Decodable { var width, height: Float }
        struct Point: Decodable { var x, y, z, visibility: Float }
        struct Person: Decodable {
            var landmarks: [Point]
            var world_landmarks: [Point]
        }
        var image: Image
        var people: [Person]
    }

    /// Farthest that an instruction set may put a landmark from where the best one does.
    ///
    /// Each rounds sums in another order, and the heatmap refinement amplifies the last bits.
    private static let largestPixels: Float = 0.5
    private static let largestMetres: Float = 0.005

    private func people(_ photo: String, capped level: InstructionSet?) async throws -> Document {
        let program = try TestProgram()
        try program.place(photo, as: photo)
        let cap = level.map { ["POSE_MAX_ISA": $0.rawValue] } ?? [:]
        let run = try await program.pose(
            "image",
            photo,
            "--json",
            "-",
            "--no-timing",
            "--max-people",
            "3",
            environment: cap
        )
        #expect(run.code == 0, "\(level?.rawValue ?? "best"): \(run.errors)")
        return try JSONDecoder().decode(Document.self, from: run.output)
    }

    @Test(arguments: InstructionSet.runnable)
    func landmarksAreWhereTheBestInstructionSetPutsThem(level: InstructionSet) async throws {
        for photo in ["astronaut.png", "bus.jpg"] {
            let best = try await people(photo, capped: nil)
            let found = try await people(photo, capped: level)
            #expect(!best.people.isEmpty)
            try #require(found.people.count == best.people.count, "\(photo)")
            for (person, expected) in zip(found.people, best.people) {
                #expect(person.landmarks.count == 33)
                for (a, b) in zip(person.landmarks, expected.landmarks) {
                    let x = (a.x - b.x) * best.image.width
                    let y = (a.y - b.y) * best.image.height
                    #expect(abs(x) < Self.largestPixels && abs(y) < Self.largestPixels, "\(photo)")
                    #expect(abs(a.visibility - b.visibility) < 0.01, "\(photo)")
                }
                for (a, b) in zip(person.world_landmarks, expected.world_landmarks) {
                    let distance = max(abs(a.x - b.x), abs(a.y - b.y), abs(a.z - b.z))
                    #expect(distance < Self.largestMetres, "\(photo)")
                }
            }
        }
    }

    @Test(arguments: InstructionSet.runnable)
    func theCapIsHeeded(level: InstructionSet) async throws {
        let info = try await TestProgram().pose("info", environment: ["POSE_MAX_ISA": level.rawValue])
        #expect(info.code == 0)
        #expect(info.lines.contains { $0.hasPrefix("instruction set:  \(level.rawValue) ") }, "\(info.text)")
    }
}
