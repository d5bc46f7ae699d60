// SPDX-License-Identifier: Apache-2.0

/// Letters as strokes, since a system may have no font: ASCII, and the signs that angles need.
enum StrokeFont {
    /// The strokes of a character: points on a grid of 4 columns and 8 rows above the line, 2 below it; a box for a character
    /// that the font does not have.
    static func strokes(of character: Character) -> [[(column: Int, row: Int)]] {
        glyphs[character] ?? parse("0040480800")
    }

    /// Whether it has all characters of a text.
    static func has(_ text: String) -> Bool { text.allSatisfy { glyphs[$0] != nil } }

    /// Pairs of hexadecimal digits, column and row; a blank begins the next stroke.
    private static func parse(_ text: String) -> [[(column: Int, row: Int)]] {
        text.split(separator: " ").map { stroke in
            let digits = stroke.compactMap(\.hexDigitValue)
            return Swift.stride(from: 0, to: digits.count - 1, by: 2).map { (digits[$0], digits[$0 + 1]) }
        }
    }

    private static let glyphs: [Character: [[(column: Int, row: Int)]]] = {
        var glyphs: [Character: [[(column: Int, row: Int)]]] = [" ": []]
        for (characters, shapes) in tables {
            for (character, shape) in zip(characters, shapes) { glyphs[character] = parse(shape) }
        }
        return glyphs
    }()

    private static let tables: [(characters: String, shapes: [String])] = [
        (
            "0123456789",
            [
                "20020628464220", "022028", "021030420848", "0040234547381807", "38300646",
                "400004334547381807", "3004061838463405", "004018", "24021030420618384624",
                "4314021030424418",
            ]
        ),
        (
            "ABCDEFGHIJKLM",
            [
                "082048 1535", "08003041433404 3445473808", "4130100107183847",
                "08002042462808", "40000848 0434", "400008 0434", "41301001071838474424",
                "0008 4048 0444", "1030 2028 1838", "4047381807", "0008 4005 1448", "000848", "0800244048",
            ]
        ),
        (
            "NOPQRSTUVWXYZ",
            [
                "08004840", "100107183847413010", "08003041433404", "100107183847413010 2648",
                "08003041433404 2448", "413010010314344547381807", "0040 2028", "000718384740", "002840",
                "0018243840", "0048 4008", "002440 2428", "00400848",
            ]
        ),
        (
            "abcdefghijklm",
            [
                "13334448 45150607183847", "0008 0413334447381807",
                "4433130407183847", "4048 4433130407183847", "06464433130407183847",
                "40302128 0343", "4433130406173746 43493a1a09", "0008 0413334448", "132328 1838 2021",
                "13333a1a09 3031", "0008 4306 1548", "10202738",
                "0308 04132428 24334448",
            ]
        ),
        (
            "nopqrstuvwxyz",
            [
                "0308 0413334448", "130407183847443313", "030a 0413334447381807", "434a 4433130407183847",
                "0308 05133344", "4433130415354647381807", "20273848 0343",
                "0307183847 4348", "032843", "0318243843", "0348 4308", "0328 431a", "03430848",
            ]
        ),
        (
            ".,:;!?'\"-+/%()=~°±·",
            [
                "2728", "27281a", "2425 2728", "2425 27281a", "2025 2728", "01103041422425 2728", "2022",
                "1012 3032", "0444", "0444 2226", "0840", "0840 0010110100 3747483837", "30121638",
                "10323618", "0343 0646", "05143544", "1021120110", "0343 2125 0747", "2425",
            ]
        ),
    ]
}
