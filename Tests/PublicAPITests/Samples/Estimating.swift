// SPDX-License-Identifier: Apache-2.0

// The code of the articles of PoseEstimation and PoseRendering, as `ArticleTests` finds it.

import Foundation
import PoseCodecs
import PoseEstimation
import PoseImaging
import PoseRendering

func gettingStarted(file: URL, output: URL) throws {
    let model = try PoseModel(complexity: .full)
    var landmarker = PoseLandmarker(model: model, threadCount: 2)
    let photo = try ImageDecoder.decode([UInt8](Data(contentsOf: file))).image
    for person in try landmarker.detect(in: photo).poses {
        let wrist = person[.leftWrist]
        print("left wrist at \(wrist.x), \(wrist.y), visible: \(wrist.visibility)")
    }

    var options = PoseOptions()
    options.maxPeople = 5
    options.minDetectionConfidence = 0.3
    options.segmentationMask = true
    let people = try landmarker.detect(in: photo, options: options).poses

    var picture = photo
    try SkeletonRenderer(style: .sides).draw(people, on: &picture)
    try Data(ImageEncoder.encode(picture, as: .png)).write(to: output)
}

func whenSomethingIsWrong() {
    do {
        _ = try PoseModel(complexity: .heavy, store: ModelStore(directory: "/nowhere"))
    } catch {
        print(error.message)
    }
}

func comingFromMediaPipe(file: URL, landmarker: inout PoseLandmarker) throws -> (Float, Float)? {
    let image = try ImageDecoder.decode([UInt8](Data(contentsOf: file))).image
    let pose = try landmarker.detect(in: image).poses.first
    let nose = pose.map { (x: $0[.nose].x * Float(image.width), y: $0[.nose].y * Float(image.height)) }
    let leftHipInMetres = pose?.worldLandmarks[PoseLandmark.leftHip.rawValue]
    return leftHipInMetres == nil ? nil : nose.map { ($0.x, $0.y) }
}

func models() throws {
    let store = ModelStore(directory: "/opt/my-program/models")
    for model in ModelCatalog.all {
        print(model.fileName, model.byteCount, store.status(of: model))
    }

    let added = try store.add("/home/me/Downloads/model (1).tflite")
    print("\(added.model.fileName) is at \(added.path)")
}

func loading() throws -> PoseModel {
    let model = try PoseModel(complexity: .full, store: ModelStore(directory: "/opt/my-program/models"))
    return model
}

func drawing(_ people: [Pose], on photo: ImageBuffer) throws -> ImageBuffer {
    var picture = photo
    try SkeletonRenderer(style: .classic).draw(people, on: &picture)
    return picture
}
