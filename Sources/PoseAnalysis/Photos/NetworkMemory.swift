// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// What of an engine's networks a piece of work needs beside the detector and the landmark network.
struct NetworkUses: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let mask = NetworkUses(rawValue: 1)
    static let search = NetworkUses(rawValue: 2)
    static let stream = NetworkUses(rawValue: 4)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// What some options need.
    init(_ options: PoseOptions, isStream: Bool) {
        self = isStream ? .stream : []
        if options.segmentationMask { insert(.mask) }
        if options.search == .thorough || !options.places.isEmpty { insert(.search) }
    }
}

/// Bytes of networks and of the memory that they work in, at most.
///
/// Growth of the resident memory of `pose serve` with AVX2 and two threads by the first request of a kind, rounded up; the file of
/// a landmark network holds half-precision weights, which are packed as twice the bytes.
enum NetworkMemory {
    private static let megabyte = 1_000_000

    /// The weights of a complexity: detector, landmarks, and what was asked for beside.
    static func weights(_ complexity: ModelComplexity, _ uses: NetworkUses) -> Int {
        let landmarks =
            switch complexity {
            case .lite: 8
            case .full: 16
            case .heavy: 62
            }
        let detector = 9
        var sum = detector + landmarks
        if uses.contains(.mask) { sum += landmarks }
        if uses.contains(.stream) { sum += detector }
        if uses.contains(.search) { sum += 3 }
        return sum * megabyte
    }

    /// What loading a complexity's file holds for a moment, beside its weights.
    static func loading(_ complexity: ModelComplexity) -> Int {
        switch complexity {
        case .lite: 6 * megabyte
        case .full: 8 * megabyte
        case .heavy: 16 * megabyte
        }
    }

    /// The weights of the two face networks.
    static let faceWeights = 4 * megabyte

    /// The memory in which both face networks work on so many threads, each of which has its own.
    static func faces(_ threadCount: Int) -> Int { threadCount * 8 * megabyte }

    /// The memory of an engine on so many threads.
    static func engine(_ threadCount: Int, _ uses: NetworkUses) -> Int {
        let networks = 10
        var sum = networks + (threadCount - 1) / 4
        if uses.contains(.mask) { sum += networks }
        if uses.contains(.stream) { sum += networks / 2 }
        if uses.contains(.search) { sum += threadCount * (networks + 2) }
        return sum * megabyte
    }
}
