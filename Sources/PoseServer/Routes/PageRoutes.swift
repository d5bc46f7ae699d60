// SPDX-License-Identifier: Apache-2.0

import CPosePages
import PoseHTTP
import PoseRendering

/// The pages: files that are part of the program.
enum PageRoutes {
    /// One file of the pages.
    struct Asset {
        var path: String
        var mediaType: String
        var bytes: [UInt8]
    }

    static let assets: [Asset] =
        files.filter { $0.path != sharedHead }.map { file in
            let isPage = file.path.hasSuffix(".html")
            return Asset(
                path: isPage ? address(ofPage: file.path) : "/\(file.path)",
                mediaType: mediaType(file.path),
                bytes: Array((isPage ? page(file.text) : file.text).utf8)
            )
        } + [
            // The renderer's numbers, for the pages' own drawing.
            script("skeleton-table", SkeletonTable.script), script("angle-table", AngleTable.script),
        ]

    /// What the heads of all pages have in common.
    private static let sharedHead = "head.html"

    private static let files: [(path: String, text: String)] = (0..<pose_page_file_count()).map { index in
        let file = unsafe pose_page_file_at(index)
        return unsafe (String(cString: file.path), String(cString: file.text))
    }

    /// `/live` for `live.html`, and `/` for the first page.
    private static func address(ofPage path: String) -> String {
        path == "index.html" ? "/" : "/\(path.dropLast(".html".count))"
    }

    private static func mediaType(_ path: String) -> String {
        let kind =
            switch path.split(separator: ".").last {
            case "html": "html"
            case "css": "css"
            case "js": "javascript"
            default: preconditionFailure("the pages have no files such as \(path)")
            }
        return "text/\(kind); charset=utf-8"
    }

    private static func script(_ name: String, _ text: String) -> Asset {
        let path = "/\(name).js"
        return Asset(path: path, mediaType: mediaType(path), bytes: Array(text.utf8))
    }

    /// A page with what all heads have in common in the place of its mark.
    private static func page(_ text: String) -> String {
        guard let head = files.first(where: { $0.path == sharedHead })?.text,
            let mark = text.firstRange(of: "  <!-- head.html -->\n")
        else { preconditionFailure("a page has no mark for its head") }
        return text[..<mark.lowerBound] + head + text[mark.upperBound...]
    }

    static func add(to router: inout Router) {
        for asset in assets {
            let tag = entityTag(asset.bytes)
            router.on(.get, asset.path) { request in
                // Browsers ask each time, so a new version of the program shows at once; 304 keeps it cheap.
                let headers = [(name: "ETag", value: tag), (name: "Cache-Control", value: "no-cache")]
                if matches(request.headers["if-none-match"], tag) {
                    return HTTPResponse(status: 304, headers: headers)
                }
                return HTTPResponse(
                    status: 200,
                    headers: [(name: "Content-Type", value: asset.mediaType)] + headers,
                    body: asset.bytes
                )
            }
        }
    }

    /// Source: RFC 9110 section 13.1.2, weak comparison.
    private static func matches(_ header: String?, _ tag: String) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").map { $0.trimmingSpaces() }.contains { given in
            given == "*" || (given.hasPrefix("W/") ? String(given.dropFirst(2)) : given) == tag
        }
    }

    /// 64-bit FNV-1a of the content, in quotes.
    private static func entityTag(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "\"\(String(hash, radix: 16))\""
    }
}
