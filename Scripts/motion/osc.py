# SPDX-License-Identifier: Apache-2.0
"""Reads datagrams, one a line in hexadecimal, with python-osc; prints each of their messages as a line of JSON."""

import json
import sys

from pythonosc.osc_packet import OscPacket

for number, line in enumerate(sys.stdin):
    for timed in OscPacket(bytes.fromhex(line)).messages:
        message = timed.message
        print(json.dumps({"datagram": number, "address": message.address, "arguments": message.params}))
