// SPDX-License-Identifier: Apache-2.0

import PoseEstimation

extension CommandFailure {
    /// The exit code of an error of the library.
    init(_ error: PoseError) {
        switch error.code {
        case .modelMissing, .modelInvalid: self.init(.unavailable, error.message)
        case .invalidOption: self.init(.usage, error.message)
        case .malformedResult: self.init(.badInput, error.message)
        case .outputFailed: self.init(.outputFailed, error.message)
        default: self.init(.internalError, error.message)
        }
    }
}
