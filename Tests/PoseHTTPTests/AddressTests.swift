// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("192.168.1.20", "192.168.1.20", false, false), ("127.8.8.8", "127.8.8.8", true, false),
        ("169.254.3.4", "169.254.3.4", false, true), ("::1", "[::1]", true, false),
        ("fe80::1", "[fe80::1]", false, true), ("fd00:0:0::20", "[fd00::20]", false, false),
        ("febf::1", "[febf::1]", false, true), ("fec0::1", "[fec0::1]", false, false),
    ])
    func addressesAreReadWrittenAndToldApart(text: String, url: String, isLoopback: Bool, isLinkLocal: Bool)
        throws
    {
        let address = try #require(IPAddress(text))
        #expect(address.textInURL == url)
        #expect(address.isLoopback == isLoopback)
        #expect(address.isLinkLocal == isLinkLocal)
    }

    @Test(arguments: ["", "localhost", "256.1.1.1", "1.2.3", "fe80::1%eth0", "::g"])
    func whatIsNoAddressIsNone(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func ownAddressesAreOnesThatOthersCanUse() {
        for local in LocalAddress.all() {
            #expect(!local.address.isLoopback && !local.address.isLinkLocal)
            #expect(!local.interface.isEmpty)
        }
        let addresses = LocalAddress.all().map(\.address)
        #expect(Set(addresses).count == addresses.count)
    }

    @Test func addressesThatWillNotLastAreKnownByTheirFlags() throws {
        // Permanent, temporary, deprecated, tentative, permanent and optimistic.
        let text = """
            20010db8000000000000000000000001 02 40 00 80     eth0
            20010db8000000000000000000000002 02 40 00 01     eth0
            20010db8000000000000000000000003 02 40 00 20     eth0
            20010db8000000000000000000000004 02 40 00 40     eth0
            20010db8000000000000000000000005 02 40 00 84     eth0
            damaged 02
            """
        let passing = InterfaceFiles.passingAddresses(text)
        #expect(passing == Set(["2001:db8::2", "2001:db8::3", "2001:db8::4"].compactMap { IPAddress($0) }))
    }

    @Test func theMainInterfaceHasTheDefaultRoute() {
        let head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\n"
        let net = "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\n"
        let down = "eth9\t00000000\t0101A8C0\t0002\t0\t0\t0\t00000000\n"
        let main = "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\n"
        #expect(InterfaceFiles.mainInterface(head + net + down + main) == "wlan0")
        #expect(InterfaceFiles.mainInterface(head + net) == nil)
        #expect(InterfaceFiles.mainInterface("") == nil)
    }
}
