// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What is said of pictures and models, in Chinese.
    static let chinesePictures = #"""
        The file is empty.
            文件为空。
        This is {0*}.
            这是{0}。
        This is not a known picture format.
            这不是已知的图片格式。
        Expected a picture of one of these kinds: {0}.
            需要以下格式之一的图片：{0}。
        This is {0*}, and this program has no library to read it.
            这是{0}，本程序没有读取它的库。
        Save it as JPEG or PNG, or install the package {0} and build the program again.
            请将它另存为 JPEG 或 PNG，或安装软件包 {0} 后重新构建程序。
        This is {0*}, and such files are not accepted here.
            这是{0}，此处不接受这种文件。
        Save it as one of these kinds: {0}.
            请将它另存为以下格式之一：{0}。
        {0} files are read, not written.
            {0} 文件只能读取，不能写出。
        Write one of these kinds: {0}.
            请写成以下格式之一：{0}。
        The place {0} is outside of the picture, which has {1#} × {2#} pixels.
            位置 {0} 在图片之外，图片有 {1} × {2} 像素。
        The {0} file is animated; its first picture was read.
            {0} 文件是动图；读取了其中第一幅图片。
        The {0} file has several pages; the first was read.
            {0} 文件有多页；读取了第一页。
        a text file
            文本文件
        an HTML page
            HTML 网页
        a ZIP archive
            ZIP 压缩包
        a gzip archive
            gzip 压缩包
        an MP4 or QuickTime file
            MP4 或 QuickTime 文件
        a Matroska or WebM video
            Matroska 或 WebM 视频
        a {0} video
            {0} 视频
        an {0} video
            {0} 视频
        a {0} raw photograph
            {0} 原始照片
        an {0} raw photograph
            {0} 原始照片
        a {0} file
            {0} 文件
        an {0} file
            {0} 文件
        The picture is an {0} file that is damaged, cut short or of an unsupported kind ({1*}). Expected a complete file; export or download it again.
            图片是 {0} 文件，但已损坏、不完整或属于不支持的类型（{1}）。需要完整的文件；请重新导出或下载。
        The picture is a {0} file that is damaged, cut short or of an unsupported kind ({1*}). Expected a complete file; export or download it again.
            图片是 {0} 文件，但已损坏、不完整或属于不支持的类型（{1}）。需要完整的文件；请重新导出或下载。
        The picture is {0#} × {1#}, {2*}; the limit is {3*}. Scale it down first.
            图片为 {0} × {1}，{2}；上限是 {3}。请先缩小图片。
        {0#} megapixels
            {0} 百万像素
        {0#} pixels
            {0} 像素
        The picture is {0#} × {1#} pixels; a {2} file has sides of {3} pixels.
            图片为 {0} × {1} 像素；{2} 文件的边长为 {3} 像素。
        Scale it down first.
            请先缩小图片。
        --max-side makes it smaller.
            用 --max-side 可缩小输出。
        Write it as PNG, or scale it down first.
            请写成 PNG，或先缩小图片。
        The picture could not be written as {0}: {1}.
            图片无法写成 {0}：{1}。
        There is no memory for {0*}, which needs {1#} bytes. Try again later, process fewer pictures at once, or scale it down.
            内存不足：{0}，需要 {1} 字节。请稍后再试、同时少处理几张图片，或缩小图片。
        There is no memory for {0*}. Try again later, process fewer pictures at once, or scale it down.
            内存不足：{0}。请稍后再试、同时少处理几张图片，或缩小图片。
        the picture
            图片
        a picture of {0#} × {1#} pixels
            {0} × {1} 像素的图片
        the transparency of {0#} × {1#} pixels
            {0} × {1} 像素的透明度
        The picture was not done within its time. Scale it down first, or allow it more time.
            图片未能在时限内处理完。请先缩小图片，或给它更多时间。
        The {0} file is damaged ({1*}); it was decoded as far as it goes.
            {0} 文件已损坏（{1}）；已解码到能解码之处。
        The {0} file is odd, at no cost to its pixels ({1*}).
            {0} 文件不合规范，但不影响像素（{1}）。
        A picture with rows of {0#} bytes is too wide to draw on.
            每行 {0} 字节的图片太宽，无法绘制。
        A picture of {0#} × {1#} pixels is too long to draw on: a side may have {2#} pixels at most.
            {0} × {1} 像素的图片太长，无法绘制：边长最多 {2} 像素。
        The work was cancelled.
            处理已取消。
        The picture took longer than the time limit of {0#} seconds. Scale it down, or allow more with --time-limit.
            图片处理超过了 {0} 秒的时限。请缩小图片，或用 --time-limit 放宽时限。
        The picture took longer than the time limit. Scale it down, or allow more with --time-limit.
            图片处理超过了时限。请缩小图片，或用 --time-limit 放宽时限。
        {0#} MB are needed to {1*}; all pictures together may take {2#} MB here. Scale it down first.
            {1}需要 {0} MB；这里所有图片合计最多 {2} MB。请先缩小图片。
        {0#} MB are needed to {1*}, and other pictures hold them. Try again in a moment.
            {1}需要 {0} MB，目前被其他图片占用。请稍后再试。
        decode the picture
            解码图片
        draw on the picture
            在图片上绘制
        draw the people
            绘制人物
        write the picture
            写出图片
        write the answer
            写出响应
        the file
            文件
        {0#} MB are needed for the networks, and pictures hold them. Try again in a moment.
            网络需要 {0} MB，目前被图片占用。请稍后再试。
        draw the mask
            绘制掩码
        Every worker is busy and the queue is full. Try again in a moment.
            所有工作线程都在忙，队列已满。请稍后再试。
        The workers are stopping.
            工作线程正在停止。
        '{0}' and '{1}' would both have the COCO image_id {2}; the second has {3} instead. Give pictures names with different numbers, or write each folder to a file of its own.
            “{0}”和“{1}”的 COCO image_id 都会是 {2}；第二个改用 {3}。请让图片文件名中的数字各不相同，或把每个文件夹写到各自的文件。
        {0#} pictures have their path as COCO image_id, for the same reason.
            出于同样的原因，{0} 张图片以路径作为 COCO image_id。
        The model {0} ({1#} bytes, SHA-256 {2}) is not in {3}. Add the right file with 'pose models add FILE…', or run set-up again.
            模型 {0}（{1} 字节，SHA-256 {2}）不在 {3} 中。请用 'pose models add FILE…' 添加正确的文件，或重新运行安装程序。
        '{0}' is not the expected model: found {1*}; expected {2#} bytes, SHA-256 {3}. Add the right file with 'pose models add FILE…', or run set-up again.
            “{0}”不是所需的模型：实际为 {1}；应为 {2} 字节，SHA-256 {3}。请用 'pose models add FILE…' 添加正确的文件，或重新运行安装程序。
        '{0}' is none of the models this program runs: found {1*}. Expected one of: {2}.
            “{0}”不是本程序使用的模型：实际为 {1}。应为其中之一：{2}。
        {0#} bytes, SHA-256 {1}
            {0} 字节，SHA-256 {1}
        {0#} bytes
            {0} 字节
        The model file '{0}' cannot be read: {1*}.
            模型文件“{0}”无法读取：{1}。
        The file '{0}' cannot be read: {1*}.
            文件“{0}”无法读取：{1}。
        '{0}' cannot be written ({1#} bytes): {2*}. Nothing was changed. Choose a directory with --models-dir or POSE_MODELS.
            “{0}”无法写入（{1} 字节）：{2}。没有改动任何内容。请用 --models-dir 或 POSE_MODELS 选择目录。
        finds people
            找人
        finds faces
            找人脸
        finds near faces
            找近处的人脸
        landmarks, complexity {0#}
            关键点，complexity {0}
        No such file or directory
            没有这个文件或目录
        Permission denied
            权限不足
        Is a directory
            这是目录
        Not a directory
            不是目录
        Not a regular file
            不是普通文件
        No space left on device
            设备上没有剩余空间
        File name too long
            文件名太长
        Too many open files
            打开的文件太多
        Too many levels of symbolic links
            符号链接层数太多
        Read-only file system
            文件系统只读
        Input/output error
            输入/输出错误
        Operation not permitted
            不允许的操作
        Broken pipe
            管道已断开
        File exists
            文件已存在
        File too large
            文件太大
        Disk quota exceeded
            超出磁盘配额
        Cannot allocate memory
            无法分配内存
        Device or resource busy
            设备或资源正忙
        Invalid argument
            参数无效
        """#
}
