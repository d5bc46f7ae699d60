// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseMedia
import PoseSystem
import Synchronization
import Testing

/// An HTTP server of one file that sends a part of it to each client and then nothing more.
private final class StallingServer: Sendable {
    let port: UInt16
    private let listener: CInt
    private let state = Mutex<(connections: [CInt], count: Int)>(([], 0))

    /// Starts it on a free port of this machine.
    ///
    /// - Parameters:
    ///   - bytes: what clients get.
    ///   - header: the answer's header fields, each ended by CR LF.
    ///   - closes: whether the connection ends behind the bytes.
    /// - Throws: when there is no free port.
    init(_ bytes: [UInt8], header: String = "", closes: Bool = false) throws {
        let socket = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        listener = socket
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) + listen(socket, 16) + getsockname(socket, address, &size)
            }
        }
        try #require(status == 0)
        port = UInt16(bigEndian: address.sin_port)
        let answer = Array("HTTP/1.0 200 OK\r\nContent-Type: video/mp2t\r\n\(header)\r\n".utf8) + bytes
        SystemThread { [self] in
            while true {
                let client = accept(socket, nil, nil)
                guard client >= 0 else { return }
                state.withLock { state in
                    if !closes { state.connections.append(client) }
                    state.count += 1
                }
                var request = [UInt8](repeating: 0, count: 4096)
                _ = recv(client, &request, request.count, 0)
                _ = send(client, answer, answer.count, CInt(MSG_NOSIGNAL))
                if closes { close(client) }
            }
        }.start()
    }

    var connectionCount: Int { state.withLock { $0.count } }

    func stop() {
        shutdown(listener, CInt(SHUT_RDWR))
        close(listener)
        for client in state.withLock({ $0.connections }) { close(client) }
    }
}

@Suite("Streams, cameras and standard input")
struct StreamTests {
    private let clips: Clips

    init() throws {
        clips = try Clips()
    }

    private func transportStream() throws -> [UInt8] {
        let path = try clips.pattern("a.ts", seconds: "2", "-c:v", "libx264", "-g", "10", "-f", "mpegts")
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    private let limit = CancellationToken(timeLimit: .seconds(180))

    @Test func aFileBehindAnAddressIsReadToItsEnd() throws {
        let path = try clips.pattern("a.mp4", seconds: "1", "-c:v", "libx264", "-movflags", "+faststart")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let server = try StallingServer(bytes, header: "Content-Length: \(bytes.count)\r\n")
        defer { server.stop() }
        let frames = try ReadFrames(.stream("http://127.0.0.1:\(server.port)/a.mp4"))
        #expect(frames.indices == Array(0..<30))
        #expect(try frames.pixels == Tool.pixels(path, "yuv420p"))
        #expect(frames.damage == nil)
    }

    @Test func aStreamThatStallsIsNoticedAndConnectedToAgain() throws {
        let server = try StallingServer(try transportStream())
        defer { server.stop() }
        let reader = try VideoReader(
            .stream("http://127.0.0.1:\(server.port)/live"),
            options: options { ($0.stallTimeout, $0.latestOnly) = (.seconds(1), false) },
            cancellation: limit
        )
        #expect(reader.info.duration == nil)
        var times: [Duration] = []
        while reader.reconnectCount < 2, let frame = try reader.next(cancellation: limit) {
            times.append(frame.time)
            #expect(frame.index == times.count - 1)
            reader.recycle(frame.picture)
        }
        #expect(reader.reconnectCount >= 2)
        #expect(times.count > 60)
        #expect(times[0] == .zero)
        // Times go on where another connection begins; these two seconds come in a moment.
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        #expect(times.last.map { $0 > .seconds(2) } == true)
        reader.close()
        #expect(ChildrenOfThisProcess.areGone(mentioning: "127.0.0.1:\(server.port)"))
    }

    @Test func aStreamThatEndsIsAnErrorWhereItIsNotConnectedToAgain() throws {
        let server = try StallingServer(try transportStream(), closes: true)
        defer { server.stop() }
        let reader = try VideoReader(
            .stream("http://user:secret@127.0.0.1:\(server.port)/live"),
            options: options { ($0.reconnects, $0.latestOnly) = (false, false) },
            cancellation: limit
        )
        var count = 0
        let error = #expect(throws: MediaError.self) {
            while try reader.next(cancellation: limit) != nil { count += 1 }
        }
        #expect(count > 50)
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("user:***@127.0.0.1") == true)
        #expect(error?.message.contains("secret") == false)
    }

    @Test func onlyTheNewestFrameWaitsAndTheOthersAreCounted() throws {
        let server = try StallingServer(try transportStream())
        defer { server.stop() }
        let reader = try VideoReader(
            .stream("http://127.0.0.1:\(server.port)/live"),
            options: options { $0.stallTimeout = .seconds(30) },
            cancellation: limit
        )
        _ = try reader.next(cancellation: limit)
        for _ in 0..<100 where reader.droppedCount < 20 { usleep(50_000) }
        let frame = try #require(try reader.next(cancellation: limit))
        #expect(reader.droppedCount >= 20)
        #expect(frame.index > reader.droppedCount - 2)
    }

    @Test func nobodyThereIsAnError() throws {
        for url in ["http://127.0.0.1:1/a", "rtsp://admin:secret@127.0.0.1:1/a"] {
            let error = #expect(throws: MediaError.self) {
                try VideoReader(.stream(url), options: options { $0.probeTimeout = .seconds(5) })
            }
            #expect(error?.code == .unreachable)
            #expect(error?.message.contains("refused") == true)
            #expect(error?.message.contains("secret") == false)
        }
    }

    @Test func aHostThatNobodyKnowsIsNamed() throws {
        for url in ["http://nosuchhost.invalid/x", "RTSP://nosuchhost.invalid/x"] {
            let error = #expect(throws: MediaError.self) { try VideoReader(.stream(url)) }
            #expect(error?.code == .unreachable)
            #expect(error?.message.contains("Failed to resolve hostname nosuchhost.invalid") == true)
        }
    }

    @Test func aServerThatSaysNothingIsGivenUp() throws {
        let server = try StallingServer([])
        defer { server.stop() }
        let error = #expect(throws: MediaError.self) {
            try VideoReader(
                .stream("rtsp://127.0.0.1:\(server.port)/a"),
                options: options { ($0.probeTimeout, $0.stallTimeout) = (.seconds(2), .seconds(30)) }
            )
        }
        #expect(error?.code == .unreachable)
        #expect(ChildrenOfThisProcess.areGone(mentioning: "127.0.0.1:\(server.port)"))
    }

    @Test func aStreamCannotNameAFileOfOurs() throws {
        let secret = try clips.pattern("secret.ts", "-c:v", "libx264")
        let list = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:\(secret)\n#EXT-X-ENDLIST\n"
        let server = try StallingServer(Array(list.utf8), closes: true)
        defer { server.stop() }
        #expect(throws: MediaError.self) {
            try VideoReader(
                .stream("http://127.0.0.1:\(server.port)/a.m3u8"),
                options: options { $0.probeTimeout = .seconds(5) }
            )
        }
    }

    // MARK: - Cameras

    @Test func aCameraThatIsNotThereSaysSo() throws {
        let error = #expect(throws: MediaError.self) { try VideoReader(.camera("/dev/video63")) }
        #expect(error?.code == .notFound)
        #expect(error?.message == "'/dev/video63' is not there. Is the camera plugged in?")
    }

    @Test func camerasAreAskedForWhatIsWanted() {
        let wishes = options {
            ($0.cameraWidth, $0.cameraHeight, $0.cameraRate) = (1280, 720, FrameRate(30))
        }
        let words = InputArguments.camera("/dev/video0", options: wishes, isMotionJPEG: true).words.map(
            \.text
        )
        #expect(
            words == [
                "-f", "v4l2", "-input_format", "mjpeg", "-framerate", "30", "-video_size", "1280x720",
                "-timestamps", "abs", "-i", "/dev/video0",
            ]
        )
        let plain = InputArguments.camera("/dev/video0", options: VideoReaderOptions(), isMotionJPEG: false)
        #expect(plain.words.map(\.text) == ["-f", "v4l2", "-timestamps", "abs", "-i", "/dev/video0"])
    }

    @Test func streamsOfCamerasComeThroughTCP() throws {
        let address = try #require(StreamAddress("rtsp://cam/1"))
        let words = InputArguments.stream(address, options: VideoReaderOptions(), isEndless: true).words.map(
            \.text
        )
        #expect(words.suffix(2) == ["-i", "rtsp://cam/1"])
        let transport = try #require(words.firstIndex(of: "-rtsp_transport"))
        #expect(words[transport + 1] == "tcp")
        let timeout = try #require(words.firstIndex(of: "-timeout"))
        #expect(words[timeout + 1] == "10000000")
    }

    // MARK: - Standard input

    private func pipe(_ bytes: [UInt8]) throws -> CInt {
        var ends: [CInt] = [0, 0]
        try #require(Glibc.pipe(&ends) == 0)
        let writing = ends[1]
        SystemThread {
            PipeEnd.ignoreBrokenPipes()
            _ = bytes.withUnsafeBytes { write(writing, $0.baseAddress, $0.count) }
            close(writing)
        }.start()
        return ends[0]
    }

    @Test(arguments: [PixelFormat.bgr, .i420, .gray])
    func pixelsComeAsTheyAre(format: PixelFormat) throws {
        let size = try PictureView.byteCount(width: 5, height: 3, format: format)
        let bytes = (0..<(4 * size)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var frames = RawFrames(width: 5, height: 3, format: format, frameRate: FrameRate(30000, 1001))
        frames.descriptor = try pipe(bytes)
        defer { close(frames.descriptor) }
        let read = try ReadFrames(.rawFrames(frames))
        #expect(read.pixels == bytes)
        #expect(read.indices == [0, 1, 2, 3])
        #expect(read.times[3] == FrameRate(30000, 1001)?.time(ofFrame: 3))
        #expect(read.damage == nil)
    }

    @Test func everySecondFrameOfThePipeIsLeftOut() throws {
        var frames = RawFrames(width: 2, height: 2, format: .gray, frameRate: FrameRate(10))
        frames.descriptor = try pipe((0..<20).map { UInt8($0) })
        defer { close(frames.descriptor) }
        let read = try ReadFrames(.rawFrames(frames), options { $0.every = 2 })
        #expect(read.indices == [0, 2, 4])
        #expect(read.times == [.zero, .milliseconds(200), .milliseconds(400)])
        #expect(read.pixels == [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19])
    }

    @Test func aPartOfAFrameAtTheEndIsDamage() throws {
        var frames = RawFrames(width: 2, height: 2, format: .gray)
        frames.descriptor = try pipe([1, 2, 3, 4, 5])
        defer { close(frames.descriptor) }
        let read = try ReadFrames(.rawFrames(frames))
        #expect(read.pixels == [1, 2, 3, 4])
        #expect(read.damage?.message == "'standard input' ends within a frame, after 1 frame.")
    }

    @Test func aDirectoryInPlaceOfPixelsIsAnError() throws {
        var frames = RawFrames(width: 2, height: 2, format: .gray)
        frames.descriptor = open("/tmp", O_RDONLY)
        defer { close(frames.descriptor) }
        let error = #expect(throws: MediaError.self) { try ReadFrames(.rawFrames(frames)) }
        #expect(error?.code == .unreadable)
        #expect(error?.message == "Standard input cannot be read: Is a directory.")
    }

    @Test func aSizeThatNoPictureHasIsRefused() {
        let error = #expect(throws: MediaError.self) {
            try VideoReader(.rawFrames(RawFrames(width: 0, height: 2, format: .gray)))
        }
        #expect(error?.code == .invalidOption)
    }
}
