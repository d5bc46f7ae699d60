// SPDX-License-Identifier: Apache-2.0

import PoseSystem

/// A message while its frames arrive.
struct WebSocketAssembly {
    let isText: Bool
    private(set) var bytes: [UInt8] = []
    let reservation: MemoryReservation?

    init(isText: Bool, budget: MemoryBudget) {
        self.isText = isText
        reservation = budget.reserve(0)
    }

    var message: WebSocketMessage {
        isText ? .text(String(decoding: bytes, as: UTF8.self)) : .binary(bytes)
    }

    /// Adds bytes.
    ///
    /// - Returns: false when the budget has not enough left.
    mutating func append(_ data: UnsafeRawBufferPointer, limit: Int) -> Bool {
        guard let reservation else { return false }
        do throws(Refusal) {
            try bytes.makeRoom(for: data.count, limit: limit, reservation)
        } catch {
            return false
        }
        unsafe bytes.append(contentsOf: data)
        return true
    }
}
