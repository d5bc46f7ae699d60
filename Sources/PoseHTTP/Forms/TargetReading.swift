// SPDX-License-Identifier: Apache-2.0

/// Reading of a request's target, for checks without a connection.
package enum TargetReading {
    /// What a target asks for.
    ///
    /// - Parameter target: what stands between the method and the version: `/v1/pose?mask=true`.
    /// - Returns: the path's segments and the query's parameters; `nil` when it is no target.
    package static func parts(
        of target: String
    ) -> (path: String, segments: [String], query: [(name: String, value: String)])? {
        RequestTarget(target).map { ($0.path, $0.segments, $0.query) }
    }
}
