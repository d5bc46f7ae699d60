// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging
package import PoseLanguage
internal import PoseSystem

/// A report for people: one HTML file with everything in it, which loads nothing and runs nothing.
///
/// What somebody must look at comes first: what was withheld, what failed, what has doubts.
package struct ContactSheet {
    private let wording: SheetWording
    private var html = ""

    /// The sheet of a report.
    ///
    /// - Parameters:
    ///   - report: what is shown.
    ///   - language: the language of its sentences.
    /// - Returns: UTF-8.
    package static func html(of report: PrivacyReport, in language: Language = .english) -> [UInt8] {
        var sheet = ContactSheet(wording: SheetWording(language: language))
        sheet.write(report)
        return Array(sheet.html.utf8)
    }

    private init(wording: SheetWording) {
        self.wording = wording
    }

    private mutating func write(_ report: PrivacyReport) {
        html += """
            <!doctype html>
            <html lang="\(wording.language == .chinese ? "zh-CN" : "en")">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>\(wording.title)</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <main>
            <h1>\(wording.title)</h1>
            <p class="caution">\(wording.caution)</p>

            """
        if report.records.contains(where: { $0.faces.contains { $0.original != nil } }) {
            html += "<p class=\"caution warn\"><strong>\(wording.originals)</strong></p>\n"
        }
        let doubtful = { (record: PrivacyRecord) in record.outcome == .written && !record.doubts.isEmpty }
        let groups: [(name: String, title: String, records: [PrivacyRecord])] = [
            ("withheld", wording.withheld, report.records.filter { $0.outcome == .withheld }),
            ("failed", wording.failed, report.records.filter { $0.outcome == .failed }),
            ("doubtful", wording.doubtful, report.records.filter(doubtful)),
            (
                "others", wording.others,
                report.records.filter { $0.outcome == .written && $0.doubts.isEmpty }
            ),
        ]
        html += "<ul class=\"counts\">\n"
        write(count: report.records.count, wording.pictures)
        write(count: report.coveredCount, wording.covered)
        write(count: report.doubtCount, wording.doubts)
        for group in groups where !group.records.isEmpty {
            html += "<li><a href=\"#\(group.name)\"><b>\(group.records.count)</b> \(group.title)</a></li>\n"
        }
        html += "</ul>\n"
        for group in groups where !group.records.isEmpty {
            html += "<section id=\"\(group.name)\">\n<h2>\(group.title) (\(group.records.count))</h2>\n"
            for record in group.records { write(record) }
            html += "</section>\n"
        }
        html += "</main>\n</body>\n</html>\n"
    }

    private mutating func write(count: Int, _ label: String) {
        html += "<li><b>\(count)</b> \(label)</li>\n"
    }

    private mutating func write(_ record: PrivacyRecord) {
        html += "<article>\n<h3>\(Self.escaped(record.source))</h3>\n"
        var facts: [String] = []
        if let output = record.output { facts.append("→ \(Self.escaped(output))") }
        if record.width > 0 { facts.append("\(record.width) × \(record.height)") }
        if let seconds = record.seconds {
            facts.append("\(PrivacyReport.rounded(seconds)) \(wording.atSeconds)")
        }
        if record.outcome != .failed { facts.append(wording.faceCount(record.coveredCount)) }
        html += "<p class=\"facts\">\(facts.joined(separator: " · "))</p>\n"
        if let reason = record.reason {
            let message = wording.language.translated(reason.message)
            html +=
                "<p class=\"reason\"><code>\(Self.escaped(reason.code))</code> \(Self.escaped(message))</p>\n"
        }
        write(record.doubts)
        html += "<div class=\"views\">\n"
        if let overview = record.overview {
            html += "<figure class=\"overview\">\(Self.image(overview, wording.overview))</figure>\n"
        }
        for (index, face) in record.faces.enumerated() { write(face, number: index + 1) }
        html += "</div>\n"
        if record.faces.isEmpty, record.outcome != .failed { html += "<p>\(wording.noFace)</p>\n" }
        for warning in record.warnings {
            html += "<p class=\"facts\">\(Self.escaped(wording.language.translated(warning)))</p>\n"
        }
        html += "</article>\n"
    }

    private mutating func write(_ doubts: [PrivacyRecord.Doubt]) {
        guard !doubts.isEmpty else { return }
        html += "<ul class=\"doubts\">\n"
        for doubt in doubts {
            var text = Self.escaped(wording.doubt(doubt.doubt.code))
            if let region = doubt.doubt.region {
                let box = PixelRectangle(around: region).numbers.map(String.init).joined(separator: ",")
                text += " <code>\(box)</code>"
            }
            if let seconds = doubt.seconds { text += " \(range(seconds))" }
            html += "<li>\(text)</li>\n"
        }
        html += "</ul>\n"
    }

    private mutating func write(_ face: PrivacyRecord.Face, number: Int) {
        let region = face.decision.region
        html += "<figure\(face.decision.fate.isOpen ? " class=\"open\"" : "")>"
        if let original = face.original { html += Self.image(original, wording.before) }
        if let thumbnail = face.thumbnail { html += Self.image(thumbnail, wording.face(number)) }
        var caption = "\(wording.witness(region.witness)) \(PrivacyReport.rounded(region.score))"
        if face.decision.fate.isOpen { caption += " · \(wording.fate(face.decision.fate))" }
        if let seconds = face.seconds { caption += " · \(range(seconds))" }
        html += "<figcaption>\(caption)</figcaption></figure>\n"
    }

    private func range(_ seconds: ClosedRange<Double>) -> String {
        let bounds = [seconds.lowerBound, seconds.upperBound].map { "\(PrivacyReport.rounded($0))" }
        return "\(bounds[0])–\(bounds[1]) \(wording.atSeconds)"
    }

    private static func image(_ thumbnail: CoverThumbnail, _ alternative: String) -> String {
        "<img loading=\"lazy\" width=\"\(thumbnail.width)\" height=\"\(thumbnail.height)\" alt=\"\(alternative)\" "
            + "src=\"data:image/jpeg;base64,\(Base64.encode(thumbnail.bytes))\">"
    }

    /// A text with what HTML would take for markup made harmless.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }

    private static let style = """
        :root{--back:#f5f6f8;--card:#fff;--text:#16202a;--soft:#4b5866;--edge:#d5dae0;--warn:#a3261a;--accent:#0b5f78}
        @media (prefers-color-scheme:dark){:root{--back:#0f1317;--card:#1a2129;--text:#e8edf2;--soft:#a7b3bf;\
        --edge:#323d48;--warn:#ff9a8c;--accent:#6fd0ea}}
        *{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--text);\
        font:16px/1.5 system-ui,"Noto Sans SC",sans-serif}main{max-width:1200px;margin:0 auto;padding:24px 16px 64px}
        h1{margin:0 0 8px}h2{margin:32px 0 12px}h3{margin:0;font-size:1rem;overflow-wrap:anywhere}
        a{color:var(--accent)}.caution{max-width:70ch;color:var(--soft)}.warn,.reason,.doubts{color:var(--warn)}
        .counts{display:flex;flex-wrap:wrap;gap:8px 24px;padding:0;list-style:none}
        article{background:var(--card);border:1px solid var(--edge);border-radius:12px;padding:12px 16px;margin:0 0 12px}
        article p,article ul{margin:4px 0}.facts{color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
        .views{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-end;margin-top:8px}figure{margin:0}
        figure img{display:block;max-width:100%;height:auto;border-radius:6px;margin-bottom:2px}
        figcaption{font-size:.8rem;color:var(--soft);max-width:16ch}.open{outline:2px dashed var(--warn);outline-offset:3px}
        @media print{article{break-inside:avoid}}
        """
}
