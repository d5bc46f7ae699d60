// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseEstimation
import PoseImaging
import PosePrivacy
import PoseReference

/// `pose-bench faces WITNESS`: which faces that another detector sees are left open, and what is covered for nothing.
enum FacesCommand {
    /// What one effort leaves open and covers for nothing on all pictures.
    private struct Score {
        var faces = 0
        var open = 0
        var excess: [Double] = []
        var milliseconds: [Double] = []
    }

    static func run(_ arguments: BenchArguments) throws {
        var arguments = arguments
        let directory = try arguments.text("--pictures") ?? ".media"
        let threadCount = try arguments.integer("--threads", in: 1...64) ?? 2
        let rounds = try arguments.integer("--rounds", in: 0...100) ?? 1
        let store = ModelStore(directory: try arguments.text("--models-dir"))
        let headsFile = try arguments.text("--heads")
        let output = try arguments.text("--write")
        let efforts = try efforts(arguments.text("--effort"))
        let lists = arguments.flag("--list")
        let file = try arguments.positionals("WITNESS")[0]
        let witness = try JSONDecoder().decode(WitnessedPictures.self, from: Data(bytes(ofFile: file)))
        var heads: [String: [[Float]]] = [:]
        if let headsFile {
            let labels = try JSONDecoder().decode(LabelledPictures.self, from: Data(bytes(ofFile: headsFile)))
            for picture in labels.pictures { heads[picture.file] = picture.people.compactMap(\.head) }
        }
        let models = try FaceModels(store: store)
        print("| effort | faces | left open | area covered for nothing | ms a picture |")
        print("|---|---|---|---|---|")
        for effort in efforts {
            var finder = FaceFinder(models: models, threadCount: threadCount, effort: effort)
            var score = Score()
            for picture in witness.pictures {
                var image = try ImageDecoder.decode(bytes(ofFile: "\(directory)/\(picture.file)")).image
                var found = try image.withView { try finder.find(in: $0) }
                for _ in 0..<rounds {
                    let clock = ContinuousClock()
                    let start = clock.now
                    found = try image.withView { try finder.find(in: $0) }
                    score.milliseconds.append((clock.now - start) / .milliseconds(1))
                }
                let match = try FaceMatch(
                    found.faces,
                    CoverOptions(),
                    witnessed: picture.faces,
                    heads: heads[picture.file] ?? [],
                    width: image.width,
                    height: image.height
                )
                score.faces += match.sureFaces
                score.open += match.openFaces.count
                score.excess.append(match.excess)
                if lists { list(picture.file, effort, found, match) }
                if let output {
                    try write(&image, found, to: "\(output)/\(effort.rawValue)-\(picture.file).png")
                }
            }
            let fields = [
                effort.rawValue, "\(score.faces)", "\(score.open) (\(percent(score.open, of: score.faces)))",
                String(format: "%.2f%%", 100 * mean(score.excess)),
                String(format: "%.0f", mean(score.milliseconds)),
            ]
            print("| \(fields.joined(separator: " | ")) |")
        }
    }

    private static func efforts(_ name: String?) throws(UsageError) -> [FaceSearchEffort] {
        guard let name else { return FaceSearchEffort.allCases }
        guard let effort = FaceSearchEffort(rawValue: name) else {
            throw UsageError("--effort must be quick or full, got \(name).")
        }
        return [effort]
    }

    /// A line about a picture, and one about each face and doubt.
    private static func list(
        _ file: String,
        _ effort: FaceSearchEffort,
        _ found: FoundFaces,
        _ match: FaceMatch
    ) {
        let excess = String(format: "%.2f%%", 100 * match.excess)
        print(
            "\(file) \(effort): \(match.openFaces.count) of \(match.sureFaces) open, \(excess) for nothing, "
                + "\(found.peopleCount) people"
        )
        for face in match.openFaces { print("    open \(face.map { Int($0) })") }
        for face in found.faces { print("    \(face.witness) \(describe(face))") }
        for doubt in found.doubts {
            print("    doubt \(doubt.code.rawValue) \(doubt.region.map(describe) ?? "")")
        }
    }

    private static func describe(_ face: FaceRegion) -> String {
        String(
            format: "%.2f at %.0f,%.0f size %.0f x %.0f turn %.2f",
            face.score,
            face.centerX,
            face.centerY,
            face.width,
            face.height,
            face.rotation
        )
    }

    /// Writes the picture with its covers, and with frames around them.
    private static func write(_ image: inout ImageBuffer, _ found: FoundFaces, to path: String) throws {
        try FaceCover.cover(found.faces, in: &image)
        try FaceCover.frames(around: found.faces, in: &image)
        let open = found.doubts.filter { $0.code == .openCandidate }.compactMap(\.region)
        try FaceCover.frames(around: open, in: &image, color: 0xFF8C00)
        try Data(ImageEncoder.encode(image, as: .png)).write(to: URL(filePath: path))
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        String(format: "%.1f%%", 100 * Double(part) / Double(max(1, whole)))
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }
}
