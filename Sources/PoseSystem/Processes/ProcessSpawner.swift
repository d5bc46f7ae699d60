// SPDX-License-Identifier: Apache-2.0

internal import CPoseSystem
internal import Dispatch
internal import Synchronization

/// The one thread that starts child processes, and lives as long as this process.
///
/// A child that is to die with its parent dies when the *thread* ends that started it: `PR_SET_PDEATHSIG` of prctl(2).
enum ProcessSpawner {
    /// What is to be started, and what came of it.
    final class Request: Sendable {
        let program: FilePath
        let arguments: [FilePath]
        /// This process's descriptor for each number of the child's; negative for none.
        let descriptors: [CInt]
        fileprivate let result = Mutex<(status: CInt, pid: pid_t)>((0, -1))
        fileprivate let isDone = DispatchSemaphore(value: 0)

        init(program: FilePath, arguments: [FilePath], descriptors: [CInt]) {
            self.program = program
            self.arguments = arguments
            self.descriptors = descriptors
        }
    }

    private static let requests = Mutex<[Request]>([])
    private static let hasWork = DispatchSemaphore(value: 0)
    private static let hasThread = SystemThread { run() }.start()

    /// Starts a child.
    ///
    /// - Returns: its process number.
    /// - Throws: ``SystemError`` with which the system refused.
    static func spawn(_ request: Request) throws(SystemError) -> pid_t {
        guard hasThread else { throw SystemError(EAGAIN) }
        requests.withLock { $0.append(request) }
        hasWork.signal()
        request.isDone.wait()
        let (status, pid) = request.result.withLock { $0 }
        guard status == 0 else { throw SystemError(status) }
        return pid
    }

    private static func run() {
        while true {
            hasWork.wait()
            guard let request = requests.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { continue }
            let result = start(request)
            request.result.withLock { $0 = result }
            request.isDone.signal()
        }
    }

    private static func start(_ request: Request) -> (status: CInt, pid: pid_t) {
        var pid: pid_t = -1
        let words = [request.program] + request.arguments
        var arguments = unsafe words.map { word in word.withCString { unsafe strdup($0) } }
        defer { unsafe arguments.forEach { unsafe free($0) } }
        guard unsafe !arguments.contains(nil) else { return (ENOMEM, -1) }
        unsafe arguments.append(nil)
        let status = request.program.withCString { program in
            unsafe ps_spawn(program, arguments, request.descriptors, request.descriptors.count, &pid)
        }
        return (status, pid)
    }
}
