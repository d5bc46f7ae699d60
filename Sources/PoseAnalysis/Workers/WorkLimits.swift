// SPDX-License-Identifier: Apache-2.0

/// How much work may wait in front of a pool, and how much may be under way.
package struct WorkLimits: Hashable, Sendable {
    /// Work that may wait ahead of a piece that is to wait too, in milliseconds of one thread; 0 lets nothing wait.
    package var waiting: Double
    /// Bytes that work under way may draw from the memory budget together; one piece alone may draw more.
    package var byteCount: Int

    /// Makes limits; without one for memory unless told.
    package init(waiting: Double, byteCount: Int = .max) {
        self.waiting = waiting
        self.byteCount = byteCount
    }
}
