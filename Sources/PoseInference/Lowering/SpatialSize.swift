// SPDX-License-Identifier: Apache-2.0

/// Height and width of a tensor `[1, height, width, channels]`.
struct SpatialSize: Sendable {
    let height: Int
    let width: Int

    var pixels: Int { height * width }

    init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    init(_ shape: [Int]) {
        self.init(height: shape[1], width: shape[2])
    }
}
