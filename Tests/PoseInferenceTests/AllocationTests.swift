// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import CPoseAllocationCounter
import PoseInference
import Testing

/// A warmed session's passes take nothing from the heap.
@Suite("Allocations")
struct AllocationTests {
    @Test("The counter counts")
    func counter() {
        let before = allocation_count()
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 100_000, alignment: 64)
        memory.storeBytes(of: 1, as: Int.self)
        memory.deallocate()
        let array = [Int](repeating: 7, count: Int.random(in: 1000...2000))
        #expect(array.count < 2001)
        #expect(allocation_count() >= before + 2)
    }

    @Test("Passes allocate nothing", arguments: RealModels.all, [1, 2])
    func passes(name: String, threads: Int) throws {
        let model = try CompiledModel(bytes: try RealModels.bytes(name))
        var session = InferenceSession(model: model, threads: ThreadPool(threadCount: threads))
        session.withInput { $0.update(repeating: 0.5) }
        session.run()
        var sum: Float = 0
        let before = allocation_count()
        for _ in 0..<10 {
            session.withInput { $0.update(repeating: 0.25) }
            session.run()
            var asked = 0
            let isWhole = session.run {
                asked += 1
                return true
            }
            sum += isWhole ? Float(asked) : .nan
            for index in 0..<2 { session.withOutput(index) { sum += $0[0] } }
        }
        #expect(allocation_count() == before)
        #expect(sum.isFinite)
    }
}
#endif
