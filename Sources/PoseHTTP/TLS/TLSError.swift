// SPDX-License-Identifier: Apache-2.0

/// Why a certificate and its key cannot be used.
public struct TLSError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on; more may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String {
            case unreadable, notPEM, keyMismatch, outOfDate, libraryFailure
        }

        private let name: Name

        /// A file cannot be read.
        public static let unreadable = Code(name: .unreadable)
        /// A file does not hold what it should in PEM.
        public static let notPEM = Code(name: .notPEM)
        /// The key is another certificate's.
        public static let keyMismatch = Code(name: .keyMismatch)
        /// The certificate has expired, or is not valid yet.
        public static let outOfDate = Code(name: .outOfDate)
        /// GnuTLS failed.
        public static let libraryFailure = Code(name: .libraryFailure)

        /// The code's name.
        public var description: String { name.rawValue }
    }

    /// What a program branches on.
    public var code: Code
    /// What a person reads: what was found, what was expected, what to do.
    public var message: String

    /// Makes an error from a code and a sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
