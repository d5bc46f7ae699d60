// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseReference

/// `pose-bench people TRUTH`: how many of the people in labelled pictures are found, and what it costs.
enum PeopleCommand {
    /// What one way of searching found on all pictures.
    private struct Score {
        var right = 0
        var wrong = 0
        var people = 0
        var milliseconds: [Double] = []
    }

    static func run(_ arguments: BenchArguments) throws {
        var arguments = arguments
        let directory = try arguments.text("--pictures") ?? ".media"
        let threadCount = try arguments.integer("--threads", in: 1...64) ?? 2
        let rounds = try arguments.integer("--rounds", in: 1...100) ?? 3
        let store = ModelStore(directory: try arguments.text("--models-dir"))
        let lists = arguments.flag("--list")
        let complexity =
            try arguments.integer("--complexity", in: 0...2).flatMap(ModelComplexity.init) ?? .full
        let file = try arguments.positionals("TRUTH")[0]
        let truth = try JSONDecoder().decode(LabelledPictures.self, from: Data(bytes(ofFile: file)))
        let model = try PoseModel(complexity: complexity, store: store)
        var landmarker = PoseLandmarker(model: model, threadCount: threadCount)
        var scores = [Score](repeating: Score(), count: PoseSearch.allCases.count)
        for picture in truth.pictures {
            let image = try ImageDecoder.decode(bytes(ofFile: "\(directory)/\(picture.file)")).image
            let people = picture.largePeople(width: image.width, height: image.height)
            for (index, search) in PoseSearch.allCases.enumerated() {
                var options = PoseOptions()
                options.maxPeople = 0
                options.search = search
                var result = try landmarker.detect(in: image, options: options)
                for _ in 0..<rounds {
                    let clock = ContinuousClock()
                    let start = clock.now
                    result = try landmarker.detect(in: image, options: options)
                    scores[index].milliseconds.append((clock.now - start) / .milliseconds(1))
                }
                let match = PeopleMatch(
                    result.poses,
                    people,
                    picture.doubtful ?? [],
                    image.width,
                    image.height
                )
                scores[index].right += match.right
                scores[index].wrong += match.wrong
                scores[index].people += people.count
                if lists {
                    print(
                        "\(picture.file) \(search): \(match.right) of \(people.count), \(match.wrong) wrong"
                    )
                    if search == .thorough { for line in match.lines { print("    \(line)") } }
                }
            }
        }
        print("| search | people | found | recall | precision | ms a picture | times standard |")
        print("|---|---|---|---|---|---|---|")
        let base = mean(scores[0].milliseconds)
        for (search, score) in zip(PoseSearch.allCases, scores) {
            let found = score.right + score.wrong
            let fields = [
                search.rawValue, "\(score.people)", "\(score.right) and \(score.wrong) wrong",
                rounded(Double(score.right) / Double(max(1, score.people))),
                rounded(Double(score.right) / Double(max(1, found))), rounded(mean(score.milliseconds)),
                rounded(mean(score.milliseconds) / base),
            ]
            print("| \(fields.joined(separator: " | ")) |")
        }
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }

    private static func rounded(_ value: Double) -> String { String(format: "%.2f", value) }
}
