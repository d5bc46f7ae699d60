// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A headless Chromium with one page, driven through chromedriver by the W3C WebDriver protocol.
///
/// Unchecked: one test at a time has it.
final class Browser: @unchecked Sendable {
    struct Options: Equatable {
        var language = "en"
        var width = 1320
        var height = 900
        var isPhone = false
        var isDark = false
        /// Whether scrollbars take room, as they do with a mouse.
        var hasScrollbars = false
        /// The camera that the page finds, allowed without asking; none if there is no file.
        var camera: URL?
    }

    private let driver: DriverProcess
    private let session: String
    private let options: Options
    /// Where Chromium puts what is saved.
    let downloads: URL

    /// Lends a browser without a past: one that a test before is done with, or a new one.
    ///
    /// A browser of the usual kind is kept for the next test, which costs a third of a start; one that was lent to a test
    /// that failed is ended.
    static func with<R>(
        _ options: Options = Options(),
        _ body: (Browser) async throws -> R
    ) async throws -> R {
        let browser: Browser
        if let idle = IdleBrowsers.take(options) {
            browser = idle
        } else {
            browser = try await start(options)
        }
        do {
            let result = try await body(browser)
            if options == Options(), (try? await browser.forget()) != nil {
                IdleBrowsers.keep(browser)
            } else {
                await browser.stop()
            }
            return result
        } catch {
            await browser.stop()
            throw error
        }
    }

    private static func start(_ options: Options) async throws -> Browser {
        let driver = try await DriverProcess.start()
        do {
            return try await Browser(driver, options)
        } catch {
            await driver.stop()
            throw error
        }
    }

    private func stop() async {
        await driver.stop()
        try? FileManager.default.removeItem(at: downloads)
    }

    /// Ends the driver at once, for the end of the process.
    func end() {
        driver.end()
        try? FileManager.default.removeItem(at: downloads)
    }

    /// Leaves a new tab, and nothing of what was stored, logged and saved.
    private func forget() async throws {
        struct Tab: Decodable { var handle: String }
        let tab = try await command("POST", "/window/new", ["type": "tab"], as: Tab.self)
        for handle in try await command("GET", "/window/handles", as: [String].self)
        where handle != tab.handle {
            try await command("POST", "/window", ["handle": handle], as: Nothing.self)
            try await command("DELETE", "/window", as: Nothing.self)
        }
        try await command("POST", "/window", ["handle": tab.handle], as: Nothing.self)
        try await devTools("Storage.clearDataForOrigin", ["origin": "*", "storageTypes": "all"])
        try await devTools("Network.clearBrowserCache", [:])
        _ = try await complaints()
        _ = try await requestedAddresses()
        let names = try FileManager.default.contentsOfDirectory(atPath: downloads.path(percentEncoded: false))
        for name in names { try FileManager.default.removeItem(at: downloads.appending(path: name)) }
        try await prepareTab()
    }

    /// What belongs to a tab: its theme, and where it saves.
    private func prepareTab() async throws {
        let scheme = ["name": "prefers-color-scheme", "value": options.isDark ? "dark" : "light"]
        try await devTools("Emulation.setEmulatedMedia", ["features": [scheme]])
        try await devTools(
            "Browser.setDownloadBehavior",
            ["behavior": "allow", "downloadPath": downloads.path(percentEncoded: false)]
        )
    }

    private init(_ driver: DriverProcess, _ options: Options) async throws {
        self.driver = driver
        self.options = options
        downloads = FileManager.default.temporaryDirectory.appending(path: "pose-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: downloads, withIntermediateDirectories: true)
        var arguments = [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update",
            "--window-size=\(options.width),\(options.height)", "--lang=\(options.language)",
        ]
        if let camera = options.camera {
            arguments += [
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                "--use-file-for-fake-video-capture=\(camera.path(percentEncoded: false))",
            ]
        }
        var chrome: [String: Any] = [
            "args": arguments,
            "prefs": ["intl.accept_languages": options.language],
        ]
        if options.hasScrollbars { chrome["excludeSwitches"] = ["hide-scrollbars"] }
        if options.isPhone {
            let metrics: [String: Any] = [
                "width": options.width, "height": options.height, "pixelRatio": 2, "touch": true,
            ]
            chrome["mobileEmulation"] = ["deviceMetrics": metrics]
        }
        let capabilities: [String: Any] = [
            "browserName": "chrome", "goog:chromeOptions": chrome,
            "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
        ]
        struct Session: Decodable { var sessionId: String }
        session = try await driver.call(
            "POST",
            "/session",
            ["capabilities": ["alwaysMatch": capabilities]],
            as: Session.self
        ).sessionId
        try await prepareTab()
    }

    func resize(width: Int, height: Int) async throws {
        try await command("POST", "/window/rect", ["width": width, "height": height], as: Nothing.self)
    }

    func open(_ url: String) async throws {
        try await command("POST", "/url", ["url": url], as: Nothing.self)
    }

    /// Runs the body of a function in the page.
    @discardableResult
    func script<T: Decodable>(_ source: String, _ arguments: [Any] = [], as type: T.Type) async throws -> T {
        try await command("POST", "/execute/sync", ["script": source, "args": arguments], as: T.self)
    }

    /// Waits until an expression is true.
    func wait(_ what: String, until condition: String) async throws {
        for _ in 0..<1200 {
            if try await script("return Boolean(\(condition))", as: Bool.self) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BrowserError("Waited a minute in vain for: \(what) (\(condition)).")
    }

    func text(_ selector: String) async throws -> String {
        try await script(
            "return document.querySelector(arguments[0]).textContent",
            [selector],
            as: String.self
        )
    }

    func click(_ selector: String) async throws {
        try await command("POST", "/element/\(element(selector))/click", as: Nothing.self)
    }

    /// Types into an element; a path typed into a file input chooses that file.
    func type(_ text: String, into selector: String) async throws {
        try await command("POST", "/element/\(element(selector))/value", ["text": text], as: Nothing.self)
    }

    /// Presses and releases keys, one after the other, wherever the focus is.
    func press(_ keys: Key...) async throws {
        let actions = keys.flatMap { key in
            [["type": "keyDown", "value": key.rawValue], ["type": "keyUp", "value": key.rawValue]]
        }
        let keyboard: [String: Any] = ["type": "key", "id": "keyboard", "actions": actions]
        try await command("POST", "/actions", ["actions": [keyboard]], as: Nothing.self)
    }

    /// Presses and releases keys that write a character.
    func press(characters: String) async throws {
        let actions = characters.flatMap { character in
            [
                ["type": "keyDown", "value": String(character)],
                ["type": "keyUp", "value": String(character)],
            ]
        }
        let keyboard: [String: Any] = ["type": "key", "id": "keyboard", "actions": actions]
        try await command("POST", "/actions", ["actions": [keyboard]], as: Nothing.self)
    }

    /// Keeps a key down for as long as something takes.
    func hold(_ character: Character, while body: () async throws -> Void) async throws {
        for (type, isLast) in [("keyDown", false), ("keyUp", true)] {
            if isLast { try await body() }
            let keyboard: [String: Any] = [
                "type": "key", "id": "keyboard", "actions": [["type": type, "value": String(character)]],
            ]
            try await command("POST", "/actions", ["actions": [keyboard]], as: Nothing.self)
        }
    }

    /// Moves the mouse to a point of the window.
    func moveMouse(toX x: Double, y: Double) async throws {
        let move: [String: Any] = ["type": "pointerMove", "duration": 0, "x": Int(x), "y": Int(y)]
        let mouse: [String: Any] = [
            "type": "pointer", "id": "mouse", "parameters": ["pointerType": "mouse"], "actions": [move],
        ]
        try await command("POST", "/actions", ["actions": [mouse]], as: Nothing.self)
    }

    /// Presses the mouse's button at a point of the window, moves, and lets go.
    func drag(fromX x: Double, y: Double, byX distance: Double) async throws {
        let actions: [[String: Any]] = [
            ["type": "pointerMove", "duration": 0, "x": Int(x), "y": Int(y)],
            ["type": "pointerDown", "button": 0],
            ["type": "pointerMove", "duration": 100, "x": Int(x + distance), "y": Int(y)],
            ["type": "pointerUp", "button": 0],
        ]
        let mouse: [String: Any] = [
            "type": "pointer", "id": "mouse", "parameters": ["pointerType": "mouse"], "actions": actions,
        ]
        try await command("POST", "/actions", ["actions": [mouse]], as: Nothing.self)
    }

    /// Puts two fingers on a point of the window, one on each side of it, and moves them apart or together.
    ///
    /// - Parameters:
    ///   - x: the point's column.
    ///   - y: its row.
    ///   - distances: from the point to each finger, before and after.
    ///   - isUpright: whether one finger is above the other, not beside it.
    /// - Throws: what the driver says.
    func pinch(x: Double, y: Double, distances: (Double, Double), isUpright: Bool) async throws {
        let steps = 6
        let fingers = [-1.0, 1.0].map { side in
            var actions = (0...steps).map { step -> [String: Any] in
                let part = Double(step) / Double(steps)
                let distance = side * (distances.0 + (distances.1 - distances.0) * part)
                let place = isUpright ? (x: x, y: y + distance) : (x: x + distance, y: y)
                return ["type": "pointerMove", "duration": 20, "x": Int(place.x), "y": Int(place.y)]
            }
            actions.insert(["type": "pointerDown", "button": 0], at: 1)
            actions.append(["type": "pointerUp", "button": 0])
            return [
                "type": "pointer", "id": "finger\(side)", "parameters": ["pointerType": "touch"],
                "actions": actions,
            ]
        }
        try await command("POST", "/actions", ["actions": fingers], as: Nothing.self)
    }

    /// Saves a picture of the whole page among the run's artefacts.
    func screenshot(_ name: String) async throws {
        struct Metrics: Decodable {
            struct Size: Decodable { var width, height: Double }
            var cssContentSize: Size
        }
        struct Picture: Decodable { var data: Data }
        let size = try await devTools("Page.getLayoutMetrics", [:], as: Metrics.self).cssContentSize
        let clip: [String: Any] = ["x": 0, "y": 0, "width": size.width, "height": size.height, "scale": 1]
        let picture = try await devTools(
            "Page.captureScreenshot",
            ["format": "png", "captureBeyondViewport": true, "clip": clip],
            as: Picture.self
        )
        try Artefacts.write(picture.data, as: "page-\(name).png")
    }

    /// The console's errors and warnings since the last call.
    func complaints() async throws -> [String] {
        struct Entry: Decodable { var level, message: String }
        let entries = try await command("POST", "/se/log", ["type": "browser"], as: [Entry].self)
        return entries.filter { ["SEVERE", "WARNING"].contains($0.level) }.map(\.message)
    }

    /// The addresses of everything that the page asked for since the last call; WebSockets are among them.
    func requestedAddresses() async throws -> [String] {
        struct Entry: Decodable { var message: String }
        struct Event: Decodable {
            struct Message: Decodable {
                struct Parameters: Decodable {
                    struct Request: Decodable { var url: String }
                    var request: Request?
                    var url: String?
                }
                var method: String
                var params: Parameters
            }
            var message: Message
        }
        let entries = try await command("POST", "/se/log", ["type": "performance"], as: [Entry].self)
        return entries.compactMap { entry in
            let event = try? JSONDecoder().decode(Event.self, from: Data(entry.message.utf8))
            switch event?.message.method {
            case "Network.requestWillBeSent": return event?.message.params.request?.url
            case "Network.webSocketCreated": return event?.message.params.url
            default: return nil
            }
        }
    }

    func devTools(_ command: String, _ parameters: [String: Any]) async throws {
        _ = try await devTools(command, parameters, as: Nothing.self)
    }

    @discardableResult
    private func devTools<T: Decodable>(
        _ name: String,
        _ parameters: [String: Any],
        as type: T.Type
    ) async throws -> T {
        try await command("POST", "/goog/cdp/execute", ["cmd": name, "params": parameters], as: T.self)
    }

    private func element(_ selector: String) async throws -> String {
        let using = ["using": "css selector", "value": selector]
        let reference = try await command("POST", "/element", using, as: [String: String].self)
        guard let id = reference.values.first else { throw BrowserError("There is no \(selector).") }
        return id
    }

    @discardableResult
    private func command<T: Decodable>(
        _ method: String,
        _ path: String,
        _ body: [String: Any] = [:],
        as type: T.Type
    ) async throws -> T {
        try await driver.call(method, "/session/\(session)\(path)", body, as: T.self)
    }
}

/// Keys without a character, by their WebDriver code points.
enum Key: String {
    case tab = "\u{E004}"
    case enter = "\u{E007}"
    case end = "\u{E010}"
    case home = "\u{E011}"
    case right = "\u{E014}"
    case down = "\u{E015}"
}

/// An answer that nobody looks at.
struct Nothing: Decodable {
    init(from decoder: any Decoder) {}
}

/// What went wrong in the browser or its driver.
struct BrowserError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
