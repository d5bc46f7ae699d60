// SPDX-License-Identifier: Apache-2.0

import CPoseMicroHTTPD
import PoseSystem
import Synchronization

/// One daemon of libmicrohttpd with one epoll thread, from its start to its stop.
///
/// A request runs through the callbacks several times on that thread: once with its head, once for each piece of its body,
/// once at its end, where the connection is suspended while a task makes the answer, and once more when it is resumed to
/// send the answer.
final class MicroHTTPDaemon: Sendable {
    /// The library's name and version.
    static var library: String { unsafe "libmicrohttpd " + String(cString: MHD_get_version()) }

    /// Most bytes of a request's line and headers.
    static let headByteCount = 65_536

    let context: ServerContext

    @safe private struct State: @unchecked Sendable {
        // The library may be told to quiesce and stop from any thread; the mutex makes it one at a time.
        var daemon: OpaquePointer?
        var isQuiesced = false
    }

    private let state: Mutex<State>

    /// Starts a daemon on a socket, which it closes at its end.
    ///
    /// - Parameters:
    ///   - socket: the socket.
    ///   - tls: what it shows of itself when it speaks TLS.
    ///   - context: what the callbacks share.
    /// - Throws: ``HTTPServerError``.
    init(socket: ListeningSocket, tls: TLSIdentity?, context: ServerContext) throws(HTTPServerError) {
        self.context = context
        LibraryReply.install()
        let flags =
            MHD_USE_EPOLL.rawValue | MHD_USE_INTERNAL_POLLING_THREAD.rawValue
            | MHD_ALLOW_SUSPEND_RESUME.rawValue | MHD_ALLOW_UPGRADE.rawValue
            | (socket.isIPv6 ? MHD_USE_IPv6.rawValue : 0)
            // Without TLS, the library need not end the sending direction before it tells that it closes a connection.
            | (tls == nil ? MHD_USE_TURBO.rawValue : MHD_USE_TLS.rawValue)
        // Kept alive by this daemon, which stops before it goes.
        let closure = unsafe Unmanaged.passUnretained(context).toOpaque()
        let accessCallback: MHD_AccessHandlerCallback = unsafe access
        let options = unsafe Self.options(socket, context.limits, closure)
        let daemon = unsafe Self.withTLSOptions(tls) { tlsOptions in
            unsafe withVaList(tlsOptions + options) { list in
                unsafe MHD_start_daemon_va(flags, 0, nil, nil, accessCallback, closure, list)
            }
        }
        guard let daemon = unsafe daemon else {
            close(socket.descriptor)
            throw HTTPServerError(
                .systemFailure,
                tls == nil || MHD_is_feature_supported(.FEATURE_TLS) == .YES
                    ? "libmicrohttpd could not start: memory or threads are exhausted."
                    : "This system's libmicrohttpd was built without TLS."
            )
        }
        state = unsafe Mutex(State(daemon: daemon))
    }

    /// Lends the options that TLS needs, as long as the library reads them: while it starts.
    private static func withTLSOptions<R>(_ tls: TLSIdentity?, _ body: ([any CVarArg]) -> R) -> R {
        guard let tls else { return body([]) }
        return unsafe String(decoding: tls.keyPEM, as: UTF8.self).withCString { key in
            unsafe String(decoding: tls.certificatePEM, as: UTF8.self).withCString { certificate in
                unsafe tlsVersions.withCString { versions in
                    body([
                        option(.HTTPS_MEM_KEY), Int(bitPattern: key),
                        option(.HTTPS_MEM_CERT), Int(bitPattern: certificate),
                        option(.HTTPS_PRIORITIES), Int(bitPattern: versions),
                    ])
                }
            }
        }
    }

    /// GnuTLS's own choice of ciphers, and no version that browsers have given up (RFC 8996).
    private static let tlsVersions = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

    private static func options(
        _ socket: ListeningSocket,
        _ limits: HTTPServerLimits,
        _ closure: UnsafeMutableRawPointer
    ) -> [any CVarArg] {
        let lineCallback: RequestLine = unsafe requestLine
        let completedCallback: MHD_RequestCompletedCallback = unsafe completed
        let connectionCallback: MHD_NotifyConnectionCallback = unsafe connectionChanged
        let unescapeCallback: Unescape = unsafe keepEscapes
        var options: [any CVarArg] = unsafe [
            option(.LISTEN_SOCKET), socket.descriptor,
            // A few more than may stay: of those that are too many, the monitor closes idle ones.
            option(.CONNECTION_LIMIT), CUnsignedInt(limits.connectionCount + 16),
            // Heads beyond this are answered by 431; bodies pass through in pieces of this size.
            option(.CONNECTION_MEMORY_LIMIT), headByteCount,
            option(.CONNECTION_MEMORY_INCREMENT), 16384,
            option(.CONNECTION_TIMEOUT), timeout(limits),
            // The library's own strictness closes connections without an answer; heads are checked here.
            option(.STRICT_FOR_CLIENT), CInt(0),
            option(.URI_LOG_CALLBACK), unsafeBitCast(lineCallback, to: Int.self), Int(bitPattern: closure),
            option(.NOTIFY_COMPLETED), unsafeBitCast(completedCallback, to: Int.self),
            Int(bitPattern: closure),
            option(.NOTIFY_CONNECTION), unsafeBitCast(connectionCallback, to: Int.self),
            Int(bitPattern: closure),
            option(.UNESCAPE_CALLBACK), unsafeBitCast(unescapeCallback, to: Int.self),
            Int(bitPattern: closure),
        ]
        if let count = limits.connectionCountPerAddress {
            options += [option(.PER_IP_CONNECTION_LIMIT), CUnsignedInt(count)]
        }
        return options + [option(.END)]
    }

    /// Seconds after which the library closes an idle connection.
    private static func timeout(_ limits: HTTPServerLimits) -> CUnsignedInt {
        CUnsignedInt(max(1, limits.patience.components.seconds))
    }

    /// Another number of seconds, for connections that have had a request; see `pose_set_timeout`.
    static func timeoutWhileAnswering(_ limits: HTTPServerLimits) -> CUnsignedInt { timeout(limits) + 1 }

    /// From now on each answer is the last one of its connection.
    func closeAfterAnswers() { context.isClosing.store(true, ordering: .relaxed) }

    /// Closes the listening socket.
    func stopAccepting() {
        closeAfterAnswers()
        state.withLock { state in
            guard let daemon = unsafe state.daemon, !state.isQuiesced else { return }
            state.isQuiesced = true
            let descriptor = unsafe MHD_quiesce_daemon(daemon)
            if descriptor >= 0 { close(descriptor) }
        }
    }

    /// Closes every connection and waits for the threads.
    func stop() {
        stopAccepting()
        // The library aborts when it is stopped with suspended connections, and closes upgraded ones under their user.
        context.unfinished.abandonAll()
        context.webSockets.stop()
        let daemon = state.withLock { state in
            defer { unsafe state.daemon = nil }
            return unsafe Stopping(daemon: state.daemon)
        }
        if let daemon = unsafe daemon.daemon { unsafe MHD_stop_daemon(daemon) }
        context.monitor.stop()
    }
}

private typealias RequestLine =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
    UnsafeMutableRawPointer?

private typealias Unescape =
    @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<CChar>?) -> Int

// Holds the daemon between the lock and the call that ends it; nobody else has it any more.
@safe private struct Stopping: @unchecked Sendable {
    var daemon: OpaquePointer?
}

private func option(_ option: MHD_OPTION) -> CUnsignedInt { option.rawValue }
