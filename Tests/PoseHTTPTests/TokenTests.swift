// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import Testing

@Suite struct TokenTests {
    private static let token = "0123456789abcdef-._~+"

    private func answer(_ headers: [String: String], path: String = "/v1/pose") async throws -> HTTPResponse {
        let tokens = try BearerTokens("# those who may\n\n\(Self.token)\nanother-token-of-24-chars\n")
        let application = HTTPApplication(
            middleware: [ErrorBodies(), TokenGuard(tokens) { $0.path == "/healthz" }]
        ) { _ in HTTPReply(HTTPResponse(status: 200)) }
        return await application.respond(to: HTTPRequest(method: .get, path: path, headers: headers)).response
    }

    @Test(arguments: [
        ["authorization": "Bearer \(token)"], ["authorization": "bearer  \(token) "],
        ["authorization": "Bearer another-token-of-24-chars"],
        ["upgrade": "websocket", "sec-websocket-protocol": "pose, pose.token.\(token)"],
    ])
    func aTokenOpens(headers: [String: String]) async throws {
        #expect(try await answer(headers).status == 200)
    }

    @Test(
        arguments: [
            ([:], "Bearer realm=\"pose\""), (["authorization": "Basic \(token)"], "Bearer realm=\"pose\""),
            (["authorization": token], "Bearer realm=\"pose\""),
            (["sec-websocket-protocol": "pose.token.\(token)"], "Bearer realm=\"pose\""),
            (["authorization": "Bearer "], "Bearer realm=\"pose\""),
            (["authorization": "Bearer \(token)x"], "Bearer realm=\"pose\", error=\"invalid_token\""),
            (
                ["authorization": "Bearer \(token.dropLast())"],
                "Bearer realm=\"pose\", error=\"invalid_token\""
            ),
            (["authorization": "Bearer # those who may"], "Bearer realm=\"pose\", error=\"invalid_token\""),
            (
                ["upgrade": "websocket", "sec-websocket-protocol": "pose.token."],
                "Bearer realm=\"pose\", error=\"invalid_token\""
            ),
        ] as [([String: String], String)]
    )
    func nothingElseDoes(headers: [String: String], challenge: String) async throws {
        let response = try await answer(headers)
        #expect(response.status == 401)
        #expect(response.header("www-authenticate") == challenge)
        #expect(try await answer(headers, path: "/healthz").status == 200)
    }

    @Test(
        arguments: [
            ("", 0), ("# nobody\n\n", 0), ("0123456789abcdef\nshort\n", 2), ("with a blank in it", 1),
            ("a/slash/does/not/fit/a/subprotocol", 1), ("\nschlüssel-schlüssel", 2),
            (String(repeating: "a", count: 257), 1),
        ] as [(String, Int)]
    )
    func filesWithoutGoodTokensAreExplainedWithoutTellingAny(text: String, line: Int) throws {
        let problem = try #require(throws: BearerTokens.Problem.self) { try BearerTokens(text) }
        #expect(problem.line == line)
        for word in ["short", "with a blank", "slash/does", "schl"] {
            #expect(!problem.message.contains(word))
        }
    }

    @Test func linesMayEndAsOnWindows() throws {
        let tokens = try BearerTokens("\(Self.token)\r\nanother-token-of-24-chars\r\n")
        #expect(tokens.contains(Self.token) && tokens.contains("another-token-of-24-chars"))
        #expect(!tokens.contains(""))
    }
}
