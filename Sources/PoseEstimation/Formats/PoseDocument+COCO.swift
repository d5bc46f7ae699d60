// SPDX-License-Identifier: Apache-2.0

extension PoseDocument {
    /// The 17 COCO keypoints, in COCO's order.
    ///
    /// Source: COCO `person_keypoints` annotations, category `person`.
    private static let cocoKeypoints: [PoseLandmark] = [
        .nose, .leftEye, .rightEye, .leftEar, .rightEar, .leftShoulder, .rightShoulder, .leftElbow,
        .rightElbow, .leftWrist, .rightWrist, .leftHip, .rightHip, .leftKnee, .rightKnee, .leftAnkle,
        .rightAnkle,
    ]

    /// Writes an array of COCO keypoint results, one a person.
    func writeCOCO(into writer: inout JSONWriter) {
        writer.array { writeCOCOResults(into: &$0) }
    }

    /// Writes the results alone, so that those of many pictures can share one array.
    package func writeCOCOResults(into writer: inout JSONWriter) {
        for pose in poses {
            writer.object { result in
                if let number = Self.cocoImageNumber(stem: sourceStem) {
                    result.member("image_id", number)
                } else {
                    result.member("image_id", sourceStem)
                }
                result.member("category_id", 1)
                result.key("keypoints")
                result.array { numbers in
                    for keypoint in Self.cocoKeypoints {
                        let point = pose[keypoint]
                        numbers.value(point.x * Float(imageWidth))
                        numbers.value(point.y * Float(imageHeight))
                        numbers.value(point.visibility)
                    }
                }
                result.member("score", pose.score)
            }
        }
    }

    /// The source's last component without its extension.
    package var sourceStem: String {
        let name = source.split(separator: "/").last.map(String.init) ?? source
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// The number of a COCO picture: `000000000785`, or `COCO_val2014_000000000192` as in the older sets.
    private static func cocoImageNumber(stem: String) -> Int? {
        var digits = Substring(stem)
        if stem.hasPrefix("COCO_"), let underscore = stem.lastIndex(of: "_") {
            digits = stem[stem.index(after: underscore)...]
        }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits)
    }
}
