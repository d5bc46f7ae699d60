// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseHTTP
import PoseServer
import Testing

@Suite struct DocsPageTests {
    @Test func theDocumentIsOnThePage() async throws {
        let service = fakeService()
        let response = await service.respond(to: .get("/docs"))
        #expect(response.status == 200)
        #expect(response.header("content-type") == "text/html; charset=utf-8")
        #expect(response.header("content-security-policy")?.contains("default-src 'none'") == true)
        let page = String(decoding: response.body, as: UTF8.self)
        let document = await service.respond(to: .get("/openapi.json")).object
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        for (path, methods) in paths {
            for (method, operation) in methods {
                #expect(page.contains("<h3><code>\(method.uppercased()) \(path)</code></h3>"))
                let id = try #require(operation["operationId"] as? String)
                #expect(page.contains("id=\"\(id)\"") && page.contains("href=\"#\(id)\""))
            }
        }
        for parameter in AnalysisParameters.parameters(for: .pose) {
            #expect(page.contains("<code>\(parameter.name)</code>"))
        }
        #expect(page.contains("import json, urllib.request") && page.contains("pose.token.TOKEN"))
    }

    /// The policy allows no scripts, no styles in the page and nothing from elsewhere.
    @Test func itNeedsNothingButItsStyle() async throws {
        let service = fakeService()
        let page = String(decoding: await service.respond(to: .get("/docs")).body, as: UTF8.self)
        #expect(!page.contains("<script") && !page.contains("<style") && !page.contains(" style="))
        let loaded = page.matches(of: /(?:src|link rel="stylesheet" href)="([^"]*)"/).map { String($0.1) }
        #expect(loaded == ["/docs.css"])
        let style = await service.respond(to: .get("/docs.css"))
        #expect(style.header("content-type") == "text/css; charset=utf-8")
        let rules = String(decoding: style.body, as: UTF8.self)
        #expect(rules.contains("prefers-color-scheme: dark") && !rules.contains("url("))
        // Every tag that is opened is closed, and in its order.
        let markup = page.replacing("<!doctype html>", with: "")
            .replacing(/<(meta|link)([^>]*)>/) { "<\($0.1)\($0.2)/>" }
        let reader = MarkupChecker()
        #expect(reader.accepts(Data(markup.utf8)), "\(reader.problem ?? "")")
    }
}
