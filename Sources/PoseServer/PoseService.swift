// SPDX-License-Identifier: Apache-2.0

import HTTPService
public import PoseEstimation

/// What the service is told at its start.
public struct PoseServiceConfiguration: Sendable {
    /// The landmark network for requests that name none.
    public var complexity: ModelComplexity = .full
    /// Threads in all; every core unless told.
    public var threadCount: Int?
    /// Most bytes of a request's body.
    public var maxUploadBytes: Int = 20_000_000
    /// Most pixels of a picture.
    public var maxPixelCount: Int = 50_000_000
    /// Where the models are.
    public var store = ModelStore()

    /// Makes the default configuration.
    public init() {}
}
