// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseSystem
import PoseTestSupport
import Synchronization
import Testing

@Suite struct ModelStoreTests {
    private let directory: TemporaryDirectory
    private let store: ModelStore

    init() throws {
        directory = try TemporaryDirectory()
        store = ModelStore(directory: directory.path("deep/models"))
    }

    private var installed: String { Media.modelsDirectory.appending(path: "pose_detection.tflite").path }

    @Test(arguments: Media.obtainedModels)
    func findsWhatSetUpObtained(model: CatalogModel) {
        let path = Media.modelsDirectory.appending(path: model.fileName).path
        #expect(Media.models.status(of: model) == .present(path: path))
    }

    @Test func addsAModelByItsBytesWhateverItsName() throws {
        let source = directory.path("download.bin")
        try FileManager.default.copyItem(
            atPath: URL(filePath: installed).resolvingSymlinksInPath().path,
            toPath: source
        )
        #expect(store.status(of: ModelCatalog.detector) == .missing)

        let added = try store.add(source)
        let path = directory.path("deep/models/pose_detection.tflite")
        #expect(added.model == ModelCatalog.detector && added.path == path && !added.wasPresent)
        #expect(store.status(of: ModelCatalog.detector) == .present(path: path))
        #expect(try store.add(source).wasPresent)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: store.directory) == ["pose_detection.tflite"]
        )
    }

    @Test func replacesAWrongFile() throws {
        try FileManager.default.createDirectory(atPath: store.directory, withIntermediateDirectories: true)
        let path = "\(store.directory)/pose_detection.tflite"
        try Data("abc".utf8).write(to: URL(filePath: path))
        #expect(
            store.status(of: ModelCatalog.detector)
                == .wrong(
                    path: path,
                    foundByteCount: 3,
                    // FIPS 180-4's own example.
                    foundSHA256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                )
        )
        try store.add(installed)
        #expect(store.status(of: ModelCatalog.detector) == .present(path: path))
    }

    @Test func refusesAFileThatIsNoModel() throws {
        try Data("abc".utf8).write(to: URL(filePath: directory.path("notes.txt")))
        let error = #expect(throws: PoseError.self) { try store.add(directory.path("notes.txt")) }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.contains("found 3 bytes, SHA-256 ba7816bf") == true)
        #expect(error?.message.contains("pose_landmark_lite.tflite (2819824 bytes, SHA-256 f17bfbec") == true)
        #expect(directory.contents == ["notes.txt"])
    }

    @Test func doesNotHashAFileLongerThanAnyModel() throws {
        let path = "\(directory.url.path)/pose_detection.tflite"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.truncate(atOffset: 40_000_000_000)
        try file.close()
        let store = ModelStore(directory: directory.url.path)
        #expect(
            store.status(of: ModelCatalog.detector)
                == .wrong(path: path, foundByteCount: 40_000_000_000, foundSHA256: nil)
        )
    }

    @Test(arguments: ["missing", ".", "pipe"])
    func refusesWhatIsNotAFile(name: String) {
        #expect(mkfifo(directory.path("pipe"), 0o600) == 0)
        let error = #expect(throws: PoseError.self) { try store.add(directory.path(name)) }
        #expect(error?.code == .modelMissing)
        #expect(error?.message.contains("cannot be read") == true)
    }

    @Test(arguments: ["directory", "pipe", "loop", "dangling"])
    func whatIsNotAFileIsAMissingModel(kind: String) throws {
        try FileManager.default.createDirectory(atPath: store.directory, withIntermediateDirectories: true)
        let path = "\(store.directory)/pose_detection.tflite"
        switch kind {
        case "directory": #expect(mkdir(path, 0o700) == 0)
        case "pipe": #expect(mkfifo(path, 0o600) == 0)
        case "loop": #expect(symlink(path, path) == 0)
        default: #expect(symlink("nowhere", path) == 0)
        }
        #expect(store.status(of: ModelCatalog.detector) == .missing)
        #expect(#expect(throws: PoseError.self) { try PoseModel(store: store) }?.code == .modelMissing)
    }

    @Test func anEmptyFileIsAWrongModel() throws {
        try FileManager.default.createDirectory(atPath: store.directory, withIntermediateDirectories: true)
        let path = "\(store.directory)/pose_detection.tflite"
        try Data().write(to: URL(filePath: path))
        // SHA-256 of nothing, from FIPS 180-4's test vectors.
        let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(
            store.status(of: ModelCatalog.detector)
                == .wrong(path: path, foundByteCount: 0, foundSHA256: digest)
        )
    }

    @Test func aLoadedModelNeedsItsFileNoMore() throws {
        for model in [ModelCatalog.detector, ModelCatalog.landmarks(.full)] {
            try store.add(Media.modelsDirectory.appending(path: model.fileName).path)
        }
        let model = try PoseModel(store: store)
        for name in try FileManager.default.contentsOfDirectory(atPath: store.directory) {
            #expect(truncate("\(store.directory)/\(name)", 0) == 0)
        }
        // Nothing of the files is mapped any more: reading a page beyond an end would end this process.
        let maps = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
        #expect(!maps.contains(store.directory))
        var landmarker = PoseLandmarker(model: model)
        #expect(try landmarker.detect(in: Media.picture("astronaut.png")).poses.count == 1)
    }

    @Test func aFileCutShortWhileItIsReadIsAWrongModel() throws {
        try store.add(installed)
        let path = "\(store.directory)/pose_detection.tflite"
        let size = ModelCatalog.detector.byteCount
        let isOver = Mutex(false)
        let cutter = Thread {
            while !isOver.withLock({ $0 }) {
                truncate(path, 0)
                truncate(path, off_t(size))
            }
        }
        // Cut before the thread is there, which may take its time.
        #expect(truncate(path, 0) == 0)
        cutter.start()
        defer { isOver.withLock { $0 = true } }
        for _ in 0..<50 {
            guard case .wrong = store.status(of: ModelCatalog.detector) else {
                Issue.record("\(store.status(of: ModelCatalog.detector))")
                return
            }
        }
    }

    @Test func leavesNothingWhenTheCopyCannotBeWritten() throws {
        // A directory where the file belongs: the last step, the renaming, fails.
        let obstacle = directory.path("deep/models/pose_detection.tflite/x")
        try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: true)
        let error = #expect(throws: PoseError.self) { try store.add(installed) }
        #expect(error?.code == .outputFailed)
        #expect(error?.message.contains("Is a directory") == true)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: store.directory) == ["pose_detection.tflite"]
        )

        try Data().write(to: URL(filePath: directory.path("file")))
        let blocked = ModelStore(directory: directory.path("file/models"))
        #expect(#expect(throws: PoseError.self) { try blocked.add(installed) }?.code == .outputFailed)
    }

    @Test func tellsWhatIsMissingWhereAndWhatToDo() {
        let error = #expect(throws: PoseError.self) { try PoseModel(complexity: .lite, store: store) }
        #expect(error?.code == .modelMissing)
        #expect(
            error?.message
                == "The model pose_detection.tflite (2959046 bytes, SHA-256 "
                + "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c) is not in "
                + "\(store.directory). Add the right file with 'pose models add FILE…', or run set-up again."
        )
    }

    @Test func tellsWhatIsWrong() throws {
        try store.add(installed)
        let path = "\(store.directory)/pose_landmark_lite.tflite"
        try Data("abc".utf8).write(to: URL(filePath: path))
        let error = #expect(throws: PoseError.self) { try PoseModel(complexity: .lite, store: store) }
        #expect(error?.code == .modelInvalid)
        #expect(
            error?.message.hasPrefix("'\(path)' is not the expected model: found 3 bytes, SHA-256 ba78")
                == true
        )
        #expect(error?.message.contains("expected 2819824 bytes, SHA-256 f17b") == true)
    }
}

@Suite struct ModelStoreSearchTests {
    private func store(
        _ directory: String? = nil,
        _ environment: [String: String] = [:],
        executable: String? = nil
    ) -> ModelStore {
        ModelStore(
            directory: directory.map { FilePath($0) },
            environment: { environment[$0].map { FilePath($0) } },
            executable: executable.map { FilePath($0) }
        )
    }

    @Test func looksOnlyWhereItIsTold() {
        #expect(store("/a", ["POSE_MODELS": "/b"], executable: "/usr/bin/pose").directories == ["/a"])
        #expect(store(nil, ["POSE_MODELS": "/b"], executable: "/usr/bin/pose").directories == ["/b"])
        #expect(store("", ["POSE_MODELS": "/b"]).directory == "/b")
    }

    @Test func looksAroundTheExecutableThenInTheUsersData() throws {
        let found = store(nil, ["HOME": "/home/x"], executable: "/opt/p/bin/pose").directories
        #expect(found.first == "/opt/p/share/swift-pose/models")
        #expect(found.last == "/home/x/.local/share/swift-pose/models")
        #expect(found.contains("/opt/p/bin/models") && found.contains("/opt/p/models"))
        let build = store(nil, [:], executable: "/r/.build/x86_64-unknown-linux-gnu/release/pose").directories
        #expect(build.contains("/r/.models"))
    }

    @Test func followsTheXDGSpecification() {
        #expect(store(nil, ["HOME": "/h", "XDG_DATA_HOME": "/d"]).directory == "/d/swift-pose/models")
        #expect(
            store(nil, ["HOME": "/h", "XDG_DATA_HOME": "relative"]).directory
                == "/h/.local/share/swift-pose/models"
        )
    }

    @Test func addsWhereModelsAre() throws {
        let directory = try TemporaryDirectory()
        try ModelStore(directory: directory.path("models")).add(
            Media.modelsDirectory.appending(path: "pose_detection.tflite").path
        )
        let found = store(nil, ["HOME": "/h"], executable: directory.path("bin/pose"))
        #expect(found.directory == directory.path("models"))
    }
}
