// SPDX-License-Identifier: Apache-2.0

internal import CPoseSystem
internal import Synchronization

/// This process's end of a pipe, closed at the end of its life.
///
/// One thread reads or writes it; whoever closes it makes sure that this thread is done.
package final class PipeEnd: Sendable {
    /// The descriptor, for as long as the end is open.
    package let number: CInt
    private let isOpen = Atomic(true)

    init(_ number: CInt) {
        self.number = number
    }

    /// Takes a descriptor of its own for what another one stands for; that one stays open.
    ///
    /// - Parameter other: the other one.
    /// - Throws: ``SystemError``.
    package convenience init(copying other: CInt) throws(SystemError) {
        self.init(try systemCall { fcntl(other, F_DUPFD_CLOEXEC, 3) })
    }

    deinit { close() }

    /// Closes it; more than once is no error.
    package func close() {
        if isOpen.exchange(false, ordering: .relaxed) { _ = systemClose(number) }
    }

    /// Makes a pipe that holds up to a megabyte where the system grants it.
    static func pair() throws(SystemError) -> (reading: PipeEnd, writing: PipeEnd) {
        var ends: [CInt] = [-1, -1]
        let status = unsafe ps_pipe(&ends)
        guard status == 0 else { throw SystemError(status) }
        ps_set_pipe_size(ends[1], 1 << 20)
        return (PipeEnd(ends[0]), PipeEnd(ends[1]))
    }

    /// Reads what is there, waiting for the first byte.
    ///
    /// - Parameter bytes: where they go.
    /// - Returns: how many; 0 at the end.
    /// - Throws: ``SystemError``.
    package func read(into bytes: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        guard let start = bytes.baseAddress else { return 0 }
        while true {
            let count = unsafe systemRead(number, start, bytes.count)
            if count >= 0 { return count }
            if errno != EINTR { throw .last }
        }
    }

    /// Writes every byte, waiting for the reader; a reader that has gone is the error `EPIPE`.
    ///
    /// The thread has called ``ignoreBrokenPipes()``.
    ///
    /// - Parameter bytes: what is written.
    /// - Throws: ``SystemError``.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = unsafe bytes
        while let start = rest.baseAddress, rest.count > 0 {
            let count = unsafe systemWrite(number, start, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .last
            }
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Makes the calling thread get an error, and no signal, when it writes to a reader that has gone; for the rest of its
    /// life, since a signal that waits would come once it is let through.
    package static func ignoreBrokenPipes() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Waits until one of some descriptors has bytes, or its end, to be read.
    ///
    /// - Parameters:
    ///   - numbers: the descriptors.
    ///   - limit: how long to wait at most.
    /// - Returns: whether each has something to be read; no one has when the time is over.
    package static func wait(for numbers: [CInt], atMost limit: Duration) -> [Bool] {
        var items = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let milliseconds = CInt(clamping: Int64((limit / .milliseconds(1)).rounded(.up)))
        let count = unsafe poll(&items, nfds_t(items.count), milliseconds)
        return items.map { count > 0 && $0.revents != 0 }
    }
}
