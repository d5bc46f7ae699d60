// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseHTTP
import PoseMotion
import PoseServer
import PoseTestSupport
import Testing

/// What the tools compute, called in the modules that the server serves.
@Suite struct PageToolTests {
    /// Runs the body of an asynchronous function in a page of the real server, with a module as `tool`.
    private func inPage<T: Decodable & Sendable>(
        _ module: String,
        _ body: String,
        _ arguments: [String] = [],
        as type: T.Type
    ) async throws -> T {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                let result = try await browser.script(
                    """
                    const [module, ...given] = arguments;
                    return import(module).then(async (tool) => { \(body) });
                    """,
                    [module] + arguments,
                    as: T.self
                )
                #expect(try await browser.complaints() == [])
                return result
            }
        }
    }

    @Test func anglesLengthsAndScalesAreThoseOfGeometry() async throws {
        struct Measures: Decodable {
            var right, straight, acute: Double
            var coincident, hidden: Double?
            var elbow: Double
            var count: Int
            var height, line, centimetres, pixels: Double
            var noHeel, noLine, noLength: Double?
        }
        let found = try await inPage(
            "/tools/measures.js",
            """
            const at = (x, y, visibility = 1) => ({ x, y, visibility });
            const person = { landmarks: Array.from({ length: 33 }, () => at(0.5, 0.5, 0)) };
            // In a picture of 200 × 100 pixels: a right angle that is none in shares of the picture.
            person.landmarks[11] = at(0.5, 0.2);
            person.landmarks[13] = at(0.5, 0.6);
            person.landmarks[15] = at(0.7, 0.6);
            person.landmarks[2] = at(0.4, 0.1);
            person.landmarks[5] = at(0.6, 0.1);
            person.landmarks[29] = at(0.5, 0.9);
            const size = { width: 200, height: 100 };
            const angles = tool.jointAngles(person, size);
            const scale = tool.scaleFromHeight(person, size, 170);
            const length = tool.lengthBetween(person, 13, 15, size, scale);
            const headless = { landmarks: person.landmarks.map((point, index) => index === 29 ? at(0, 0, 0.4) : point) };
            const origin = { x: 0, y: 0 };
            return {
              right: tool.angleBetween({ x: 3, y: 0 }, origin, { x: 0, y: -2 }),
              straight: tool.angleBetween({ x: -1, y: 0 }, origin, { x: 2, y: 0 }),
              acute: tool.angleBetween({ x: 1, y: 0 }, origin, { x: 1, y: 1 }),
              coincident: tool.angleBetween(origin, origin, { x: 1, y: 1 }),
              elbow: angles.find(({ index }) => index === 13).degrees,
              hidden: angles.find(({ index }) => index === 25).degrees,
              count: angles.length,
              height: scale, centimetres: length.centimetres, pixels: length.pixels,
              line: tool.scaleFromLine(origin, { x: 30, y: 40 }, 100),
              noHeel: tool.scaleFromHeight(headless, size, 170),
              noLine: tool.scaleFromLine(origin, origin, 100),
              noLength: tool.scaleFromLine(origin, { x: 1, y: 1 }, NaN),
            };
            """,
            as: Measures.self
        )
        #expect(abs(found.right - 90) < 1e-9)
        #expect(abs(found.straight - 180) < 1e-9)
        #expect(abs(found.acute - 45) < 1e-9)
        #expect(found.coincident == nil)
        #expect(abs(found.elbow - 90) < 1e-9)
        #expect(found.hidden == nil)
        #expect(found.count == 10)
        // Eyes stand at 0.936 of the height, 80 pixels above the heels.
        #expect(abs(found.height - 170 * 0.936 / 80) < 1e-9)
        #expect(abs(found.pixels - 40) < 1e-9)
        #expect(abs(found.centimetres - 40 * found.height) < 1e-9)
        #expect(found.line == 2)
        #expect(found.noHeel == nil && found.noLine == nil && found.noLength == nil)
    }

    @Test(arguments: ["bus.jpg", "group.jpg", "astronaut.png"])
    func anglesOfThePageAreThoseOfTheLibrary(name: String) async throws {
        let analyzer = PhotoAnalyzer(models: ModelCache(store: Media.models))
        var settings = AnalysisSettings()
        settings.options.maxPeople = 5
        let document = try analyzer.analyze(Media.bytes(name), source: name, settings: settings).document
        struct Angle: Decodable {
            var index: Int
            var degrees: Double?
        }
        let found = try await inPage(
            "/tools/measures.js",
            """
            const { people, image } = JSON.parse(given[0]);
            return people.map((person) => tool.jointAngles(person, image));
            """,
            [document.json()],
            as: [[Angle]].self
        )
        #expect(found.count == document.poses.count && !found.isEmpty)
        var measured = 0
        for (pose, angles) in zip(document.poses, found) {
            let own = PoseAngles(of: pose, imageWidth: document.imageWidth, imageHeight: document.imageHeight)
            for angle in angles {
                let landmark = try #require(PoseLandmark(rawValue: angle.index))
                let joint = try #require(JointAngle(rawValue: landmark.name))
                let expected = own.measurement(of: joint, in: .picture)?.degrees
                #expect((angle.degrees == nil) == (expected == nil), "\(name) \(joint)")
                guard let degrees = angle.degrees, let expected else { continue }
                measured += 1
                // The angle of the library is by its cosine, which has no more digits where limbs are straight.
                #expect(abs(degrees - expected) < 1e-4, "\(name) \(joint)")
            }
        }
        // Of the astronaut nothing below the shoulders is surely to be seen.
        #expect(measured > 4 || name == "astronaut.png")
    }

    @Test func aRecordingGoesOnInTimeWhereAFilmBeginsAgain() async throws {
        let times = try await inPage(
            "/recorder.js",
            """
            const recorder = new tool.Recorder();
            recorder.start();
            for (const time of [0, 0.5, 1, 1.1, 0, 0.1, 5, 5, 4.9]) {
              recorder.add(`{"dropped":0,"schema":"pose/1","source":"live","frame":0,"time":${time},"people":[{"time":3}]}\\n`);
            }
            const lines = (await recorder.jsonLines().text()).trim().split('\\n');
            return lines.map((line) => JSON.parse(line).time);
            """,
            [],
            as: [Double].self
        )
        #expect(times == [0, 0.5, 1, 1.1, 1.2, 1.3, 6.2, 6.2, 6.3])
    }

    /// What the page sends for a motion is half of what it recorded, and makes the same skeleton.
    @Test func aMotionIsMadeFromLessThanWasRecorded() async throws {
        struct Sent: Decodable {
            var lines: String
            var recordedByteCount, byteCount: Int
        }
        let analyzer = PhotoAnalyzer(models: ModelCache(store: Media.models))
        var settings = AnalysisSettings()
        settings.options.maxPeople = 5
        var document = try analyzer.analyze(Media.bytes("group.jpg"), source: "live", settings: settings)
            .document
        let other = document.poses.last
        document.poses = Array(document.poses.prefix(1))
        document.poses[0].track = PoseTrack(id: 3, state: .tracked)
        let film = (0..<12).map { index in
            document.frame = PoseFrame(index: index, time: .milliseconds(40 * index), state: .tracked)
            var document = document
            if index == 5, let other {
                document.poses.append(other)
                document.poses[1].track = PoseTrack(id: 1, state: .tracked)
            }
            return document
        }
        let sent = try await inPage(
            "/recorder.js",
            """
            const recorder = new tool.Recorder();
            recorder.start();
            for (const line of given) recorder.add(line);
            const lines = await (await recorder.motionLines()).text();
            return { lines, byteCount: lines.length, recordedByteCount: recorder.jsonLines().size };
            """,
            film.map { String(decoding: $0.json(), as: UTF8.self) },
            as: Sent.self
        )
        #expect(2 * sent.byteCount < sent.recordedByteCount + 12 * 400)
        var reader = PoseStreamReader()
        reader.append(sent.lines.utf8)
        reader.finish()
        var read: [PoseDocument] = []
        while let record = try reader.next() { read.append(record) }
        #expect(read.count == 12 && read.allSatisfy { $0.poses.map(\.track?.id) == [3] })
        #expect(read.map(\.frame?.time) == film.map(\.frame?.time))
        let (whole, short) = (
            try SkeletonSolver().solve(film, person: 3), try SkeletonSolver().solve(read, person: 3)
        )
        for (one, other) in zip(whole.positions(inFrame: 6), short.positions(inFrame: 6)) {
            let way = one - other
            #expect((way * way).sum() < 1e-5, "\(one) \(other)")
        }
    }

    @Test(arguments: ["en", "zh"])
    func aReportOfAnExerciseIsOneWholeFile(language: String) async throws {
        struct Report: Decodable {
            var html: String
            var rows, curves, spans, images: Int
            var title: String
        }
        let report = try await inPage(
            "/exercise-report.js",
            """
            const { languages } = await import('/strings.js');
            const { ExerciseRecord } = await import('/exercise-record.js');
            const record = new ExerciseRecord();
            const joint = (name, degrees) => ({ name, source: degrees === null ? null : '2d', '2d': degrees === null ? null : { degrees } });
            for (let index = 0; index < 60; index += 1) {
              const degrees = 130 + 40 * Math.cos(index / 5);
              const isHidden = index > 20 && index < 30;
              const event = { kind: index === 40 ? 'repetition' : 'partial', start: 1, end: index / 10, depth: 1, score: 87.4,
                parts: { depth: 1, form: 0.5 }, notes: [{ check: 'x', en: 'Deeper <b>now</b>.', zh: '再低一点。' }] };
              record.add({ time: index / 10, people: [{ id: 4,
                exercise: { count: 1, partial: 1, events: index === 40 || index === 55 ? [event] : [] },
                angles: { joints: [joint('left_knee', isHidden ? null : degrees), joint('right_knee', degrees + 3)] } }] }, 'knee');
            }
            const exercise = { name: 'squat', title: { en: 'Squat', zh: '深蹲' } };
            const [language] = given;
            const html = tool.exerciseReport({ exercise, record: record.of(4), source: '<img src=x>.mp4', text: languages[language], language });
            const page = new DOMParser().parseFromString(html.replace(/<style>[^]*<\\/style>/, ''), 'text/html');
            return { html, title: page.title, rows: page.querySelectorAll('tbody tr').length,
              curves: page.querySelectorAll('polyline').length, spans: page.querySelectorAll('svg rect').length,
              images: page.querySelectorAll('img, script, link, b').length };
            """,
            [language],
            as: Report.self
        )
        #expect(report.title == (language == "en" ? "Squat · swift-pose" : "深蹲 · swift-pose"))
        // The left curve is interrupted once.
        #expect(report.rows == 2 && report.curves == 3 && report.spans == 2)
        #expect(report.images == 0, "names and notes are text")
        #expect(report.html.hasPrefix("<!doctype html>") && report.html.contains("charset=\"utf-8\""))
        #expect(report.html.contains(language == "en" ? "Deeper &lt;b&gt;now&lt;/b&gt;." : "再低一点。"))
    }

    @Test func answersDifferByTheDistanceOfTheirPeople() async throws {
        struct Differences: Decodable {
            struct One: Decodable {
                var mean, largest: Double?
                var unmatched: Int
            }
            var same, moved, swapped, lonely, nobody: One
        }
        let found = try await inPage(
            "/tools/measures.js",
            """
            const person = (x) => ({
              landmarks: Array.from({ length: 33 }, (_, index) => ({ x, y: index / 40, visibility: 1 })),
            });
            const size = { width: 100, height: 400 };
            const of = (people, others) => tool.differences(people.map(person), others.map(person), size);
            return {
              same: of([0.2, 0.8], [0.2, 0.8]), moved: of([0.2], [0.25]), swapped: of([0.2, 0.8], [0.8, 0.2]),
              lonely: of([0.2], [0.2, 0.9]), nobody: of([], []),
            };
            """,
            as: Differences.self
        )
        #expect(found.same.mean == 0 && found.same.largest == 0 && found.same.unmatched == 0)
        #expect(abs((found.moved.mean ?? 0) - 5) < 1e-9)
        #expect(found.swapped.largest == 0 && found.swapped.unmatched == 0)
        #expect(found.lonely.unmatched == 1)
        #expect(found.nobody.mean == nil && found.nobody.unmatched == 0)
    }

    /// Names that a careless command would split, expand or run.
    private static let names = [
        "bus.jpg", "it's $(touch x) `y` \"z\".jpg", "-", "a b;c&d|e>f.png", "中文 \\ 图.jpg",
    ]

    @Test func curlCommandsAndPythonProgramsAskThisServer() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                for name in Self.names { try await expectSnippets(for: name, browser) }
            }
        }
    }

    private func expectSnippets(for name: String, _ browser: Browser) async throws {
        let folder = try TemporaryDirectory()
        let photo = folder.url.appending(path: name)
        try Data(Media.bytes("bus.jpg")).write(to: photo)
        let snippets = try await browser.script(
            """
            const [name] = arguments;
            return import('/tools/snippets.js').then(({ curlCommand, pythonProgram }) => {
              const origin = window.location.origin;
              const parameters = { complexity: '1', 'max-people': '2', timing: 'false' };
              const question = { origin, parameters, file: { name, type: 'image/jpeg' } };
              return [
                curlCommand(question), pythonProgram(question),
                curlCommand({ ...question, accept: 'image/svg+xml', output: 'figure.svg' }),
              ];
            });
            """,
            [name],
            as: [String].self
        )
        let answer = try await run("sh", ["-c", snippets[0]], in: folder.url)
        struct Document: Decodable {
            struct Person: Decodable { var id: Int }
            var schema: String
            var people: [Person]
        }
        let document = try JSONDecoder().decode(Document.self, from: answer)
        #expect(document.schema == "pose/1", "\(name)")
        #expect(document.people.map(\.id) == [0])
        let lines = String(
            decoding: try await run("python3", ["-c", snippets[1]], in: folder.url),
            as: UTF8.self
        )
        #expect(lines.hasPrefix("person 0 score 0.99"), "\(name)")
        #expect(lines.contains("\nleft_knee 0."))
        _ = try await run("sh", ["-c", snippets[2]], in: folder.url)
        let vectors = try String(contentsOf: folder.url.appending(path: "figure.svg"), encoding: .utf8)
        #expect(vectors.contains("id=\"person-0\""))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(Set(files) == [name, "figure.svg"])
    }

    /// Where the server asks for a token, the snippets take it from the environment, and none is written in them.
    @Test func snippetsSayHowTheTokenGetsIn() async throws {
        let token = "0123456789abcdef0123456789abcdef"
        var configuration = LiveServer.configuration
        configuration.tokens = try BearerTokens(token)
        let folder = try TemporaryDirectory()
        try Data(Media.bytes("bus.jpg")).write(to: folder.url.appending(path: "bus.jpg"))
        try await LiveServer.with(configuration) { server in
            let snippets = try await Browser.with { browser in
                try await browser.open(server.address)
                return try await browser.script(
                    """
                    return import('/tools/snippets.js').then(({ curlCommand, pythonProgram }) => {
                      const origin = window.location.origin;
                      const question = { origin, parameters: {}, file: { name: 'bus.jpg', type: 'image/jpeg' }, needsToken: true };
                      return [curlCommand(question), pythonProgram(question)];
                    });
                    """,
                    as: [String].self
                )
            }
            let environment = ["TOKEN": token]
            let answer = try await run("sh", ["-c", snippets[0]], in: folder.url, environment: environment)
            #expect(String(decoding: answer, as: UTF8.self).contains("\"schema\":\"pose/1\""))
            let lines = try await run(
                "python3",
                ["-c", snippets[1]],
                in: folder.url,
                environment: environment
            )
            #expect(String(decoding: lines, as: UTF8.self).contains("left_knee"))
            let refused = try await run("sh", ["-c", snippets[0]], in: folder.url)
            #expect(String(decoding: refused, as: UTF8.self).contains("\"unauthorized\""))
        }
    }

    /// Runs a program of the search path; its standard output.
    private func run(
        _ program: String,
        _ arguments: [String],
        in folder: URL,
        environment: [String: String] = [:]
    ) async throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = folder.appending(path: "output-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: output) }
        try Data().write(to: output)
        process.standardOutput = try FileHandle(forWritingTo: output)
        try await process.runToEnd()
        #expect(process.terminationStatus == 0)
        return try Data(contentsOf: output)
    }

    /// Both languages have every sentence of the tools, and each tool keeps the contract.
    @Test func toolsSpeakEveryLanguage() async throws {
        struct Found: Decodable {
            var shapes, ids: [String]
            var isWhole: Bool
        }
        let found = try await inPage(
            "/tools/tool-strings.js",
            """
            const shape = (value) => (value && typeof value === 'object'
              ? `{${Object.keys(value).sort().map((key) => `${key}:${shape(value[key])}`)}}`
              : typeof value);
            const { tools } = await import('/tools/index.js');
            return {
              shapes: Object.values(tool.sentences).map(shape), ids: tools.map(({ id }) => id),
              isWhole: tools.every(({ title, available, mount }) => (
                title({}).length > 0 && typeof available === 'function' && typeof mount === 'function'
              )),
            };
            """,
            as: Found.self
        )
        #expect(Set(found.shapes).count == 1)
        #expect(found.ids.sorted() == ["angles", "compare", "copy", "figure", "mask", "scale"])
        #expect(found.isWhole)
    }
}
