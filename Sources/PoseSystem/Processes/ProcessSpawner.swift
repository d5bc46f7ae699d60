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
        /// `NAME=value` each.
        let environment: [FilePath]
        /// This process's descriptor for each number of the child's; negative for none.
        let descriptors: [CInt]
        fileprivate let result = Mutex<(status: CInt, pid: pid_t)>((0, -1))
        fileprivate let isDone = DispatchSemaphore(value: 0)

        init(program: FilePath, arguments: [FilePath], environment: [FilePath], descriptors: [CInt]) {
            self.program = program
            self.arguments = arguments
            self.environment = environment
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
        let status = unsafe withWords([request.program] + request.arguments) { arguments in
            unsafe withWords(request.environment) { environment in
                request.program.withCString { program in
                    unsafe ps_spawn(
                        program,
                        arguments,
                        environment,
                        request.descriptors,
                        request.descriptors.count,
                        &pid
                    )
                }
            }
        }
        return (status, pid)
    }

    /// Calls a function with words as C has them, a null behind the last.
    ///
    /// - Returns: what it returned, or `ENOMEM`.
    private static func withWords(
        _ words: [FilePath],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> CInt
    ) -> CInt {
        var copies = unsafe words.map { word in word.withCString { unsafe strdup($0) } }
        defer { unsafe copies.forEach { unsafe free($0) } }
        guard unsafe !copies.contains(nil) else { return ENOMEM }
        unsafe copies.append(nil)
        return unsafe copies.withUnsafeBufferPointer { words in
            unsafe words.baseAddress.map { unsafe body($0) } ?? ENOMEM
        }
    }
}
