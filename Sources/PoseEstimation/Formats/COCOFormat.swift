// SPDX-License-Identifier: Apache-2.0

extension ResultFormat {
    /// COCO keypoint results, 17 points in pixels.
    public static let coco = ResultFormat(
        name: "coco",
        summary: "COCO keypoint results, 17 points in pixels",
        fileExtension: "json",
        mediaType: "application/json",
        sharesDocument: true,
        makeEncoder: { COCOEncoder() }
    )
}

/// Writes an array of COCO keypoint results, one a person.
struct COCOEncoder: ResultEncoder {
    private var identifiers = COCOImageIdentifiers()
    private var hasResults = false

    mutating func encode(_ record: PoseDocument) -> [UInt8] {
        guard !record.poses.isEmpty else { return [] }
        var writer = JSONWriter()
        record.writeCOCO(image: identifiers.identifier(of: record), into: &writer)
        let separator = hasResults ? ",\n" : "[\n"
        hasResults = true
        return Array(separator.utf8) + writer.bytes
    }

    mutating func end() -> [UInt8] {
        identifiers.summarize()
        return Array((hasResults ? "\n]\n" : "[]\n").utf8)
    }

    func document(_ record: PoseDocument) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { record.writeCOCO(image: COCOImageIdentifier(of: record), into: &$0) }
        return writer.bytes
    }

    mutating func takeWarnings() -> [String] { identifiers.takeWarnings() }
}

extension PoseDocument {
    /// The 17 COCO keypoints, in COCO's order.
    ///
    /// Source: COCO `person_keypoints` annotations, category `person`.
    private static let cocoKeypoints: [PoseLandmark] = [
        .nose, .leftEye, .rightEye, .leftEar, .rightEar, .leftShoulder, .rightShoulder, .leftElbow,
        .rightElbow, .leftWrist, .rightWrist, .leftHip, .rightHip, .leftKnee, .rightKnee, .leftAnkle,
        .rightAnkle,
    ]

    /// Writes one result a person, without the array around them.
    fileprivate func writeCOCO(image: COCOImageIdentifier, into writer: inout JSONWriter) {
        for pose in poses {
            writer.object { result in
                switch image {
                case .number(let number): result.member("image_id", number)
                case .text(let text): result.member("image_id", text)
                }
                result.member("category_id", 1)
                // As PoseTrack's files have it.
                if let track = pose.track { result.member("track_id", track.id) }
                result.key("keypoints")
                result.array { numbers in
                    for keypoint in Self.cocoKeypoints {
                        let point = pose[keypoint]
                        numbers.value(point.x * Float(imageWidth))
                        numbers.value(point.y * Float(imageHeight))
                        numbers.value(point.visibility)
                    }
                }
                result.member("score", Self.cocoScore(of: pose))
            }
        }
    }

    /// A number that ranks people, as COCO's evaluation wants it: the landmark network's own score is near 1 for
    /// everybody who is reported at all.
    ///
    /// A detection's score times the mean score of its keypoints is the custom of two-stage estimators.
    /// Source: Xiao et al. 2018, "Simple Baselines for Human Pose Estimation and Tracking", section 4.1.
    private static func cocoScore(of pose: Pose) -> Float {
        let sum = cocoKeypoints.reduce(0) { $0 + pose[$1].visibility }
        return pose.detectionScore * sum / Float(cocoKeypoints.count)
    }
}
