// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// Why a file could not be read, as parts of sentences, in Chinese.
    static let chineseReasons = #"""
        {0*} (column {1#}).
            {0}（第 {1} 列）。
        Line {0#}, column {1#}: {2*}.
            第 {0} 行第 {1} 列：{2}。
        {0*} was found where a value was expected
            应为一个值，却遇到了{0}
        {0*} was found where a digit was expected
            应为数字，却遇到了{0}
        {0*} was found where the name of a member was expected
            应为成员名，却遇到了{0}
        {0*} was found where ':' was expected
            应为“:”，却遇到了{0}
        {0*} was found where ',' or '}' was expected
            应为“,”或“}”，却遇到了{0}
        {0*} was found where ',' or ']' was expected
            应为“,”或“]”，却遇到了{0}
        {0*} was found where {1*} was expected
            应为{1}，却遇到了{0}
        {0*} were found where {1*} were expected
            应为{1}，却遇到了{0}
        the member '{0}' is missing
            缺少成员“{0}”
        {0#} landmarks
            {0} 个关键点
        another number of landmarks
            另一数目的关键点
        {0#} numbers
            {0} 个数字
        the landmark in this place is '{0}', not another
            此处的关键点应为“{0}”，而不是别的
        the model of complexity {0#} is '{1}'
            complexity 为 {0} 的模型是“{1}”
        there is no complexity {0}
            没有值为 {0} 的 complexity
        an object
            对象
        an array
            数组
        an array of {0#}
            有 {0} 个值的数组
        a string
            字符串
        a string of {0#} characters
            有 {0} 个字符的字符串
        a number
            数字
        another schema
            另一种 schema
        seconds up to 9e9
            不超过 9e9 的秒数
        {0*} was found behind the end of the value
            值已经结束，后面却还有{0}
        {0*} was found in a string; control characters are written as \u00…
            字符串里有{0}；控制字符应写成 \u00…
        the end
            文本结尾
        the byte {0}
            字节 {0}
        a number begins with 0
            数字以 0 开头
        a number has more than {0#} characters
            数字超过 {0} 个字符
        the text ends inside the string that begins here
            文本在此处开始的字符串中结束
        the text ends inside an escape
            文本在转义序列中结束
        the string is not valid UTF-8
            字符串不是有效的 UTF-8
        half of a surrogate pair was found without the other
            只有半个代理对
        an escape that JSON does not have was found
            遇到了 JSON 没有的转义序列
        \u is not followed by four hexadecimal digits
            \u 后面不是四个十六进制数字
        the text has {0#} bytes, at most {1#} are read
            文本有 {0} 字节，最多读取 {1} 字节
        the text is UTF-16; save it as UTF-8
            文本是 UTF-16；请保存为 UTF-8
        the text has more than {0#} values
            文本含有超过 {0} 个值
        the member {0} is there twice
            成员 {0} 出现了两次
        there are more than {0#} arrays and objects inside one another
            数组和对象的嵌套超过 {0} 层
        premature end of data segment
            数据段过早结束
        premature end of JPEG file
            JPEG 文件过早结束
        bad Huffman code
            霍夫曼码有误
        {0#} extraneous bytes before marker {1}
            标记 {1} 之前多出 {0} 个字节
        found marker {0} instead of RST{1}
            应为 RST{1}，却遇到标记 {0}
        the file ends too early
            文件过早结束
        the file ends within its header
            文件在文件头中结束
        the file ends before its pixels
            文件在像素数据之前结束
        the file ends within or behind scan {0#}
            文件在第 {0} 次扫描之中或之后结束
        the file ends
            文件结束
        the compressed data end
            压缩数据结束
        the compressed data are damaged
            压缩数据已损坏
        the header cannot be read
            文件头无法读取
        the header has a wrong length
            文件头长度不对
        the header tells no valid size
            文件头中的尺寸无效
        the header tells no valid pixel format
            文件头中的像素格式无效
        it does not begin with its header
            文件不是以文件头开始
        it has no signature
            没有文件签名
        its palette is missing
            缺少调色板
        its compression, filters or interlacing are unknown
            压缩、滤波或隔行方式未知
        a chunk stands where the pixels should
            应为像素的位置是别的数据块
        a checksum is wrong
            校验和不对
        a checksum before its pixels is wrong
            像素之前的校验和不对
        a compressed chunk is damaged or too long
            压缩的数据块已损坏或过长
        a row has an unknown filter
            某一行的滤波方式未知
        {0*}, found at row {1#}
            {0}，位于第 {1} 行
        {0*}, from row {1#} of {2#} on
            {0}，从共 {2} 行中的第 {1} 行开始
        {0*}, from about row {1#} of {2#} on
            {0}，大约从共 {2} 行中的第 {1} 行开始
        {0#} colour components
            有 {0} 个颜色分量
        it has over {0#} scans, more work than a picture of its size may be
            扫描超过 {0} 次，对这种尺寸的图片来说过多
        a colour component has no scan
            某个颜色分量没有扫描数据
        the file has no end marker, and its picture ends in zeros
            文件没有结束标记，图像以零结尾
        it uses an unsupported feature
            使用了不支持的特性
        the bitstream is damaged
            码流已损坏
        a side is over 16383 pixels
            边长超过 16383 像素
        the file would be too big
            文件会过大
        libwebp refused the picture
            libwebp 拒绝了这幅图片
        its first frame cannot be read
            无法读取第一帧
        its first frame is outside of the picture
            第一帧超出了图片范围
        its size cannot be read
            无法读取其尺寸
        it has no picture
            其中没有图片
        its picture has no size
            其中的图片没有尺寸
        it has no colours
            没有颜色表
        {0*}, after {1#} of {2#} rows
            {0}，已读共 {2} 行中的 {1} 行
        the file ends after {0#} of {1#} rows
            文件在共 {1} 行中的第 {0} 行后中断
        its header is of a kind that is not read
            其文件头属于不支持的类型
        it is of a kind that is not read
            属于不支持的类型
        it promises more colours than it has
            所称的颜色多于实有的颜色
        its pixels begin within its header
            像素从文件头之内开始
        its tiles are larger than the picture
            图块大于图片
        its strips have no size
            条带没有尺寸
        its pixels have too many samples
            每像素的样本过多
        {0#}-bit {1} pixels are not read; save it with 8 bits a channel
            不支持 {0} 位的 {1} 像素；请以每通道 8 位保存
        its compression, number {0#}, is not read
            不支持编号为 {0} 的压缩方式
        its pixels cannot be read
            无法读取像素
        Invalid input: Unexpected end of file: Extent in iloc box references data outside of file bounds (points to file position {0#})
            iloc 所指的数据超出文件范围（位置 {0}）
        Invalid input: No 'meta' box
            没有 meta 部分
        it holds a picture that is much larger than its header says
            其中的图片远大于文件头所述
        nearly all of its picture is cropped away
            图片几乎全被裁掉
        its picture has another size than its header
            图片的尺寸与文件头不符
        it cannot be read
            无法读取
        """#
}
