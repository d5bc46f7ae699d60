// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// No connection to anywhere, seen from outside: strace lists every call that has to do with a network.
@Suite("Command line: silence") struct SilenceTests {
    private static let strace = "strace --follow-forks -qq --trace=%network --output=trace.txt"

    /// The calls that a run made, one a line: `1234  socket(AF_INET, …) = 3`.
    private func calls(of program: TestProgram) throws -> [String] {
        String(decoding: try program.read("trace.txt"), as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.contains(#/ [a-z0-9_]+\(/#) }
    }

    @Test func photosAreAnalysedWithoutAnyNetwork() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let run = try await program.shell(
            "\(Self.strace) pose image a.png -o b.jpg --mask m.png --json c.json && pose info > info.txt"
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(try program.files() == ["a.png", "b.jpg", "c.json", "info.txt", "m.png", "trace.txt"])
        #expect(try calls(of: program) == [])
    }

    @Test(arguments: ["--version", "info", "models", "help image", "bench --stage letterbox --passes 1"])
    func otherCommandsAreSilentToo(command: String) async throws {
        let program = try TestProgram()
        let run = try await program.shell("\(Self.strace) pose \(command)")
        #expect(run.code == 0, "\(run.errors)")
        #expect(try calls(of: program) == [])
    }

    /// The server listens and answers, and that is all; it also shows that the other tests could fail.
    ///
    /// Sockets of this machine itself are not counted. Swift's tasks run on Dispatch, whose threads write to the system's
    /// log (`/dev/log`) when they are refused a priority that only root may have.
    @Test func theServerOnlyListens() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let script = """
            \(Self.strace) bash -c 'echo $$ > pid.txt; exec pose serve --port 0' > out.txt 2> err.txt & tracer=$!
            for i in {1..3000}; do grep -q Listening out.txt && break; sleep 0.02; done
            port=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' out.txt)
            exec 3<> /dev/tcp/127.0.0.1/$port
            { printf 'POST /v1/pose HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\nContent-Type: image/png\\r\\n'
              printf 'Content-Length: %s\\r\\n\\r\\n' "$(stat -c %s a.png)"; cat a.png; } >&3
            head -n 1 <&3 | tr -d '\\r'
            kill -TERM "$(cat pid.txt)"; wait $tracer; echo $?
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["HTTP/1.1 200 OK", "0"], "\(run.errors)")
        let calls = try calls(of: program)
        #expect(calls.contains { $0.contains(" socket(AF_INET, SOCK_STREAM") })
        #expect(calls.contains { $0.contains(" listen(") })
        #expect(calls.contains { $0.contains(" accept4(") })
        let outbound = calls.filter { $0.contains(" connect(") || $0.contains("SOCK_DGRAM") }
            .filter { !$0.contains("AF_UNIX") }
        #expect(outbound == [])
    }
}
