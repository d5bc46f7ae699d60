// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation

/// Tells whether a record goes on with the one before it, or begins another film or an earlier moment of this one.
struct StreamOrder: Sendable {
    private var source: String?
    private(set) var time = Duration.zero

    /// Takes the next record.
    ///
    /// - Parameter record: the record.
    /// - Returns: whether what was remembered of those before it still holds.
    mutating func goesOn(with record: PoseDocument) -> Bool {
        let next = record.frame?.time ?? .zero
        defer { (source, time) = (record.source, next) }
        return source == record.source && next >= time
    }
}
