// SPDX-License-Identifier: Apache-2.0

import CPoseGnuTLS
import PoseSystem

// The one file that calls GnuTLS: certificates and keys, each an owner of the library's record.

/// A call that the library refused.
struct GnuTLSFailure: Error {
    var code: CInt

    /// The library's words.
    var reason: String { unsafe gnutls_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)" }

    /// The key's text is encrypted.
    var isEncrypted: Bool { code == GNUTLS_E_DECRYPTION_FAILED }
}

private func check(_ status: CInt) throws(GnuTLSFailure) {
    if status < 0 { throw GnuTLSFailure(code: status) }
}

/// Lends bytes to the library.
private func withDatum<R>(_ bytes: [UInt8], _ body: (inout gnutls_datum_t) -> R) -> R {
    var bytes = bytes
    return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
        var datum = unsafe gnutls_datum_t(data: buffer.baseAddress, size: CUnsignedInt(buffer.count))
        return unsafe body(&datum)
    }
}

/// Takes bytes that the library has allocated.
private func taking(
    _ body: (inout gnutls_datum_t) -> CInt
) throws(GnuTLSFailure) -> [UInt8] {
    var datum = unsafe gnutls_datum_t()
    try unsafe check(body(&datum))
    defer { unsafe pose_gnutls_free(datum.data) }
    return unsafe Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
}

/// A private key.
@safe final class PrivateKey {
    fileprivate let handle: OpaquePointer

    private init(empty: Void) throws(GnuTLSFailure) {
        var handle: OpaquePointer?
        try unsafe check(gnutls_x509_privkey_init(&handle))
        guard let handle = unsafe handle else { throw GnuTLSFailure(code: GNUTLS_E_MEMORY_ERROR) }
        unsafe self.handle = handle
    }

    deinit { unsafe gnutls_x509_privkey_deinit(handle) }

    /// Reads a key in PEM, PKCS #8 or older, without a passphrase.
    convenience init(pem: [UInt8]) throws(GnuTLSFailure) {
        try self.init(empty: ())
        let handle = unsafe handle
        let status = unsafe withDatum(pem) { datum in
            unsafe gnutls_x509_privkey_import2(handle, &datum, GNUTLS_X509_FMT_PEM, nil, 0)
        }
        try check(status)
    }

    /// Makes a key on the curve P-256, which every browser knows.
    static func random() throws(GnuTLSFailure) -> PrivateKey {
        let key = try PrivateKey(empty: ())
        try unsafe check(gnutls_x509_privkey_generate(key.handle, GNUTLS_PK_ECDSA, pose_gnutls_p256(), 0))
        return key
    }

    /// The key in PEM.
    func pem() throws(GnuTLSFailure) -> [UInt8] {
        try unsafe taking { unsafe gnutls_x509_privkey_export2(handle, GNUTLS_X509_FMT_PEM, &$0) }
    }

    /// What is equal for a key and the certificates that it belongs to.
    func identifier() throws(GnuTLSFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        var count = bytes.count
        try unsafe check(gnutls_x509_privkey_get_key_id(handle, 0, &bytes, &count))
        return Array(bytes.prefix(count))
    }
}

/// An X.509 certificate.
@safe final class Certificate {
    private let handle: OpaquePointer

    private init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit { unsafe gnutls_x509_crt_deinit(handle) }

    /// Reads certificates in PEM, in their order.
    static func list(pem: [UInt8]) throws(GnuTLSFailure) -> [Certificate] {
        var handles: UnsafeMutablePointer<OpaquePointer?>?
        var count: CUnsignedInt = 0
        let status = unsafe withDatum(pem) { datum in
            unsafe gnutls_x509_crt_list_import2(&handles, &count, &datum, GNUTLS_X509_FMT_PEM, 0)
        }
        try check(status)
        defer { unsafe pose_gnutls_free(handles) }
        let list = unsafe UnsafeBufferPointer(start: handles, count: Int(count))
        return unsafe list.compactMap { handle in unsafe handle.map { unsafe Certificate($0) } }
    }

    /// Makes a certificate that a key vouches for itself with, for a server.
    ///
    /// It is no authority: whoever stole the key could not vouch for other servers with it.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - commonName: what people see.
    ///   - names: host names that it is for.
    ///   - addresses: addresses that it is for.
    ///   - validity: when it is valid, in seconds since 1970.
    /// - Returns: the certificate.
    /// - Throws: when GnuTLS refuses.
    static func selfSigned(
        by key: PrivateKey,
        commonName: String,
        names: [String],
        addresses: [IPAddress],
        validity: Range<Int>
    ) throws(GnuTLSFailure) -> Certificate {
        var made: OpaquePointer?
        try unsafe check(gnutls_x509_crt_init(&made))
        guard let made = unsafe made else { throw GnuTLSFailure(code: GNUTLS_E_MEMORY_ERROR) }
        let certificate = unsafe Certificate(made)
        let handle = unsafe certificate.handle
        try unsafe check(gnutls_x509_crt_set_version(handle, 3))
        // A serial number is positive and has at most 20 bytes. Source: RFC 5280 section 4.1.2.2.
        let serial =
            [0x40 | UInt8.random(in: 0..<0x40)] + (0..<15).map { _ in UInt8.random(in: .min ... .max) }
        try unsafe check(gnutls_x509_crt_set_serial(handle, serial, serial.count))
        let name = Array(commonName.utf8.prefix(64))
        try unsafe check(
            gnutls_x509_crt_set_dn_by_oid(
                handle,
                GNUTLS_OID_X520_COMMON_NAME,
                0,
                name,
                CUnsignedInt(name.count)
            )
        )
        try unsafe check(gnutls_x509_crt_set_activation_time(handle, time_t(validity.lowerBound)))
        try unsafe check(gnutls_x509_crt_set_expiration_time(handle, time_t(validity.upperBound)))
        try unsafe check(gnutls_x509_crt_set_key(handle, key.handle))
        let append = CUnsignedInt(GNUTLS_FSAN_APPEND)
        let alternatives =
            names.map { (GNUTLS_SAN_DNSNAME, Array($0.utf8)) }
            + addresses.map { (GNUTLS_SAN_IPADDRESS, $0.bytes) }
        for (kind, bytes) in alternatives {
            let size = CUnsignedInt(bytes.count)
            try unsafe check(gnutls_x509_crt_set_subject_alt_name(handle, kind, bytes, size, append))
        }
        try unsafe check(gnutls_x509_crt_set_basic_constraints(handle, 0, -1))
        try unsafe check(gnutls_x509_crt_set_key_usage(handle, CUnsignedInt(GNUTLS_KEY_DIGITAL_SIGNATURE)))
        try unsafe check(gnutls_x509_crt_set_key_purpose_oid(handle, GNUTLS_KP_TLS_WWW_SERVER, 0))
        let identifier = try key.identifier()
        try unsafe check(gnutls_x509_crt_set_subject_key_id(handle, identifier, identifier.count))
        try unsafe check(gnutls_x509_crt_sign2(handle, handle, key.handle, GNUTLS_DIG_SHA256, 0))
        return certificate
    }

    /// The certificate in PEM.
    func pem() throws(GnuTLSFailure) -> [UInt8] {
        try unsafe taking { unsafe gnutls_x509_crt_export2(handle, GNUTLS_X509_FMT_PEM, &$0) }
    }

    /// What is equal for a key and the certificates that it belongs to.
    func keyIdentifier() throws(GnuTLSFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        var count = bytes.count
        try unsafe check(gnutls_x509_crt_get_key_id(handle, 0, &bytes, &count))
        return Array(bytes.prefix(count))
    }

    /// The SHA-256 of the certificate.
    func fingerprint() throws(GnuTLSFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        try unsafe check(gnutls_x509_crt_get_fingerprint(handle, GNUTLS_DIG_SHA256, &bytes, &count))
        return bytes
    }

    /// When it is valid, in seconds since 1970.
    var validity: Range<Int> {
        let start = unsafe Int(gnutls_x509_crt_get_activation_time(handle))
        return start..<max(start, unsafe Int(gnutls_x509_crt_get_expiration_time(handle)))
    }

    /// Whether it vouches for itself.
    var isSelfSigned: Bool { unsafe gnutls_x509_crt_check_issuer(handle, handle) != 0 }

    /// The host names and addresses that it is for.
    var alternatives: (names: [String], addresses: [IPAddress]) {
        var (names, addresses): ([String], [IPAddress]) = ([], [])
        for index in 0..<CUnsignedInt(1000) {
            var bytes = [UInt8](repeating: 0, count: 256)
            var count = bytes.count
            let kind = unsafe gnutls_x509_crt_get_subject_alt_name(handle, index, &bytes, &count, nil)
            if kind == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE { break }
            guard kind >= 0, count <= bytes.count else { continue }
            let value = Array(bytes.prefix(count))
            switch UInt32(kind) {
            case GNUTLS_SAN_DNSNAME.rawValue: names.append(String(decoding: value, as: UTF8.self))
            case GNUTLS_SAN_IPADDRESS.rawValue: IPAddress(bytes: value).map { addresses.append($0) }
            default: continue
            }
        }
        return (names, addresses)
    }
}
