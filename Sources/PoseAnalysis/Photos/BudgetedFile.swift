// SPDX-License-Identifier: Apache-2.0

package import PoseSystem

/// A file in memory, with what it takes of a budget until it is let go.
package struct BudgetedFile: Sendable {
    /// The whole file.
    package let bytes: [UInt8]
    /// What it takes; `nil` where there is no budget.
    package let memory: MemoryReservation?

    package init(_ bytes: [UInt8], memory: MemoryReservation? = nil) {
        self.bytes = bytes
        self.memory = memory
    }
}
