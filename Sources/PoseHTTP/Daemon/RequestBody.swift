// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// The body of one request while it arrives: counted, then kept, or thrown away once it is refused.
struct RequestBody {
    private let limit: Int
    private let expected: Int
    private var bytes: [UInt8] = []
    private var form: MultipartParser?
    private var reservation: MemoryReservation?
    private var receivedByteCount = 0
    private(set) var refusal: Refusal?

    /// Expects a body.
    ///
    /// - Parameters:
    ///   - limit: most bytes that are taken.
    ///   - expected: how many are announced; 0 when nobody knows.
    ///   - budget: what they draw from.
    ///   - form: takes the body apart when it is a form.
    init(limit: Int, expected: Int, budget: MemoryBudget, form: MultipartParser?) {
        self.limit = limit
        self.expected = expected
        self.form = form
        reservation = budget.reserve(0)
    }

    /// Whether so much came after the refusal that the connection is better closed.
    var isHopeless: Bool { refusal != nil && receivedByteCount > 2 * limit + 67_108_864 }

    /// Takes bytes that arrived; after a refusal they are only counted.
    mutating func receive(_ data: UnsafeRawBufferPointer) {
        receivedByteCount += data.count
        guard refusal == nil else { return }
        do throws(Refusal) {
            guard receivedByteCount <= limit else { throw .tooLarge(limit) }
            guard let reservation else { throw .outOfMemory }
            if form != nil {
                unsafe try form?.parse(data, reservation)
            } else {
                try bytes.makeRoom(for: data.count, limit: limit, expected: expected, reservation)
                unsafe bytes.append(contentsOf: data)
            }
        } catch {
            // What was kept is let go.
            refusal = error
            bytes = []
            form = nil
            reservation = nil
        }
    }

    /// Gives the whole body to its request, or says why it is refused.
    mutating func finish(_ request: inout HTTPRequest) throws(Refusal) {
        if let refusal { throw refusal }
        request.form = try form?.finish()
        request.body = bytes
        request.reservation = reservation
        form = nil
        bytes = []
        reservation = nil
    }
}

extension [UInt8] {
    /// Grows the array ahead of an append; memory is drawn from a budget before it is taken.
    ///
    /// - Parameters:
    ///   - byteCount: how many bytes are to be appended.
    ///   - limit: the size beyond which the array is not grown in advance.
    ///   - expected: the size that was announced, which the array gets as soon as a quarter has come; 0 for none.
    ///   - reservation: grows with the array.
    /// - Throws: when the budget has not enough left.
    mutating func makeRoom(
        for byteCount: Int,
        limit: Int,
        expected: Int = 0,
        _ reservation: MemoryReservation
    ) throws(Refusal) {
        let needed = count + byteCount
        guard needed > capacity else { return }
        let held = reservation.byteCount - capacity
        let isNear = needed <= expected && 4 * needed >= expected
        let ahead = isNear ? expected : Swift.min(2 * capacity, limit)
        for size in [Swift.max(needed, ahead), needed]
        where reservation.resize(to: Swift.max(held, 0) + size) {
            return reserveCapacity(size)
        }
        throw .outOfMemory
    }
}
