// SPDX-License-Identifier: Apache-2.0

internal import CPoseSystem
internal import Dispatch
internal import Synchronization

/// A program that runs beside this one, with pipes to it, and dies with it.
///
/// It has a process group of its own, so that Ctrl-C on a terminal reaches only us. What it writes to standard error is
/// always read, and the end of it kept.
package final class ChildProcess: Sendable {
    /// A pipe to or from the child.
    package enum Pipe: Sendable {
        /// What this process writes is read by the child.
        case toChild
        /// What the child writes is read by this process.
        case fromChild
        /// The child has this descriptor of ours.
        case shared(CInt)
    }

    /// How a child ended.
    package enum Ending: Hashable, Sendable {
        /// It ended itself with a code.
        case exited(CInt)
        /// A signal ended it.
        case signalled(CInt)
    }

    /// The process's number; it is not given to another process before ``ending`` is known.
    package let pid: CInt
    /// This process's ends of the pipes, by the child's descriptor number.
    private let pipes: [CInt: PipeEnd]
    private let errors: ErrorTail
    /// How it ended; set once, by whoever sees it first.
    ///
    /// The child is not signalled any more after that.
    private let end = Mutex<Ending?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: its path; ``ProgramSearch`` finds it.
    ///   - arguments: what stands behind its name, as the bytes that they are.
    ///   - variables: what it has in its environment beside our own; what is set there stays.
    ///   - pipes: by the child's descriptor numbers, 0, 1 and 3…6; 0 and 1 are `/dev/null` unless told. Number 2 is read
    ///     here, see ``errorText(waiting:)``.
    ///   - errorLimit: how many bytes of the end of standard error are kept.
    /// - Throws: ``SystemError``.
    package init(
        _ program: FilePath,
        _ arguments: [FilePath],
        variables: [(name: String, value: String)] = [],
        pipes: [CInt: Pipe],
        errorLimit: Int = 16 << 10
    ) throws(SystemError) {
        let last = max(2, pipes.keys.max() ?? 2)
        precondition(pipes[2] == nil && last < PS_MAX_DESCRIPTORS - 1, "standard error is read here")
        var (ours, theirs): ([CInt: PipeEnd], [PipeEnd]) = ([:], [])
        var descriptors = [CInt](repeating: -1, count: Int(last) + 1)
        for (number, pipe) in pipes {
            if case .shared(let descriptor) = pipe {
                descriptors[Int(number)] = descriptor
                continue
            }
            let (reading, writing) = try PipeEnd.pair()
            let isToChild = if case .toChild = pipe { true } else { false }
            ours[number] = isToChild ? writing : reading
            theirs.append(isToChild ? reading : writing)
            descriptors[Int(number)] = theirs[theirs.count - 1].number
        }
        let (reading, writing) = try PipeEnd.pair()
        theirs.append(writing)
        descriptors[2] = writing.number
        let errors = ErrorTail(limit: errorLimit)
        self.errors = errors
        self.pipes = ours
        pid = try ProcessSpawner.spawn(
            ProcessSpawner.Request(
                program: program,
                arguments: arguments,
                environment: ProcessEnvironment.adding(variables),
                descriptors: descriptors
            )
        )
        for end in theirs { end.close() }
        // Without a thread the child would stop once the pipe is full.
        guard SystemThread({ errors.read(from: reading) }).start() else {
            kill()
            throw SystemError(EAGAIN)
        }
    }

    deinit { kill() }

    /// This process's end of a pipe, by the child's descriptor number.
    package func pipe(_ number: CInt) -> PipeEnd {
        guard let end = pipes[number] else { preconditionFailure("no pipe was asked for at \(number)") }
        return end
    }

    // MARK: - Its end

    /// How it ended; `nil` while it runs.
    package var ending: Ending? {
        end.withLock { end in
            if let end { return end }
            var (code, number): (CInt, CInt) = (0, 0)
            guard unsafe ps_try_wait(pid, &code, &number) == 1 else { return nil }
            end = number != 0 ? .signalled(number) : .exited(code)
            return end
        }
    }

    /// Waits until it ends.
    ///
    /// - Parameter limit: how long to wait at most.
    /// - Returns: `nil` when it still runs.
    package func wait(atMost limit: Duration) -> Ending? {
        let deadline = MonotonicClock.deadline(after: limit)
        var pause: UInt32 = 500
        while true {
            if let ending { return ending }
            guard MonotonicClock.now < deadline else { return nil }
            usleep(pause)
            pause = min(pause * 2, 10_000)
        }
    }

    /// Sends a signal to it and its children, unless it has ended.
    package func signal(_ number: CInt) {
        end.withLock { end in
            if end == nil, systemKill(-pid, number) != 0 { _ = systemKill(pid, number) }
        }
    }

    /// Asks it to end with SIGINT, at which ffmpeg completes its file, and kills it when it does not.
    ///
    /// - Parameter grace: how long it may take.
    /// - Returns: how it ended; `nil` when even SIGKILL did not end it, because the system itself does not answer.
    @discardableResult
    package func terminate(grace: Duration) -> Ending? {
        signal(SIGINT)
        return wait(atMost: grace) ?? kill()
    }

    /// Ends it at once.
    ///
    /// - Returns: how it ended; `nil` when it did not within two seconds, because the system itself does not answer.
    @discardableResult
    package func kill() -> Ending? {
        signal(SIGKILL)
        return wait(atMost: .seconds(2))
    }

    // MARK: - Standard error

    /// The end of what it wrote to standard error.
    ///
    /// - Parameter limit: how long to wait at most until it has closed it.
    /// - Returns: the text.
    package func errorText(waiting limit: Duration = .seconds(1)) -> String { errors.text(waiting: limit) }
}

/// The end of a child's standard error.
private final class ErrorTail: Sendable {
    private let limit: Int
    private let bytes = Mutex<[UInt8]>([])
    private let isClosed = DispatchSemaphore(value: 0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Reads to the end; on a thread of its own.
    func read(from end: PipeEnd) {
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe part.withUnsafeMutableBytes { unsafe try? end.read(into: $0) }
            guard let count, count > 0 else { break }
            bytes.withLock { bytes in
                bytes += part[..<count]
                if bytes.count > limit { bytes.removeFirst(bytes.count - limit) }
            }
        }
        isClosed.signal()
    }

    func text(waiting limit: Duration) -> String {
        // Whoever waits next finds it closed too.
        if isClosed.wait(timeout: .now() + .milliseconds(Int(limit / .milliseconds(1)))) == .success {
            isClosed.signal()
        }
        return bytes.withLock { String(decoding: $0, as: UTF8.self) }
    }
}
