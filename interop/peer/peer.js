'use strict'
// The unmodified ssb-db2 stack as a real peer on loopback: `READY <id> <address>` on standard
// output, then one JSON answer line per JSON command line on standard input, in order.
//
//   node peer.js --folder DIR --network-key BASE64
//
// A command is {"cmd": NAME, ...}; an answer {"ok": true, "result": ...} or {"ok": false,
// "error": TEXT}. The folder keeps identity and port, so that a restart is the same peer.
// It ends, closing its indexes cleanly, when standard input closes or on {"cmd": "stop"}.

const fs = require('fs')
const path = require('path')
const { parseArgs } = require('util')
const pull = require('pull-stream')
const { start, freePort } = require('./stack')

// ssb-db2 leaves a store that answers an empty clock, and silently replicates nothing, when its
// process ends before its indexes are written; nothing tells when they are.
const CLOSE_GRACE_MS = 1500

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string' },
    'network-key': { type: 'string' },
  },
})

async function rememberedPort() {
  const file = path.join(options.folder, 'port')
  if (!fs.existsSync(file)) fs.writeFileSync(file, String(await freePort()))
  return Number(fs.readFileSync(file, 'utf8'))
}

const UNKNOWN_BLOB = '&' + 'A'.repeat(43) + '=.sha256'

const bytesOf = (source) =>
  new Promise((resolve, reject) =>
    pull(
      source,
      pull.collect((error, parts) =>
        error ? reject(error) : resolve(Buffer.concat(parts).toString('base64'))
      )
    )
  )

function commands(peer) {
  let connections = 0
  peer.on('rpc:connect', () => connections++)
  const { where, and, author, type, toPromise } = require('ssb-db2/operators')
  const call = (fn, ...args) =>
    new Promise((resolve, reject) => fn(...args, (err, value) => (err ? reject(err) : resolve(value))))
  const create = (content) => call(peer.db.create, { content, keys: peer.config.keys })
  const drained = () => call((cb) => peer.db.onDrain('base', cb))
  const bySequence = (a, b) => a.value.sequence - b.value.sequence
  const ownMessages = async (...conditions) => {
    await drained()
    return (await peer.db.query(where(and(...conditions)), toPromise())).sort(bySequence)
  }
  return {
    create: ({ content }) => create(content),
    publish: ({ text }) => create({ type: 'post', text }),
    name: ({ name }) => create({ type: 'about', about: peer.id, name }),
    follow: ({ id }) => create({ type: 'contact', contact: id, following: true }),
    request: ({ id }) => call(peer.getVectorClock).then(() => void peer.ebt.request(id, true)),
    connect: ({ address }) => call(peer.connect, address).then((rpc) => rpc.id),
    connections: () => connections,
    connected: () => Object.keys(peer.peers).filter((id) => peer.peers[id].length > 0),
    clock: () => drained().then(() => call(peer.getVectorClock)),
    messages: ({ id }) => ownMessages(author(id)),
    posts: ({ id }) =>
      ownMessages(author(id), type('post')).then((list) => list.map((msg) => msg.value.content.text)),
    profile: ({ id }) => call(peer.aboutSelf.get, id),
    // What the plugin itself does with a picture that is to be shown, whoever has it.
    wantBlob: ({ id }) => call(peer.blobs.want, id),
    blob: ({ id }) => bytesOf(peer.blobs.get(id)),
    // The same two questions by hand, in each of their forms.
    askBlob: async ({ from, id }) => {
      const [remote] = peer.peers[from]
      const one = await call(remote.blobs.has, id)
      const many = await call(remote.blobs.has, [id, UNKNOWN_BLOB])
      const forms = [id, { id }, { key: id, max: 5 * 1024 * 1024 }, { hash: id }]
      const bytes = await Promise.all(forms.map((form) => bytesOf(remote.blobs.get(form))))
      const refused = await bytesOf(remote.blobs.get(UNKNOWN_BLOB)).catch((error) => error.message)
      return { has: [one, ...many], bytes, refused }
    },
    following: ({ source, dest }) => call(peer.friends.isFollowing, { source, dest }),
  }
}

// Not `readline`: it also ends a line at U+2028, which JSON text may hold.
async function* lines(input) {
  let rest = ''
  for await (const chunk of input.setEncoding('utf8')) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop()
    yield* parts
  }
}

function reasons(error) {
  const own = String(error.message || error)
  return error.cause ? own + ': ' + reasons(error.cause) : own
}

async function serve(peer) {
  const known = commands(peer)
  for await (const line of lines(process.stdin)) {
    let answer
    try {
      const command = JSON.parse(line)
      if (command.cmd === 'stop') break
      if (!Object.hasOwn(known, command.cmd)) throw new Error('unknown command ' + command.cmd)
      answer = { ok: true, result: (await known[command.cmd](command)) ?? null }
    } catch (error) {
      answer = { ok: false, error: reasons(error) }
    }
    process.stdout.write(JSON.stringify(answer) + '\n')
  }
}

function close(peer) {
  // ssb-conn cuts all connections at once; until ssb-db2 has closed, whoever dials again is still
  // let in, and the listener would wait for them for ever.
  peer.on('rpc:connect', (rpc) => setImmediate(() => rpc.close(true)))
  return new Promise((resolve) => peer.close(true, () => setTimeout(resolve, CLOSE_GRACE_MS)))
}

async function main() {
  if (!options.folder || !options['network-key']) {
    console.error('usage: node peer.js --folder DIR --network-key BASE64')
    process.exit(2)
  }
  fs.mkdirSync(options.folder, { recursive: true })
  const peer = start({
    folder: options.folder,
    networkKey: options['network-key'],
    port: await rememberedPort(),
  })
  await new Promise((resolve, reject) =>
    peer.getVectorClock((error) => (error ? reject(error) : resolve()))
  )
  peer.ebt.request(peer.id, true)
  console.log(`READY ${peer.id} ${peer.getAddress('device')}`)
  await serve(peer)
  await close(peer)
  process.exit(0)
}

main().catch((error) => {
  console.error(error.stack)
  process.exit(1)
})
