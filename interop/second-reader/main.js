// One JSON request a line on standard input, one JSON answer a line on standard output.
//   {"do":"verify","header":hex,"body":hex?}       -> {"ok":true,"id":hex} | {"refused":why}
//   {"do":"follows","previous":hex?,"header":hex}  -> {"ok":true} | {"refused":why}
//   {"do":"write","seed":hex,"sequence":n,"backlink":hex?,"extensions":hex?,"body":hex?}
//                                                  -> {"header":hex,"id":hex}; extensions are CBOR
import { createInterface } from 'node:readline'
import { blake3 } from '@noble/hashes/blake3.js'
import { decode } from 'cborg'
import { Refused, follows, verify, write } from './operation.js'

const bytes = hex => hex === undefined ? undefined : new Uint8Array(Buffer.from(hex, 'hex'))
const hex = data => Buffer.from(data).toString('hex')

function answer(request) {
  switch (request.do) {
    case 'verify':
      return { ok: true, id: hex(verify(bytes(request.header), bytes(request.body)).id) }
    case 'follows':
      follows(bytes(request.previous), bytes(request.header))
      return { ok: true }
    case 'write': {
      const extensions = request.extensions && decode(bytes(request.extensions), { useMaps: true })
      const header = write({
        seed: bytes(request.seed), sequence: request.sequence, backlink: bytes(request.backlink),
        extensions, body: bytes(request.body)
      })
      return { header: hex(header), id: hex(blake3(header)) }
    }
    default:
      throw new Error(`no such request: ${request.do}`)
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply
  try {
    reply = answer(JSON.parse(line))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    reply = { refused: error.message }
  }
  process.stdout.write(JSON.stringify(reply) + '\n')
}
