// SPDX-License-Identifier: Apache-2.0

/// Why a server could not be started.
public struct HTTPServerError: Error, Sendable, CustomStringConvertible {
    /// What a program branches on.
    public enum Code: Sendable {
        /// The host is not an IPv4 or IPv6 address, or not one of this machine.
        case badHost
        /// Another program listens on the port.
        case addressInUse
        /// The port needs rights that the process has not.
        case permissionDenied
        /// The system refused for another reason.
        case systemFailure
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
