// SPDX-License-Identifier: Apache-2.0

import PoseMedia

extension CommandFailure {
    /// The exit code of an error of a video, which names the video itself.
    init(_ error: MediaError) {
        switch error.code {
        case .notFound, .unreadable: self.init(.noInput, error.message)
        case .notVideo, .damaged, .unsupported, .tooLarge: self.init(.badInput, error.message)
        case .toolMissing, .unreachable, .timedOut: self.init(.unavailable, error.message)
        case .outputFailed: self.init(.outputFailed, error.message)
        case .invalidOption: self.init(.usage, error.message)
        default: self.init(.internalError, error.message)
        }
    }
}
