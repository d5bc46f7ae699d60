// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseRendering

func drawPoses(from photo: URL, to output: URL, models: String) throws {
    let model = try PoseModel(complexity: .full, store: ModelStore(directory: models))
    var landmarker = PoseLandmarker(model: model, threadCount: 2)
    var image = try ImageDecoder.decode([UInt8](Data(contentsOf: photo))).image
    let people = try landmarker.detect(in: image).poses
    for person in people {
        print("left wrist at", person[.leftWrist].x, person[.leftWrist].y)
    }
    try SkeletonRenderer(style: .classic).draw(people, on: &image)
    try Data(ImageEncoder.encode(image, as: .jpeg)).write(to: output)
}
