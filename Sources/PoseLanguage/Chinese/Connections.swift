// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What is said of addresses, certificates, tokens and files of options, in Chinese.
    static let chineseConnections = #"""
        Take options from FILE too: lines 'name = value', or a JSON object. POSE_NAME in the environment goes before it, the command line before both
            也从 FILE 读取选项：每行“名称 = 值”，或一个 JSON 对象。环境变量 POSE_NAME 优先于它，命令行优先于两者
        Ask for one of the tokens in FILE, one a line ('Authorization: Bearer TOKEN')
            要求出示 FILE 中的某个令牌，每行一个（'Authorization: Bearer TOKEN'）
        Let pages of ORIGIN use the interface from a browser; can be given several times
            允许 ORIGIN 的网页从浏览器使用本接口；可以给出多次
        How lines of the log on standard error look: text, or json (an object each)
            标准错误上日志行的格式：text（文本），或 json（每行一个对象）
        After SIGTERM, take requests for so long while /readyz already says 503
            收到 SIGTERM 后继续接受请求的时间，其间 /readyz 已返回 503
        Take up to N connections of one address at a time, 1…512; behind a proxy all come from one
            每个地址同时最多接受 N 个连接，1…512；在代理之后，所有连接都来自同一个地址
        Answer under NAME too, not under addresses and names of this network alone; can be given several times
            也以 NAME 这个名称提供服务，而不限于地址和本地网络的名称；可以给出多次
        a name such as pose.example.org without scheme and port, or * (any)
            名称（例如 pose.example.org，不带协议和端口）或 *（任意）
        no limit
            不限
        Speak TLS with this certificate in PEM, followed by those that vouch for it
            用这个 PEM 证书提供 TLS，其后接为它担保的各级证书
        The certificate's key in PEM, without a passphrase
            证书的 PEM 私钥，不加口令
        the certificate's file
            证书所在的文件
        self-signed: speak TLS with a certificate for the local network, made and kept here
            self-signed：用在本机生成并保存的局域网证书提供 TLS
        Let a phone's camera in, which browsers give to HTTPS only.
            让手机的摄像头也能使用；浏览器只对 HTTPS 开放摄像头。
        a site such as https://example.org, null (pages opened as files) or * (all)
            网站（例如 https://example.org）、null（以文件打开的网页）或 *（全部）
        Listening on {0} (Ctrl-C ends it)
            正在监听 {0}（按 Ctrl-C 结束）
        From other machines: {0}
            其他机器请访问：{0}
        No other machine can reach it: this one has no address on a network.
            其他机器无法访问：本机没有网络地址。
        Certificate, SHA-256: {0}
            证书的 SHA-256：{0}
        Nobody vouches for it, so browsers ask once whether to go on; compare the SHA-256 that they show.
            没有机构为它担保，所以浏览器会询问一次是否继续；请核对浏览器显示的 SHA-256。
        It is kept in '{0}' until {1}.
            它保存在“{0}”，有效期至 {1}。
        --tls self-signed makes a certificate; --tls-cert and --tls-key name one. Give either.
            --tls self-signed 会生成证书；--tls-cert 和 --tls-key 指定已有的证书。请只用其中一种。
        --tls-key needs --tls-cert, the key's certificate.
            --tls-key 需要 --tls-cert，即该私钥的证书。
        The certificate
            证书
        The key
            私钥
        The certificate '{0}'
            证书“{0}”
        No certificate could be made: {0}
            无法生成证书：{0}
        The certificate is gone when the server ends: {0*}
            服务器结束后证书不会保留：{0}
        {0} is not a certificate in PEM ({1*}). Expected is a text with '-----BEGIN CERTIFICATE-----'; 'openssl x509 -inform DER' makes one of a binary file.
            {0} 不是 PEM 证书（{1}）。应为含有 '-----BEGIN CERTIFICATE-----' 的文本；'openssl x509 -inform DER' 可以转换二进制文件。
        No certificate was found.
            未找到证书
        {0} holds no certificate.
            {0} 中没有证书。
        {0} is encrypted. Write it without its passphrase: 'openssl pkey -in OLD -out NEW'.
            {0} 已加密。请写成不加口令的文件：'openssl pkey -in OLD -out NEW'。
        {0} is not a private key in PEM ({1*}). Expected is a text with '-----BEGIN PRIVATE KEY-----'.
            {0} 不是 PEM 私钥（{1}）。应为含有 '-----BEGIN PRIVATE KEY-----' 的文本。
        {0} does not belong to {1}. Give the key with which the certificate was asked for.
            {0} 与 {1} 不匹配。请给出申请该证书时所用的私钥。
        {0} belongs to certificate {1#} of {2}. Put that one first, and after it those that vouch for it.
            {0} 对应 {2} 中的第 {1} 个证书。请把它放在最前，其后接为它担保的各级证书。
        The certificate '{0}' expired on {1}. Have it renewed.
            证书“{0}”已于 {1} 过期。请续期。
        The certificate '{0}' is valid from {1} on. Check this machine's clock, or wait.
            证书“{0}”从 {1} 起有效。请检查本机时钟，或稍后再试。
        Everybody on this machine can read the key '{0}': chmod o-r makes it private.
            本机所有用户都能读取私钥“{0}”：用 chmod o-r 使其不公开。
        '{0}' is larger than 1 MiB, which no certificate or key is.
            “{0}”大于 1 MiB，证书和私钥都没有这么大。
        This system's libmicrohttpd was built without TLS.
            本系统的 libmicrohttpd 编译时未启用 TLS。
        A token has letters, digits and - . _ ~ + only; one on this line has another character.
            令牌只能含有字母、数字和 - . _ ~ +；这一行有其他字符。
        A token has {0} characters, this one {1#}. 'openssl rand -hex 32' makes a good one.
            令牌应有 {0} 个字符，这个有 {1} 个。'openssl rand -hex 32' 可以生成合适的令牌。
        There is no token. 'openssl rand -hex 32' makes a good one.
            没有令牌。'openssl rand -hex 32' 可以生成合适的令牌。
        This server asks for a token: send the header 'Authorization: Bearer TOKEN', or with a WebSocket the subprotocol '{0}'.
            本服务器要求令牌：请发送请求头 'Authorization: Bearer TOKEN'；WebSocket 则用子协议 '{0}'。
        The token is none of this server's. Ask its operator.
            令牌不属于本服务器。请询问其管理员。
        Every worker is busy and the queue is full. Try again in {0#} s.
            所有工作线程都在忙，队列已满。请在 {0} 秒后再试。
        {0} cannot be read: {1*}.
            {0} 无法读取：{1}。
        {0} has more than {1#} bytes; that is no file of options.
            {0} 超过 {1} 字节；选项文件不会这么大。
        {0} is not UTF-8.
            {0} 不是 UTF-8。
        expected 'name = value', got '{0}'.
            应为“名称 = 值”，却给出了“{0}”。
        {0} must be a text, a number, true or false, or a list of texts.
            {0} 必须是文本、数字、true、false 或文本列表。
        {0} is there twice.
            {0} 出现了两次。
        '{0}' is an option of 'pose {1}', not of 'pose {2}'.
            “{0}”是 'pose {1}' 的选项，不是 'pose {2}' 的。
        {0} must be one value, got a list of {1#}.
            {0} 必须是单个值，却给出了 {1} 个值的列表。
        """#
}
