// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseTestSupport

/// Documents of any content that can be written.
enum RandomDocument {
    static func make(_ generator: inout SeededGenerator) -> PoseDocument {
        let sources = ["a.jpg", "-", "", "v1/000001.jpg", "漢字 \"é\"\\\n\u{1}😀.png", "a,b;c"]
        return PoseDocument(
            source: sources.randomElement(using: &generator) ?? "",
            frame: Bool.random(using: &generator) ? frame(&generator) : nil,
            imageWidth: Int.random(in: 1...70_000, using: &generator),
            imageHeight: Int.random(in: 1...70_000, using: &generator),
            orientation: Int.random(in: 1...8, using: &generator),
            complexity: ModelComplexity.allCases.randomElement(using: &generator) ?? .full,
            modelSHA256: "e9a5c5cb",
            timing: Bool.random(using: &generator) ? timing(&generator) : nil,
            poses: (0..<Int.random(in: 0...3, using: &generator)).map { _ in pose(&generator) }
        )
    }

    private static func frame(_ generator: inout SeededGenerator) -> PoseFrame {
        let states: [PoseFrame.State?] = [nil, .detected, .tracked, PoseFrame.State(rawValue: "lost")]
        return PoseFrame(
            index: Int.random(in: 0...Int.max, using: &generator)
                >> Int.random(in: 0...62, using: &generator),
            time: .nanoseconds(
                Int64.random(in: -4_000_000_000_000...4_000_000_000_000_000_000, using: &generator)
            ),
            state: states.randomElement(using: &generator) ?? nil
        )
    }

    private static func timing(_ generator: inout SeededGenerator) -> PoseDocument.Timing {
        func milliseconds() -> Double {
            Int.random(in: 0..<20, using: &generator) == 0
                ? .nan : Double.random(in: 0...5000, using: &generator)
        }
        return PoseDocument.Timing(
            decode: milliseconds(),
            detect: milliseconds(),
            landmark: milliseconds(),
            total: milliseconds()
        )
    }

    private static func pose(_ generator: inout SeededGenerator) -> Pose {
        Pose(
            score: number(&generator),
            detectionScore: number(&generator),
            box: NormalizedBox(
                x: number(&generator),
                y: number(&generator),
                width: number(&generator),
                height: number(&generator)
            ),
            regionOfInterest: RegionOfInterest(
                centerX: number(&generator),
                centerY: number(&generator),
                width: number(&generator),
                height: number(&generator),
                rotationRadians: number(&generator)
            ),
            landmarks: (0..<33).map { _ in
                Landmark(
                    x: number(&generator),
                    y: number(&generator),
                    z: number(&generator),
                    visibility: number(&generator),
                    presence: number(&generator)
                )
            },
            worldLandmarks: (0..<33).map { _ in
                WorldLandmark(
                    x: number(&generator),
                    y: number(&generator),
                    z: number(&generator),
                    visibility: number(&generator),
                    presence: number(&generator)
                )
            }
        )
    }

    /// Mostly a fraction, sometimes any pattern of bits at all.
    private static func number(_ generator: inout SeededGenerator) -> Float {
        Int.random(in: 0..<8, using: &generator) == 0
            ? Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &generator))
            : Float.random(in: -2...2, using: &generator)
    }
}
