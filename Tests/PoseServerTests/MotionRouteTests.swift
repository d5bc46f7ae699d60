// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseAnalysis
import PoseEstimation
import PoseHTTP
import PoseServer
import PoseSystem
import PoseTestSupport
import Testing

/// Motion files of recorded lines.
@Suite struct MotionRouteTests {
    /// Two seconds of somebody who squats, as the live route answers them, with further members.
    private func lines(_ count: Int = 30, times: [Int: Duration] = [:]) -> [UInt8] {
        var lines: [UInt8] = []
        for index in 0..<count {
            var pose = SquattingEstimator.pose((1 - cos(Double(index) / 15 * .pi)) / 2)
            pose.track = PoseTrack(id: 4, state: .tracked)
            let document = PoseDocument(
                source: "live",
                frame: PoseFrame(
                    index: index,
                    time: times[index] ?? .seconds(Double(index) / 15),
                    state: .tracked
                ),
                imageWidth: 640,
                imageHeight: 320,
                orientation: 1,
                complexity: .full,
                modelSHA256: "",
                timing: nil,
                poses: [pose]
            )
            lines += document.json(adding: { $0.member("dropped", 0) }) + [0x0A]
        }
        return lines
    }

    private func ask(
        _ body: [UInt8],
        _ query: [(name: String, value: String)],
        form: [FormPart]? = nil,
        configure: (inout PoseServiceConfiguration) -> Void = { _ in }
    ) async -> HTTPResponse {
        await fakeService(configure: configure).respond(
            to: HTTPRequest(
                method: .post,
                path: "/v1/motion",
                query: query,
                headers: ["content-type": "application/x-ndjson"],
                body: body,
                form: form
            )
        )
    }

    @Test func aRecordingBecomesBVH() async throws {
        let response = await ask(lines(), [("height", "1.8")])
        #expect(response.status == 200, "\(response.errorMessage ?? "")")
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.hasPrefix("HIERARCHY\n") && text.contains("MOTION\nFrames: 30"))
        #expect(response.header("content-disposition") == "attachment; filename=\"motion.bvh\"")
    }

    @Test(arguments: ["vrma", "gltf"])
    func aRecordingBecomesGLTF(format: String) async throws {
        let response = await ask(lines(), [("format", format), ("person", "4")])
        #expect(response.status == 200 && response.header("content-type") == "model/gltf-binary")
        #expect(response.body.prefix(4).elementsEqual("glTF".utf8))
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.contains("VRMC_vrm_animation") == (format == "vrma"))
    }

    @Test(arguments: [
        ("format", "fbx", 400, "bvh, vrma or gltf"), ("height", "9", 400, "0.3…3 metres"),
        ("person", "-1", 400, "from 0"), ("form", "bvh", 400, "format, height, person"),
        ("person", "9", 422, "person"),
    ])
    func whatCannotBeMadeIsExplained(name: String, value: String, status: Int, words: String) async throws {
        let response = await ask(lines(), [(name, value)])
        #expect(response.status == status)
        #expect(response.errorMessage?.contains(words) == true, "\(response.errorMessage ?? "")")
    }

    @Test func framesWhoseTimesGoBackAreTold() async throws {
        let response = await ask(lines(20) + lines(12), [])
        #expect(response.status == 200 && response.header("pose-left-out") == "12;line=21")
        #expect(await ask(lines(), []).header("pose-left-out") == nil)
    }

    @Test func theFileOfAFormIsTaken() async throws {
        let file = FormPart(name: "file", fileName: "demo.jsonl", body: lines())
        let field = FormPart(name: "format", body: Array("vrma".utf8))
        let response = await ask([], [], form: [file, field])
        #expect(response.status == 200 && response.header("content-type") == "model/gltf-binary")
        let none = await ask([], [], form: [field])
        #expect(none.status == 400 && none.errorCode == "missing_lines")
        #expect(none.errorMessage?.hasPrefix("The form has no file. Send pose/1 lines") == true)
        #expect(await ask([], [], form: [file, file]).errorCode == "malformed_lines")
    }

    @Test func aFewLinesMakeNoHoursOfMotion() async throws {
        let response = await ask(lines(4, times: [3: .seconds(7100)]), [])
        #expect(response.status == 422 && response.errorCode == "no_motion")
        #expect(response.errorMessage?.contains("most of them made up") == true)
    }

    @Test func aMotionHasTheTimeLimitOfARequest() async throws {
        let response = await ask(lines(1500), []) { $0.defaults.timeLimit = .milliseconds(10) }
        #expect(response.status == 503)
        #expect(["timed_out", "cancelled"].contains(response.errorCode), "\(response.errorCode ?? "")")
    }

    @Test func aMotionDrawsFromTheMemoryBudget() async throws {
        // 3000 frames.
        let body = lines(30, times: [29: .seconds(200)])
        #expect(await ask(body, []).status == 200)
        let small = await ask(body, []) { $0.budget = MemoryBudget(byteCount: 6 * body.count) }
        #expect(small.status == 503 && small.errorCode == "out_of_memory", "\(small.errorMessage ?? "")")
        let none = await ask(body, []) { $0.budget = MemoryBudget(byteCount: 1000) }
        #expect(none.status == 503 && none.errorCode == "out_of_memory", "\(none.errorMessage ?? "")")
    }

    @Test func brokenLinesAreNamed() async throws {
        let response = await ask(lines(3) + Array("{\"schema\":\"pose/2\"}\n".utf8), [])
        #expect(response.status == 400 && response.errorCode == "malformed_lines")
        #expect(
            response.errorMessage?.contains("line 4") == true
                || response.errorMessage?.contains("Line 4") == true
        )
        #expect(await ask([], []).errorCode == "missing_lines")
    }
}
