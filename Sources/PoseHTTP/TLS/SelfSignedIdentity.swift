// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// Makes certificates for the local network, where nobody vouches for a machine, and keeps one, so that a phone has to
/// accept it only once.
package enum SelfSignedIdentity {
    /// For how long one is valid: Apple's systems take 825 days at most.
    ///
    /// Source: support.apple.com/en-us/103769.
    static let dayCount = 820
    /// One that ends sooner is made anew.
    static let remainingDayCount = 30

    /// The name of the file with the key and the certificate.
    package static let fileName = "self-signed.pem"

    /// What a certificate must be for: the names and addresses by which this machine is reached.
    package struct Subject: Sendable {
        /// Host names.
        package var names: [String]
        /// Addresses.
        package var addresses: [IPAddress]

        /// Makes a subject of names and addresses.
        package init(names: [String], addresses: [IPAddress]) {
            self.names = names
            self.addresses = addresses
        }

        /// This machine, as it is called now.
        package static func thisMachine() -> Subject {
            var names = ["localhost"]
            let host = hostName().lowercased()
            if isHostName(host) {
                // What mDNS calls it.
                let local = String(host.prefix { $0 != "." }) + ".local"
                names += [host, local].filter { !names.contains($0) && $0 != "localhost.local" }
            }
            let loopback = ["127.0.0.1", "::1"].compactMap { IPAddress($0) }
            var seen: Set<String> = []
            return Subject(
                names: names.filter { seen.insert($0).inserted },
                addresses: loopback + LocalAddress.all().map(\.address)
            )
        }

        private static func hostName() -> String {
            unsafe String(unsafeUninitializedCapacity: 256) { text in
                unsafe text.withMemoryRebound(to: CChar.self) { text in
                    guard let start = text.baseAddress, unsafe gethostname(start, text.count - 1) == 0 else {
                        return 0
                    }
                    return unsafe strnlen(start, text.count - 1)
                }
            }
        }

        /// Source: RFC 1123 section 2.1.
        private static func isHostName(_ text: String) -> Bool {
            let labels = text.split(separator: ".", omittingEmptySubsequences: false)
            return labels.allSatisfy { label in
                let isPlain = label.utf8.allSatisfy { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                }
                return isPlain && (1...63).contains(label.utf8.count)
            }
        }
    }

    /// Makes a key and a certificate in memory.
    ///
    /// - Parameters:
    ///   - subject: what it is for.
    ///   - now: seconds since 1970.
    /// - Returns: the identity.
    /// - Throws: ``TLSError`` when GnuTLS fails.
    package static func make(for subject: Subject, now: Int = systemTime()) throws(TLSError) -> TLSIdentity {
        let certificatePEM: [UInt8]
        let keyPEM: [UInt8]
        do throws(GnuTLSFailure) {
            let key = try PrivateKey.random()
            let certificate = try Certificate.selfSigned(
                by: key,
                commonName: "pose on \(subject.names.dropFirst().first ?? "localhost")",
                names: subject.names,
                addresses: subject.addresses,
                // An hour for clocks that are late.
                validity: now - 3600..<now + dayCount * 86_400
            )
            certificatePEM = try certificate.pem()
            keyPEM = try key.pem()
        } catch {
            throw TLSError(.libraryFailure, "No certificate could be made: \(error.reason)")
        }
        return try TLSIdentity(certificatePEM: certificatePEM, keyPEM: keyPEM)
    }

    /// The kept identity, when it is good for some time and for what is asked.
    ///
    /// - Parameters:
    ///   - file: the key and the certificate; private to its owner, or else it is not trusted.
    ///   - subject: what it must be for.
    ///   - now: seconds since 1970.
    /// - Returns: `nil` when another one is needed.
    package static func kept(in file: FilePath, for subject: Subject, now: Int = systemTime()) -> TLSIdentity?
    {
        guard let status = try? FileSystem.status(of: file), status.permissions & 0o077 == 0,
            let bytes = try? FileSystem.contents(of: file, limit: 1 << 16).bytes,
            var identity = try? TLSIdentity(certificatePEM: bytes, keyPEM: bytes)
        else { return nil }
        identity.file = file
        let isLasting =
            identity.validity.contains(now) && identity.validity.contains(now + remainingDayCount * 86_400)
        let isComplete =
            Set(subject.names).isSubset(of: identity.names)
            && Set(subject.addresses).isSubset(of: identity.addresses)
        return isLasting && isComplete && identity.isSelfSigned ? identity : nil
    }

    /// Takes the kept identity, or makes one and keeps it.
    ///
    /// - Parameters:
    ///   - directory: where it is kept; made when it is not there.
    ///   - subject: what it must be for.
    ///   - now: seconds since 1970.
    /// - Returns: the identity, with a warning when it could not be kept.
    /// - Throws: ``TLSError`` when GnuTLS fails.
    package static func obtain(
        in directory: FilePath,
        for subject: Subject,
        now: Int = systemTime()
    ) throws(TLSError) -> TLSIdentity {
        let file = directory.appending(fileName)
        if let identity = kept(in: file, for: subject, now: now) { return identity }
        var identity = try make(for: subject, now: now)
        do throws(OutputError) {
            let bytes = identity.keyPEM + identity.certificatePEM
            try AtomicFile.write(bytes, to: file, isSynchronized: true, permissions: 0o600)
            identity.file = file
        } catch {
            identity.warnings.append("The certificate is gone when the server ends: \(error.message)")
        }
        return identity
    }

    /// Where it is kept: `swift-pose/tls` in the user's state directory; `nil` when there is no such directory.
    ///
    /// Source: the XDG Base Directory Specification, which asks to ignore relative paths.
    package static func directory(
        environment: (String) -> FilePath? = ProcessEnvironment.variable
    ) -> FilePath? {
        if let state = environment("XDG_STATE_HOME"), state.bytes.first == UInt8(ascii: "/") {
            return state.appending("swift-pose/tls")
        }
        return environment("HOME").map { $0.appending(".local/state/swift-pose/tls") }
    }
}
