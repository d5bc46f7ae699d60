// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseInference
import Testing

@Suite("Threads") struct ThreadCountTests {
    @Test(arguments: [(0, 1), (1, 1), (64, 64), (65, 64), (256, 64)])
    func machinesWithMoreCoresThanAPoolTakesUseAsManyAsItTakes(coreCount: Int, expected: Int) {
        #expect(ThreadCount.clamped(coreCount) == expected)
    }

    @Test func theStandardIsACountThatPoolsTake() {
        #expect(ThreadCount.range.contains(ThreadCount.standard))
        #expect(ThreadPool(threadCount: ThreadCount.standard).threadCount == ThreadCount.standard)
    }
}
