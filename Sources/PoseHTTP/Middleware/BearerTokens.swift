// SPDX-License-Identifier: Apache-2.0

import CPoseNettle

/// The secrets by which clients may use a server.
///
/// Only hashes are kept, and all of them are compared in full: how long a comparison takes tells nothing of any secret.
public struct BearerTokens: Sendable {
    /// Why a text holds no tokens.
    public struct Problem: Error, Equatable, Sendable {
        /// The line, from 1; 0 when the whole text is meant.
        public var line: Int
        /// What was found and what was expected.
        public var message: String
    }

    /// The allowed lengths of a token.
    public static let lengths = 16...256

    private let digests: [[UInt8]]

    /// Reads tokens, one a line; empty lines and lines that begin with `#` are passed over.
    ///
    /// A token has letters, digits and `-._~+` only, so that it fits into the Authorization header and into the name of
    /// a WebSocket's subprotocol.
    ///
    /// - Parameter text: the lines.
    /// - Throws: ``Problem``, which never tells the token.
    public init(_ text: String) throws(Problem) {
        var digests: [[UInt8]] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let token = line.trimmingSpaces()
            if token.isEmpty || token.hasPrefix("#") { continue }
            guard token.utf8.allSatisfy(Self.isAllowed) else {
                throw Problem(
                    line: index + 1,
                    message:
                        "A token has letters, digits and - . _ ~ + only; one on this line has another character."
                )
            }
            guard Self.lengths.contains(token.utf8.count) else {
                throw Problem(
                    line: index + 1,
                    message:
                        "A token has \(Self.lengths.lowerBound)…\(Self.lengths.upperBound) characters, this one "
                        + "\(token.utf8.count). 'openssl rand -hex 32' makes a good one."
                )
            }
            digests.append(Self.digest(token))
        }
        guard !digests.isEmpty else {
            throw Problem(line: 0, message: "There is no token. 'openssl rand -hex 32' makes a good one.")
        }
        self.digests = digests
    }

    /// Whether a text is one of the tokens.
    public func contains(_ text: String) -> Bool {
        let digest = Self.digest(text)
        var isKnown = false
        for known in digests {
            var difference: UInt8 = 0
            for (a, b) in zip(known, digest) { difference |= a ^ b }
            isKnown = difference == 0 || isKnown
        }
        return isKnown
    }

    /// Source: RFC 6750 section 2.1 and RFC 9110 section 5.6.2, what both allow.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~+".utf8.contains(byte)
        }
    }

    private static func digest(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var context = sha256_ctx()
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        unsafe nettle_sha256_init(&context)
        unsafe nettle_sha256_update(&context, bytes.count, bytes)
        unsafe nettle_sha256_digest(&context, digest.count, &digest)
        return digest
    }
}
