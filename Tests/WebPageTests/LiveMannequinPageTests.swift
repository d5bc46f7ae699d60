// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseServer
import Testing

/// The mannequin of the live page, which the solved skeleton moves.
@Suite(.serialized) struct LiveMannequinPageTests {
    @Test func theMannequinAsksForASkeletonAndIsDrawnFromIt() async throws {
        try await Clips.with(.still) { clip in
            try await LiveServer.with { server in
                try await Browser.with(.init(width: 1280, height: 1000, camera: clip)) { browser in
                    try await browser.startCamera(at: server)
                    let lines = try await browser.requestedAddresses().filter { $0.hasPrefix("ws:") }
                    #expect(!lines.isEmpty && lines.allSatisfy { !$0.contains("skeleton") })
                    let thin = try await browser.paintedInSpace()
                    try await browser.setCheckbox("#mannequin", true)
                    try await browser.wait(
                        "a connection that asks for bones",
                        until: "document.querySelector('#connection').dataset.state === 'open'"
                    )
                    try await browser.waitForPeople()
                    let last = try await browser.requestedAddresses().last { $0.hasPrefix("ws:") }
                    #expect(last?.contains("skeleton=true") == true)
                    try await browser.wait(
                        "a body",
                        until: "(() => { \(Browser.paintedPart) })() > \(0.004 + 2 * thin)"
                    )
                    #expect(
                        try await browser.sidesInSpace() > 0.05,
                        "left is on the right of somebody who faces the camera"
                    )
                    try await browser.screenshot("live-mannequin")
                    #expect(try await browser.complaints() == [])
                }
            }
        }
    }

    @Test func showingTheMannequinDoesNotBeginAnExerciseAnew() async throws {
        try await Browser.withCamera(.init(width: 1280, height: 1000), seeing: .still) { browser, server in
            try await browser.startCamera(at: server)
            try await browser.wait(
                "the exercises",
                until: "document.querySelector('#exercise').options.length === 8"
            )
            try await browser.choose("squat", in: "#exercise")
            try await browser.waitForPeople()
            let before = try await browser.requestedAddresses().filter { $0.hasPrefix("ws:") }
            #expect(before.last?.contains("exercise=squat") == true)
            let thin = try await browser.paintedInSpace()
            try await browser.setCheckbox("#mannequin", true)
            try await browser.wait(
                "a body",
                until: "(() => { \(Browser.paintedPart) })() > \(0.004 + 2 * thin)"
            )
            try await browser.setCheckbox("#mannequin", false)
            try await browser.waitForPeople()
            #expect(try await browser.requestedAddresses().filter { $0.hasPrefix("ws:") } == [])
            #expect(try await browser.complaints() == [])
        }
    }

    @Test func bonesOfTheMannequinFollowTheRotationsOfTheirParents() async throws {
        struct Place: Decodable { var x, y, z: Double }
        struct Body: Decodable {
            var places: [String: Place]
            var floor: Double
        }
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open("\(server.address)live")
                let body = try await browser.script(
                    """
                    return import('/mannequin.js').then(({ bonePlaces }) => {
                      const half = Math.SQRT1_2;
                      const bone = (name, parent, rest, rotation = [0, 0, 0, 1], end = undefined) => ({ name, parent, rest, rotation, end });
                      // The upper arm hangs down from a shoulder that points to the left; the elbow turns the forearm to the camera.
                      return bonePlaces({ skeleton: { height: 1.7, root: [3, 0.9, 1], bones: [
                        bone('hips', null, [0, 0, 0]), bone('head', 'hips', [0, 0.6, 0]),
                        bone('leftUpperArm', 'hips', [0.2, 0.5, 0], [0, 0, -half, half]),
                        bone('leftLowerArm', 'leftUpperArm', [0.3, 0, 0], [0, -half, 0, half]),
                        bone('leftHand', 'leftLowerArm', [0.25, 0, 0], [0, 0, 0, 1], [0.1, 0, 0]),
                      ] } });
                    });
                    """,
                    as: Body.self
                )
                func expect(_ name: String, _ x: Double, _ y: Double, _ z: Double) throws {
                    let found = body.places[name]
                    let place = try #require(found)
                    let distance = max(abs(place.x - x), abs(place.y - y), abs(place.z - z))
                    #expect(distance < 1e-9, "\(name): \(place)")
                }
                // In the page's axes y goes down and z away from the camera.
                try expect("hips", 0, 0, 0)
                try expect("leftLowerArm", 0.2, -0.2, 0)
                try expect("leftHand", 0.2, -0.2, -0.25)
                try expect("leftHandEnd", 0.2, -0.2, -0.35)
                #expect(body.floor == 0.9)
                #expect(try await browser.complaints() == [])
            }
        }
    }
}

extension Browser {
    /// A body of a script: the part of the canvas in space that has the colour of the trunk, which lines between landmarks leave open.
    fileprivate static let paintedPart = """
        const { width, height } = document.querySelector('#figure');
        const context = Object.assign(document.createElement('canvas'), { width, height })
          .getContext('2d', { willReadFrequently: true });
        context.drawImage(document.querySelector('#figure'), 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        let count = 0;
        for (let at = 0; at < data.length; at += 4) {
          const isWhite = data[at] > 230 && data[at + 1] > 230 && data[at + 2] > 230;
          if (data[at + 3] > 90 && isWhite) count += 1;
        }
        return count * 4 / data.length;
        """

    fileprivate func paintedInSpace() async throws -> Double {
        try await script(Self.paintedPart, as: Double.self)
    }
}
