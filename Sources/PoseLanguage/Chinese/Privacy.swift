// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What `pose anonymize` and its route say, in Chinese.
    static let chinesePrivacy = #"""
        Hide every face in photos and videos
            遮盖照片和视频中的每一张脸
        Faces and heads are found and covered by what cannot be undone: at most 6 × 6 averages of a face remain. Outside of the covers a JPEG keeps its very coefficients. Metadata (place, serial numbers, embedded thumbnails, second pictures) is dropped.
            找出人脸和头部，并用无法还原的内容遮盖：一张脸最多只留下 6 × 6 个平均值。遮盖以外，JPEG 保留原有的系数。元数据（地点、序列号、内嵌缩略图、附带的第二张图片）会被去掉。
        A picture that is damaged, or in which a person's head was not found, is withheld and listed, and the exit code is not 0; --lenient writes it all the same. Files appear whole or not at all, and no original is ever overwritten.
            损坏的图片，或其中有人却没有找到头部的图片，不会输出，而会列出，退出码也不为 0；--lenient 则照样输出。文件要么完整出现，要么不出现，原件永远不会被覆盖。
        This lowers the risk that somebody is recognised; it proves nothing. Look at the report: profiles, small, dark and half hidden faces are missed most easily. Docs/privacy.md says more.
            这会降低有人被认出的风险，但不能证明什么。请查看报告：侧脸、很小、很暗或被遮挡的脸最容易漏掉。详见 Docs/privacy.zh-CN.md。
        Photos (pose info lists the formats); videos; directories, with all photos below; patterns in quotes ('*.jpg'); - for a photo on standard input
            JPEG、PNG 或 WebP 文件；视频；目录（包括其下所有照片）；带引号的通配符（'*.jpg'）；- 表示标准输入中的照片
        Write the covered photo there, in the format of the original (HEIC, AVIF as .jpg; TIFF, GIF, BMP as .png); a video as .mp4. One input only
            把遮盖后的照片写到这里，格式与原件相同（HEIC、AVIF 写成 .jpg；TIFF、GIF、BMP 写成 .png）；视频为 .mp4。只能用于一个输入
        The same for any number of photos and videos, under their own names
            同上，用于任意多的照片和视频，沿用各自的文件名
        Cover faces with this picture
            用这张图片遮盖人脸
        Write what was covered and what is in doubt: .json, .csv, or .html with small pictures to check; can be given several times
            写出遮盖了什么、哪里有疑点：.json、.csv，或带小图供检查的 .html；可给出多次
        Show faces in the .html report before they were covered too; such a report is not to be given away
            在 .html 报告中也显示遮盖之前的脸；这样的报告不可外传
        Apply what was decided on the review page, and note what is found, in this JSON file
            采用检查页面上的决定，并把找到的内容记入这个 JSON 文件
        Take a video's sound along, as it is; voices are recognised too
            保留视频的声音；声音也能让人被认出
        What a face is replaced by: blur, mosaic or solid (one colour)
            用什么代替人脸：blur（模糊）、mosaic（马赛克）或 solid（单色）
        What a face is replaced by: blur, mosaic, solid (one colour) or picture
            用什么代替人脸：blur（模糊）、mosaic（马赛克）、solid（单色）或 picture（图片）
        The colour of solid covers, six hexadecimal digits; solid is then understood
            单色遮盖的颜色，六位十六进制数；给出后即为 solid
        The outline of covers: ellipse or box
            遮盖的轮廓：ellipse（椭圆）或 box（矩形）
        How much larger a cover is than the face, on each side, as a share of the face, 0…2
            遮盖每边比脸大多少，以脸的大小为单位，0…2
        Withhold a picture that is damaged, or in which a person's head was not found
            图片损坏，或其中有人却没有找到头部时，不输出
        Write such pictures all the same, and report them
            照样输出这样的图片，并写入报告
        Frame what was covered in green, for review
            用绿框标出遮盖的地方，供检查
        Look at the whole picture and its halves only: several times as fast, misses small faces, and no people are looked for whose face is not seen
            只看整张图片和它的一半大小的方块：快数倍，会漏掉小脸，也不寻找看不到脸的人
        Look for faces that lie on their side or stand on their head too, at four times the work
            也寻找横着或倒着的脸，工作量为四倍
        Leave the largest face open
            最大的脸不遮盖
        Leave the photo's subject open, and faces at least half as large: cover those behind them only
            照片的主体以及不小于其一半的脸不遮盖：只遮盖他们身后的人
        Cover this place too, in pixels of the upright picture; several with ; between or by several options
            也遮盖这个地方，以摆正后图片的像素计；多处用 ; 隔开，或多次给出此选项
        Leave the face at this place open; given like --faces
            这个地方的脸不遮盖；写法同 --faces
        Keep metadata of these kinds: {0,}
            保留这些种类的元数据：{0}
        Cover every face in a photo.
            遮盖一张照片中的每一张脸。
        A whole directory, with a sheet to check.
            整个目录，并附上供检查的清单。
        Apply what was decided on the review page of 'pose serve'.
            采用 'pose serve' 检查页面上的决定。
        Cover the people behind, not those in front.
            遮盖后面的人，不遮盖前面的人。
        One colour; date and copyright stay.
            单色；保留日期和版权。
        A video, without its sound.
            一个视频，不带声音。
        Say where the covered pictures go: --output OUT or --output-dir DIR.
            请说明遮盖后的图片写到哪里：--output OUT 或 --output-dir DIR。
        --output '{0}' is for one input, got {1#}; use --output-dir DIR.
            --output “{0}”只能用于一个输入，却给出了 {1} 个；请用 --output-dir DIR。
        --report must end in .json, .csv or .html, got '{0}'.
            --report 必须以 .json、.csv 或 .html 结尾，却给出了“{0}”。
        --sidecar must be a file, got the directory '{0}'.
            --sidecar 必须是文件，却给出了目录“{0}”。
        --output must end in .mp4 for the video '{0}', got '{1}'.
            对于视频“{0}”，--output 必须以 .mp4 结尾，却给出了“{1}”。
        --output must end in {0} for '{1}', a {2} file, got '{3}'.
            “{1}”是 {2} 文件，--output 必须以 {0} 结尾，却给出了“{3}”。
        --output must end in {0} for '{1}', an {2} file, got '{3}'.
            “{1}”是 {2} 文件，--output 必须以 {0} 结尾，却给出了“{3}”。
        --output must end in {0}, the format of '{1}', got '{2}'.
            --output 必须以 {0} 结尾，即“{1}”的格式，却给出了“{2}”。
        --output must end in .jpg, .png or .webp, got '{0}'.
            --output 必须以 .jpg、.png 或 .webp 结尾，却给出了“{0}”。
        The output '{0}' would overwrite that original; choose another name or place.
            输出“{0}”会覆盖那个原件；请换一个名字或位置。
        --report-originals is for the sheet to check: add --report FILE.html.
            --report-originals 用于供检查的清单：请加上 --report FILE.html。
        --color is for --style solid, got --style {0}.
            --color 用于 --style solid，却给出了 --style {0}。
        --picture is for --style picture, got --style {0}.
            --picture 用于 --style picture，却给出了 --style {0}。
        --picture and --color are two styles; give one of them.
            --picture 和 --color 是两种样式；请只给一个。
        --style picture needs --picture FILE, the picture that covers faces.
            --style picture 需要 --picture FILE，即用来遮盖人脸的图片。
        {0} and {1} contradict each other; give one of them.
            {0} 和 {1} 互相矛盾；请只给一个。
        This is no sidecar of 'pose anonymize'. {0*}
            这不是 'pose anonymize' 的决定文件。{0}
        Its member 'schema' must be '{0}'.
            它的成员 schema 必须是“{0}”。
        It has no list 'pictures'.
            它没有列表 pictures。
        1 face covered
            遮盖了 1 张脸
        {0#} faces covered
            遮盖了 {0} 张脸
        1 face covered → {0}
            遮盖了 1 张脸 → {0}
        {0#} faces covered → {1}
            遮盖了 {0} 张脸 → {1}
        {0#} left open
            {0} 张未遮盖
        {0#} left open → {1}
            {0} 张未遮盖 → {1}
        1 doubt
            1 处疑点
        {0#} doubts
            {0} 处疑点
        1 doubt → {0}
            1 处疑点 → {0}
        {0#} doubts → {1}
            {0} 处疑点 → {1}
        withheld. {0*}
            未输出。{0}
        A person was found around {0} whose head was not. Mark the head with --faces or on the review page, or write it all the same with --lenient.
            在 {0} 附近找到了人，但没有找到头部。请用 --faces 或在检查页面上标出头部，或用 --lenient 照样输出。
        A person was found whose head was not. Mark the head with --faces or on the review page, or write it all the same with --lenient.
            找到了人，但没有找到头部。请用 --faces 或在检查页面上标出头部，或用 --lenient 照样输出。
        The sidecar has decisions for another picture of this name. Review it again, or take it out of the sidecar.
            决定文件中的决定是关于另一张同名图片的。请重新检查，或把它从决定文件中去掉。
        {0#} written in {1#} s: {2*}
            输出 {0} 个，用时 {1} 秒：{2}
        {0#} withheld
            {0} 个未输出
        interrupted by {0}: {1#} of {2#} pictures are done.
            被 {0} 中断：{2} 个图片中已完成 {1} 个。
        {0} is for photos, got the video '{1}'.
            {0} 用于照片，却给出了视频“{1}”。
        At second {0#} a person was found whose head was not. The report has every such place; write it all the same with --lenient.
            在第 {0} 秒找到了人，但没有找到头部。报告列出了所有这样的地方；用 --lenient 照样输出。
        '{0}' gave other frames at the second reading than at the first; was it changed? Try again.
            “{0}”第二次读取的帧与第一次不同；文件是否被改动？请重试。
        six hexadecimal digits (such as ff8800)
            六位十六进制数字（例如 ff8800）
        Lossy {0} files are encoded anew.
            有损的 {0} 文件会重新编码。
        Quality {0#} was asked for.
            已指定质量 {0}。
        16-bit {0} files are written with 8 bits a channel.
            16 位的 {0} 文件会以每通道 8 位写出。
        {0} files are written as {1}.
            {0} 文件会写成 {1}。
        {0} files are written as {1} of 8-bit RGB, which does not hold the values of this one.
            {0} 文件会写成 8 位 RGB 的 {1}，容纳不下此文件的原值。
        The library cannot write such a file again: {0*}.
            库无法重写此类文件：{0}。
        The file is damaged; it was decoded as far as it goes.
            文件已损坏；已解码到能解码之处。
        """#
}
