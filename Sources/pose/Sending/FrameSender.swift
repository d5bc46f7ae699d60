// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseImaging
import PoseMotion
import PoseSystem

/// Sends each frame of a run to the programs that the command line names, and nothing to anybody else.
///
/// Nothing that a receiver does or leaves undone ends a run or holds it up.
final class FrameSender {
    private var targets: [SendingTarget]
    private let height: Double?
    private var follower: SkeletonFollower?
    private var pace: SendingPace?
    private let isPaced: Bool

    /// Opens the sockets; `nil` when nothing is to be sent.
    ///
    /// - Parameters:
    ///   - arguments: the command line.
    ///   - isPaced: whether frames are sent at the times that their film gives them, and not as soon as they are there.
    /// - Throws: ``UsageError`` for options that do not go together, `CommandFailure` for a host that is not known.
    init?(_ arguments: ParsedArguments, isPaced: Bool) throws {
        self.isPaced = isPaced
        height = arguments[SendingOptions.height]
        targets = []
        let places = [
            (SendingOptions.vmc, SendingTarget.Form.vmc), (SendingOptions.vrchat, .vrchat),
            (SendingOptions.udp, .json),
        ]
        for (option, form) in places {
            guard let place = arguments[option] else { continue }
            let spelling = option.specification.spelling
            targets.append(try SendingTarget(form, to: place, called: spelling))
        }
        if height != nil, !targets.contains(where: { $0.form != .json }) {
            throw UsageError("--height is for a skeleton that is sent: add --vmc HOST or --vrchat HOST.")
        }
        guard !targets.isEmpty else { return nil }
    }

    /// Begins a film or stream.
    func begin() {
        follower = try? SkeletonFollower(height: height)
        pace = isPaced ? SendingPace() : nil
    }

    /// Sends a frame.
    ///
    /// - Parameters:
    ///   - record: what was found in it.
    ///   - token: ends the wait for the frame's time early.
    func send(_ record: PoseDocument, cancellation token: CancellationToken) {
        let time = record.frame?.time ?? .zero
        pace?.wait(for: time, cancellation: token)
        guard token.reason == nil else { return }
        let needsSkeleton = targets.contains { $0.form != .json }
        let skeleton = needsSkeleton ? follower?.next(record) : nil
        for target in targets { target.send(record, skeleton, at: time / .seconds(1)) }
    }

    /// Takes what should be known of the sending, each once.
    func takeWarnings() -> [String] { targets.flatMap { $0.takeWarnings() } }

    /// What should be known at the end.
    func closingWarnings() -> [String] { takeWarnings() + targets.compactMap(\.losses) }
}
