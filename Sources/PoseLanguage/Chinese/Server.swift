// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What the server answers, and says at its start, in Chinese.
    static let chineseServer = #"""
        No thread is left for a server.
            没有可用于服务器的线程。
        No file descriptors are left for a server.
            没有可用于服务器的文件描述符。
        '{0}' is not an IP address. Give 127.0.0.1 (this machine only), 0.0.0.0 or :: (all), or an address of this machine.
            “{0}”不是 IP 地址。请给出 127.0.0.1（仅本机）、0.0.0.0 或 ::（全部），或本机的一个地址。
        Another program is listening on {0}. Stop it, or choose another port; 0 takes a free one.
            另一个程序正在监听 {0}。请停止它，或换一个端口；0 表示选一个空闲的。
        This user may not listen on {0}. Choose a port from 1024 up.
            当前用户无权监听 {0}。请选择 1024 及以上的端口。
        {0} is not an address of this machine. Give 127.0.0.1 (this machine only), 0.0.0.0 or :: (all).
            {0} 不是本机的地址。请给出 127.0.0.1（仅本机）、0.0.0.0 或 ::（全部）。
        Cannot listen on {0}: {1*}.
            无法监听 {0}：{1}。
        libmicrohttpd could not start: memory or threads are exhausted.
            libmicrohttpd 无法启动：内存或线程已用尽。
        The server is stopping.
            服务器正在停止。
        The models are being loaded.
            正在加载模型。
        The request's body is larger than the {0#} bytes that this server takes.
            请求体超过了本服务器接受的 {0} 字节。
        The multipart/form-data body is damaged or cut short, or its boundary is missing.
            multipart/form-data 请求体已损坏或不完整，或缺少 boundary。
        The form has more than {0#} parts. Send fewer fields.
            表单的部分超过 {0} 个。请减少字段。
        The headers of a part of the form are longer than the {0#} bytes that this server takes.
            表单中某一部分的头超过本服务器接受的 {0} 字节。
        A part of the form has no name. Each needs a header such as: Content-Disposition: form-data; name="image"
            表单中某一部分没有名称。每一部分都需要这样的头：Content-Disposition: form-data; name="image"
        The path or the query is not percent-encoded UTF-8.
            路径或查询字符串不是百分号编码的 UTF-8。
        This server knows {0,}.
            本服务器支持 {0}。
        This server knows the transfer encoding 'chunked' only.
            本服务器只支持传输编码“chunked”。
        The server holds too many uploads at once. Try again in a moment.
            服务器上同时进行的上传太多。请稍后再试。
        The server holds too many answers at once. Try again in a moment.
            服务器上同时等待发送的响应太多。请稍后再试。
        The server has as many WebSockets as it may. Try again later.
            服务器的 WebSocket 数量已达上限。请稍后再试。
        A header's name is empty or has a character that names may not have.
            请求头的名称为空，或含有不允许的字符。
        A header's value has a control character.
            请求头的值含有控制字符。
        There must be one Host header; there are {0#}.
            必须有且只有一个 Host 请求头；实际有 {0} 个。
        There must be at most one Content-Length header.
            Content-Length 请求头最多只能有一个。
        Content-Length and Transfer-Encoding exclude each other.
            Content-Length 和 Transfer-Encoding 不能同时出现。
        The length of the body, or of one of its chunks, is more than any server takes.
            请求体或其中一个分块的长度超过了任何服务器所能接受的上限。
        The request line is longer than the {0#} bytes that this server takes.
            请求行超过本服务器接受的 {0} 字节。
        The headers are longer than the {0#} bytes that this server takes.
            请求头超过本服务器接受的 {0} 字节。
        This server speaks HTTP/1.0 and HTTP/1.1 only.
            本服务器只支持 HTTP/1.0 和 HTTP/1.1。
        The request is not HTTP/1.1: its first line, a header or a chunk of its body is damaged.
            请求不是 HTTP/1.1：首行、某个请求头或请求体的某个分块已损坏。
        A header goes on in a second line, which HTTP/1.1 has given up.
            某个请求头在第二行继续，这是 HTTP/1.1 已废弃的写法。
        A header's name is empty, or its value has a NUL character.
            某个请求头的名称为空，或其值含有 NUL 字符。
        The form has several pictures.
            表单中有多张图片。
        Send each in a request of its own, in the field '{0}'.
            请每张各发一个请求，放在字段“{0}”中。
        The form has several files. Send the lines of one recording in a request of its own.
            表单中有多个文件。请每次请求只发送一段录制的行。
        The form has no file.
            表单中没有文件。
        The body is empty.
            请求体为空。
        Send pose/1 lines with frames and times, such as GET /v1/live answers.
            请发送带有帧和时间的 pose/1 行，例如 GET /v1/live 返回的内容。
        The form has a file in the field '{0}'.
            表单的字段“{0}”中有文件。
        There is one field for a file: '{0}'.
            只有一个字段用于文件：“{0}”。
        Its operator can add names with --allowed-host.
            运营者可以用 --allowed-host 添加名称。
        names of the local network
            本地网络的名称
        addresses
            地址
        This server answers to {0,} only, not to '{1}'.
            本服务器只接受对 {0} 的访问，不接受“{1}”。
        The page at '{0}' may not use this server from a browser.
            “{0}”的网页不可以从浏览器使用本服务器。
        There is nothing at this path. There is: {0,}.
            此路径没有内容。可用的有：{0}。
        {0} does not work here; {1,} does.
            这里不能用 {0}；可以用 {1}。
        There is a WebSocket here. Ask for it with GET and 'Upgrade: websocket'.
            这里是 WebSocket。请用 GET 和 'Upgrade: websocket' 请求。
        This server speaks version 13 of the WebSocket protocol only.
            本服务器只支持 WebSocket 协议第 13 版。
        Sec-WebSocket-Key must be 16 bytes in Base64.
            Sec-WebSocket-Key 必须是 16 字节的 Base64。
        The frame's time is {0} microseconds; it must be 0…9e15, little-endian.
            帧的时间为 {0} 微秒；必须是 0…9e15，小端序。
        A binary message must be a {0,} picture, or a time of 8 bytes (microseconds, little-endian) and a picture. This one of {1#} bytes is neither.
            二进制消息必须是 {0} 图片，或 8 字节的时间（微秒，小端序）加一张图片。这条 {1} 字节的消息都不是。
        Other pictures hold the memory. Send on in a moment.
            内存被其他图片占用。请稍后继续发送。
        A text message must be {"type":"reset"}; frames are binary messages.
            文本消息必须是 {"type":"reset"}；帧用二进制消息发送。
        A newer frame of the same stream came before this one's turn.
            还没轮到这一帧，同一路流更新的帧就已到来。
        The frame has {0#} bytes; frames of streams have at most {1#}.
            帧有 {0} 字节；流中的帧最多 {1} 字节。
        time must be seconds, 0…9e9, given once, got nothing.
            time 必须是秒数 0…9e9，且只给出一次，却没有给出任何值。
        time must be seconds, 0…9e9, given once, got {0}.
            time 必须是秒数 0…9e9，且只给出一次，却给出了 {0}。
        A session begins without a body but parameters: in the query, or as fields of multipart/form-data. Send frames to POST /v1/sessions/{id}/frames.
            开始会话时除参数外没有请求体：参数放在查询字符串中，或作为 multipart/form-data 的字段。帧请发送到 POST /v1/sessions/{id}/frames。
        There is no session of this id: it was never begun, was ended, or got no frame for {0#} seconds. Begin one with POST /v1/sessions.
            没有这个编号的会话：它从未开始、已经结束，或 {0} 秒没有收到帧。请用 POST /v1/sessions 开始一个会话。
        This server follows up to {0#} streams at a time, and there are as many. Try again when one has ended.
            本服务器同时最多跟踪 {0} 路流，现已满。请在其中一路结束后再试。
        color is for style=solid, got style={0}.
            color 用于 style=solid，却给出了 style={0}。
        keep-largest and only-background contradict each other; give one of them.
            keep-largest 与 only-background 相互矛盾；请只给出其中一个。
        The picture is withheld: a person was found whose head was not. Mark the head with faces=x,y,width,height, or send strict=false.
            图片未交出：找到了一个人，却没有找到其头部。请用 faces=x,y,width,height 标出头部，或发送 strict=false。
        The answer has no room beside those of others. Try again in a moment.
            其他响应占用了内存，放不下这个响应。请稍后再试。
        The body is declared as {0}. Send the picture itself with its Content-Type, such as image/jpeg, or application/octet-stream, or in the field '{1}' of multipart/form-data.
            请求体声明为 {0}。请直接发送图片，Content-Type 用图片自己的类型（如 image/jpeg）或 application/octet-stream，或放在 multipart/form-data 的“{1}”字段中。
        {0} works with format=pose only.
            {0} 只能与 format=pose 一起使用。
        The Accept header allows nothing that can be made here. There is: {0,}.
            Accept 请求头不允许这里能给出的任何格式。可用的有：{0}。
        Send a multipart/form-data body with the picture in its field '{0}'.
            请发送 multipart/form-data 请求体，把图片放在“{0}”字段中。
        The form has no field '{0}'.
            表单没有“{0}”字段。
        The form has no field '{0}'; it has {1}.
            表单没有“{0}”字段；它有 {1}。
        The body is declared as {0}. Send the picture itself with Content-Type image/jpeg, image/png, image/webp or application/octet-stream, or in the field '{1}' of multipart/form-data.
            请求体声明为 {0}。请直接发送图片，Content-Type 用 image/jpeg、image/png、image/webp 或 application/octet-stream，或放在 multipart/form-data 的“{1}”字段中。
        The picture is empty: no byte of it was sent.
            图片为空：一个字节也没有发送。
        This server does not have the model {0} of complexity={1#}. Choose another complexity, or let the server's operator add the model with 'pose models add {2}'.
            本服务器没有 complexity={1} 的模型 {0}。请选择其他 complexity，或请服务器管理员用 'pose models add {2}' 添加模型。
        The request was given up.
            请求已放弃。
        The server failed; its log says why.
            服务器出错；原因见其日志。
        """#
}
