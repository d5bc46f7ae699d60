// SPDX-License-Identifier: Apache-2.0

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

    static var assets: [Asset] {
        typealias Files = PackageResources
        let pages: [(String, [UInt8])] = [
            ("/", page(Files.index_html)), ("/live", page(Files.live_html)),
            ("/privacy", page(Files.privacy_html)),
        ]
        let styles: [(String, [UInt8])] = [
            ("style", Files.style_css), ("studio", Files.studio_css), ("live", Files.live_css),
            ("privacy", Files.privacy_css),
            ("tools/tools", Files.tools_css),
        ]
        let scripts: [(String, [UInt8])] = [
            ("angle-plot", Files.angle_plot_js), ("exercise-panel", Files.exercise_panel_js),
            ("exercise-record", Files.exercise_record_js), ("exercise-report", Files.exercise_report_js),
            ("strings-exercise", Files.strings_exercise_js),
            ("annotated", Files.annotated_js), ("app", Files.app_js),
            ("camera", Files.camera_js), ("connection-view", Files.connection_view_js),
            ("controls", Files.controls_js), ("csv", Files.csv_js), ("face-board", Files.face_board_js),
            ("figure-angles", Files.figure_angles_js), ("figure3d", Files.figure3d_js),
            ("files", Files.files_js), ("film-bar", Files.film_bar_js),
            ("filmstrip", Files.filmstrip_js), ("frame-sender", Files.frame_sender_js),
            ("gallery", Files.gallery_js), ("intake", Files.intake_js),
            ("jpeg-encoder", Files.jpeg_encoder_js), ("live-socket", Files.live_socket_js),
            ("live", Files.live_js), ("mannequin", Files.mannequin_js), ("meter", Files.meter_js),
            ("orientation", Files.orientation_js),
            ("overlay", Files.overlay_js), ("people-choice", Files.people_choice_js),
            ("picture-page", Files.picture_page_js),
            ("privacy", Files.privacy_js), ("recorder", Files.recorder_js),
            ("recording-bar", Files.recording_bar_js), ("reduction", Files.reduction_js),
            ("results", Files.results_js), ("review", Files.review_js), ("samples", Files.samples_js),
            ("server", Files.server_js),
            ("settings", Files.settings_js), ("shell", Files.shell_js), ("skeleton", Files.skeleton_js),
            ("stage", Files.stage_js), ("strings-live", Files.strings_live_js),
            ("strings-privacy", Files.strings_privacy_js),
            ("strings", Files.strings_js), ("table", Files.table_js), ("theme", Files.theme_js),
            ("token", Files.token_js), ("toolbox", Files.toolbox_js),
            ("video-source", Files.video_source_js), ("viewer", Files.viewer_js),
            ("wake-lock", Files.wake_lock_js), ("zip", Files.zip_js), ("zoom", Files.zoom_js),
            // The renderer's numbers, for the pages' own drawing.
            ("skeleton-table", [UInt8](SkeletonTable.script.utf8)),
            ("angle-table", [UInt8](AngleTable.script.utf8)),
            // Tools of the photo page.
            ("tools/compare", Files.compare_js), ("tools/copy", Files.copy_js),
            ("tools/figure", Files.figure_js), ("tools/index", Files.index_js),
            ("tools/joint-angles", Files.joint_angles_js), ("tools/mask", Files.mask_js),
            ("tools/measures", Files.measures_js), ("tools/parts", Files.parts_js),
            ("tools/scale", Files.scale_js), ("tools/snippets", Files.snippets_js),
            ("tools/tool-strings", Files.tool_strings_js), ("tools/vectors", Files.vectors_js),
        ]
        return pages.map { Asset(path: $0.0, mediaType: "text/html; charset=utf-8", bytes: $0.1) }
            + styles.map { Asset(path: "/\($0.0).css", mediaType: "text/css; charset=utf-8", bytes: $0.1) }
            + scripts.map {
                Asset(path: "/\($0.0).js", mediaType: "text/javascript; charset=utf-8", bytes: $0.1)
            }
    }

    /// A page with what all heads have in common in the place of its mark.
    private static func page(_ bytes: [UInt8]) -> [UInt8] {
        let head = String(decoding: PackageResources.head_html, as: UTF8.self)
        let text = String(decoding: bytes, as: UTF8.self)
        guard let mark = text.firstRange(of: "  <!-- head.html -->\n") else {
            preconditionFailure("a page has no mark for its head")
        }
        return Array((text[..<mark.lowerBound] + head + text[mark.upperBound...]).utf8)
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
