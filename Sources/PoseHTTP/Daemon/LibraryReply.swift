// SPDX-License-Identifier: Apache-2.0

import CPoseGnuTLS
import CPoseLibraryReplies
import CPoseMicroHTTPD
import PoseSystem

/// What is answered to requests that the library cannot read, so that no handler and no middleware gets them.
enum LibraryReply {
    /// The refusal for a status that the library has chosen.
    static func refusal(_ status: Int) -> Refusal {
        switch status {
        case 413:
            Refusal(
                status: 413,
                code: "body_too_large",
                message: "The length of the body, or of one of its chunks, is more than any server takes."
            )
        case 414:
            Refusal(
                status: 414,
                code: "target_too_long",
                message:
                    "The request line is longer than the \(MicroHTTPDaemon.headByteCount) bytes that this server takes."
            )
        case 431:
            Refusal(
                status: 431,
                code: "headers_too_large",
                message:
                    "The headers are longer than the \(MicroHTTPDaemon.headByteCount) bytes that this server takes."
            )
        case 505:
            Refusal(
                status: 505,
                code: "unknown_version",
                message: "This server speaks HTTP/1.0 and HTTP/1.1 only."
            )
        // 500 is what the library says of a line in a chunked body that fits no buffer.
        default:
            Refusal(
                status: 400,
                code: "malformed_request",
                message:
                    "The request is not HTTP/1.1: its first line, a header or a chunk of its body is damaged."
            )
        }
    }

    /// Answers in place of the library from now on.
    static func install() {
        unsafe pose_replace_library_replies { connection, status in
            guard let connection = unsafe connection, let status = unsafe status,
                let closure = unsafe mhd_connection_context(connection)
            else { return nil }
            let context = unsafe Unmanaged<ServerContext>.fromOpaque(closure).takeUnretainedValue()
            let refusal = LibraryReply.refusal(unsafe Int(status.pointee))
            unsafe status.pointee = CUnsignedInt(refusal.status)
            let id = UInt(bitPattern: connection)
            context.logLibraryRefusal(
                status: refusal.status,
                id: id,
                peer: unsafe peerAddress(of: connection)
            )
            // The client may still be sending; it would lose the answer when the socket is closed with unread bytes.
            context.monitor.linger(id)
            context.monitor.tell(id, .sending(byteCount: 0))
            let response = LibraryReply.response(
                refusal,
                unsafe LibraryReply.languages(connection),
                in: context
            )
            if unsafe !LibraryReply.hasUnreadableLength(connection) {
                return unsafe LibraryReply.built(response)
            }
            // After its own answer to such a length the library goes on with the request and answers twice. So the answer is
            // sent past it, and the connection closed.
            unsafe LibraryReply.send(response, on: connection)
            unsafe status.pointee = 0
            return nil
        }
    }

    /// Answers what the library closes a connection for without a word: a first line that has no blank, or ends in the middle.
    ///
    /// - Parameters:
    ///   - connection: a connection about to be closed, without TLS, on which nothing was answered.
    ///   - context: its server's.
    static func answerWhatWasNoRequest(_ connection: OpaquePointer, in context: ServerContext) {
        let socket = unsafe mhd_connection_socket(connection)
        // The end of the stream counts as a byte.
        let hasEnded = ConnectionMonitor.happened(ConnectionState.hangUp, socket)
        guard pose_received_byte_count(socket) > (hasEnded ? 1 : 0) else { return }
        let refusal = refusal(400)
        let id = UInt(bitPattern: connection)
        context.logLibraryRefusal(status: refusal.status, id: id, peer: unsafe peerAddress(of: connection))
        unsafe send(response(refusal, "", in: context), on: connection)
        context.monitor.linger(id)
    }

    private static func response(
        _ refusal: Refusal,
        _ languages: String,
        in context: ServerContext
    ) -> HTTPResponse {
        let told = context.application.refusingUnreadable(refusal.response, languages)
        var response = SecurityHeaders.added(to: told)
        if let error = response.error { response.write(.standard(error)) }
        response.headers.append(("Connection", "close"))
        return response
    }

    private static func built(_ response: HTTPResponse) -> OpaquePointer? {
        let count = response.body.count
        let built = unsafe response.body.withUnsafeBytes { bytes in
            let start = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            return unsafe MHD_create_response_from_buffer(count, start, .RESPMEM_MUST_COPY)
        }
        guard let built = unsafe built else { return nil }
        for (name, value) in response.headers { _ = unsafe MHD_add_response_header(built, name, value) }
        return unsafe built
    }

    /// The languages that the client likes, where the header was read before what cannot be.
    private static func languages(_ connection: OpaquePointer) -> String {
        let value = unsafe MHD_lookup_connection_value(connection, .HEADER_KIND, "Accept-Language")
        return unsafe value.map { unsafe String(cString: $0) } ?? ""
    }

    /// Whether the request has a `Content-Length` that is no number, or none that fits 64 bits.
    private static func hasUnreadableLength(_ connection: OpaquePointer) -> Bool {
        let length = unsafe MHD_lookup_connection_value(connection, .HEADER_KIND, "Content-Length")
        guard let length = unsafe length else { return false }
        return unsafe UInt64(String(cString: length)) == nil
    }

    /// Sends as much of a response as the system takes at once, which is all of a small one.
    private static func send(_ response: HTTPResponse, on connection: OpaquePointer) {
        let reason = unsafe MHD_get_reason_phrase_for(CUnsignedInt(response.status)).map {
            unsafe String(cString: $0)
        }
        var head = "HTTP/1.1 \(response.status) \(reason ?? "")\r\nContent-Length: \(response.body.count)\r\n"
        for (name, value) in response.headers { head += "\(name): \(value)\r\n" }
        let bytes = Array((head + "\r\n").utf8) + response.body
        if let session = unsafe mhd_tls_session(connection) {
            _ = unsafe gnutls_record_send(OpaquePointer(session), bytes, bytes.count)
        } else {
            let socket = unsafe mhd_connection_socket(connection)
            _ = unsafe PoseSystem.send(
                socket,
                bytes,
                bytes.count,
                SocketFlags.immediatelyWithoutSignal
            )
        }
    }
}

extension ServerContext {
    /// Writes a line about a request that the library refused.
    fileprivate func logLibraryRefusal(status: Int, id: ConnectionMonitor.ID, peer: String) {
        let mark = end(on: id) ?? RequestMark(number: nextNumber(), target: "-")
        let target = PrintableText.escaped(String(mark.target.prefix(200)))
        log("#\(mark.number) \(peer) - \(target) \(status) refused by \(MicroHTTPDaemon.library)")
    }
}
