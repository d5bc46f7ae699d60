// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import PoseSystem

/// One program that frames are sent to, and what became of them.
final class SendingTarget {
    /// What it gets.
    enum Form {
        case vmc, vrchat, json
    }

    let form: Form
    private let place: HostAndPort
    private let option: String
    private let socket: DatagramSocket
    private var outcomes: [DatagramSocket.Outcome: Int] = [:]
    private var warnings: [String] = []

    /// Opens its socket.
    ///
    /// - Parameters:
    ///   - form: what it gets.
    ///   - place: where it is.
    ///   - option: the option that named it, as messages call it.
    /// - Throws: `CommandFailure` when the host is not known, or cannot be sent to.
    init(_ form: Form, to place: HostAndPort, called option: String) throws(CommandFailure) {
        (self.form, self.place, self.option) = (form, place, option)
        do throws(DatagramSocket.Failure) {
            socket = try DatagramSocket(to: place)
        } catch {
            switch error {
            case .unresolved(let words):
                throw CommandFailure(
                    .unavailable,
                    "\(option): no address of '\(place.host)' is known (\(words)). Give a host's name or its IP address."
                )
            case .unreachable(let error):
                throw CommandFailure(
                    .unavailable,
                    "\(option): nothing can be sent to \(place) (\(error.reason)). Is this machine in its network?"
                )
            }
        }
    }

    /// Sends what it gets of a frame.
    func send(_ record: PoseDocument, _ skeleton: LiveSkeleton?, at seconds: Double) {
        switch form {
        case .vmc: for datagram in VMCEncoder().datagrams(skeleton, at: seconds) { send(datagram) }
        case .vrchat: for datagram in VRChatEncoder().datagrams(skeleton) { send(datagram) }
        case .json: send(record.encoded(as: .pose))
        }
    }

    private func send(_ datagram: [UInt8]) {
        let outcome = socket.send(datagram)
        let count = outcomes[outcome, default: 0]
        outcomes[outcome] = count + 1
        guard count == 0 else { return }
        switch outcome {
        case .sent, .dropped: break
        case .refused: warnings.append("\(option): nothing listens at \(place) yet; sending goes on.")
        case .tooLarge:
            warnings.append(
                "\(option): a frame has \(datagram.count) bytes, and a datagram at most \(DatagramSocket.mostBytes): "
                    + "such frames are left out. Ask for fewer people with --max-people."
            )
        case .failed(let error):
            warnings.append("\(option): \(place) cannot be reached now (\(error.reason)); sending goes on.")
        }
    }

    /// Takes what should be known, each once.
    func takeWarnings() -> [String] {
        defer { warnings = [] }
        return warnings
    }

    /// How much did not go out; `nil` when all did.
    var losses: String? {
        let total = outcomes.values.reduce(0, +)
        // A refusal is of the datagram before, and what was sent instead of it went out.
        let lost = total - outcomes[.sent, default: 0] - outcomes[.refused, default: 0]
        let refused = outcomes[.refused, default: 0]
        if lost > 0 { return "\(option): \(lost) of \(total) datagrams did not go out." }
        return refused > 0 ? "\(option): \(refused) of \(total) datagrams were refused at \(place)." : nil
    }
}
