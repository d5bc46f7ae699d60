// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseSystem
import PoseTestSupport
import Testing

private let subject = SelfSignedIdentity.Subject(names: ["localhost"], addresses: [])
private let day = 86_400

/// Certificates and keys: read from files, made, kept.
@Suite struct TLSIdentityTests {
    private let directory: TemporaryDirectory
    private let identity: TLSIdentity

    init() throws {
        directory = try TemporaryDirectory()
        identity = try SelfSignedIdentity.make(for: subject)
    }

    private func write(_ name: String, _ bytes: [UInt8], mode: Int = 0o600) throws -> FilePath {
        let path = directory.path(name)
        try Data(bytes).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return FilePath(path)
    }

    private func refusal(_ certificate: FilePath, _ key: FilePath) -> TLSError? {
        #expect(throws: TLSError.self) { try TLSIdentity.load(certificate: certificate, key: key) }
    }

    @Test func aPairIsReadFromTwoFilesOrOne() throws {
        let certificate = try write("cert.pem", identity.certificatePEM)
        let key = try write("key.pem", identity.keyPEM)
        let both = try write("both.pem", identity.keyPEM + identity.certificatePEM)
        for (certificate, key) in [(certificate, key), (both, both)] {
            let read = try TLSIdentity.load(certificate: certificate, key: key)
            #expect(read.fingerprint == identity.fingerprint)
            #expect(read.isSelfSigned && read.warnings.isEmpty)
        }
    }

    @Test func aKeyThatEverybodyCanReadIsOnlyWarnedOf() throws {
        let certificate = try write("cert.pem", identity.certificatePEM, mode: 0o644)
        let warnings = try [0o644, 0o640, 0o600].map { mode in
            let key = try write("key.pem", identity.keyPEM, mode: mode)
            return try TLSIdentity.load(certificate: certificate, key: key).warnings
        }
        #expect(warnings.map(\.count) == [1, 0, 0])
        #expect(warnings[0].first?.contains("key.pem") == true)
    }

    @Test func filesThatCannotBeUsedAreNamed() throws {
        let certificate = try write("cert.pem", identity.certificatePEM)
        let key = try write("key.pem", identity.keyPEM)
        let text = try write("text.pem", Array("no certificate".utf8))
        let empty = try write("empty.pem", [])
        let damaged = try write("damaged.pem", Array(identity.certificatePEM.dropLast(100)))
        let missing = FilePath(directory.path("missing.pem"))
        let cases: [(FilePath, FilePath, TLSError.Code, String)] = [
            (missing, key, .unreadable, "missing.pem' cannot be read: No such file"),
            (certificate, missing, .unreadable, "missing.pem' cannot be read: No such file"),
            (FilePath(directory.url.path), key, .unreadable, "directory"),
            (text, key, .notPEM, "text.pem' is not a certificate in PEM"),
            (empty, key, .notPEM, "empty.pem'"),
            (damaged, key, .notPEM, "damaged.pem' is not a certificate in PEM"),
            (key, certificate, .notPEM, "key.pem' is not a certificate in PEM"),
            (certificate, text, .notPEM, "text.pem' is not a private key in PEM"),
            (certificate, certificate, .notPEM, "cert.pem' is not a private key in PEM"),
        ]
        for (certificate, key, code, part) in cases {
            let error = refusal(certificate, key)
            #expect(error?.code == code, "\(error?.message ?? "")")
            #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        }
    }

    @Test func aKeyOfAnotherCertificateIsRefused() throws {
        let other = try SelfSignedIdentity.make(for: subject)
        let certificate = try write("cert.pem", identity.certificatePEM)
        let chain = try write("chain.pem", identity.certificatePEM + other.certificatePEM)
        let key = try write("key.pem", other.keyPEM)
        let error = refusal(certificate, key)
        #expect(error?.code == .keyMismatch)
        #expect(error?.message.contains("key.pem' does not belong to") == true)
        #expect(refusal(chain, key)?.message.contains("belongs to certificate 2 of") == true)
    }

    @Test func certificatesOutOfTheirTimeAreRefused() throws {
        let now = Int(Date.now.timeIntervalSince1970)
        let old = try SelfSignedIdentity.make(for: subject, now: now - 3000 * day)
        let early = try SelfSignedIdentity.make(for: subject, now: now + 10 * day)
        for (pair, part) in [(old, "expired on "), (early, "is valid from ")] {
            let error = refusal(try write("cert.pem", pair.certificatePEM), try write("key.pem", pair.keyPEM))
            #expect(error?.code == .outOfDate)
            #expect(error?.message.contains(part) == true)
        }
    }

    // MARK: - Kept ones

    @Test func theMadeCertificateIsKeptPrivatelyAndTakenAgain() throws {
        let place = FilePath(directory.path("state/tls"))
        let first = try SelfSignedIdentity.obtain(in: place, for: subject)
        let second = try SelfSignedIdentity.obtain(in: place, for: subject)
        #expect(first.fingerprint == second.fingerprint)
        #expect(first.file == place.appending("self-signed.pem") && second.file == first.file)
        #expect(first.warnings.isEmpty)
        let attributes = try FileManager.default.attributesOfItem(
            atPath: directory.path("state/tls/self-signed.pem")
        )
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path("state/tls")).count == 1)
    }

    @Test func aKeptCertificateIsMadeAnewWhenItDoesNotServeAnyMore() throws {
        let place = FilePath(directory.path("tls"))
        let file = directory.path("tls/self-signed.pem")
        let now = Int(Date.now.timeIntervalSince1970)
        func obtain(_ subject: SelfSignedIdentity.Subject = subject, after days: Int = 0) throws -> String {
            try SelfSignedIdentity.obtain(in: place, for: subject, now: now + days * day).fingerprint
        }
        let first = try obtain()
        #expect(try obtain(after: 700) == first)
        let second = try obtain(after: 800)
        #expect(second != first)
        // Another network.
        let address = try #require(IPAddress("192.0.2.7"))
        let elsewhere = SelfSignedIdentity.Subject(names: ["localhost"], addresses: [address])
        let third = try obtain(elsewhere, after: 800)
        #expect(third != second)
        // What it is for besides does no harm.
        #expect(try obtain(after: 800) == third)
        // Others may have read the key.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let fourth = try obtain(after: 800)
        #expect(fourth != third)
        try Data("damaged".utf8).write(to: URL(filePath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        #expect(try obtain(after: 800) != fourth)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func aDirectoryThatCannotBeWrittenLeavesTheCertificateInMemory() throws {
        let place = try write("file", [1])
        let identity = try SelfSignedIdentity.obtain(in: place, for: subject)
        #expect(identity.file == nil)
        #expect(identity.warnings.count == 1)
    }

    @Test func theDirectoryFollowsTheEnvironment() {
        let all: [String: FilePath] = ["XDG_STATE_HOME": "/state", "HOME": "/home/a"]
        #expect(SelfSignedIdentity.directory { all[$0] } == "/state/swift-pose/tls")
        let relative: [String: FilePath] = ["XDG_STATE_HOME": "state", "HOME": "/home/a"]
        #expect(SelfSignedIdentity.directory { relative[$0] } == "/home/a/.local/state/swift-pose/tls")
        #expect(SelfSignedIdentity.directory { _ in nil } == nil)
    }

    @Test func thisMachinesCertificateIsForItsNamesAndAddresses() throws {
        let subject = SelfSignedIdentity.Subject.thisMachine()
        let identity = try SelfSignedIdentity.make(for: subject)
        #expect(identity.names.contains("localhost"))
        #expect(identity.names == subject.names)
        #expect(["127.0.0.1", "::1"].allSatisfy { identity.addresses.map(\.text).contains($0) })
        #expect(Set(LocalAddress.all().map(\.address)).isSubset(of: identity.addresses))
    }
}
