// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseCodecs
import PoseImaging
import PoseTestSupport
import Testing

/// Many pictures at once: chosen, dropped as a folder, saved together; files that are none.
extension PhotoPageTests {
    @Test func manyPicturesAreWorkedOnAndSavedTogether() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                let names = ["bus.jpg", "coffee.png", "astronaut.png"]
                let paths = names.map { Media.directory.appending(path: $0).path(percentEncoded: false) }
                let notes = browser.downloads.appending(path: "notes.txt")
                try Data("Dear diary.".utf8).write(to: notes)
                let all = paths + [paths[0], notes.path(percentEncoded: false)]
                try await browser.type(all.joined(separator: "\n"), into: "#file")
                try await browser.waitForFilmstrip(count: all.count)
                let titles = try await browser.filmstrip()
                #expect(
                    titles == [
                        "bus.jpg: One person found", "coffee.png: Nobody was found in this picture",
                        "astronaut.png: One person found", "bus.jpg: One person found",
                        "notes.txt: This is a text, not a picture",
                    ]
                )
                #expect(
                    try await browser.text("#strip-summary")
                        == "5 pictures · 3 done · 1 without people · 1 failed"
                )
                try await browser.click("#save-csv")
                let csv = String(decoding: try await browser.downloaded(endingIn: "poses.csv"), as: UTF8.self)
                #expect(csv.split(separator: "\n").count == 4)
                #expect(csv.contains("\nastronaut.png,"))

                try await browser.click("#save-zip")
                let files = try StoredArchive.files(
                    [UInt8](try await browser.downloaded(endingIn: "poses.zip"))
                )
                #expect(
                    files.keys.sorted() == [
                        "astronaut-pose.jpg", "astronaut-pose.json", "bus-pose (2).jpg", "bus-pose (2).json",
                        "bus-pose.jpg", "bus-pose.json", "coffee-pose.json", "not-read.txt", "poses.csv",
                    ]
                )
                let document = try JSONDecoder().decode(Answer.self, from: Data(files["bus-pose.json"] ?? []))
                #expect(document.people.count == 1)
                let picture = try ImageDecoder.decode(files["astronaut-pose.jpg"] ?? []).image
                #expect((picture.width, picture.height) == (512, 512))
                let missing = String(decoding: files["not-read.txt"] ?? [], as: UTF8.self)
                #expect(missing.hasPrefix("notes.txt: This is a text"))
                try await browser.screenshot("many")
                #expect(try await browser.complaints() == [])

                // The way back.
                try await browser.click(".brand")
                #expect(try await browser.isShown("#start"))
                #expect(try await browser.isShown("#strip") == false)
            }
        }
    }

    @Test func sendsTwoPicturesAtATimeAndWaitsWhenTheServerIsBusy() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                // A proxy in the page counts requests, and answers the first of them as a busy server does.
                try await browser.script(
                    """
                    const send = XMLHttpRequest.prototype.send, open = XMLHttpRequest.prototype.open;
                    Object.assign(window, { now: 0, most: 0, asked: 0, times: [] });
                    XMLHttpRequest.prototype.open = function (method, url) {
                      window.asked += 1;
                      this.isFirst = window.asked === 1;
                      open.call(this, method, url);
                    };
                    XMLHttpRequest.prototype.send = function (body) {
                      window.now += 1;
                      window.most = Math.max(window.most, window.now);
                      window.times.push(performance.now());
                      // Before the page learns of the answer, and sends the next.
                      this.addEventListener('readystatechange', () => {
                        if (this.readyState === 4) window.now -= 1;
                      });
                      if (this.isFirst) {
                        const text = JSON.stringify({ error: { code: 'busy', message: 'Every worker is busy.' } });
                        Object.defineProperty(this, 'status', { value: 429 });
                        Object.defineProperty(this, 'responseText', { value: text });
                        this.getResponseHeader = () => '2';
                      }
                      // Long enough that the next one comes meanwhile, on a busy machine too.
                      setTimeout(() => send.call(this, body), 700);
                    };
                    """,
                    as: Nothing.self
                )
                let names = ["coffee.png", "camera.png", "chelsea.png", "rocket.jpg", "portrait.jpg"]
                let paths = names.map { Media.directory.appending(path: $0).path(percentEncoded: false) }
                try await browser.type(paths.joined(separator: "\n"), into: "#file")
                try await browser.waitForFilmstrip(count: names.count)
                // One, where this machine is so busy that each is over before the next file is read.
                let most = try await browser.script("return window.most", as: Int.self)
                #expect((1...2).contains(most))
                #expect(try await browser.script("return window.asked", as: Int.self) == names.count + 1)
                let wait = try await browser.script(
                    "return Math.max(...window.times) - window.times[0]",
                    as: Double.self
                )
                #expect(wait >= 2000)
                #expect(try await browser.filmstrip().allSatisfy { !$0.contains("busy") })
            }
        }
    }

    @Test func aDroppedFolderIsWalkedAndTextLeavesTheResultAlone() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                let folder = browser.downloads.appending(path: "holiday")
                let inner = folder.appending(path: "beach")
                try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
                for (name, target) in [("10.png", folder), ("9.png", folder), ("11.png", inner)] {
                    let source = try Media.file(name == "11.png" ? "astronaut.png" : "coffee.png")
                    // Browsers pass links in folders by, and the source may be one.
                    try Data(contentsOf: source).write(to: target.appending(path: name))
                }
                try Data().write(to: folder.appending(path: ".hidden"))
                try Data().write(to: folder.appending(path: "empty.jpg"))
                try await browser.open(server.address)
                try await browser.drop(folder)
                try await browser.waitForFilmstrip(count: 4)
                #expect(
                    try await browser.filmstrip() == [
                        "9.png: Nobody was found in this picture", "10.png: Nobody was found in this picture",
                        "11.png: One person found", "empty.jpg: The file is empty",
                    ]
                )
                try await browser.script(
                    """
                    const transfer = new DataTransfer();
                    transfer.setData('text/plain', 'https://example.org/');
                    document.body.dispatchEvent(
                      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
                    """,
                    as: Nothing.self
                )
                try await browser.wait(
                    "word of it",
                    until: "document.querySelector('#status').textContent.startsWith('No picture')"
                )
                #expect(try await browser.filmstrip().count == 4)
            }
        }
    }

    @Test func aFileThatIsGoneIsNotTakenForAServerThatIs() async throws {
        try await LiveServer.with { server in
            try await Browser.with(.init(language: "zh-CN")) { browser in
                try await browser.open(server.address)
                let file = browser.downloads.appending(path: "gone.jpg")
                try FileManager.default.copyItem(at: Self.photo, to: file)
                // The page learns of the file when it is no longer there.
                try await browser.script(
                    """
                    document.querySelector('#file').addEventListener('change', (event) => {
                      event.stopImmediatePropagation();
                      window.late = event.target.files[0];
                      event.target.value = '';
                    }, { capture: true, once: true });
                    """,
                    as: Nothing.self
                )
                try await browser.choose(file)
                try await browser.wait("the file", until: "window.late")
                try FileManager.default.removeItem(at: file)
                try await browser.script(
                    """
                    const transfer = new DataTransfer();
                    transfer.items.add(window.late);
                    document.body.dispatchEvent(
                      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
                    """,
                    as: Nothing.self
                )
                try await browser.waitForPhase("error")
                #expect(try await browser.text("#result-title") == "文件已无法读取")
                #expect(try await browser.text("#result-detail").contains("gone.jpg"))
                // A damaged picture: the server's code in the page's words, none of its English.
                let damaged = browser.downloads.appending(path: "damaged.jpg")
                try Data(contentsOf: Self.photo).prefix(2000).write(to: damaged)
                try await browser.choose(damaged)
                try await browser.wait(
                    "the answer",
                    until: "document.querySelector('#result-title').textContent === '无法读取这张图片'"
                )
                #expect(try await browser.text("#problem-detail") == "代码：undecodable")
            }
        }
    }

    @Test func picturesThatOnlyTheBrowserCanReadAreConverted() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                let picture = try Media.picture("astronaut.png")
                let file = browser.downloads.appending(path: "astronaut.bmp")
                try Bitmap.file(picture).write(to: file)
                try await browser.open(server.address)
                try await browser.choose(file)
                try await browser.waitForPhase("done")
                try await browser.click("#save-json")
                let json = try await browser.downloaded(endingIn: "astronaut-pose.json")
                let answer = try JSONDecoder().decode(Answer.self, from: json)
                #expect((answer.image.width, answer.image.height) == (picture.width, picture.height))
                #expect(answer.source == "astronaut.bmp")
            }
        }
    }
}

/// Archives without compression, read as PKWARE's APPNOTE describes their local headers.
enum StoredArchive {
    static func files(_ archive: [UInt8]) throws -> [String: [UInt8]] {
        func number(_ offset: Int, _ width: Int) -> Int {
            (0..<width).reduce(0) { $0 | Int(archive[offset + $1]) << (8 * $1) }
        }
        var files: [String: [UInt8]] = [:]
        var offset = 0
        while offset + 30 <= archive.count, number(offset, 4) == 0x0403_4B50 {
            let (size, nameLength) = (number(offset + 22, 4), number(offset + 26, 2))
            let start = offset + 30 + nameLength
            guard number(offset + 8, 2) == 0, start + size <= archive.count else {
                throw BrowserError("The archive is broken at byte \(offset).")
            }
            let content = Array(archive[start..<start + size])
            guard number(offset + 14, 4) == Int(pngChecksum(content)) else {
                throw BrowserError("The checksum of the file at byte \(offset) is wrong.")
            }
            files[String(decoding: archive[offset + 30..<start], as: UTF8.self)] = content
            offset = start + size
        }
        let end = archive.count - 22
        guard end >= 0, number(end, 4) == 0x0605_4B50, number(end + 10, 2) == files.count,
            number(end + 16, 4) == offset, number(offset, 4) == 0x0201_4B50
        else { throw BrowserError("The archive's directory is broken.") }
        return files
    }
}
