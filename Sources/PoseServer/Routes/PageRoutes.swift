// SPDX-License-Identifier: Apache-2.0

import PoseHTTP

/// The page: files that are part of the program.
enum PageRoutes {
    /// One file of the page.
    struct Asset {
        var path: String
        var mediaType: String
        var bytes: [UInt8]
    }

    static var assets: [Asset] {
        let script = "text/javascript; charset=utf-8"
        return [
            Asset(path: "/", mediaType: "text/html; charset=utf-8", bytes: PackageResources.index_html),
            Asset(
                path: "/style.css",
                mediaType: "text/css; charset=utf-8",
                bytes: PackageResources.style_css
            ),
            Asset(path: "/app.js", mediaType: script, bytes: PackageResources.app_js),
            Asset(path: "/controls.js", mediaType: script, bytes: PackageResources.controls_js),
            Asset(path: "/orientation.js", mediaType: script, bytes: PackageResources.orientation_js),
            Asset(path: "/server.js", mediaType: script, bytes: PackageResources.server_js),
            Asset(path: "/skeleton.js", mediaType: script, bytes: PackageResources.skeleton_js),
            Asset(path: "/strings.js", mediaType: script, bytes: PackageResources.strings_js),
            Asset(path: "/table.js", mediaType: script, bytes: PackageResources.table_js),
            Asset(path: "/viewer.js", mediaType: script, bytes: PackageResources.viewer_js),
        ]
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
