// SPDX-License-Identifier: Apache-2.0

import PosePrivacy

// What PosePrivacy's article shows.

func hideFaces(in photo: [UInt8]) throws -> [UInt8]? {
    let anonymizer = PhotoAnonymizer(models: try FaceModels())
    let result = try anonymizer.anonymize(photo)
    for doubt in result.doubts { print(doubt.code.rawValue) }
    // Nothing where somebody's head was not found: `result.refusal` says why.
    return result.bytes
}
