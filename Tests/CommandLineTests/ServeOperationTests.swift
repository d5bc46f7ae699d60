// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// The server as those see it who run it: a process with a configuration, signals and a log.
@Suite("Command line: serve, operated") struct ServeOperationTests {
    /// Starts a server in the background of a script: `$server`, `$port`, and `ask METHOD PATH [HEADER…]`, which prints the answer.
    private static func script(_ arguments: String, _ rest: String) -> String {
        """
        pose serve --port 0 \(arguments) > out.txt 2> err.txt & server=$!
        for i in {1..3000}; do grep -q Listening out.txt && break; kill -0 $server || break; sleep 0.02; done
        port=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' out.txt)
        ask() {
            local method=$1 path=$2 header; shift 2
            exec 3<> /dev/tcp/127.0.0.1/$port
            printf '%s %s HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n' $method $path >&3
            for header in "$@"; do printf '%s\\r\\n' "$header" >&3; done
            printf '\\r\\n' >&3; timeout 60 cat <&3 | tr -d '\\r'; exec 3>&-
        }
        \(rest)
        """
    }

    @Test func readinessEndsBeforeTheServerDoes() async throws {
        let program = try TestProgram()
        let rest = """
            ask GET /readyz | head -n 1
            kill -TERM $server
            for i in {1..3000}; do ask GET /readyz | head -n 1 | grep -q 200 || break; sleep 0.02; done
            ask GET /readyz | grep -e HTTP -e code; ask GET /healthz | head -n 1
            # Signals within half a second are one request.
            for i in {1..100}; do kill -TERM $server 2> /dev/null || break; sleep 0.2; done
            wait $server; echo $?
            """
        let run = try await program.shell(Self.script("--stop-notice 600", rest))
        #expect(run.lines.count == 5, "\(run.text) \(run.errors)")
        #expect(run.lines.first == "HTTP/1.1 200 OK")
        #expect(run.lines.dropFirst().first == "HTTP/1.1 503 Service Unavailable")
        #expect(run.text.contains("\"code\":\"shutting_down\""))
        #expect(run.lines.suffix(2) == ["HTTP/1.1 200 OK", "143"])
    }

    @Test func aServerIsConfiguredByAFile() async throws {
        let program = try TestProgram()
        try program.write("tokens", Data("# ours\n0123456789abcdef\n".utf8))
        try program.write(
            "pose.conf",
            Data("token-file = tokens\ncors = https://friend.example\nlog = json\nmax-upload = 1MB\n".utf8)
        )
        let rest = """
            ask GET /v1/info 'X-Request-Id: mine-1' | grep -i -e HTTP -e www-auth -e x-request
            ask GET /v1/info 'Authorization: Bearer 0123456789abcdef' | grep -o '"upload_bytes":[0-9]*'
            ask OPTIONS /upload 'Origin: https://friend.example' 'Access-Control-Request-Method: POST' | grep -i -e allow-origin
            kill -TERM $server; wait $server; echo $?
            """
        let run = try await program.shell(Self.script("--config pose.conf --stop-notice 0", rest))
        #expect(
            run.lines == [
                "HTTP/1.1 401 Unauthorized", "WWW-Authenticate: Bearer realm=\"pose\"",
                "X-Request-Id: mine-1",
                "\"upload_bytes\":1000000", "Access-Control-Allow-Origin: https://friend.example", "0",
            ],
            "\(run.errors)"
        )
        let log = try program.read("err.txt").split(separator: UInt8(ascii: "\n")).map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        }
        #expect(log.allSatisfy { ($0["time"] as? String)?.hasSuffix("Z") == true })
        let first = try #require(log.first)
        #expect(first["request_id"] as? String == "mine-1" && first["status"] as? Int == 401)
        #expect(log.last?["message"] as? String == "stopped")
        #expect(!String(decoding: try program.read("err.txt"), as: UTF8.self).contains("0123456789abcdef"))
    }

    @Test(arguments: [("short\n", 65, "tokens:1: A token has 16…256"), ("", 65, "tokens: There is no token")])
    func badTokensStopTheStart(text: String, code: Int32, message: String) async throws {
        let program = try TestProgram()
        try program.write("tokens", Data(text.utf8))
        let run = try await program.shell("timeout 60 pose serve --port 0 --token-file tokens")
        #expect(run.code == code)
        #expect(run.errors.hasPrefix("pose: --token-file: \(message)"), "\(run.errors)")
        let missing = try await program.shell("timeout 60 pose serve --port 0 --token-file nowhere")
        #expect(missing.code == 66)
    }

    /// The description against the server, by somebody else's program that tries what it allows and what it forbids.
    @Test(.needsPythonTools) func whatTheDescriptionSaysIsTrue() async throws {
        let program = try TestProgram()
        let script = Media.repository.appending(path: "Scripts/check-openapi").path
        let rest = "'\(script)' http://127.0.0.1:$port; echo $?; kill -TERM $server; wait $server"
        let run = try await program.shell(
            Self.script("--max-upload 1MB --max-streams 256 --stop-notice 0", rest)
        )
        #expect(run.lines.last == "0", "\(run.text) \(run.errors)")
    }
}
