// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// axe-core finds nothing serious on either page, in either language, light or dark.
@Suite struct AccessibilityTests {
    @Test func nothingIsInAnybodysWay() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.wait("samples", until: "document.querySelector('.sample')")
                try await browser.expectNoBarriers()
                let paths = ["bus.jpg", "coffee.png"].map {
                    Media.directory.appending(path: $0).path(percentEncoded: false)
                }
                try await browser.type(paths.joined(separator: "\n"), into: "#file")
                try await browser.waitForFilmstrip(count: 2)
                try await browser.waitForPhase("done")
                try await browser.expectNoBarriers()
                try await browser.expectNoBarriersInTools()
                try await browser.script(
                    "document.querySelectorAll('.thumb')[1].click()",
                    as: Nothing.self
                )
                try await browser.waitForPhase("nobody")
                try await browser.expectNoBarriers()
                // What it is there to find is found.
                try await browser.script(
                    "document.querySelector('main').append(Object.assign(new Image(), { src: '/samples/astronaut.png' }))",
                    as: Nothing.self
                )
                #expect(try await browser.barriers().contains { $0.hasPrefix("critical image-alt") })
                try await browser.open("\(server.address)live")
                try await browser.wait("the page", until: "document.querySelector('nav [aria-current]')")
                try await browser.expectNoBarriers()
            }
        }
    }
}

extension Browser {
    /// Opens each tool, looks at it in both themes, and in the system's own colours, where every button needs an edge.
    func expectNoBarriersInTools() async throws {
        let ids = try await script(
            "return [...document.querySelectorAll('.toolbar-tool:enabled')].map(({ dataset }) => dataset.tool)",
            as: [String].self
        )
        #expect(Set(ids).isSuperset(of: ["angles", "copy", "figure", "mask", "scale"]), "\(ids)")
        for id in ids {
            try await click(".toolbar-tool[data-tool=\(id)]")
            try await wait(
                "the tool \(id)",
                until: "document.querySelector('#tool-host').childElementCount > 0"
            )
            for theme in ["light", "dark"] {
                try await script(
                    "document.documentElement.dataset.theme = arguments[0]",
                    [theme],
                    as: Nothing.self
                )
                #expect(try await barriers() == [], "\(id), \(theme)")
            }
            try await devTools(
                "Emulation.setEmulatedMedia",
                ["features": [["name": "forced-colors", "value": "active"]]]
            )
            let bare = try await script(
                """
                const shown = [...document.querySelectorAll('.toolbar-tool, #tool-panel button, #tool-panel select')];
                return shown.filter((one) => one.checkVisibility()).filter((one) => {
                  const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(one);
                  return (borderTopStyle === 'none' || parseFloat(borderTopWidth) === 0) && outlineStyle === 'none';
                }).map((one) => one.textContent.trim());
                """,
                as: [String].self
            )
            #expect(bare == [], "\(id) in forced colours")
            // Symbols are drawings in the colour of the text, not letters of a font that may be missing.
            let symbols = try await script(
                """
                return [...document.querySelectorAll('.toolbar-tool')].filter((tool) => {
                  const drawing = tool.querySelector('svg');
                  return !drawing || getComputedStyle(drawing).stroke !== getComputedStyle(tool).color;
                }).length;
                """,
                as: Int.self
            )
            #expect(symbols == 0)
            try await devTools("Emulation.setEmulatedMedia", ["features": [[String: String]]()])
            try await click("#tool-close")
        }
    }

    /// Looks at what is on the screen in both languages, light and dark.
    func expectNoBarriers() async throws {
        for theme in ["light", "dark"] {
            for _ in 0..<2 {
                try await click("#language")
                let language = try await script(
                    "document.documentElement.dataset.theme = arguments[0]; return document.documentElement.lang;",
                    [theme],
                    as: String.self
                )
                #expect(try await barriers() == [], "\(language), \(theme)")
            }
        }
    }

    /// What axe-core calls serious or critical: how bad, which rule, where.
    func barriers() async throws -> [String] {
        if try await script("return !window.axe", as: Bool.self) {
            try await script(String(contentsOf: Media.file("axe.min.js"), encoding: .utf8), as: Nothing.self)
        }
        return try await script(
            """
            // Colours that change slowly are between two others.
            document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
            return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
              .filter(({ impact }) => ['serious', 'critical'].includes(impact))
              .flatMap(({ impact, id, nodes }) => nodes.map(({ target }) => `${impact} ${id} ${target.join(' ')}`)));
            """,
            as: [String].self
        )
    }
}
