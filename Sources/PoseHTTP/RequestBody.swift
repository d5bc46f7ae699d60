// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Why a request is refused before any handler sees it.
struct Refusal {
    var status: Int
    var code: String
    var message: String

    static func tooLarge(_ limit: Int) -> Refusal {
        Refusal(
            status: 413,
            code: "body_too_large",
            message: "The request's body is larger than the \(limit) bytes that this server takes."
        )
    }

    static let malformedForm = Refusal(
        status: 400,
        code: "malformed_form",
        message: "The multipart/form-data body is damaged or cut short, or its boundary is missing."
    )
    static let malformedTarget = Refusal(
        status: 400,
        code: "malformed_target",
        message: "The path or the query is not percent-encoded UTF-8."
    )
    static let unknownMethod = Refusal(
        status: 501,
        code: "unknown_method",
        message: "This server knows \(HTTPMethod.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    static let outOfMemory = Refusal(
        status: 503,
        code: "busy",
        message: "The server holds too many uploads at once. Try again in a moment."
    )

    var response: HTTPResponse {
        .error(status, code, message, headers: status == 503 ? [("Retry-After", "1")] : [])
    }
}

/// Bytes of bodies that all requests together may hold.
final class BufferBudget: Sendable {
    private let remaining: Mutex<Int>

    init(byteCount: Int) {
        remaining = Mutex(byteCount)
    }

    func take(_ byteCount: Int) -> Bool {
        remaining.withLock { remaining in
            guard remaining >= byteCount else { return false }
            remaining -= byteCount
            return true
        }
    }

    func giveBack(_ byteCount: Int) {
        remaining.withLock { $0 += byteCount }
    }
}

/// The body of one request while it arrives: counted, then kept, or thrown away once it is refused.
struct RequestBody {
    /// Most parts of one form.
    static let maxPartCount = 64

    private(set) var bytes: [UInt8] = []
    private(set) var parts: [FormPart] = []
    private(set) var refusal: Refusal?
    /// Bytes taken from the budget.
    private(set) var heldByteCount = 0
    private var receivedByteCount = 0

    /// Whether so much came after the refusal that the connection is better closed.
    func isHopeless(limit: Int) -> Bool { refusal != nil && receivedByteCount > 2 * limit + 67_108_864 }

    /// Refuses the request and lets go what was kept; the first reason stays.
    mutating func refuse(_ refusal: Refusal, budget: BufferBudget) {
        if self.refusal == nil { self.refusal = refusal }
        bytes = []
        parts = []
        budget.giveBack(heldByteCount)
        heldByteCount = 0
    }

    /// Counts bytes that arrived.
    ///
    /// - Returns: whether they are to be kept.
    mutating func admit(_ byteCount: Int, limit: Int, budget: BufferBudget) -> Bool {
        receivedByteCount += byteCount
        if refusal != nil { return false }
        if receivedByteCount > limit {
            refuse(.tooLarge(limit), budget: budget)
        } else if budget.take(byteCount) {
            heldByteCount += byteCount
            return true
        } else {
            refuse(.outOfMemory, budget: budget)
        }
        return false
    }

    mutating func append(_ data: UnsafeRawBufferPointer) {
        unsafe bytes.append(contentsOf: data)
    }

    /// Adds data of a form's part.
    ///
    /// - Parameters:
    ///   - part: the part's names; without a body.
    ///   - offset: where in the part's body the data belongs; 0 starts a part.
    ///   - data: the data.
    /// - Returns: false when there are too many parts.
    mutating func append(to part: FormPart, offset: UInt64, _ data: UnsafeRawBufferPointer) -> Bool {
        // The parser may announce a part by a call without data before the first data.
        let continuesLast =
            offset > 0
            || parts.last.map { $0.body.isEmpty && $0.name == part.name && $0.fileName == part.fileName }
                ?? false
        if !continuesLast || parts.isEmpty {
            guard parts.count < Self.maxPartCount else { return false }
            parts.append(part)
        }
        unsafe parts[parts.count - 1].body.append(contentsOf: data)
        return true
    }
}
