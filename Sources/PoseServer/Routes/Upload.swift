// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseCodecs
import PoseHTTP
import PoseSystem

/// The picture that a request brings.
struct Upload {
    /// The form's field for the picture.
    static let fieldName = "image"

    /// The types that a body may be declared as; what it is, its first bytes tell.
    ///
    /// Among them are the names that older programs have for some formats, and what `curl --data-binary` declares.
    static let types =
        ImageFormat.known.map(\.mediaType) + [
            "application/octet-stream", "image/jpg", "image/pjpeg", "image/x-png", "image/heif",
            "image/heic-sequence", "image/heif-sequence", "image/avif-sequence", "image/x-ms-bmp",
            "image/x-bmp", "binary/octet-stream", "application/x-www-form-urlencoded",
        ]

    /// The fields of a form that are no files: parameters, as in a query.
    static func parameters(of form: [FormPart]) -> [(name: String, value: String)] {
        form.filter { $0.fileName == nil && $0.name != fieldName && $0.name != "_charset_" }
            .map { ($0.name, String(decoding: $0.body, as: UTF8.self)) }
    }

    /// The file's name, or `upload` when it has none.
    var source: String
    /// The file.
    var bytes: [UInt8]

    /// The picture with its header, or why it is none.
    func file(_ settings: AnalysisSettings) -> Result<PictureFile, AnalysisError> {
        Result { () throws(AnalysisError) in try PictureFile(bytes, settings: settings) }
    }

    /// Takes the picture of a form.
    ///
    /// - Throws: 400 when there is none.
    init(form: [FormPart]) throws(ServiceFault) {
        let parts = form.filter { $0.name == Self.fieldName }
        // Pages with an optional second control send an empty one along.
        guard let part = parts.first(where: { !$0.body.isEmpty }) ?? parts.first else {
            let names = form.map { "'\($0.name.prefix(40))'" }.joined(separator: ", ")
            throw ServiceFault(
                400,
                "missing_image",
                "The form has no field '\(Self.fieldName)'" + (names.isEmpty ? "." : "; it has \(names).")
            )
        }
        if parts.count(where: { !$0.body.isEmpty }) > 1 {
            throw ServiceFault(
                400,
                "too_many_images",
                "The form has several pictures. Send each in a request of its own, in the field '\(Self.fieldName)'."
            )
        }
        if let other = form.first(where: {
            $0.fileName != nil && $0.name != Self.fieldName && !$0.body.isEmpty
        }) {
            throw ServiceFault(
                400,
                "unknown_parameter",
                "The form has a file in the field '\(other.name.prefix(40))'. There is one field for a file: "
                    + "'\(Self.fieldName)'."
            )
        }
        try self.init(source: part.fileName, bytes: part.body)
    }

    /// Takes the picture of a form or of a body that is the file itself.
    ///
    /// - Throws: 400 when there is none, 415 when the body says that it is something else.
    init(_ request: HTTPRequest) throws(ServiceFault) {
        if let form = request.form {
            try self.init(form: form)
            return
        }
        if let type = request.mediaType, !Self.types.contains(type) {
            throw ServiceFault(
                415,
                "unsupported_media_type",
                "The body is declared as \(type.prefix(80)). Send the picture itself with its Content-Type, such as "
                    + "image/jpeg, or application/octet-stream, or in the field '\(Self.fieldName)' of "
                    + "multipart/form-data."
            )
        }
        let disposition = HeaderParameters(request.headers["content-disposition"] ?? "")
        try self.init(
            source: disposition.extended("filename") ?? disposition["filename"],
            bytes: request.body
        )
    }

    private init(source: String?, bytes: [UInt8]) throws(ServiceFault) {
        guard !bytes.isEmpty else {
            throw ServiceFault(400, "missing_image", "The picture is empty: no byte of it was sent.")
        }
        // Some browsers send the whole path.
        let name = source?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map {
            PrintableText.escaped(String($0.prefix(255)))
        }
        self.source = name ?? "upload"
        self.bytes = bytes
    }
}
