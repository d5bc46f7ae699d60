// SPDX-License-Identifier: Apache-2.0

/// One part of a `multipart/form-data` body.
public struct FormPart: Sendable {
    /// The field's name.
    public var name: String
    /// The file's name, when the part is a file.
    public var fileName: String?
    /// The part's own content type.
    public var contentType: String?
    /// The part's bytes.
    public var body: [UInt8]

    /// Makes a part; one that is no file has no file name.
    public init(name: String, fileName: String? = nil, contentType: String? = nil, body: [UInt8]) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
        self.body = body
    }
}
