// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// Every endpoint of the server, seen from outside: strace lists what has to do with networks and with files that change.
@Suite("Command line: silence of the server") struct ServerSilenceTests {
    private static let changes = [
        "creat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link",
        "linkat",
        "symlink", "symlinkat", "truncate", "ftruncate", "mknod", "mknodat",
    ]
    // A question mark lets a processor be without the call.
    private static let traced = (["%network", "openat"] + (["open", "openat2"] + changes).map { "?\($0)" })
        .joined(separator: ",")

    /// Runs the server under strace while `body` asks it, and returns the calls it made, one a line.
    private func calls(_ body: @escaping @Sendable (UInt16) throws -> Void) async throws -> [String] {
        let program = try TestProgram()
        let script = """
            strace --follow-forks -qq --trace=\(Self.traced) --output=trace.txt \
                bash -c 'echo $$ > pid.txt; exec pose serve --port 0' > out.txt 2> err.txt & tracer=$!
            for i in {1..6000}; do [[ -e done ]] && break; sleep 0.02; done
            kill -TERM "$(cat pid.txt)"; wait $tracer; echo $?
            """
        let run = Task { try await program.shell(script) }
        do {
            let port = try await Self.port(of: program)
            try await onThread { try body(port) }
        } catch {
            try program.write("done", Data())
            _ = try await run.value
            throw error
        }
        try program.write("done", Data())
        let ended = try await run.value
        #expect(ended.lines == ["0"], "\(ended.errors)")
        #expect(try program.files() == ["done", "err.txt", "out.txt", "pid.txt", "trace.txt"])
        let lines = String(decoding: try program.read("trace.txt"), as: UTF8.self).split(separator: "\n")
        // What bash does before the server begins is not the server's.
        let begin = lines.firstIndex { $0.contains("pid.txt") }.map { $0 + 1 } ?? 0
        return lines[begin...].map(String.init)
    }

    private static func port(of program: TestProgram) async throws -> UInt16 {
        var port: UInt16?
        try await wait {
            let said = (try? program.read("out.txt")).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let match = said.contains("Ctrl-C") ? said.firstMatch(of: #/127\.0\.0\.1:(\d+)/#) : nil
            port = match.flatMap { UInt16($0.1) }
            return port != nil
        }
        return try #require(port)
    }

    @Test func noEndpointOpensAConnectionOrChangesAFile() async throws {
        let photo = [UInt8](try Data(contentsOf: Media.directory.appending(path: "zidane.jpg")))
        let calls = try await calls { port in
            try EveryEndpoint { try RawClient(port: port) }.ask(photo)
        }
        // Sockets of the machine itself are Dispatch's, for the system's log.
        let sockets = calls.filter {
            $0.contains(#/ (socket|connect|sendto|sendmsg)\(/#) && !$0.contains("AF_UNIX")
        }
        let outbound = sockets.filter { line in
            // One socket listens; what is sent goes to those who came in.
            !line.contains(" socket(AF_INET, SOCK_STREAM")
                && !line.contains(#/ send(to|msg)\(\d+, .*(NULL, 0\)|msg_name=NULL)/#)
                && !line.contains("<unfinished") && !line.contains("resumed>")
        }
        #expect(outbound == [])
        #expect(calls.filter { $0.contains(" connect(") && !$0.contains("AF_UNIX") } == [])
        #expect(calls.filter { $0.contains(" socket(") && !$0.contains("AF_UNIX") }.count == 1)
        #expect(calls.contains { $0.contains(" listen(") })

        let opened = calls.filter { $0.contains(#/ open(at|at2)?\(/#) }
        #expect(opened.contains { $0.contains("pose_landmark_full.tflite") })
        let writable = opened.filter {
            $0.contains(#/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/#) && !$0.contains("\"/dev/null\"")
        }
        #expect(writable == [])
        let changing = calls.filter { line in Self.changes.contains { line.contains(" \($0)(") } }
        #expect(changing == [])
    }

    /// Without any network: no interface is there but the loopback one.
    @Test(
        .enabled(if: canIsolate, "the kernel lets this user make no network of their own: unshare -rn"),
        .enabled(
            if: FileManager.default.fileExists(atPath: "/usr/bin/python3"),
            "there is no /usr/bin/python3"
        )
    )
    func everyEndpointAnswersWhereThereIsNoNetwork() async throws {
        let photo = [UInt8](try Data(contentsOf: Media.directory.appending(path: "zidane.jpg")))
        let program = try TestProgram()
        let relay = Media.repository.appending(path: "Scripts/silence/relay.py").path
        let run = Task {
            try await program.shell(
                """
                { for i in {1..6000}; do [[ -e done ]] && break; sleep 0.02; done; } |
                    unshare --user --map-root-user --net python3 '\(relay)' socket pose serve --port 0 > out.txt
                """
            )
        }
        do {
            try await Self.wait { (try? program.read("out.txt")) == Data("ready\n".utf8) }
            let socket = program.directory.appending(path: "socket").path
            try await onThread { try EveryEndpoint { try RawClient(path: socket) }.ask(photo) }
        } catch {
            try program.write("done", Data())
            Issue.record("\(try await run.value.errors)")
            throw error
        }
        try program.write("done", Data())
        let ended = try await run.value
        #expect(ended.code == 0, "\(ended.errors)")
    }

    /// What makes the test above fail where there is a network: the relay refuses to begin.
    @Test(.enabled(if: hasNetwork, "this machine has no network"))
    func theRelayRefusesToBeginWhereThereIsANetwork() async throws {
        let program = try TestProgram()
        let relay = Media.repository.appending(path: "Scripts/silence/relay.py").path
        let run = try await program.shell("python3 '\(relay)' socket pose serve --port 0")
        #expect(run.code != 0 && run.text.isEmpty)
    }

    private static let hasNetwork =
        ((try? FileManager.default.contentsOfDirectory(atPath: "/sys/class/net")) ?? []).count > 1

    private static let canIsolate: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["unshare", "--user", "--map-root-user", "--net", "true"]
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private static func wait(for condition: () -> Bool) async throws {
        for _ in 0..<6000 {
            if condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw POSIXError(.ETIMEDOUT)
    }
}
