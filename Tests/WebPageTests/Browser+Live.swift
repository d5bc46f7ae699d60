// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import Testing

/// Where the person is in a frame, and where the page draws the figure, both as fractions of the width.
struct Sighting: Decodable {
    /// The middle of the picture of the person.
    var person: Double
    /// The middle of what is drawn.
    var figure: Double
    /// The middles of the left side's colour and the right side's.
    var left: Double?
    var right: Double?
}

extension Browser {
    /// Opens a browser whose camera shows a clip, beside a server of its own.
    static func withCamera(
        _ options: Options,
        seeing content: Clips.Content,
        _ body: (Browser, LiveServer) async throws -> Void
    ) async throws {
        try await Clips.with(content) { clip in
            try await LiveServer.with { server in
                var options = options
                options.camera = clip
                try await Browser.with(options) { browser in try await body(browser, server) }
            }
        }
    }

    /// Opens the live page and starts the camera; returns when people are drawn.
    func startCamera(at server: LiveServer) async throws {
        try await open("\(server.address)live")
        try await click("#use-camera")
        try await waitForPeople()
    }

    func waitForPeople() async throws {
        try await wait(
            "people on the live page",
            until: """
                Number(document.querySelector('#figure-people').textContent) > 0
                  && document.querySelector('#connection').dataset.state === 'open'
                """
        )
    }

    /// Looks at the frame on the screen and at what is drawn over it; nil while nothing is drawn.
    func sighting() async throws -> Sighting? {
        try await script(
            """
            const read = (source, width, height) => {
              const canvas = Object.assign(document.createElement('canvas'), { width, height });
              const context = canvas.getContext('2d', { willReadFrequently: true });
              context.drawImage(source, 0, 0, width, height);
              return context.getImageData(0, 0, width, height).data;
            };
            const [width, height] = [640, 480];
            const picture = document.querySelector('#picture');
            const shown = picture.hidden ? document.querySelector('#video') : picture;
            const frame = read(shown, width, height);
            const drawn = read(document.querySelector('#overlay'), width, height);
            const middle = (data, rows, matches) => {
              let [sum, count] = [0, 0];
              for (const y of rows) for (let x = 0; x < width; x += 1) {
                const at = 4 * (y * width + x);
                if (matches(data[at], data[at + 1], data[at + 2], data[at + 3])) { sum += x; count += 1; }
              }
              return count > 0 ? sum / count / width : null;
            };
            const all = [...Array(height).keys()];
            const isBack = (r, g, b) => b > 150 && r < 80 && g < 110;
            const near = (r, g, b, wanted) => Math.hypot(r - wanted[0], g - wanted[1], b - wanted[2]) < 60;
            const figure = middle(drawn, all, (r, g, b, a) => a > 128);
            if (figure === null) return null;
            return {
              person: middle(frame, [440, 445], (r, g, b) => !isBack(r, g, b)),
              figure,
              left: middle(drawn, all, (r, g, b, a) => a > 200 && near(r, g, b, [255, 138, 0])),
              right: middle(drawn, all, (r, g, b, a) => a > 200 && near(r, g, b, [0, 217, 231])),
            };
            """,
            as: Sighting?.self
        )
    }

    /// Sightings until the person has gone through a part of the picture's width, at most for half a minute.
    func sightings(across width: Double) async throws -> [Sighting] {
        var found: [Sighting] = []
        for _ in 0..<300 {
            if let sighting = try await sighting() { found.append(sighting) }
            let places = found.map(\.person)
            if let least = places.min(), let most = places.max(), most - least > width { return found }
            try await Task.sleep(for: .milliseconds(100))
        }
        return found
    }

    func setCheckbox(_ selector: String, _ isChecked: Bool) async throws {
        try await script(
            """
            const box = document.querySelector(arguments[0]);
            if (box.checked !== arguments[1]) box.click();
            """,
            [selector, isChecked],
            as: Nothing.self
        )
    }

    /// Chooses an entry of a list.
    func choose(_ value: String, in selector: String) async throws {
        try await script(
            """
            const list = document.querySelector(arguments[0]);
            list.value = arguments[1];
            list.dispatchEvent(new Event('change', { bubbles: true }));
            """,
            [selector, value],
            as: Nothing.self
        )
    }

    /// Goes to a time of the film, as the slider does.
    func jump(to second: Double) async throws {
        try await script(
            """
            const seek = document.querySelector('#seek');
            seek.value = arguments[0];
            seek.dispatchEvent(new Event('input', { bubbles: true }));
            """,
            [second],
            as: Nothing.self
        )
    }

    /// Waits until more frames are recorded than a number; returns how many there are.
    @discardableResult
    func waitForRecording(beyond count: Int) async throws -> Int {
        let recorded = "parseInt(document.querySelector('#recording-text').textContent)"
        try await wait("more than \(count) recorded frames", until: "\(recorded) > \(count)")
        return try await script("return \(recorded)", as: Int.self)
    }

    /// Saves what was recorded as JSON lines, and reads them as any program would.
    func recordedDocuments() async throws -> [PoseDocument] {
        try await click("#save-lines")
        var reader = PoseStreamReader()
        reader.append([UInt8](try await downloaded(endingIn: "-pose.jsonl")))
        reader.finish(droppingBrokenEnd: false)
        var documents: [PoseDocument] = []
        while let document = try reader.next() { documents.append(document) }
        return documents
    }

    /// How far the left side in the 3-D view lies to the right of the right side, as a part of its width, as soon as that is
    /// what is expected; on a busy machine a view is drawn some time after it was turned.
    func sidesInSpace(expected: (Double) -> Bool = { _ in true }) async throws -> Double {
        var offset = Double.nan
        for _ in 0..<30 {
            try await Task.sleep(for: .milliseconds(300))
            offset = try await offsetOfSides()
            if expected(offset) { break }
        }
        return offset
    }

    private func offsetOfSides() async throws -> Double {
        try await script(
            """
            const canvas = document.querySelector('#figure');
            const { width, height } = canvas;
            const data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
            const middle = (wanted) => {
              let [sum, count] = [0, 0];
              for (let at = 0; at < data.length; at += 4) {
                const distance = Math.hypot(data[at] - wanted[0], data[at + 1] - wanted[1], data[at + 2] - wanted[2]);
                if (data[at + 3] > 200 && distance < 60) { sum += at / 4 % width; count += 1; }
              }
              return sum / count;
            };
            return (middle([255, 138, 0]) - middle([0, 217, 231])) / width;
            """,
            as: Double.self
        )
    }

    /// Where an element is in the window.
    func middle(of selector: String) async throws -> (x: Double, y: Double) {
        let place = try await script(
            """
            const element = document.querySelector(arguments[0]);
            element.scrollIntoView({ block: 'center' });
            const box = element.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
            """,
            [selector],
            as: [Double].self
        )
        return (place[0], place[1])
    }
}
