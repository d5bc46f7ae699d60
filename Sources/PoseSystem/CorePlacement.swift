// SPDX-License-Identifier: Apache-2.0

internal import CPoseSystem

/// Which processors some threads of this process run on.
///
/// Not safe for use by several threads at a time.
@safe package final class CorePlacement: @unchecked Sendable {
    private let cores: OpaquePointer

    /// Notes the processors that the calling thread may run on.
    ///
    /// - Returns: `nil` where there is one only, or the system does not say.
    package init?() {
        guard let cores = unsafe ps_cores_create() else { return nil }
        unsafe self.cores = cores
    }

    deinit { unsafe ps_cores_destroy(cores) }

    /// The processor that the calling thread is on; negative where the system does not say.
    package static var currentCore: Int32 { ps_current_core() }

    /// The calling thread's number.
    package static var currentThread: Int32 { ps_thread_id() }

    /// Lets a thread run on all processors but one; on all of them, where `core` is negative.
    package func keep(_ thread: Int32, off core: Int32) { unsafe ps_cores_keep_off(cores, thread, core) }

    /// Lets a thread run on one processor only: one that is ready to run, and waits for another, goes there at once.
    package func call(_ thread: Int32, to core: Int32) { unsafe ps_cores_call(cores, thread, core) }
}
