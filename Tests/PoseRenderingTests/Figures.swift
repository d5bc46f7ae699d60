// SPDX-License-Identifier: Apache-2.0

import PoseImaging
import PoseEstimation

/// A pose with every landmark hidden, but for those named.
func figure(_ shown: [PoseLandmark: (x: Float, y: Float)], visibility: Float = 1) -> Pose {
    let landmarks = PoseLandmark.allCases.map { landmark in
        guard let point = shown[landmark] else {
            return Landmark(x: 0.5, y: 0.5, z: 0, visibility: 0, presence: 0)
        }
        return Landmark(x: point.x, y: point.y, z: 0, visibility: visibility, presence: 1)
    }
    return pose(landmarks)
}

/// Somebody standing, seen from the front, all 33 landmarks visible, at a height of about 0.9 of the picture.
func standing(centerX: Float = 0.5, scale: Float = 1) -> Pose {
    // x offsets are the person's own left, which is the picture's right; heights from the top.
    let half: [(PoseLandmark, PoseLandmark, Float, Float)] = [
        (.leftEyeInner, .rightEyeInner, 0.01, 0.09), (.leftEye, .rightEye, 0.02, 0.09),
        (.leftEyeOuter, .rightEyeOuter, 0.03, 0.09), (.leftEar, .rightEar, 0.05, 0.1),
        (.mouthLeft, .mouthRight, 0.02, 0.14), (.leftShoulder, .rightShoulder, 0.1, 0.22),
        (.leftElbow, .rightElbow, 0.14, 0.36), (.leftWrist, .rightWrist, 0.16, 0.48),
        (.leftPinky, .rightPinky, 0.17, 0.52), (.leftIndex, .rightIndex, 0.16, 0.53),
        (.leftThumb, .rightThumb, 0.15, 0.51), (.leftHip, .rightHip, 0.07, 0.5),
        (.leftKnee, .rightKnee, 0.08, 0.7), (.leftAnkle, .rightAnkle, 0.08, 0.9),
        (.leftHeel, .rightHeel, 0.07, 0.93), (.leftFootIndex, .rightFootIndex, 0.1, 0.95),
    ]
    var points: [PoseLandmark: (x: Float, y: Float)] = [.nose: (centerX, 0.11 * scale)]
    for (left, right, x, y) in half {
        points[left] = (centerX + x * scale, y * scale)
        points[right] = (centerX - x * scale, y * scale)
    }
    return figure(points)
}

/// A pose of 33 landmarks with nothing else of interest.
func pose(_ landmarks: [Landmark]) -> Pose {
    Pose(
        score: 1,
        detectionScore: 1,
        box: NormalizedBox(x: 0, y: 0, width: 1, height: 1),
        regionOfInterest: RegionOfInterest(
            centerX: 0.5,
            centerY: 0.5,
            width: 1,
            height: 1,
            rotationRadians: 0
        ),
        landmarks: landmarks,
        worldLandmarks: []
    )
}

/// A picture of one colour, with every byte set.
func plain(_ width: Int, _ height: Int, red: UInt8 = 40, green: UInt8 = 90, blue: UInt8 = 60) -> ImageBuffer {
    var image = ImageBuffer(width: width, height: height)
    image.withUnsafeMutableBytes { bytes in
        for (index, value) in [blue, green, red, 0].enumerated() {
            for offset in stride(from: index, to: bytes.count, by: 4) { bytes[offset] = value }
        }
    }
    return image
}

/// Every byte of a picture.
func bytes(of image: ImageBuffer) -> [UInt8] {
    image.withUnsafeBytes { Array($0) }
}

/// A colour to compare a pixel with.
struct RGB: Equatable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    static let red = RGB(255, 0, 0)
    static let white = RGB(255, 255, 255)
    static let black = RGB(0, 0, 0)
    static let orange = RGB(255, 138, 0)
    static let turquoise = RGB(0, 217, 231)
    static let paper = RGB(40, 90, 60)
}

extension ImageBuffer {
    func colour(_ x: Int, _ y: Int) -> RGB {
        let pixel = self[x, y]
        return RGB(pixel.red, pixel.green, pixel.blue)
    }
}
