// SPDX-License-Identifier: Apache-2.0

/// One model file that this program knows: its name and what its bytes must be.
public struct CatalogModel: Sendable, Hashable {
    /// The file's name: `pose_landmark_full.tflite`.
    public let fileName: String
    /// The file's size.
    public let byteCount: Int
    /// SHA-256 of the file, 64 lower-case hexadecimal digits.
    public let sha256: String
    /// What it is for, in a few words.
    public let purpose: String

    /// The file's name without its extension, as results give it.
    public var name: String { String(fileName.prefix { $0 != "." }) }
}

/// The model files of MediaPipe 0.10.21 that this program runs, pinned byte for byte.
///
/// All are Apache-2.0, by Google; NOTICE has their origin.
public enum ModelCatalog {
    /// Finds people.
    public static let detector = CatalogModel(
        fileName: "pose_detection.tflite",
        byteCount: 2_959_046,
        sha256: "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        purpose: "finds people"
    )

    /// Finds faces up to about five metres away; the network of ``FaceRange/full``.
    public static let faceFullRange = CatalogModel(
        fileName: "face_detection_full_range_sparse.tflite",
        byteCount: 676_746,
        sha256: "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
        purpose: "finds faces"
    )

    /// Finds faces up to about two metres away; the network of ``FaceRange/short``.
    public static let faceShortRange = CatalogModel(
        fileName: "face_detection_short_range.tflite",
        byteCount: 229_714,
        sha256: "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
        purpose: "finds near faces"
    )

    /// Places landmarks on one person.
    public static func landmarks(_ complexity: ModelComplexity) -> CatalogModel {
        switch complexity {
        case .lite:
            CatalogModel(
                fileName: "pose_landmark_lite.tflite",
                byteCount: 2_819_824,
                sha256: "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
                purpose: "landmarks, complexity 0"
            )
        case .full:
            CatalogModel(
                fileName: "pose_landmark_full.tflite",
                byteCount: 6_440_512,
                sha256: "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
                purpose: "landmarks, complexity 1"
            )
        case .heavy:
            CatalogModel(
                fileName: "pose_landmark_heavy.tflite",
                byteCount: 27_709_200,
                sha256: "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
                purpose: "landmarks, complexity 2"
            )
        }
    }

    /// Every known file.
    public static let all =
        [detector] + ModelComplexity.allCases.map(landmarks) + [faceFullRange, faceShortRange]
}
