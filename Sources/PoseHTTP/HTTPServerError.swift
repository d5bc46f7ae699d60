// SPDX-License-Identifier: Apache-2.0

/// Why a server could not be started.
public struct HTTPServerError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on; more may come.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Name: String {
            case badHost, addressInUse, permissionDenied, systemFailure
        }

        private let name: Name

        /// The host is not an IPv4 or IPv6 address, or not one of this machine.
        public static let badHost = Code(name: .badHost)
        /// Another program listens on the port.
        public static let addressInUse = Code(name: .addressInUse)
        /// The port needs rights that the process has not.
        public static let permissionDenied = Code(name: .permissionDenied)
        /// The system refused for another reason.
        public static let systemFailure = Code(name: .systemFailure)

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
