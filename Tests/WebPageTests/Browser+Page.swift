// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A row of the page's table, as a person reads it.
struct TableRow: Decodable {
    var name: String
    var numbers: [String]

    /// Whether the numbers are those of a landmark, rounded as the page rounds.
    func isClose(to landmark: Answer.Landmark) -> Bool {
        let expected = [landmark.x, landmark.y, landmark.z, landmark.visibility, landmark.presence]
        let steps = [0.001, 0.001, 0.001, 0.01, 0.01]
        let shown = numbers.map { Double($0.replacing("\u{2212}", with: "-")) ?? .nan }
        return name == landmark.name && shown.count == expected.count
            && zip(zip(shown, expected), steps).allSatisfy { abs($0.0 - $0.1) <= $1 * 0.51 }
    }
}

extension Browser {
    func choose(_ file: URL) async throws {
        let path = file.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else {
            throw BrowserError("\(path) is missing; ./test obtains the pictures.")
        }
        try await type(path, into: "#file")
    }

    func waitForPhase(_ phase: String) async throws {
        try await wait("phase \(phase)", until: "document.body.dataset.phase === '\(phase)'")
        if phase == "done" {
            try await wait("the picture", until: "document.querySelector('#overlay .person circle')")
        }
    }

    /// Waits until so many pictures are in the film-strip, and none of them is still worked on.
    func waitForFilmstrip(count: Int) async throws {
        try await wait(
            "\(count) pictures",
            until: """
                document.querySelectorAll('.thumb').length === \(count)
                  && !document.querySelector('.thumb[data-state=pending]')
                """
        )
    }

    /// Name and state of each picture of the film-strip.
    func filmstrip() async throws -> [String] {
        try await script(
            "return [...document.querySelectorAll('.thumb')].map((thumb) => thumb.title)",
            as: [String].self
        )
    }

    /// Lets go of a file or folder over the page.
    func drop(_ file: URL) async throws {
        let data: [String: Any] = [
            "items": [String](), "files": [file.path(percentEncoded: false)], "dragOperationsMask": 1,
        ]
        let dispatch = { (type: String) in
            try await self.devTools(
                "Input.dispatchDragEvent",
                ["type": type, "x": 300, "y": 300, "data": data]
            )
        }
        try await dispatch("dragEnter")
        try await wait("the drop target", until: "document.body.classList.contains('dragging')")
        try await dispatch("dragOver")
        try await dispatch("drop")
    }

    /// Where a joint of the first person is in the window.
    func middleOfJoint(_ index: Int) async throws -> (x: Double, y: Double) {
        let place = try await script(
            """
            const joint = document.querySelector(`[data-person="0"] [data-joint="${arguments[0]}"]`);
            const box = joint.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
            """,
            [index],
            as: [Double].self
        )
        return (place[0], place[1])
    }

    func table() async throws -> [TableRow] {
        try await script(
            """
            return [...document.querySelectorAll('#rows tr')].map((row) => ({
              name: row.dataset.name,
              numbers: [...row.querySelectorAll('td')].map((cell) => cell.textContent),
            }))
            """,
            as: [TableRow].self
        )
    }

    /// Checks that each visible landmark within the picture has its dot there, to half a pixel of the screen.
    func expectOverlay(on person: Answer.Person) async throws {
        struct Overlay: Decodable {
            struct Joint: Decodable {
                var index: Int
                var x, y: Double
            }
            var bones: Int
            var joints: [Joint]
            var width, height: Double
        }
        let overlay = try await script(
            """
            const photo = document.querySelector('#photo').getBoundingClientRect();
            const group = document.querySelector('#overlay [data-person="0"]');
            const joints = [...group.querySelectorAll('[data-joint]')].map((dot) => {
              const box = dot.getBoundingClientRect();
              const middle = { x: box.x + box.width / 2 - photo.x, y: box.y + box.height / 2 - photo.y };
              return { index: Number(dot.dataset.joint), ...middle };
            });
            return { joints, bones: group.querySelectorAll('path').length, width: photo.width, height: photo.height };
            """,
            as: Overlay.self
        )
        let visible = person.landmarks.indices.filter { index in
            let landmark = person.landmarks[index]
            return landmark.visibility >= 0.5 && (0...1).contains(landmark.x) && (0...1).contains(landmark.y)
        }
        #expect(overlay.joints.map(\.index).sorted() == visible)
        #expect(visible.count > 10)
        #expect(overlay.bones > 0)
        for joint in overlay.joints {
            let landmark = person.landmarks[joint.index]
            let distance = hypot(
                joint.x - landmark.x * overlay.width,
                joint.y - landmark.y * overlay.height
            )
            #expect(distance < 0.5, "\(landmark.name) is \(distance) pixels off")
        }
    }

    func expectNoSidewaysScrolling() async throws {
        let widths = try await script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]",
            as: [Int].self
        )
        #expect(widths[0] <= widths[1])
    }

    func isShown(_ selector: String) async throws -> Bool {
        try await script(
            "return document.querySelector(arguments[0]).checkVisibility()",
            [selector],
            as: Bool.self
        )
    }

    /// The element with the focus: `button#language`, `a.skip`, `input[complexity]`.
    func focused() async throws -> String {
        try await script(
            """
            const { tagName, id, className, name } = document.activeElement;
            const tag = tagName.toLowerCase();
            if (name) return `${tag}[${name}]`;
            if (id) return `${tag}#${id}`;
            return tag === 'a' ? `${tag}.${className}` : tag;
            """,
            as: String.self
        )
    }

    /// Whether a person sees where the focus is: an outline on the element, or on the label that stands for it.
    func focusIsVisible() async throws -> Bool {
        try await script(
            """
            const element = document.activeElement;
            return [element, element.nextElementSibling].some((candidate) =>
              candidate && getComputedStyle(candidate).outlineStyle !== 'none');
            """,
            as: Bool.self
        )
    }

    /// Has the page keep each picture that it sends, in `window.sent`.
    func keepSentPictures() async throws {
        try await script(
            """
            window.sent = [];
            const { send } = XMLHttpRequest.prototype;
            XMLHttpRequest.prototype.send = function (form) {
              window.sent.push(form.get("image"));
              return send.call(this, form);
            };
            """,
            as: Nothing.self
        )
    }

    /// Waits for a saved file whose name ends so; one of several is not to be counted on.
    func downloaded(endingIn suffix: String) async throws -> Data {
        let folder = downloads.path(percentEncoded: false)
        for _ in 0..<1200 {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            if let name = names.first(where: { $0.hasSuffix(suffix) }),
                let data = try? Data(contentsOf: downloads.appending(path: name)), !data.isEmpty
            {
                return data
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        let found = try FileManager.default.contentsOfDirectory(atPath: folder)
        throw BrowserError("…\(suffix) was not saved; there is \(found).")
    }
}
