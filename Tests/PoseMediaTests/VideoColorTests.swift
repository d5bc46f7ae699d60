// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseImaging
import PoseMedia
import PoseSystem
import PoseTestSupport
import Testing

@Suite("Colours and shapes of video files")
struct VideoColorTests {
    private let clips: Clips

    init() throws {
        clips = try Clips()
    }

    @Test func fullRangeIsHandedOnAsItIs() throws {
        let path = try clips.pattern("a.mp4", "-c:v", "libx264", "-pix_fmt", "yuvj420p")
        let frames = try ReadFrames(path)
        #expect(frames.info.color.range == .full)
        #expect(try frames.pixels == Tool.pixels(path, "yuvj420p"))
    }

    @Test func aFullRangeThatOnlyATagTellsOfIsHandedOnAsItIs() throws {
        let path = try clips.pattern(
            "a.mkv",
            "-c:v",
            "ffv1",
            "-pix_fmt",
            "yuv420p",
            "-color_range",
            "pc",
            "-colorspace",
            "bt709"
        )
        let frames = try ReadFrames(path)
        #expect(frames.info.color == YUVColor(matrix: .bt709, range: .full))
        // A decoder that is not asked for anything else.
        let expected = try Tool.run(
            "ffmpeg",
            ["-v", "error", "-i", "file:" + path, "-f", "rawvideo", "pipe:1"]
        )
        #expect(frames.pixels == expected)
    }

    @Test func framesForParityAreOpenCVsConversion() throws {
        let path = try clips.pattern(
            "a.mp4",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-colorspace",
            "bt709"
        )
        let frames = try ReadFrames(path, options { ($0.pixelFormat, $0.matrix) = (.bgrx, .bt601) })
        let expected = try Tool.pixels(
            path,
            "bgr0",
            "-vf",
            "scale=in_color_matrix=bt601:flags=bicubic,format=bgr0"
        )
        #expect(frames.pixels == expected)
        let tagged = try ReadFrames(path, options { $0.pixelFormat = .bgrx })
        #expect(try tagged.pixels == Tool.pixels(path, "bgr0", "-vf", "scale=flags=bicubic,format=bgr0"))
        #expect(tagged.pixels != frames.pixels)
    }

    @Test func tenBitsAreMadeEight() throws {
        let path = try clips.pattern("a.mkv", "-c:v", "ffv1", "-pix_fmt", "yuv420p10le")
        let frames = try ReadFrames(path)
        let deep = try Tool.pixels(path, "yuv420p10le")
        #expect(frames.pixels.count * 2 == deep.count)
        let worst = frames.pixels.indices.map { index in
            abs(Int(frames.pixels[index]) * 4 - Int(deep[2 * index]) - 256 * Int(deep[2 * index + 1]))
        }.max()
        #expect(try #require(worst) <= 6)
    }

    @Test func pixelsThatAreNotSquareAreStretched() throws {
        let wide = try clips.pattern("a.mp4", size: "48x48", "-vf", "setsar=4/3", "-c:v", "libx264")
        let frames = try ReadFrames(wide)
        #expect((frames.info.width, frames.info.height) == (64, 48))
        #expect(frames.pixels.count == 15 * 64 * 48 * 3 / 2)
        let tall = try clips.pattern("b.mp4", size: "48x48", "-vf", "setsar=3/4", "-c:v", "libx264")
        let info = try VideoReader(.file(tall)).info
        #expect((info.width, info.height) == (48, 64))
    }

    @Test func twoFieldsMakeOnePicture() throws {
        let path = try clips.pattern(
            "a.ts",
            size: "64x64",
            "-vf",
            "tinterlace=interleave_top,fieldorder=tff",
            "-c:v",
            "mpeg2video",
            "-flags",
            "+ilme+ildct",
            "-top",
            "1",
            "-q:v",
            "2"
        )
        let frames = try ReadFrames(path)
        #expect(frames.info.isInterlaced)
        let stated = try Tool.times(path)
        #expect(frames.times.isClose(to: stated.map { $0 - stated[0] }))
        #expect(try frames.pixels != Tool.pixels(path, "yuv420p"))
    }

    @Test(arguments: [("smpte2084", "bt2020nc"), ("arib-std-b67", "bt2020nc")])
    func aHighDynamicRangeIsMappedToTheUsualOne(transfer: String, matrix: String) throws {
        let path = try clips.pattern(
            "a.mp4",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p10le",
            "-color_trc",
            transfer,
            "-colorspace",
            matrix,
            "-color_primaries",
            "bt2020",
            "-color_range",
            "tv"
        )
        let frames = try ReadFrames(path)
        #expect(frames.info.isHDR)
        #expect(frames.info.color == YUVColor(matrix: .bt709, range: .limited))
        #expect(frames.indices.count == 15)
        let expected = try Tool.pixels(
            path,
            "yuv420p",
            "-vf",
            "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,"
                + "zscale=t=bt709:m=bt709:r=tv"
        )
        #expect(frames.pixels == expected)
        #expect(try frames.pixels != Tool.pixels(path, "yuv420p"))
    }

    @Test(arguments: ["bt2020nc", "smpte240m", "fcc"])
    func otherMatricesBecomeBT709(matrix: String) throws {
        let path = try clips.pattern(
            "a.mp4",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-colorspace",
            matrix
        )
        let frames = try ReadFrames(path)
        #expect(!frames.info.isHDR)
        #expect(frames.info.color.matrix == .bt709)
        #expect(frames.indices.count == 15 && frames.damage == nil)
        #expect(try frames.pixels != Tool.pixels(path, "yuv420p"))
    }

    /// A clip of colour bars in FFV1 whose frames and file have the tags.
    private func tagged(_ width: Int, _ height: Int, _ format: String, _ tags: String) throws -> String {
        try clips.make(
            "a.mkv",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=64x50:r=30:d=0.5",
            "-vf",
            "format=yuv444p,crop=\(width):\(height):0:0,format=\(format),setparams=range=tv:\(tags)",
            "-c:v",
            "ffv1"
        )
    }

    private static let pq = "color_trc=smpte2084:colorspace=bt2020nc:color_primaries=bt2020"

    @Test(arguments: [
        ("yuv420p10le", pq), ("yuv422p10le", pq), ("yuv420p", "colorspace=bt2020nc"),
        ("yuv420p10le", "color_trc=arib-std-b67:colorspace=bt2020nc:color_primaries=bt2020"),
        ("yuv420p", "colorspace=smpte240m"),
    ])
    func coloursOfFilmsOfOddSizesAreConverted(format: String, tags: String) throws {
        let frames = try ReadFrames(tagged(63, 49, format, tags))
        #expect(frames.indices.count == 15 && frames.damage == nil && frames.warnings.isEmpty)
        #expect(frames.info.color == YUVColor(matrix: .bt709, range: .limited))
        // The same film, a column and a row larger, has nearly the same pixels.
        let even = try ReadFrames(tagged(64, 50, format, tags))
        let differences = (0..<48).flatMap { y in
            (0..<62).map { x in abs(Int(frames.pixels[y * 63 + x]) - Int(even.pixels[y * 64 + x])) }
        }
        #expect(differences.reduce(0, +) < 6 * differences.count)
    }

    @Test(arguments: [
        "color_trc=smpte2084", "color_trc=smpte2084:colorspace=bt2020nc",
        "color_trc=smpte2084:color_primaries=bt2020", "color_trc=arib-std-b67",
    ])
    func aHighDynamicRangeWithoutItsOtherTagsIsTakenForBT2020(tags: String) throws {
        let frames = try ReadFrames(tagged(64, 48, "yuv420p10le", tags))
        #expect(frames.info.isHDR && frames.warnings.isEmpty && frames.damage == nil)
        let transfer = tags.split(separator: ":")[0]
        let all = "\(transfer):colorspace=bt2020nc:color_primaries=bt2020"
        #expect(try frames.pixels == ReadFrames(tagged(64, 48, "yuv420p10le", all)).pixels)
    }

    /// An H.264 film whose stream has such tags.
    private func h264(tags: String) throws -> ReadFrames {
        try ReadFrames(
            clips.pattern(
                "a.mp4",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                "-bsf:v",
                "h264_metadata=\(tags)"
            )
        )
    }

    @Test(arguments: [3, 11, 12, 13, 14])
    func reservedAndRareMatricesAreTakenForNotStated(number: Int) throws {
        let frames = try h264(tags: "matrix_coefficients=\(number)")
        #expect(frames.indices.count == 15 && frames.warnings.isEmpty && frames.damage == nil)
        #expect(frames.info.color == YUVColor(matrix: .bt601, range: .limited))
    }

    @Test(arguments: ["transfer_characteristics=3", "colour_primaries=3"])
    func reservedTransfersAndPrimariesAreTakenForNotStated(tag: String) throws {
        let frames = try h264(tags: "matrix_coefficients=9:\(tag)")
        #expect(frames.indices.count == 15 && frames.warnings.isEmpty && frames.damage == nil)
    }

    @Test(arguments: [
        "color_trc=smpte2084:colorspace=bt2020c:color_primaries=bt2020",
        "color_trc=bt1361e:colorspace=bt2020nc:color_primaries=bt2020",
    ])
    func whatCannotBeConvertedExactlyIsConvertedRoughly(tags: String) throws {
        let path = try tagged(64, 48, "yuv420p", tags)
        let frames = try ReadFrames(path)
        #expect(frames.indices.count == 15 && frames.damage == nil)
        #expect(frames.info.color == YUVColor(matrix: .bt709, range: .limited))
        #expect(frames.warnings.count == 1)
        #expect(
            frames.warnings.first?.hasPrefix("The colours of '\(path)' are converted roughly (ffmpeg: ")
                == true
        )
    }

    @Test func whatIsTransparentIsBlack() throws {
        let path = try clips.make(
            "a.mov",
            "-f",
            "lavfi",
            "-i",
            "color=red:s=32x32:r=30:d=0.1,format=rgba,geq=r=255:g=0:b=0:a='if(lt(X,16),0,255)'",
            "-c:v",
            "qtrle",
            "-pix_fmt",
            "argb"
        )
        let frames = try ReadFrames(path)
        #expect(frames.info.hasAlpha)
        #expect(frames.info.color == YUVColor(matrix: .bt709, range: .limited))
        // Red of BT.709 is luma 63.
        #expect(frames.pixels[4] == 16 && abs(Int(frames.pixels[28]) - 63) <= 1)
    }

    /// A film of which the left half is transparent, and red beneath.
    private func halfTransparent(_ codec: String) throws -> String {
        try clips.make(
            "a.webm",
            "-f",
            "lavfi",
            "-i",
            "color=red:s=32x32:r=30:d=0.1,format=rgba,geq=r=255:g=0:b=0:a='if(lt(X,16),0,255)'",
            "-c:v",
            codec,
            "-pix_fmt",
            "yuva420p",
            "-auto-alt-ref",
            "0"
        )
    }

    /// ffmpeg's own decoders of these leave transparency out.
    @Test(arguments: ["libvpx", "libvpx-vp9"])
    func whatIsTransparentInWebMIsBlack(codec: String) throws {
        let frames = try ReadFrames(halfTransparent(codec))
        #expect(frames.info.hasAlpha && frames.indices.count == 3 && frames.warnings.isEmpty)
        #expect(abs(Int(frames.pixels[4]) - 16) <= 2 && abs(Int(frames.pixels[28]) - 63) <= 4)
    }

    @Test func whatIsTransparentInWebMIsReadWithoutLibvpxToo() async throws {
        let path = try halfTransparent("libvpx-vp9")
        let real = try #require(ProgramSearch.find("ffmpeg")).text
        // An ffmpeg that does not know the decoder.
        let folder = clips.path("bin")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let script = """
            #!/bin/sh
            case "$*" in *-c:v\\ libvpx*) echo "Unknown decoder 'libvpx-vp9'" >&2; exit 1 ;; esac
            exec \(real) "$@"
            """
        try Data(script.utf8).write(to: URL(filePath: folder + "/ffmpeg"))
        chmod(folder + "/ffmpeg", 0o755)
        await #expect(processExitsWith: .success) { [path = path as String, folder = folder as String] in
            setenv("PATH", "\(folder):/usr/local/bin:/usr/bin:/bin", 1)
            let frames = try ReadFrames(path)
            #expect(frames.indices.count == 3 && frames.damage == nil)
            #expect(frames.warnings.count == 1)
            #expect(
                frames.warnings.first?.contains("is not made black: this ffmpeg cannot decode it (ffmpeg: ")
                    == true
            )
        }
    }

    @Test func redGreenAndBlueBecomeBT709() throws {
        let path = try clips.make(
            "a.mkv",
            "-f",
            "lavfi",
            "-i",
            "color=lime:s=32x32:r=30:d=0.1,format=gbrp",
            "-c:v",
            "ffv1"
        )
        let frames = try ReadFrames(path)
        #expect(frames.info.color == YUVColor(matrix: .bt709, range: .limited))
        #expect(abs(Int(frames.pixels[0]) - 173) <= 1)
    }
}
