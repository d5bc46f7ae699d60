// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// axe-core finds nothing serious on either page, in either language, light or dark.
@Suite(.serialized) struct AccessibilityTests {
    @Test(arguments: ["en", "zh-CN"], [false, true])
    func nothingIsInAnybodysWay(language: String, isDark: Bool) async throws {
        try await LiveServer.with { server in
            try await Browser.with(.init(language: language, isDark: isDark)) { browser in
                try await browser.open(server.address)
                try await browser.wait("samples", until: "document.querySelector('.sample')")
                #expect(try await browser.barriers() == [])
                let paths = ["bus.jpg", "coffee.png"].map {
                    Media.directory.appending(path: $0).path(percentEncoded: false)
                }
                try await browser.type(paths.joined(separator: "\n"), into: "#file")
                try await browser.waitForFilmstrip(count: 2)
                try await browser.waitForPhase("done")
                #expect(try await browser.barriers() == [])
                try await browser.script(
                    "document.querySelectorAll('.thumb')[1].click()",
                    as: Nothing.self
                )
                try await browser.waitForPhase("nobody")
                #expect(try await browser.barriers() == [])
                // What it is there to find is found.
                try await browser.script(
                    "document.querySelector('main').append(Object.assign(new Image(), { src: '/samples/astronaut.png' }))",
                    as: Nothing.self
                )
                #expect(try await browser.barriers().contains { $0.hasPrefix("critical image-alt") })
                try await browser.open("\(server.address)live")
                try await browser.wait("the page", until: "document.querySelector('nav [aria-current]')")
                #expect(try await browser.barriers() == [])
            }
        }
    }
}

extension Browser {
    /// What axe-core calls serious or critical: how bad, which rule, where.
    func barriers() async throws -> [String] {
        let axe = try String(contentsOf: Media.file("axe.min.js"), encoding: .utf8)
        try await script("if (!window.axe) { \(axe) }", as: Nothing.self)
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
