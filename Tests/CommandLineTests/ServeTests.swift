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

    /// Standard error is a pipe that is open and that nobody reads.
    @Test func aLogThatNobodyReadsStopsNeitherAnswersNorTheEnd() async throws {
        let program = try TestProgram()
        let script = """
            mkfifo log; exec 4<> log
            pose serve --port 0 > out.txt 2>&4 & server=$!
            for i in {1..3000}; do grep -q Listening out.txt && break; sleep 0.02; done
            port=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' out.txt)
            path=/$(printf 'a%.0s' {1..190})
            for i in {1..400}; do printf 'GET %s HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' $path; done > requests
            printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >> requests
            for i in {1..20}; do
                exec 3<> /dev/tcp/127.0.0.1/$port
                cat requests >&3 & timeout 60 cat <&3 | grep -c '^HTTP/1.1 ' > answers.txt
                exec 3>&-
            done
            cat answers.txt
            kill -TERM $server; timeout 60 tail --pid=$server -f /dev/null; wait $server; echo $?
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["401", "0"], "\(run.errors)")
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
