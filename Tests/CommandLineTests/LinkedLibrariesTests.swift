// SPDX-License-Identifier: Apache-2.0

import Testing

#if os(Linux)
@Suite("Shared libraries of the program") struct LinkedLibrariesTests {
    /// Each library more is time at every start: no Foundation, and those of rare formats when a file of theirs comes.
    @Test func theProgramLoadsFewAtItsStart() async throws {
        // The loader's own listing, as ldd asks for it.
        let run = try await TestProgram().shell("LD_TRACE_LOADED_OBJECTS=1 pose --version")
        #expect(run.code == 0 && run.lines.contains { $0.contains("libjpeg") }, "\(run.text)")
        for name in ["Foundation", "libheif", "libtiff", "libgif", "gdk_pixbuf", "libavcodec"] {
            #expect(!run.lines.contains { $0.contains(name) }, "\(run.text)")
        }
    }
}
#endif
