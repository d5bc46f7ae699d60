// SPDX-License-Identifier: Apache-2.0

/// A response's body that is made while it is sent.
///
/// At most one piece waits to be sent; making the next one waits until the client has taken enough, so a slow
/// client costs no memory beyond two pieces.
public struct HTTPBodyStream: Sendable {
    let produce: @Sendable (HTTPBodyWriter) async throws -> Void

    /// Makes a body from a function that writes it piece by piece.
    ///
    /// Its task is cancelled, and writing throws, when the client goes away. When the function throws, the
    /// connection is closed without the body's proper end, so that no client takes the body for complete.
    public init(writing produce: @escaping @Sendable (HTTPBodyWriter) async throws -> Void) {
        self.produce = produce
    }

    /// Makes a body from a function that is asked for one piece after the other.
    ///
    /// - Parameter next: makes the next piece when there is room for it; `nil` ends the body.
    public init(pulling next: @escaping @Sendable () async throws -> [UInt8]?) {
        self.init { writer in
            while let piece = try await next() { try await writer.write(piece) }
        }
    }

    /// Makes a body from a sequence of pieces.
    public init<Pieces: AsyncSequence & Sendable>(_ pieces: Pieces) where Pieces.Element == [UInt8] {
        self.init { writer in
            for try await piece in pieces { try await writer.write(piece) }
        }
    }
}

/// Takes the pieces of a streamed body.
public struct HTTPBodyWriter: Sendable {
    let pipe: BodyPipe

    /// Hands over a piece; returns when there is room for another one.
    ///
    /// - Throws: `CancellationError` when the client is gone.
    public func write(_ piece: [UInt8]) async throws {
        try await pipe.write(piece)
    }

    /// Hands over a piece of text.
    ///
    /// - Throws: `CancellationError` when the client is gone.
    public func write(_ text: String) async throws {
        try await pipe.write(Array(text.utf8))
    }
}
