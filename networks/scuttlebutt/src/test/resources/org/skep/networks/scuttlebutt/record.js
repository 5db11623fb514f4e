// Records what the real npm packages say, for fixed seeds, as `name=hex` lines:
//   npm i secret-handshake@1.1.21 pull-box-stream@1.0.13 packet-stream-codec@1.2.0 debug@4 && node record.js > recorded.properties
const crypto = require('crypto')
const shs = require('secret-handshake/crypto')
const sodium = require('chloride')
const box = require('pull-box-stream')
const pull = require('pull-stream')

const seed = (name) => crypto.createHash('sha256').update(name).digest()
const print = (name, bytes) => console.log(`${name}=${bytes.toString('hex')}`)

function handshake(prefix, name) {
  const networkKey = seed(name + ' network')
  const alice = sodium.crypto_sign_seed_keypair(seed(name + ' client'))
  const bob = sodium.crypto_sign_seed_keypair(seed(name + ' server'))
  let a = shs.initialize({
    app_key: networkKey, local: alice, remote: { publicKey: bob.publicKey },
    random: seed(name + ' client ephemeral'),
  })
  let b = shs.initialize({ app_key: networkKey, local: bob, random: seed(name + ' server ephemeral') })
  print(prefix + '.networkKey', networkKey)
  print(prefix + '.clientSeed', seed(name + ' client'))
  print(prefix + '.serverSeed', seed(name + ' server'))
  print(prefix + '.clientEphemeralSeed', seed(name + ' client ephemeral'))
  print(prefix + '.serverEphemeralSeed', seed(name + ' server ephemeral'))
  const clientHello = shs.createChallenge(a)
  print(prefix + '.clientHello', clientHello)
  if (!shs.verifyChallenge(b, clientHello)) throw new Error('clientHello')
  const serverHello = shs.createChallenge(b)
  print(prefix + '.serverHello', serverHello)
  if (!shs.clientVerifyChallenge(a, serverHello)) throw new Error('serverHello')
  const clientProof = shs.clientCreateAuth(a)
  print(prefix + '.clientProof', clientProof)
  if (!shs.serverVerifyAuth(b, clientProof)) throw new Error('clientProof')
  const serverProof = shs.serverCreateAccept(b)
  print(prefix + '.serverProof', serverProof)
  if (!shs.clientVerifyAccept(a, serverProof)) throw new Error('serverProof')
  shs.clean(a)
  shs.clean(b)
  print(prefix + '.clientSendKey', a.encryptKey)
  print(prefix + '.clientSendNonce', a.remote.app_mac.slice(0, 24))
  print(prefix + '.clientReceiveKey', a.decryptKey)
  print(prefix + '.clientReceiveNonce', a.local.app_mac.slice(0, 24))
}

function boxes(prefix, nonce, lengths) {
  const key = seed(prefix)
  print(prefix + '.key', key)
  print(prefix + '.nonce', nonce)
  const plain = lengths.map((length, i) => {
    const bytes = Buffer.alloc(length)
    for (let at = 0; at < length; at++) bytes[at] = (at * 31 + i * 7) & 255
    return bytes
  })
  console.log(`${prefix}.lengths=${lengths.join(',')}`)
  pull(
    pull.values(plain),
    box.createBoxStream(key, nonce),
    pull.collect((err, sealed) => {
      if (err) throw err
      print(prefix + '.sealed', Buffer.concat(sealed))
    }),
  )
}

handshake('shs1', 'one')
handshake('shs2', 'two')
boxes('box1', seed('nonce').slice(0, 24), [1, 5, 300])
boxes('box2', Buffer.from('00'.repeat(20) + 'fffffffc', 'hex'), [4096, 4097, 9000])
boxes('box3', Buffer.alloc(24, 255), [7])
boxes('box4', Buffer.alloc(24), [])

const codec = require('packet-stream-codec')
const packets = [
  { req: 1, stream: false, end: false, value: { name: ['whoami'], args: [] } },
  { req: -1, stream: false, end: false, value: { id: 'é' } },
  { req: -2, stream: false, end: true, value: { message: 'no', name: 'Error' } },
  { req: 2147483647, stream: true, end: false, value: [1, 2] },
  { req: -3, stream: true, end: false, value: 'text ✓' },
  { req: -4, stream: true, end: false, value: Buffer.from('00ff', 'hex') },
  { req: -4, stream: true, end: true, value: true },
  'GOODBYE',
]
print('packets', Buffer.concat(packets.flatMap((packet) => codec.encodePair(packet).filter((part) => part !== null))))
