// SPDX-License-Identifier: Apache-2.0

import PoseHTTP

/// The picture that a request brings.
struct Upload {
    /// The form's field for the picture.
    static let fieldName = "image"

    private static let types: Set<String> = [
        "image/jpeg", "image/jpg", "image/png", "image/webp", "application/octet-stream",
    ]

    /// The file's name, or `upload` when it has none.
    var source: String
    /// The file.
    var bytes: [UInt8]

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
                "The body is declared as \(type.prefix(80)). Send the picture itself with Content-Type image/jpeg, "
                    + "image/png, image/webp or application/octet-stream, or in the field '\(Self.fieldName)' of "
                    + "multipart/form-data."
            )
        }
        try self.init(source: nil, bytes: request.body)
    }

    private init(source: String?, bytes: [UInt8]) throws(ServiceFault) {
        guard !bytes.isEmpty else {
            throw ServiceFault(400, "missing_image", "The picture is empty: no byte of it was sent.")
        }
        // Some browsers send the whole path.
        let name = source?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map {
            String($0.prefix(255))
        }
        self.source = name ?? "upload"
        self.bytes = bytes
    }
}
