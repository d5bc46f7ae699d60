// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import Foundation
import PoseImaging
import PoseServer
import PoseTestSupport
import Testing

/// Ways into the page and out of it: keyboard, mouse, paste, drop, rotated pictures, saved files.
extension PhotoPageTests {
    @Test func worksByKeyboardAlone() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.press(.tab)
                #expect(try await browser.focused() == "a.skip")
                #expect(try await browser.focusIsVisible())
                try await browser.press(.enter)
                #expect(try await browser.focused() == "main#main")
                try await browser.press(.tab)
                #expect(try await browser.focused().hasPrefix("button"))
                #expect(try await browser.focusIsVisible())

                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                #expect(try await browser.focused() == "h1#result-title")
                #expect(try await browser.text("#status").contains("found"))
                var walked: [String] = []
                while walked.count < 30, walked.last != "tr" {
                    try await browser.press(.tab)
                    walked.append(try await browser.focused())
                    #expect(try await browser.focusIsVisible(), "\(walked)")
                }
                #expect(walked.contains("button#save-picture"))
                #expect(walked.contains("input[style]"))
                #expect(walked.last == "tr")

                try await browser.press(.down, .down)
                #expect(try await browser.text("#rows tr.lit th").hasPrefix("Left eye"))
                #expect(try await browser.text("#tip").contains("Left eye"))
                try await browser.press(.end)
                #expect(try await browser.text("#tip").contains("Right toes"))
                try await browser.press(.tab)
                #expect(try await browser.focused() == "summary")
            }
        }
    }

    @Test func pointingAtAJointLightsItsRow() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                let knee = try await browser.middleOfJoint(25)
                try await browser.moveMouse(toX: knee.x, y: knee.y)
                #expect(
                    try await browser.script(
                        "return document.querySelector('#rows tr.lit')?.dataset.name ?? ''",
                        as: String.self
                    ) == "left_knee"
                )
                #expect(try await browser.text("#tip").contains("Left knee"))
                #expect(
                    try await browser.script(
                        """
                        const row = document.querySelector('#rows tr.lit').getBoundingClientRect();
                        const box = document.querySelector('.table-scroll').getBoundingClientRect();
                        return row.top >= box.top && row.bottom <= box.bottom;
                        """,
                        as: Bool.self
                    )
                )
                try await browser.moveMouse(toX: 2, y: 2)
                #expect(try await browser.isShown("#tip") == false)
            }
        }
    }

    @Test func takesPicturesThatAreDroppedOrPasted() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                for event in ["drop", "paste"] {
                    try await browser.open(server.address)
                    try await browser.script(
                        """
                        const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
                        const transfer = new DataTransfer();
                        transfer.items.add(new File([bytes], 'bus.jpg', { type: 'image/jpeg' }));
                        const options = { bubbles: true, cancelable: true };
                        document.body.dispatchEvent(arguments[1] === 'drop'
                          ? new DragEvent('drop', { ...options, dataTransfer: transfer })
                          : new ClipboardEvent('paste', { ...options, clipboardData: transfer }));
                        """,
                        [Data(contentsOf: Self.photo).base64EncodedString(), event],
                        as: Nothing.self
                    )
                    try await browser.waitForPhase("done")
                    #expect(try await browser.table().count == 33)
                }
            }
        }
    }

    @Test func savesThePictureAndTheNumbers() async throws {
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open(server.address)
                try await browser.choose(Self.photo)
                try await browser.waitForPhase("done")
                try await browser.click("#save-json")
                let json = try await browser.downloaded(endingIn: "bus-pose.json")
                let answer = try JSONDecoder().decode(Answer.self, from: json)
                #expect(answer.schema == "pose/1")
                let person = try #require(answer.people.first)

                try await browser.click("#save-picture")
                let data = try await browser.downloaded(endingIn: "bus-pose.jpg")
                let picture = try ImageDecoder.decode([UInt8](data)).image
                #expect((picture.width, picture.height) == (answer.image.width, answer.image.height))
                for index in [23, 24, 25, 26] {
                    let joint = person.landmarks[index]
                    let pixel = picture[
                        Int(joint.x * Double(picture.width)),
                        Int(joint.y * Double(picture.height))
                    ]
                    #expect(pixel.red > 180 && pixel.green < 90 && pixel.blue < 90, "\(joint.name): \(pixel)")
                }
            }
        }
    }
}
