// SPDX-License-Identifier: Apache-2.0

/// One message of a WebSocket; the protocol knows these two kinds.
///
/// Source: RFC 6455 section 5.6.
public enum WebSocketMessage: Sendable, Hashable {
    /// Text, valid UTF-8.
    case text(String)
    /// Bytes.
    case binary([UInt8])

    var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}

/// Why a WebSocket is closed, as one side tells the other.
///
/// Source: RFC 6455 section 7.4.1 and the registry that it founded.
public struct WebSocketCloseCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt16

    /// Makes a code of any number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The purpose is fulfilled.
    public static let normal = WebSocketCloseCode(rawValue: 1000)
    /// The server is stopping, or the other side stayed silent for too long.
    public static let goingAway = WebSocketCloseCode(rawValue: 1001)
    /// The other side broke the protocol.
    public static let protocolError = WebSocketCloseCode(rawValue: 1002)
    /// A message was of a kind that is not taken.
    public static let unsupportedData = WebSocketCloseCode(rawValue: 1003)
    /// No code was given; never sent.
    public static let noneGiven = WebSocketCloseCode(rawValue: 1005)
    /// The connection ended without a close; never sent.
    public static let abnormal = WebSocketCloseCode(rawValue: 1006)
    /// Text was not UTF-8.
    public static let invalidText = WebSocketCloseCode(rawValue: 1007)
    /// A message broke a rule that no other code names.
    public static let policyViolation = WebSocketCloseCode(rawValue: 1008)
    /// A message was too large.
    public static let messageTooBig = WebSocketCloseCode(rawValue: 1009)
    /// The server failed.
    public static let internalError = WebSocketCloseCode(rawValue: 1011)
    /// The server has no room at the moment.
    public static let tryAgainLater = WebSocketCloseCode(rawValue: 1013)

    /// The number as text.
    public var description: String { "\(rawValue)" }
}

/// A WebSocket was closed before a message could be sent.
public struct WebSocketClosed: Error, Sendable {
    /// Why, as far as it is known.
    public var code: WebSocketCloseCode
}

/// What one WebSocket may cost.
public struct WebSocketLimits: Sendable {
    /// Most bytes of a message that comes in; a larger one closes the WebSocket with 1009.
    public var messageByteCount = 16_000_000
    /// Messages that wait to be taken; while there are as many, nothing more is read.
    public var waitingMessageCount = 4
    /// Most bytes that wait to be sent, unless one message alone has more; while there are as many, sending waits.
    public var queuedByteCount = 1_000_000
    /// How long the other side may stay silent; halfway through it is sent a ping, which it must answer.
    public var silence: Duration = .seconds(60)
    /// How long the other side may take to answer a close.
    public var closing: Duration = .seconds(5)

    /// Makes the default limits.
    public init() {}
}
