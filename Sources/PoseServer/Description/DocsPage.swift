// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseHTTP

/// The API's description as a page for people, made from the document for programs.
struct DocsPage {
    private let document: JSONValue
    private var html = ""

    /// The path of the page; what it loads is among the files of ``PageRoutes``.
    static let path = "/docs"

    /// Adds the page.
    ///
    /// - Parameters:
    ///   - description: the document for programs.
    ///   - router: gets the routes.
    static func add(_ description: [UInt8], to router: inout Router) {
        let page = Self.html(of: description)
        router.on(.get, path) { _ in
            HTTPResponse(
                status: 200,
                headers: [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache")],
                body: page
            )
        }
    }

    /// The page.
    static func html(of description: [UInt8]) -> [UInt8] {
        guard let document = try? JSONReader.read(description) else { return [] }
        var page = DocsPage(document: document)
        page.write()
        return Array(page.html.utf8)
    }

    private init(document: JSONValue) {
        self.document = document
    }

    // MARK: - Parts

    private mutating func write() {
        let info = document["info"]
        html += """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Interface of swift-pose \(text(info?["version"]))</title>
            <link rel="stylesheet" href="/docs.css">
            </head>
            <body>
            <header>
            <h1>Interface of swift-pose <small>\(text(info?["version"]))</small></h1>
            <p>\(text(info?["description"])) <a href="/openapi.json">openapi.json</a> says the same to programs.
            <a href="/">To the page for photos.</a></p>
            </header>

            """
        let operations = operations
        html += "<nav aria-label=\"Operations\"><ul>\n"
        for item in operations {
            html +=
                "<li><a href=\"#\(item.anchor)\"><code>\(item.method) \(Self.escaped(item.path))</code></a> "
            html += "\(text(item.operation["summary"]))</li>\n"
        }
        html += "<li><a href=\"#errors\">Errors</a></li>\n</ul></nav>\n<main>\n"
        var group = ""
        for item in operations {
            let own = Self.items(item.operation["tags"]).first.map(text) ?? ""
            if own != group { html += "<h2>\(own)</h2>\n" }
            group = own
            write(item)
        }
        writeErrors()
        html += "</main>\n</body>\n</html>\n"
    }

    private struct Item {
        var method: String
        var path: String
        var operation: JSONValue
        var anchor: String
    }

    private var operations: [Item] {
        Self.members(document["paths"]).flatMap { path in
            Self.members(path.value).map { method in
                Item(
                    method: method.name.uppercased(),
                    path: path.name,
                    operation: method.value,
                    anchor: text(method.value["operationId"])
                )
            }
        }
    }

    private mutating func write(_ item: Item) {
        html += "<section id=\"\(item.anchor)\">\n"
        html += "<h3><code>\(item.method) \(Self.escaped(item.path))</code></h3>\n"
        html +=
            "<p><strong>\(text(item.operation["summary"])).</strong> \(text(item.operation["description"]))</p>\n"
        let parameters = Self.items(item.operation["parameters"])
        if !parameters.isEmpty {
            writeTable(
                "Parameters",
                ["name", "allowed", "default", "what it does"],
                parameters.map { parameter in
                    let schema = parameter["schema"]
                    return [
                        "<code>\(text(parameter["name"]))</code>", Self.allowed(schema),
                        schema?["default"].map { "<code>\(text($0))</code>" } ?? "",
                        text(parameter["description"]),
                    ]
                }
            )
        }
        let types = Self.members(item.operation["requestBody"]?["content"]).map {
            "<code>\(Self.escaped($0.name))</code>"
        }
        if !types.isEmpty { html += "<p>Body: \(types.joined(separator: ", ")).</p>\n" }
        for example in Self.items(item.operation["x-codeSamples"]) {
            html += "<figure><figcaption>\(text(example["lang"]))</figcaption>"
            html += "<pre tabindex=\"0\"><code>\(text(example["source"]))</code></pre></figure>\n"
        }
        writeTable(
            "Answers",
            ["status", "meaning", "content"],
            Self.members(item.operation["responses"]).map { response in
                let content = Self.members(response.value["content"]).map { media in
                    let name = media.value["schema"]?["$ref"].map {
                        text($0).split(separator: "/").last ?? ""
                    }
                    return "<code>\(Self.escaped(media.name))</code>" + (name.map { " \($0)" } ?? "")
                }
                return [
                    "<code>\(Self.escaped(response.name))</code>", text(response.value["description"]),
                    content.joined(separator: ", "),
                ]
            }
        )
        html += "</section>\n"
    }

    private mutating func writeErrors() {
        html += """
            <section id="errors">
            <h2>Errors</h2>
            <p>Every error has a body of JSON: <code>code</code> is for programs, <code>message</code> for people,
            <code>request_id</code> is the name of the request in the server's log. Every answer has the same name in its
            header <code>X-Request-Id</code>; one that you send along is taken over. With 429 and 503, <code>Retry-After</code> says
            after how many seconds to come again.</p>
            <pre tabindex="0"><code>{"error":{"code":"invalid_parameter","message":"max-people must be 1…100, got 0.","request_id":"5c9d1f…"}}</code></pre>
            </section>

            """
    }

    private mutating func writeTable(_ caption: String, _ heads: [String], _ rows: [[String]]) {
        html += "<div class=\"table\" role=\"region\" aria-label=\"\(caption)\" tabindex=\"0\"><table>"
        html += "<caption>\(caption)</caption>\n<thead><tr>"
        html += heads.map { "<th scope=\"col\">\($0)</th>" }.joined() + "</tr></thead>\n<tbody>\n"
        for row in rows { html += "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>\n" }
        html += "</tbody></table></div>\n"
    }

    // MARK: - Values as text

    /// What a schema allows.
    private static func allowed(_ schema: JSONValue?) -> String {
        let words = items(schema?["enum"]).map { "<code>\(text($0))</code>" }
        if !words.isEmpty { return words.joined(separator: ", ") }
        if let low = schema?["minimum"], let high = schema?["maximum"] { return "\(text(low))…\(text(high))" }
        if let pattern = schema?["pattern"] { return "<code>\(text(pattern))</code>" }
        return text(schema?["type"])
    }

    private func text(_ value: JSONValue?) -> String { Self.text(value) }

    private static func text(_ value: JSONValue?) -> String {
        switch value?.content {
        case .string(let text), .number(let text): escaped(text)
        case .bool(let flag): "\(flag)"
        default: ""
        }
    }

    private static func members(_ value: JSONValue?) -> [JSONMember] {
        if case .object(let members) = value?.content { members } else { [] }
    }

    private static func items(_ value: JSONValue?) -> [JSONValue] {
        if case .array(let items) = value?.content { items } else { [] }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
