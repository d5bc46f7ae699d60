// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseServer
import Testing

/// How the live page looks and reads.
@Suite(.serialized) struct LiveLookPageTests {
    @Test(
        arguments: [
            ("desktop", Browser.Options(width: 1280, height: 900)),
            ("wide", Browser.Options(width: 2560, height: 1300, isDark: true)),
            ("phone", Browser.Options(width: 390, height: 844, isPhone: true, isDark: true)),
            ("phone-zh", Browser.Options(language: "zh-CN", width: 360, height: 740, isPhone: true)),
        ]
    )
    func showsTheLivePageOn(_ name: String, options: Browser.Options) async throws {
        try await Browser.withCamera(options, seeing: .still) { browser, server in
            try await browser.open("\(server.address)live")
            try await browser.expectNoSidewaysScrolling()
            try await browser.screenshot("live-\(name)-start")
            try await browser.startCamera(at: server)
            try await browser.expectNoSidewaysScrolling()
            if options.isPhone {
                // The picture comes first.
                let top = try await browser.script(
                    "return document.querySelector('#stage').getBoundingClientRect().top + scrollY",
                    as: Double.self
                )
                #expect(top < 100)
            }
            try await browser.screenshot("live-\(name)")
            let language = options.language == "en" ? "en" : "zh-CN"
            #expect(
                try await browser.script("return document.documentElement.lang", as: String.self)
                    == language
            )
            #expect(try await browser.complaints() == [])
        }
    }

    @Test func bothPagesLeadToEachOther() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                #expect(try await browser.text("nav [aria-current]") == "Photos")
                try await browser.click("nav a[href='/live']")
                try await browser.wait("the live page", until: "document.querySelector('#use-camera')")
                #expect(try await browser.text("nav [aria-current]") == "Live")
                try await browser.click("nav a[href='/']")
                try await browser.wait("the photo page", until: "document.querySelector('[data-choose]')")
                #expect(try await browser.complaints() == [])
            }
        }
    }
}
