// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseServer
import Testing

/// The exercise panel of the live page.
@Suite(.serialized) struct LiveExercisePageTests {
    @Test(
        arguments: [
            ("desktop", Browser.Options(width: 1280, height: 1000)),
            ("phone-zh", Browser.Options(language: "zh-CN", width: 360, height: 740, isPhone: true)),
        ]
    )
    func anExerciseIsChosenAndFollowedOn(_ name: String, options: Browser.Options) async throws {
        try await Browser.withCamera(options, seeing: .still) { browser, server in
            try await browser.startCamera(at: server)
            #expect(try await browser.isShown("#exercise-panel") == false)
            try await browser.wait(
                "the exercises",
                until: "document.querySelector('#exercise').options.length === 8"
            )
            try await browser.choose("jumping-jack", in: "#exercise")
            try await browser.waitForPeople()
            try await browser.wait(
                "the state",
                until: "document.querySelector('#exercise-phase').textContent.length > 0"
            )
            #expect(try await browser.isShown("#exercise-panel"))
            let isEnglish = options.language == "en"
            #expect(
                try await browser.text("#exercise-title") == (isEnglish ? "Jumping jack" : "开合跳")
            )
            #expect(try await browser.text("#exercise-count") == "0")
            try await browser.wait(
                "the angle over time",
                until: "document.querySelector('#exercise-chart svg')"
            )
            try await browser.expectNoSidewaysScrolling()
            #expect(try await browser.barriers() == [])
            try await browser.script(
                "document.querySelector('#exercise-panel').scrollIntoView()",
                as: Nothing.self
            )
            try await browser.screenshot("live-exercise-\(name)")
            try await browser.choose("", in: "#exercise")
            #expect(try await browser.isShown("#exercise-panel") == false)
            #expect(try await browser.complaints() == [])
        }
    }

    @Test func aRepetitionIsCountedReadOutAndReported() async throws {
        struct Panel: Decodable {
            var count, partial, said, feedback, depth: String
            var saidAgain: String
            var isReportOffered: Bool
        }
        try await LiveServer.with { server in
            try await Browser.with { browser in
                try await browser.open("\(server.address)live")
                let panel = try await browser.script(
                    """
                    return import('/exercise-panel.js').then(async ({ ExercisePanel }) => {
                      const { languages } = await import('/strings.js');
                      const at = (name) => document.querySelector(`#exercise-${name}`);
                      const said = [];
                      const select = new DOMParser().parseFromString('<select><option value="squat"></option></select>', 'text/html')
                        .querySelector('select');
                      const panel = new ExercisePanel({ panel: at('panel'), title: at('title'), phase: at('phase'), count: at('count'),
                        countLabel: at('count-label'), partial: at('partial'), gauge: at('gauge'), feedback: at('feedback'),
                        chart: at('chart'), reset: at('reset'), report: at('report') }, select,
                        { strings: languages.en, language: 'en', say: (text) => said.push(text) }, { sourceName: () => 'me.mp4', onReset() {} });
                      panel.offer([{ name: 'squat', title: { en: 'Squat', zh: '深蹲' }, kind: 'repetitions', measure: 'knee' }]);
                      const event = { kind: 'repetition', start: 0, end: 2, depth: 1, score: 90, parts: {}, notes: [] };
                      const frame = (time, count, events) => {
                        const person = { id: 5, exercise: { phase: 'going', progress: 0.4, count, partial: 2, events,
                          feedback: count > 0 ? [{ en: 'Go a little deeper.', zh: '再蹲低一点。' }] : [] } };
                        panel.add({ time, people: [person] });
                        panel.show(person);
                      };
                      frame(0, 0, []);
                      frame(2, 1, [event]);
                      frame(2.1, 1, []);
                      const first = said.join('|');
                      document.querySelector('#exercise-report').click();
                      frame(4, 2, [event]);
                      return { count: at('count').textContent, partial: at('partial').textContent, said: first, saidAgain: said.join('|'),
                        feedback: at('feedback').textContent, depth: at('gauge').getAttribute('aria-valuenow'),
                        isReportOffered: !at('report').disabled };
                    });
                    """,
                    as: Panel.self
                )
                #expect(panel.count == "2" && panel.partial == "2 partial" && panel.depth == "40")
                #expect(panel.said == "1. Go a little deeper.", "once, not from frame to frame")
                #expect(panel.saidAgain == "1. Go a little deeper.|2. Go a little deeper.")
                #expect(panel.feedback == "Go a little deeper." && panel.isReportOffered)
                let report = String(
                    decoding: try await browser.downloaded(endingIn: "me-squat.html"),
                    as: UTF8.self
                )
                #expect(report.contains("1 repetition, 0 partial, mean score 90 of 100"))
                #expect(try await browser.complaints() == [])
            }
        }
    }
}
