// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseSystem
import PoseTestSupport
import Synchronization
import Testing

private final class SharedError: Sendable {
    let value = Mutex<SystemError?>(nil)
}

@Suite("Child processes")
struct ChildProcessTests {
    private static let shell: FilePath = "/bin/sh"

    private func start(_ script: String, _ pipes: [CInt: ChildProcess.Pipe] = [:], errorLimit: Int = 16 << 10)
        throws
        -> ChildProcess
    {
        try ChildProcess(Self.shell, ["-c", FilePath(script)], pipes: pipes, errorLimit: errorLimit)
    }

    private func read(_ end: PipeEnd) throws -> String {
        var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while true {
            let count = try part.withUnsafeMutableBytes { try end.read(into: $0) }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += part[..<count]
        }
    }

    private func write(_ text: String, _ end: PipeEnd) throws {
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBytes { try end.write($0) }
    }

    private static func isRunning(_ pid: CInt) -> Bool {
        // A process that nobody has waited for yet is dead all the same.
        guard let status = FileSystem.systemText(of: FilePath("/proc/\(pid)/stat")) else { return false }
        return status.split(separator: ")").last?.split(separator: " ").first != "Z"
    }

    private static func ends(_ pid: CInt) -> Bool {
        for _ in 0..<200 where isRunning(pid) { usleep(25_000) }
        return !isRunning(pid)
    }

    @Test func pipesHaveTheNumbersThatWereAskedFor() throws {
        let child = try start(
            "cat; echo four >&4; cat <&5 >&4",
            [0: .toChild, 1: .fromChild, 4: .fromChild, 5: .toChild]
        )
        try write("in", child.pipe(0))
        child.pipe(0).close()
        try write("five", child.pipe(5))
        child.pipe(5).close()
        #expect(try read(child.pipe(1)) == "in")
        #expect(try read(child.pipe(4)) == "four\nfive")
        #expect(child.wait(atMost: .seconds(10)) == .exited(0))
    }

    @Test func nothingElseIsOpen() throws {
        let other = open("/dev/null", O_RDONLY)
        defer { close(other) }
        let child = try start("ls /proc/$$/fd", [1: .fromChild])
        #expect(try read(child.pipe(1)).split(separator: "\n").map(String.init) == ["0", "1", "2"])
    }

    @Test func noSignalIsBlockedOrIgnored() throws {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        var previous = sigset_t()
        pthread_sigmask(SIG_BLOCK, &signals, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        let grep = try #require(ProgramSearch.find("grep"))
        let child = try ChildProcess(
            grep,
            ["-E", "^Sig(Blk|Ign)", "/proc/self/status"],
            pipes: [1: .fromChild]
        )
        let lines = try read(child.pipe(1)).split(separator: "\n")
        #expect(lines.count == 2)
        // 32 and 33 are the C library's own, and it lets nobody change them.
        let own: UInt64 = 1 << 31 | 1 << 32
        for line in lines {
            let signals = line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) }
            #expect(signals.map { $0 & ~own } == 0)
        }
    }

    @Test func itLeadsAGroupOfItsOwn() throws {
        let child = try start("sleep 100")
        #expect(getpgid(child.pid) == child.pid)
        #expect(child.ending == nil)
        #expect(child.kill() == .signalled(SIGKILL))
    }

    @Test func argumentsAreBytes() throws {
        let echo = try #require(ProgramSearch.find("printf"))
        let child = try ChildProcess(
            echo,
            ["%s", FilePath(bytes: [0xE9, 0x20, 0x27])],
            pipes: [1: .fromChild]
        )
        var part = [UInt8](repeating: 0, count: 16)
        let count = try part.withUnsafeMutableBytes { try child.pipe(1).read(into: $0) }
        #expect(Array(part[..<count]) == [0xE9, 0x20, 0x27])
    }

    @Test func variablesAreThoseOfThisProcessAndWhatItLacks() throws {
        let child = try ChildProcess(
            Self.shell,
            ["-c", "echo \"$POSE_TEST_VARIABLE|$PATH\""],
            variables: [("POSE_TEST_VARIABLE", "a=b c"), ("PATH", "/nowhere")],
            pipes: [1: .fromChild]
        )
        var part = [UInt8](repeating: 0, count: 4096)
        let count = try part.withUnsafeMutableBytes { try child.pipe(1).read(into: $0) }
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        #expect(String(decoding: part[..<count], as: UTF8.self) == "a=b c|\(path)\n")
    }

    @Test func howItEndedIsTold() throws {
        #expect(try start("exit 7").wait(atMost: .seconds(10)) == .exited(7))
        #expect(try start("kill -TERM $$").wait(atMost: .seconds(10)) == .signalled(SIGTERM))
        let child = try start("sleep 100")
        #expect(child.wait(atMost: .milliseconds(30)) == nil)
        // Once known it stays known, and a process that may have its number now gets no signal.
        child.kill()
        #expect(child.ending == .signalled(SIGKILL))
        child.signal(SIGTERM)
    }

    @Test func aProgramThatIsNotThereOrNoneIsAnError() throws {
        #expect(throws: SystemError(ENOENT)) { try ChildProcess("/nowhere/ffmpeg", [], pipes: [:]) }
        #expect(throws: SystemError(EACCES)) { try ChildProcess("/etc/passwd", [], pipes: [:]) }
        #expect(ProgramSearch.find("no-such-program-anywhere") == nil)
        #expect(ProgramSearch.find("sh", in: "/nowhere:/bin") == "/bin/sh")
        #expect(ProgramSearch.find("sh", in: ".:bin") == nil)
    }

    @Test func standardErrorIsReadWhileNobodyLooksAndItsEndKept() throws {
        let child = try start(
            "i=0; while [ $i -lt 20000 ]; do echo line $i >&2; i=$((i+1)); done",
            errorLimit: 1000
        )
        #expect(child.wait(atMost: .seconds(30)) == .exited(0))
        let text = child.errorText()
        #expect(text.utf8.count == 1000)
        #expect(text.hasSuffix("line 19998\nline 19999\n"))
        #expect(child.errorText() == text)
    }

    @Test func aRequestToEndComesBeforeTheKill() throws {
        let polite = try start("trap 'exit 3' INT; echo ready; while :; do sleep 0.05; done", [1: .fromChild])
        var byte = [UInt8](repeating: 0, count: 1)
        _ = try byte.withUnsafeMutableBytes { try polite.pipe(1).read(into: $0) }
        #expect(polite.terminate(grace: .seconds(10)) == .exited(3))
        let deaf = try start("trap '' INT; echo ready; while :; do sleep 0.05; done", [1: .fromChild])
        _ = try byte.withUnsafeMutableBytes { try deaf.pipe(1).read(into: $0) }
        #expect(deaf.terminate(grace: .milliseconds(100)) == .signalled(SIGKILL))
    }

    @Test func aReaderThatHasGoneIsAnErrorAndNoSignal() throws {
        let child = try start("exit 0", [0: .toChild])
        _ = child.wait(atMost: .seconds(10))
        let done = DispatchSemaphore(value: 0)
        let box = SharedError()
        // A thread that gets such signals again would get the one that waits.
        SystemThread {
            PipeEnd.ignoreBrokenPipes()
            do throws(SystemError) {
                // A child that another test starts at this moment holds a copy of the reader's end until it begins.
                for _ in 0..<400 {
                    try withUnsafeBytes(of: 0) { bytes throws(SystemError) in try child.pipe(0).write(bytes) }
                    usleep(10_000)
                }
            } catch {
                box.value.withLock { $0 = error }
            }
            done.signal()
        }.start()
        done.wait()
        #expect(box.value.withLock { $0 } == SystemError(EPIPE))
    }

    @Test func anOwnerThatLetsGoEndsIt() throws {
        var child: ChildProcess? = try start("sleep 100")
        let pid = try #require(child?.pid)
        #expect(Self.isRunning(pid))
        child = nil
        #expect(Self.ends(pid))
    }

    @Test func itOutlivesTheThreadThatAskedForIt() throws {
        let started = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var child: ChildProcess?
        SystemThread {
            child = try? ChildProcess(Self.shell, ["-c", "sleep 100"], pipes: [:])
            started.signal()
        }.start()
        started.wait()
        usleep(300_000)
        #expect(try #require(child).ending == nil)
    }

    @Test func itDiesWithThisProcessAlsoWhenThatIsKilled() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path("pid")
        await #expect(processExitsWith: .signal(SIGKILL)) { [file = file as String] in
            // It waits for nothing that this process holds, and ignores what it can.
            let script: FilePath = "trap '' INT TERM HUP PIPE; while :; do sleep 0.1; done"
            let child = try ChildProcess("/bin/sh", ["-c", script], pipes: [:])
            try Data("\(child.pid)".utf8).write(to: URL(filePath: file))
            raise(SIGKILL)
        }
        let pid = try #require(CInt(try String(contentsOfFile: file, encoding: .utf8)))
        #expect(Self.ends(pid))
        #expect(kill(pid, 0) != 0 || !Self.isRunning(pid))
    }
}
