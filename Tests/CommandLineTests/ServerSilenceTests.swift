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
        for _ in 0..<6000 {
            let said = (try? program.read("out.txt")).map { String(decoding: $0, as: UTF8.self) } ?? ""
            if let match = said.firstMatch(of: #/127\.0\.0\.1:(\d+)/#), said.contains("Ctrl-C"),
                let port = UInt16(match.1)
            {
                return port
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw POSIXError(.ETIMEDOUT)
    }

    @Test func noEndpointOpensAConnectionOrChangesAFile() async throws {
        let photo = [UInt8](try Data(contentsOf: Media.directory.appending(path: "zidane.jpg")))
        let calls = try await calls { try Self.askEverything($0, photo) }
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

    /// Asks every path that the server's own description has, and every page.
    private static func askEverything(_ port: UInt16, _ photo: [UInt8]) throws {
        let description = try ask(port, "GET", "/openapi.json")
        let object = try JSONSerialization.jsonObject(with: Data(description.body)) as? [String: Any]
        let paths = (object?["paths"] as? [String: [String: Any]]) ?? [:]
        #expect(paths.count >= 8)
        var asked: Set<String> = []
        for (path, operations) in paths
        where operations["get"] != nil && path != "/v1/live" && !path.contains("{") {
            #expect(try ask(port, "GET", path).status == 200, "\(path)")
            asked.insert(path)
        }
        for path in ["/", "/live", "/app.js", "/style.css", "/nothing"] {
            #expect([200, 404].contains(try ask(port, "GET", path).status))
        }
        for target in [
            "/v1/pose", "/v1/pose?mask=true&max-people=3", "/v1/pose?complexity=0", "/v1/pose?format=coco",
            "/v1/pose?nothing=1",
        ] {
            let status = try ask(port, "POST", target, photo).status
            #expect([200, 400, 503].contains(status), "\(target): \(status)")
        }
        for type in ["image/jpeg", "image/png"] {
            #expect(try ask(port, "POST", "/v1/pose", photo, accept: type).status == 200)
        }
        #expect(try ask(port, "POST", "/v1/pose", Array(photo.prefix(photo.count / 2))).status == 422)
        let head = "--b42\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n"
        let form = Array(head.utf8) + photo + Array("\r\n--b42--\r\n".utf8)
        #expect(
            try ask(port, "POST", "/upload", form, type: "multipart/form-data; boundary=b42").status == 200
        )
        asked.formUnion(["/v1/pose", "/upload"])

        let session = try ask(port, "POST", "/v1/sessions")
        let begun = try JSONSerialization.jsonObject(with: Data(session.body)) as? [String: Any]
        let id = begun?["id"] as? String ?? begun?["session"] as? String ?? ""
        #expect(session.status == 201 && !id.isEmpty, "\(session.text)")
        #expect(try ask(port, "POST", "/v1/sessions/\(id)/frames", photo).status == 200)
        #expect((200...204).contains(try ask(port, "DELETE", "/v1/sessions/\(id)").status))
        asked.formUnion(paths.keys.filter { $0.hasPrefix("/v1/sessions") })

        let live = try WebSocketClient(port: port, target: "/v1/live")
        live.send(WebSocketClient.frame(2, photo))
        #expect(live.receiveText()?.contains("\"schema\":\"pose/1\"") == true)
        asked.insert("/v1/live")
        let missed = Set(paths.keys.filter { !$0.contains("{") }).subtracting(asked)
        #expect(missed == [], "endpoints that this test does not ask")
    }

    private static func ask(
        _ port: UInt16,
        _ method: String,
        _ target: String,
        _ body: [UInt8] = [],
        type: String = "image/jpeg",
        accept: String = "*/*"
    ) throws -> RawResponse {
        let client = try RawClient(port: port)
        let head = [
            "\(method) \(target) HTTP/1.1", "Host: localhost", "Content-Type: \(type)", "Accept: \(accept)",
            "Content-Length: \(body.count)",
        ]
        client.send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        return try #require(client.receiveResponse())
    }
}
