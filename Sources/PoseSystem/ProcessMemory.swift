// SPDX-License-Identifier: Apache-2.0

internal import CPoseSystem

/// How the C library keeps memory that the process let go.
package enum ProcessMemory {
    /// Sets the C library up for a process that works for long and has large pictures now and then.
    ///
    /// Blocks of some megabytes come from the system and go back to it at once: after the first such block glibc would
    /// otherwise keep all up to 32 MB. Threads share two arenas, since each arena keeps what its threads once let go.
    /// Variables of the environment go before; other C libraries are left as they are.
    package static func prepareForServing() { ps_memory_prepare() }

    /// Gives what was let go back to the system, where the C library is glibc; takes some milliseconds.
    package static func trim() { ps_memory_trim() }
}
