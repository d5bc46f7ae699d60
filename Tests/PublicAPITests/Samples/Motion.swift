// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion

// What PoseMotion's article shows.

func countSquats(_ film: [PoseDocument]) throws -> Int {
    var counter = RepetitionCounter(try ExerciseCatalog.exercise(named: "squat"))
    for frame in film {
        counter.add(
            frame.poses.first,
            at: frame.frame?.time ?? .zero,
            imageWidth: frame.imageWidth,
            imageHeight: frame.imageHeight
        )
    }
    counter.finish()
    return counter.repetitions.count
}
