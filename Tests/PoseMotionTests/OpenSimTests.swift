// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseMotion
import Testing

@Suite("Files of OpenSim")
struct OpenSimTests {
    private static func lines(_ bytes: [UInt8]) -> [[Substring]] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    }

    private static func motion(_ body: (Double) -> SyntheticBody) throws -> SkeletonMotion {
        try SkeletonSolver().solve(SkeletonTests.film(seconds: 2, body), person: 0)
    }

    @Test("TRC counts its frames and markers, and each row has all of them")
    func markers() throws {
        let motion = try Self.motion { SkeletonTests.moving($0) }
        let lines = Self.lines(motion.trc(name: "a\tb.trc"))
        #expect(lines[0].map(String.init) == ["PathFileType", "4", "(X/Y/Z)", "a_b.trc"])
        #expect(lines[1].count == 8 && lines[2].count == 8)
        #expect(lines[2][2] == "\(motion.frames.count)" && lines[2][3] == "17" && lines[2][4] == "m")
        #expect(lines[4].count == 2 + 3 * 17 && lines[5] == [""])
        let rows = lines[6...].dropLast()
        #expect(rows.count == motion.frames.count && rows.allSatisfy { $0.count == 2 + 3 * 17 })
    }

    @Test("MOT counts its rows and columns, time among them; knees bend as the body's do")
    func coordinates() throws {
        let motion = try Self.motion { Doing.squat((1 - SyntheticBody.cos(180 * $0)) / 2) }
        let lines = Self.lines(motion.mot(name: "squat"))
        let names = lines[6].map(String.init)
        #expect(lines[2] == ["nRows=\(motion.frames.count)"] && lines[3] == ["nColumns=\(names.count)"])
        #expect(lines[5] == ["endheader"] && names[0] == "time")
        let rows = lines[7...].dropLast()
        #expect(rows.count == motion.frames.count && rows.allSatisfy { $0.count == names.count })
        for name in ["knee_angle_r", "knee_angle_l", "hip_flexion_r", "hip_flexion_l"] {
            let column = try #require(names.firstIndex(of: name))
            let values = try rows.map { try #require(Double($0[column])) }
            #expect(try #require(values.max()) > 60 && abs(values[0]) < 25, "\(name)")
        }
    }
}
