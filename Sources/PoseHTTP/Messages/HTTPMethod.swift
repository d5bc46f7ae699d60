// SPDX-License-Identifier: Apache-2.0

/// An HTTP method, known or not.
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The method as it stands in the request line: `GET`.
    public let rawValue: String

    /// Makes a method of any name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reads a resource.
    public static let get = HTTPMethod(rawValue: "GET")
    /// Reads the headers of a resource.
    public static let head = HTTPMethod(rawValue: "HEAD")
    /// Sends something to be worked on.
    public static let post = HTTPMethod(rawValue: "POST")
    /// Stores a resource.
    public static let put = HTTPMethod(rawValue: "PUT")
    /// Changes a resource.
    public static let patch = HTTPMethod(rawValue: "PATCH")
    /// Removes a resource.
    public static let delete = HTTPMethod(rawValue: "DELETE")
    /// Asks what a resource takes.
    public static let options = HTTPMethod(rawValue: "OPTIONS")

    /// The methods that a route can answer, in the order in which they are listed to clients.
    public static let known: [HTTPMethod] = [.get, .head, .post, .put, .patch, .delete, .options]

    /// Whether requests of this method change nothing.
    ///
    /// Source: RFC 9110 section 9.2.1.
    public var isSafe: Bool { self == .get || self == .head || self == .options }

    /// The method as it stands in the request line.
    public var description: String { rawValue }
}
