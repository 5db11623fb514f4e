// One JSON request a line on standard input, one JSON answer a line on standard output; bytes are hex.
//   {"do":"verify","header","body"?}                          -> {"ok":true,"id"} | {"refused":why}
//   {"do":"follows","previous"?,"header"}                     -> {"ok":true} | {"refused":why}
//   {"do":"write","seed","sequence","backlink"?,"extensions"?,"body"?} -> {"header","id"}
// The extensions to write are a CBOR map.
import { createInterface } from 'node:readline'
import { blake3 } from '@noble/hashes/blake3.js'
import { Refused, decodeCanonical, follows, verify, write } from './operation.js'

const bytes = hex => hex === undefined ? undefined : new Uint8Array(Buffer.from(hex, 'hex'))
const hex = data => Buffer.from(data).toString('hex')
const answers = {
  verify: ({ header, body }) => ({ ok: true, id: hex(verify(bytes(header), bytes(body)).id) }),
  follows: ({ previous, header }) => (follows(bytes(previous), bytes(header)), { ok: true }),
  write: ({ seed, sequence, backlink, extensions, body }) => {
    const header = write({
      seed: bytes(seed), sequence, backlink: bytes(backlink), body: bytes(body),
      extensions: extensions && decodeCanonical(bytes(extensions))
    })
    return { header: hex(header), id: hex(blake3(header)) }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  let reply
  try {
    reply = answers[request.do](request)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    reply = { refused: error.message }
  }
  process.stdout.write(JSON.stringify(reply) + '\n')
}
