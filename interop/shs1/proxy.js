#!/usr/bin/env node
'use strict'
// What shs1-test starts for each of its cases: hands the case's arguments and then standard input
// and output to the handshake that waits in the test's own process, since 45 Java programs starting
// at once would take minutes. Ends with 0 when the whole conversation was written, with 1 when the
// other end gave up before.
//
//   SKEP_SHS1_PORT: where the test listens; SKEP_SHS1_BYTES: the length of a whole conversation.

const net = require('net')

let written = 0
const socket = net.connect(Number(process.env.SKEP_SHS1_PORT), '127.0.0.1', () => {
  socket.write(process.argv.slice(2).join(' ') + '\n')
  process.stdin.pipe(socket)
})
socket.on('data', (data) => {
  written += data.length
  process.stdout.write(data)
})
socket.on('error', () => process.exit(1))
socket.on('close', () => process.exit(written === Number(process.env.SKEP_SHS1_BYTES) ? 0 : 1))
