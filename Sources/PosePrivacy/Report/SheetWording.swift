// SPDX-License-Identifier: Apache-2.0

internal import PoseLanguage

/// The sentences of the contact sheet in a language.
struct SheetWording {
    var language: Language

    private func either(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }

    var title: String { either("Hidden faces", "人脸遮盖结果") }
    var caution: String {
        either(
            "Please look at every picture: what is listed here lowers the risk that somebody is recognised, it proves "
                + "nothing. Most easily missed are profiles, small, dark and half hidden faces.",
            "请检查每一张图片：这份清单只降低有人被认出的风险，不能证明什么。侧脸、很小、很暗或被遮挡的脸最容易漏掉。"
        )
    }
    var originals: String {
        either(
            "This sheet shows faces before they were covered: do not give it away.",
            "本清单含有遮盖之前的人脸：请勿外传。"
        )
    }
    var withheld: String { either("Withheld", "未输出") }
    var failed: String { either("Failed", "失败") }
    var doubtful: String { either("Written, please check", "已输出，请检查") }
    var others: String { either("Written without a doubt", "已输出，没有疑点") }
    var pictures: String { either("pictures and videos", "图片和视频") }
    var covered: String { either("faces covered", "张脸已遮盖") }
    var doubts: String { either("doubts", "处疑点") }
    var noFace: String { either("No face was found.", "没有找到人脸。") }
    var before: String { either("before", "遮盖前") }
    var overview: String { either("the picture after covering", "遮盖后的图片") }
    var atSeconds: String { either("s", "秒") }

    func faceCount(_ count: Int) -> String {
        either("\(count) \(count == 1 ? "face" : "faces") covered", "遮盖了 \(count) 张脸")
    }

    func face(_ number: Int) -> String { either("face \(number) after covering", "遮盖后的第 \(number) 张脸") }

    func witness(_ witness: FaceWitness) -> String {
        switch witness {
        case .face: either("face", "人脸")
        case .head: either("head", "头部")
        case .hand: either("by hand", "手工")
        }
    }

    func fate(_ fate: FaceFate) -> String {
        switch fate {
        case .covered: either("covered", "已遮盖")
        case .keptByHand: either("left open by hand", "手工保留")
        case .keptLargest: either("left open: the largest", "保留：最大的脸")
        case .keptForeground: either("left open: in front", "保留：前景")
        }
    }

    func doubt(_ code: PrivacyDoubt.Code) -> String {
        switch code {
        case .personWithoutHead:
            either("a person whose head was not found", "找到了人，但没有找到头部")
        case .weakFace: either("covered, but perhaps no face", "已遮盖，但可能不是人脸")
        case .openCandidate: either("left open, but perhaps a face", "未遮盖，但可能是人脸")
        case .damagedPicture:
            either("the file is damaged; what is lost may have been a face", "文件已损坏；丢失的部分可能有人脸")
        default: code.rawValue
        }
    }
}
