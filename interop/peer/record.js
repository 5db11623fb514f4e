'use strict'
// Records one session between two unmodified ssb-db2 peers as data for Skep's always-on tests.
//
//   node record.js ebt|history > FILE.jsonl
//
// The first line says how it was made and holds the keys of both sides, long-term and ephemeral
// (made for the recording and used nowhere else), so that handshake and box stream can be checked
// byte for byte. Then, in the order in which the server's side saw them:
//   {"from": "client"|"server", "wire":  BASE64}  bytes of the TCP stream
//   {"from": ...,               "box":   BASE64}  the body of one opened box
//   {"from": ...,               "frame": {flags, length, request, body}}  one muxrpc packet
// A frame's body is text, or {"base64": ...} where its flags say binary.

const crypto = require('crypto')
const fs = require('fs')
const os = require('os')
const path = require('path')
const { createRequire } = require('module')

const DEADLINE_MS = 20000
const lines = []
const ephemerals = []
const stack = createRequire(require.resolve('secret-stack'))
const multiserver = createRequire(stack.resolve('multiserver'))
const shake = createRequire(multiserver.resolve('secret-handshake'))
const pull = stack('pull-stream')

function replaceModule(require, name, wrap) {
  const original = require(name)
  require.cache[require.resolve(name)].exports = wrap(original)
}

replaceModule(shake, './random', (random) => (bytes) => {
  const seed = random(bytes)
  ephemerals.push(seed)
  return seed
})

const tap = (from, kind, note) =>
  pull.map((bytes) => {
    lines.push({ from, [kind]: Buffer.from(bytes).toString('base64') })
    if (note) note(from, bytes)
    return bytes
  })

const pending = { client: Buffer.alloc(0), server: Buffer.alloc(0) }

function noteFrames(from, bytes) {
  let rest = Buffer.concat([pending[from], bytes])
  while (rest.length >= 9 && rest.length >= 9 + rest.readUInt32BE(1)) {
    const [flags, length, request] = [rest[0], rest.readUInt32BE(1), rest.readInt32BE(5)]
    const body = rest.subarray(9, 9 + length)
    const shown = (flags & 3) === 0 ? { base64: body.toString('base64') } : body.toString('utf8')
    lines.push({ from, frame: { flags, length, request, body: shown } })
    rest = rest.subarray(9 + length)
  }
  pending[from] = rest
}

// Both peers live in this process; only the accepting side of the connection is noted.
replaceModule(multiserver, 'multiserver/plugins/shs', (Shs) => (options) => {
  const shs = Shs(options)
  const create = (opts) => (stream, cb) => {
    if (opts && opts.key) return shs.create(opts)(stream, cb)
    const wire = {
      ...stream,
      source: pull(stream.source, tap('client', 'wire')),
      sink: pull(tap('server', 'wire'), stream.sink),
    }
    shs.create(opts)(wire, (err, open) => {
      if (err) return cb(err)
      cb(null, {
        ...open,
        source: pull(open.source, tap('client', 'box', noteFrames)),
        sink: pull(tap('server', 'box', noteFrames), open.sink),
      })
    })
  }
  return { ...shs, create }
})

const call = (fn, ...args) =>
  new Promise((resolve, reject) => fn(...args, (err, value) => (err ? reject(err) : resolve(value))))

async function until(what, condition) {
  const deadline = Date.now() + DEADLINE_MS
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited in vain for ' + what)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function newPeer(folder, networkKey) {
  const { start } = require('./stack')
  const { freePort } = require('./line-driven')
  fs.mkdirSync(folder)
  return freePort().then((port) => start({ folder, networkKey, port }))
}

const write = (peer, content) =>
  call(peer.db.create, { content, keys: peer.config.keys })

async function fill(peer, name, other) {
  await write(peer, { type: 'about', about: peer.id, name })
  await write(peer, { type: 'contact', contact: other.id, following: true })
  await write(peer, { type: 'post', text: 'é ✓ 😀 and a line\u2028separator from ' + name })
  await write(peer, { type: 'post', text: 'x'.repeat(7600) })
}

const clockOf = async (peer, id) => (await call(peer.getVectorClock))[id] || 0
const holds = (peer, id, sequence) => async () => (await clockOf(peer, id)) >= sequence

const sessions = {
  async ebt(client, server) {
    for (const peer of [client, server]) {
      for (const id of [client.id, server.id]) peer.ebt.request(id, true)
    }
    const rpc = await call(client.connect, server.getAddress('device'))
    await until('the feeds', async () =>
      (await holds(client, server.id, 4)()) && (await holds(server, client.id, 4)()))
    await write(client, { type: 'post', text: 'live from the client' })
    await until('the live post', holds(server, client.id, 5))
    await write(server, { type: 'vote', vote: { link: '%' + 'A'.repeat(43) + '=.sha256', value: 1, expression: 'Like' } })
    await until('the live vote', holds(client, server.id, 5))
    return rpc
  },
  async history(client, server) {
    const rpc = await call(client.connect, server.getAddress('device'))
    const read = (options) => new Promise((resolve, reject) =>
      pull(rpc.createHistoryStream(options), pull.collect((err, list) => err ? reject(err) : resolve(list))))
    await read({ id: server.id, sequence: 1, keys: true })
    await read({ id: server.id, seq: 3, keys: false, limit: 1 })
    await read({ id: client.id, keys: false })
    await call(rpc.manifest)
    await call(rpc.blobs.has, '&' + 'A'.repeat(43) + '=.sha256')
    return rpc
  },
}

// Which side draws its ephemeral key first is chance; the key in its first message tells.
function ephemeralOf(from) {
  const hello = lines.filter((line) => line.from === from && line.wire)[0]
  const key = Buffer.from(hello.wire, 'base64').subarray(32, 64)
  return ephemerals
    .map((seed) => crypto.createHash('sha512').update(seed).digest().subarray(0, 32))
    .find((secret) => x25519Public(secret).equals(key))
}

function x25519Public(secret) {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret])
  const key = crypto.createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  return crypto.createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
}

function side(peer, ephemeral) {
  return {
    id: peer.id,
    ed25519Private: peer.config.keys.private.replace('.ed25519', ''),
    ephemeralX25519Private: ephemeral.toString('base64'),
  }
}

async function main() {
  const session = process.argv[2]
  if (!Object.hasOwn(sessions, session)) throw new Error('usage: node record.js ebt|history')
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'record-'))
  const networkKey = crypto.randomBytes(32).toString('base64')
  const client = await newPeer(path.join(home, 'client'), networkKey)
  const server = await newPeer(path.join(home, 'server'), networkKey)
  await fill(client, 'client', server)
  await fill(server, 'server', client)
  const rpc = await sessions[session](client, server)
  await new Promise((resolve) => { rpc.once('closed', resolve); rpc.close(true, () => {}) })
  const versions = ['secret-stack', 'ssb-db2', 'ssb-ebt', 'ssb-conn', 'ssb-friends']
    .map((name) => `${name} ${require(name + '/package.json').version}`).join(', ')
  console.log(JSON.stringify({
    made: `interop/peer/record.js ${session}: two unmodified peers (${versions}), Node ${process.version}`,
    networkKey,
    client: side(client, ephemeralOf('client')),
    server: side(server, ephemeralOf('server')),
  }))
  for (const line of lines) console.log(JSON.stringify(line))
  fs.rmSync(home, { recursive: true, force: true })
  process.exit(0)
}

main().catch((error) => {
  console.error(error.stack)
  process.exit(1)
})
