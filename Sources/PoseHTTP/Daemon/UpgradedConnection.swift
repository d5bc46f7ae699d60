// SPDX-License-Identifier: Apache-2.0

import CPoseLibraryReplies
import CPoseMicroHTTPD
import PoseSystem

/// A connection on its way from the library to the WebSockets' thread.
final class UpgradedConnection {
    private let context: ServerContext
    private let id: ConnectionMonitor.ID
    private let upgrade: WebSocketUpgrade

    private init(_ exchange: Exchange, _ upgrade: WebSocketUpgrade) {
        context = exchange.context
        id = exchange.id
        self.upgrade = upgrade
    }

    /// Queues the answer to a handshake; once it is sent, the connection changes hands.
    static func queue(
        _ response: HTTPResponse,
        _ upgrade: WebSocketUpgrade,
        of exchange: Exchange,
        on connection: OpaquePointer
    ) -> MHD_Result {
        let itself = UpgradedConnection(exchange, upgrade)
        exchange.upgraded = itself
        exchange.context.monitor.tell(exchange.id, .sending(byteCount: 0))
        let built = unsafe MHD_create_response_for_upgrade(
            { itself, connection, _, early, earlyCount, socket, handle in
                guard let itself = unsafe itself, let handle = unsafe handle else { return }
                // With TLS the WebSocket has one end of a pair, and the client's socket, on which the library has just allowed
                // delays, is nobody else's to set.
                unsafe sendWithoutDelay(mhd_connection_socket(connection))
                let early = unsafe UnsafeRawBufferPointer(start: early, count: early == nil ? 0 : earlyCount)
                unsafe Unmanaged<UpgradedConnection>.fromOpaque(itself).takeUnretainedValue()
                    .handOver(socket: socket, early: [UInt8](early), UpgradeHandle(pointer: handle))
            },
            // The exchange keeps it until the connection is closed.
            Unmanaged.passUnretained(itself).toOpaque()
        )
        guard let built = unsafe built else { return .NO }
        defer { unsafe MHD_destroy_response(built) }
        for (name, value) in response.headers {
            _ = unsafe MHD_add_response_header(built, name, value)
        }
        return unsafe pose_queue_response(connection, CUnsignedInt(response.status), built) == 1 ? .YES : .NO
    }

    private func handOver(socket: CInt, early: [UInt8], _ handle: UpgradeHandle) {
        // A server that stops waits for the monitor first, and then for the WebSockets that are there.
        defer { context.monitor.tell(id, .upgraded) }
        context.webSockets.take(descriptor: socket, early: early, upgrade: upgrade) {
            _ = unsafe mhd_close_upgraded(handle.pointer)
        }
    }
}

/// The library's record of a connection that it has given away.
///
/// The library allows it to be closed from any thread, once, and keeps it until then.
@safe private struct UpgradeHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// Lets what is written go out at once: the system would hold a small piece until the one before is acknowledged, which
/// clients put off by up to 40 ms.
func sendWithoutDelay(_ socket: CInt) {
    var isOn: CInt = 1
    let size = socklen_t(MemoryLayout<CInt>.size)
    _ = unsafe setsockopt(socket, CInt(IPPROTO_TCP), CInt(TCP_NODELAY), &isOn, size)
}
