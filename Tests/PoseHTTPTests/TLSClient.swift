// SPDX-License-Identifier: Apache-2.0

import CPoseGnuTLS
import Foundation
import PoseHTTP
import PoseTestSupport

/// A failure of the client's side of TLS.
struct TLSClientError: Error, CustomStringConvertible {
    var description: String

    init(_ code: CInt) { description = String(cString: gnutls_strerror(code)) }
}

/// The client's side of TLS on a connection to this machine, by GnuTLS; its calls block, so use it inside `onThread`.
final class TLSClient {
    private let client: RawClient
    private var session: gnutls_session_t?
    private var credentials: gnutls_certificate_credentials_t?

    /// Connects and shakes hands.
    ///
    /// - Parameters:
    ///   - port: the server's port.
    ///   - trusting: certificates in PEM of which one must vouch for the server.
    ///   - host: the name or address that the server's certificate must be for.
    ///   - priorities: versions and ciphers, in the words of GnuTLS.
    ///   - timeout: seconds after which a call that gets no byte gives up.
    /// - Throws: `POSIXError` when nobody listens, ``TLSClientError`` when the handshake fails.
    init(
        port: UInt16,
        trusting: [UInt8],
        host: String = "localhost",
        priorities: String = "NORMAL",
        timeout: Int = 60
    ) throws {
        client = try RawClient(port: port, timeout: timeout)
        try check(gnutls_certificate_allocate_credentials(&credentials))
        var pem = trusting
        let added = pem.withUnsafeMutableBufferPointer { buffer in
            var datum = gnutls_datum_t(data: buffer.baseAddress, size: CUnsignedInt(buffer.count))
            return gnutls_certificate_set_x509_trust_mem(credentials, &datum, GNUTLS_X509_FMT_PEM)
        }
        try check(added)
        try check(gnutls_init(&session, CUnsignedInt(GNUTLS_CLIENT.rawValue)))
        try check(gnutls_priority_set_direct(session, priorities, nil))
        try check(
            gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials))
        )
        // The host is kept as long as the session: the library holds the pointer.
        hostName = strdup(host)
        gnutls_session_set_verify_cert(session, hostName, 0)
        gnutls_transport_set_int2(session, client.descriptor, client.descriptor)
        try check(gnutls_handshake(session))
    }

    private var hostName: UnsafeMutablePointer<CChar>?

    deinit {
        if let session { gnutls_deinit(session) }
        if let credentials { gnutls_certificate_free_credentials(credentials) }
        free(hostName)
    }

    private func check(_ status: CInt) throws {
        if status < 0 { throw TLSClientError(status) }
    }

    /// `TLS1.3`, for example.
    var version: String { String(cString: gnutls_protocol_get_name(gnutls_protocol_get_version(session))) }

    /// The SHA-256 of the certificate that the server showed: `A1:B2:…`.
    var serverFingerprint: String {
        var count: CUnsignedInt = 0
        guard let list = gnutls_certificate_get_peers(session, &count), count > 0 else { return "" }
        var digest = [UInt8](repeating: 0, count: 32)
        var size = digest.count
        gnutls_fingerprint(GNUTLS_DIG_SHA256, list, &digest, &size)
        return digest.map { String(format: "%02X", $0) }.joined(separator: ":")
    }

    /// Sends bytes.
    ///
    /// - Returns: whether the other side took all of them.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                gnutls_record_send(session, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends text.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Ends the sending direction, as TLS does it.
    func finishSending() { gnutls_bye(session, GNUTLS_SHUT_WR) }

    private func receiveSome(_ limit: Int = 65536) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: limit)
        while true {
            let count = gnutls_record_recv(session, &piece, piece.count)
            if count == Int(GNUTLS_E_AGAIN) || count == Int(GNUTLS_E_INTERRUPTED) { return nil }
            return count > 0 ? Array(piece[..<count]) : nil
        }
    }

    /// Receives so many bytes, or fewer when the other side ends.
    func receive(exactly count: Int) -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count, let piece = receiveSome(count - all.count) { all += piece }
        return all
    }

    /// Receives until the other side ends.
    func receiveAll() -> [UInt8] {
        var all: [UInt8] = []
        while let piece = receiveSome() { all += piece }
        return all
    }

    /// Receives one response with a `Content-Length`.
    func receiveResponse() -> RawResponse? {
        var bytes: [UInt8] = []
        while true {
            if let response = RawResponse(bytes) {
                let expected = Int(response.headers["content-length"] ?? "0") ?? 0
                if response.body.count >= expected { return response }
            }
            guard let piece = receiveSome() else { return nil }
            bytes += piece
        }
    }

    /// Receives the head of a response alone.
    func receiveHead() -> String {
        var bytes: [UInt8] = []
        while !bytes.ends(with: Array("\r\n\r\n".utf8)), let byte = receiveSome(1) { bytes += byte }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
