// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

/// The program's version: that of the library it is built with.
enum Version {
    static let text = PoseVersion.current
}
