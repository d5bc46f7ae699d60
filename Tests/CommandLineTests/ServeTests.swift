// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Command line: serve") struct ServeTests {
    @Test func servesUntilItIsTold() async throws {
        let program = try TestProgram()
        let script = """
            pose serve --port 0 > out.txt 2> err.txt & server=$!
            for i in {1..3000}; do grep -q Listening out.txt && break; sleep 0.02; done
            port=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' out.txt)
            exec 3<> /dev/tcp/127.0.0.1/$port
            printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3
            head -n 1 <&3 | tr -d '\\r'
            kill -TERM $server; wait $server; echo $?
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["HTTP/1.1 200 OK", "0"])
        let listening = String(decoding: try program.read("out.txt"), as: UTF8.self)
        let line = #/Listening on http://127\.0\.0\.1:\d+/? \(Ctrl-C ends it\)\n/#
        #expect(listening.wholeMatch(of: line) != nil)
    }

    @Test func addressThatCannotBeTaken() async throws {
        let run = try await TestProgram().shell("timeout 60 pose serve --host 192.0.2.1 --port 5000")
        #expect(run.code == 69)
        #expect(run.text.isEmpty)
        #expect(run.errors.contains("192.0.2.1"))
    }

    @Test func missingModelIsSaidAtOnce() async throws {
        let run = try await TestProgram().shell("timeout 60 pose serve --port 0 --models-dir nowhere")
        #expect(run.code == 69)
        #expect(run.errors.contains("pose_detection.tflite"))
    }
}
