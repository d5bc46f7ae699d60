// SPDX-License-Identifier: Apache-2.0

/// Samples parted into some to learn and some to be tested on, those of one film on one side.
///
/// Neighbouring frames are nearly the same picture: a test on the neighbour of what was learned tells nothing.
public struct SampleSplit: Sendable {
    /// What is learned.
    public private(set) var training: [PoseSample] = []
    /// What is tested on.
    public private(set) var test: [PoseSample] = []

    /// Parts samples.
    ///
    /// Samples whose names are the same but for their last number are of one film, such as `frame__E4JICzRQz1o__0012308.jpg`. Where a
    /// film has more than a quarter of what is to be tested, it is cut into runs of neighbours.
    ///
    /// - Parameters:
    ///   - samples: all of them.
    ///   - share: how much of them is tested on, 0…1; nearly so much of each label.
    ///   - seed: which of the possible splits.
    public init(_ samples: [PoseSample], share: Double, seed: UInt64 = 0) {
        let most = max(1, Int(Double(samples.count) * share / 4))
        var generator = SplitGenerator(state: seed)
        var wanted: [String: Int] = [:]
        for sample in samples { wanted[sample.label, default: 0] += 1 }
        wanted = wanted.mapValues { Int((Double($0) * share).rounded()) }
        for run in Self.runs(samples, most: most).shuffled(using: &generator) {
            var counts: [String: Int] = [:]
            for sample in run { counts[sample.label, default: 0] += 1 }
            let useful = counts.reduce(0) { $0 + min($1.value, wanted[$1.key, default: 0]) }
            if share > 0, 2 * useful >= run.count {
                test += run
                for (label, count) in counts {
                    wanted[label, default: 0] -= min(count, wanted[label, default: 0])
                }
            } else {
                training += run
            }
        }
    }

    /// Neighbours, which stay together.
    private static func runs(_ samples: [PoseSample], most: Int) -> [[PoseSample]] {
        var films: [String: [(number: Int, sample: PoseSample)]] = [:]
        for sample in samples {
            let (stem, number) = film(sample.name)
            films[stem, default: []].append((number, sample))
        }
        return films.sorted { $0.key < $1.key }.flatMap { _, members in
            let ordered = members.sorted { $0.number < $1.number }.map(\.sample)
            let runCount = (ordered.count + most - 1) / most
            return (0..<runCount).map { run -> [PoseSample] in
                let start = run * ordered.count / runCount
                let end = (run + 1) * ordered.count / runCount
                return Array(ordered[start..<end])
            }
        }
    }

    /// A name without its suffix and the number at its end, and the number.
    static func film(_ name: String) -> (stem: String, number: Int) {
        var stem = Substring(name)
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex { stem = stem[..<dot] }
        let digits = stem.reversed().prefix { $0.isASCII && $0.isNumber }
        // What copies a file may write underscores for its blanks.
        let film = stem.dropLast(digits.count).map { $0 == " " ? "_" : $0 }
        return (String(film), Int(String(digits.reversed()).suffix(18)) ?? 0)
    }
}

/// The same numbers everywhere, so that a split can be made again.
///
/// Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix64).
private struct SplitGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// How often each label was taken for each.
public struct ConfusionTable: Sendable {
    /// The labels of rows and columns.
    public let labels: [String]
    /// Rows are what the samples are, columns what they were taken for.
    public private(set) var counts: [[Int]]

    /// Tests a classifier.
    ///
    /// - Parameters:
    ///   - classifier: what is tested.
    ///   - samples: what it has not learned.
    public init(_ classifier: PoseClassifier, on samples: [PoseSample]) {
        let labels = Set(classifier.labels).union(samples.map(\.label)).sorted()
        self.labels = labels
        counts = labels.map { _ in labels.map { _ in 0 } }
        let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        for sample in samples {
            let answer = classifier.classify(sample.embedding).label
            if let row = places[sample.label], let column = places[answer] { counts[row][column] += 1 }
        }
    }

    /// How many samples there are.
    public var count: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    /// How many were taken for what they are.
    public var correctCount: Int { labels.indices.reduce(0) { $0 + counts[$1][$1] } }
}
