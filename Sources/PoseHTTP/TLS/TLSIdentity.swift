// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// A certificate and the key that belongs to it: what a server shows of itself and proves.
public struct TLSIdentity: Sendable {
    /// The certificate, and those that vouch for it, in PEM.
    package let certificatePEM: [UInt8]
    /// The key in PEM.
    package let keyPEM: [UInt8]
    /// The SHA-256 of the certificate as browsers show it: `A1:B2:…`.
    public let fingerprint: String
    /// Whether nobody but itself vouches for it.
    public let isSelfSigned: Bool
    /// When it is valid, in seconds since 1970.
    package let validity: Range<Int>
    /// The host names that it is for.
    package let names: [String]
    /// The addresses that it is for.
    package let addresses: [IPAddress]
    /// Where a certificate that was made here is kept.
    package var file: FilePath?
    /// What is to be told about it, though it can be used.
    package var warnings: [String] = []

    /// Takes a certificate and a key apart, and sees that they belong together.
    ///
    /// - Parameters:
    ///   - certificatePEM: the certificate, then those that vouch for it.
    ///   - keyPEM: its key, without a passphrase.
    ///   - certificateName: what to call the certificate's source in messages: a file's name in quotes.
    ///   - keyName: what to call the key's source.
    /// - Throws: ``TLSError``.
    package init(
        certificatePEM: [UInt8],
        keyPEM: [UInt8],
        certificateName: String = "The certificate",
        keyName: String = "The key"
    ) throws(TLSError) {
        let chain = try Self.certificates(certificatePEM, certificateName)
        let key = try Self.key(keyPEM, keyName)
        let owners: [Bool]
        let digest: [UInt8]
        do throws(GnuTLSFailure) {
            let identifier = try key.identifier()
            owners = try chain.map { certificate throws(GnuTLSFailure) in
                try certificate.keyIdentifier() == identifier
            }
            digest = try chain[0].fingerprint()
        } catch {
            throw TLSError(.libraryFailure, "\(certificateName) cannot be used: \(error.reason)")
        }
        guard owners[0] else {
            throw TLSError(.keyMismatch, Self.mismatch(owners, certificateName, keyName))
        }
        fingerprint = digest.map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined(separator: ":")
        isSelfSigned = chain[0].isSelfSigned
        validity = chain[0].validity
        (names, addresses) = chain[0].alternatives
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }

    /// The certificates of a text, at least one.
    private static func certificates(_ pem: [UInt8], _ name: String) throws(TLSError) -> [Certificate] {
        do throws(GnuTLSFailure) {
            let list = try Certificate.list(pem: pem)
            if !list.isEmpty { return list }
        } catch {
            throw TLSError(
                .notPEM,
                "\(name) is not a certificate in PEM (\(error.reason)). Expected is a text with "
                    + "'-----BEGIN CERTIFICATE-----'; 'openssl x509 -inform DER' makes one of a binary file."
            )
        }
        throw TLSError(.notPEM, "\(name) holds no certificate.")
    }

    private static func key(_ pem: [UInt8], _ name: String) throws(TLSError) -> PrivateKey {
        do throws(GnuTLSFailure) {
            return try PrivateKey(pem: pem)
        } catch {
            if error.isEncrypted {
                throw TLSError(
                    .notPEM,
                    "\(name) is encrypted. Write it without its passphrase: 'openssl pkey -in OLD -out NEW'."
                )
            }
            throw TLSError(
                .notPEM,
                "\(name) is not a private key in PEM (\(error.reason)). Expected is a text with "
                    + "'-----BEGIN PRIVATE KEY-----'."
            )
        }
    }

    private static func mismatch(_ owners: [Bool], _ certificate: String, _ key: String) -> String {
        guard let index = owners.firstIndex(of: true) else {
            return
                "\(key) does not belong to \(certificate). Give the key with which the certificate was asked for."
        }
        return
            "\(key) belongs to certificate \(index + 1) of \(certificate). Put that one first, and after it those that "
            + "vouch for it."
    }

    /// Refuses a certificate that no client would take now.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - name: what to call it in the message.
    /// - Throws: ``TLSError`` with code `.outOfDate`.
    package func checkValidity(now: Int, name: String = "The certificate") throws(TLSError) {
        if now >= validity.upperBound {
            throw TLSError(
                .outOfDate,
                "\(name) expired on \(CalendarDay.text(validity.upperBound)). Have it renewed."
            )
        }
        if now < validity.lowerBound {
            throw TLSError(
                .outOfDate,
                "\(name) is valid from \(CalendarDay.text(validity.lowerBound)) on. Check this machine's clock, or wait."
            )
        }
    }

    /// Reads a certificate and its key from files.
    ///
    /// - Parameters:
    ///   - certificate: a file in PEM: the certificate, then those that vouch for it.
    ///   - key: a file in PEM; the same one when it has both.
    /// - Returns: the identity, with a warning when others can read the key.
    /// - Throws: ``TLSError``.
    package static func load(certificate: FilePath, key: FilePath) throws(TLSError) -> TLSIdentity {
        let certificatePEM = try read(certificate)
        let keyPEM = try read(key)
        var identity = try TLSIdentity(
            certificatePEM: certificatePEM,
            keyPEM: keyPEM,
            certificateName: "'\(certificate)'",
            keyName: "'\(key)'"
        )
        try identity.checkValidity(now: systemTime(), name: "The certificate '\(certificate)'")
        if let status = try? FileSystem.status(of: key), status.permissions & 0o004 != 0 {
            identity.warnings.append(
                "Everybody on this machine can read the key '\(key)': chmod o-r makes it private."
            )
        }
        return identity
    }

    private static func read(_ path: FilePath) throws(TLSError) -> [UInt8] {
        do throws(SystemError) {
            let contents = try FileSystem.contents(of: path, limit: 1 << 20)
            if let bytes = contents.bytes { return bytes }
        } catch {
            throw TLSError(.unreadable, "'\(path)' cannot be read: \(error.reason).")
        }
        throw TLSError(.notPEM, "'\(path)' is larger than 1 MiB, which no certificate or key is.")
    }
}

/// Days, for people.
package enum CalendarDay {
    /// The day of a moment in UTC: `2026-11-26`.
    ///
    /// - Parameter seconds: since 1970.
    /// - Returns: the day.
    package static func text(_ seconds: Int) -> String {
        var time = time_t(seconds)
        var parts = unsafe tm()
        unsafe gmtime_r(&time, &parts)
        return unsafe String(unsafeUninitializedCapacity: 32) { text in
            unsafe text.withMemoryRebound(to: CChar.self) { text in
                unsafe text.baseAddress.map { unsafe strftime($0, text.count, "%Y-%m-%d", &parts) } ?? 0
            }
        }
    }
}
