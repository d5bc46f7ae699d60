// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PosePrivacy
import PoseTestSupport
import Testing

/// The page on which hidden faces are checked.
@Suite struct PrivacyPageTests {
    private static let paths = ["portrait.jpg", "coffee.png"].map {
        Media.directory.appending(path: $0).path(percentEncoded: false)
    }

    @Test func facesAreCoveredOpenedAddedAndSaved() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open("\(server.address)privacy")
                try await browser.wait("the page", until: "document.querySelector('nav [aria-current]')")
                try await browser.script("document.querySelector('[name=quick]').click()", as: Nothing.self)
                try await browser.expectNoBarriers()
                try await browser.type(Self.paths.joined(separator: "\n"), into: "#file")
                try await browser.waitForFilmstrip(count: 2)
                try await browser.wait("the end", until: "document.body.dataset.phase === 'done'")
                try await browser.wait("a face", until: "document.querySelector('.box[aria-pressed=true]')")
                try await browser.expectNoBarriers()
                try await browser.expectNoSidewaysScrolling()
                try await browser.screenshot("privacy")

                // A click opens the face; the server is asked again.
                try await browser.click(".box.face")
                try await browser.wait(
                    "the open face",
                    until:
                        "document.querySelector('.box.face[aria-pressed=false]') && document.body.dataset.phase !== 'working'"
                )
                // A box by the keyboard: added, moved, made wider.
                try await browser.click("#add-box")
                #expect(
                    try await browser.script("return document.activeElement.className", as: String.self)
                        == "box added"
                )
                let before = try await browser.script(
                    "return document.activeElement.dataset.key",
                    as: String.self
                )
                try await browser.script(
                    """
                    for (const shiftKey of [false, true]) document.activeElement.dispatchEvent(
                      new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey, bubbles: true }));
                    """,
                    as: Nothing.self
                )
                let after = try await browser.script(
                    "return document.activeElement.dataset.key",
                    as: String.self
                )
                #expect(before != after)
                try await browser.wait(
                    "the answer",
                    until:
                        "!document.querySelector('#save-zip').disabled && document.querySelector('#withheld').hidden"
                )
                try await browser.click("#save-sidecar")
                let sidecar = try Sidecar(json: [UInt8](try await browser.downloaded(endingIn: "faces.json")))
                let entry = try #require(sidecar.entries.first)
                #expect(entry.source == "portrait.jpg")
                #expect(entry.sha256?.count == 64)
                #expect(entry.edits.keptOpen.count == 1 && entry.edits.added.count == 1)

                try await browser.click("#save-zip")
                let files = try StoredArchive.files(
                    [UInt8](try await browser.downloaded(endingIn: "hidden-faces.zip"))
                )
                #expect(files.keys.sorted() == ["coffee.png", "portrait.jpg"])
                let written = try ImageDecoder.decode(files["portrait.jpg"] ?? []).image
                let original = try Media.picture("portrait.jpg")
                #expect((written.width, written.height) == (original.width, original.height))
                #expect(try await browser.complaints() == [])
            }
        }
    }

    @Test func aStrokeOfTheMouseAddsABoxAndDeleteRemovesIt() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open("\(server.address)privacy")
                try await browser.wait("the page", until: "document.querySelector('nav [aria-current]')")
                try await browser.script("document.querySelector('[name=quick]').click()", as: Nothing.self)
                try await browser.type(Self.paths[1], into: "#file")
                try await browser.wait(
                    "the picture",
                    until:
                        "['done', 'nobody'].includes(document.body.dataset.phase) && document.querySelector('#covered').naturalWidth > 0"
                )
                try await browser.script(
                    """
                    const sheet = document.querySelector('#sheet');
                    sheet.setPointerCapture = () => {};
                    const { left, top, width, height } = document.querySelector('#covered').getBoundingClientRect();
                    const at = (type, x, y) => sheet.dispatchEvent(new PointerEvent(type, {
                      button: 0, pointerId: 1, clientX: left + x * width, clientY: top + y * height, bubbles: true,
                    }));
                    at('pointerdown', 0.1, 0.1);
                    at('pointermove', 0.2, 0.2);
                    at('pointerup', 0.3, 0.4);
                    """,
                    as: Nothing.self
                )
                let size = try Media.picture("coffee.png")
                let key = try await browser.script(
                    "return document.querySelector('.box.added').dataset.key",
                    as: String.self
                )
                let box = try #require(PixelRectangle(key.dropFirst("added:".count)))
                #expect(abs(box.x - size.width / 10) <= 2 && abs(box.width - size.width / 5) <= 3)
                #expect(abs(box.height - size.height * 3 / 10) <= 3)
                try await browser.script(
                    """
                    document.querySelector('.box.added').dispatchEvent(
                      new KeyboardEvent('keydown', { key: 'Delete', bubbles: true }));
                    """,
                    as: Nothing.self
                )
                #expect(
                    try await browser.script("return !document.querySelector('.box.added')", as: Bool.self)
                )
            }
        }
    }

    @Test func aPictureInDoubtIsNotSavedUntilSomebodyDecides() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open("\(server.address)privacy")
                try await browser.wait("the page", until: "document.querySelector('nav [aria-current]')")
                // What the server says is wrapped: the first answer has a person without a head.
                try await browser.script(
                    """
                    const get = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, 'responseText').get;
                    Object.defineProperty(XMLHttpRequest.prototype, 'responseText', { get() {
                      const text = get.call(this);
                      if (!text.includes('"doubts":[]') || this.responseURL.includes('faces=')) return text;
                      const doubt = '"doubts":[{"code":"person_without_head","box":[50,50,40,40],"blocks":true}]';
                      return text.replace('"doubts":[]', doubt);
                    } });
                    document.querySelector('[name=quick]').click();
                    """,
                    as: Nothing.self
                )
                try await browser.type(Self.paths[1], into: "#file")
                try await browser.wait("the doubt", until: "document.querySelector('#doubts li')")
                #expect(
                    try await browser.script(
                        "return document.querySelector('#save-picture').disabled",
                        as: Bool.self
                    )
                )
                #expect(try await browser.isShown("#withheld"))
                try await browser.expectNoBarriers()
                try await browser.click("#doubts button")
                try await browser.wait(
                    "the answer",
                    until: "!document.querySelector('#save-picture').disabled"
                )
                #expect(try await browser.isShown("#doubts-card") == false)
            }
        }
    }
}
