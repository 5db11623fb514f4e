'use strict'
// What the real peers have in common: a process that prints `READY <id> <address>` on standard
// output, then one JSON answer line per JSON command line on standard input, in order.
//
//   node SCRIPT --folder DIR --network-key BASE64
//
// A command is {"cmd": NAME, ...}; an answer {"ok": true, "result": ...} or {"ok": false,
// "error": TEXT}. The folder keeps identity and port, so that a restart is the same peer.
// It ends, closing cleanly, when standard input closes or on {"cmd": "stop"}.

const fs = require('fs')
const net = require('net')
const path = require('path')
const { parseArgs } = require('util')

/** Calls what takes a callback. */
const call = (fn, ...args) =>
  new Promise((resolve, reject) => fn(...args, (err, value) => (err ? reject(err) : resolve(value))))

/** All that a stream of bytes gives, in base64; `pull` is the peer's own pull-stream. */
const bytesOf = (pull, source) =>
  call((cb) => pull(source, pull.collect(cb))).then((parts) =>
    Buffer.concat(parts).toString('base64')
  )

// The listener wants a number: a free one, asked of the system.
const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

async function rememberedPort(folder) {
  const file = path.join(folder, 'port')
  if (!fs.existsSync(file)) fs.writeFileSync(file, String(await freePort()))
  return Number(fs.readFileSync(file, 'utf8'))
}

/**
 * The commands that are the same words for every peer; `create` publishes content, `pull` is the
 * peer's own pull-stream.
 */
function commonCommands(peer, create, pull) {
  let connections = 0
  peer.on('rpc:connect', () => connections++)
  return {
    create: ({ content }) => create(content),
    publish: ({ text }) => create({ type: 'post', text }),
    name: ({ name }) => create({ type: 'about', about: peer.id, name }),
    follow: ({ id }) => create({ type: 'contact', contact: id, following: true }),
    // Keeps a blob, given as base64; the answer is its id.
    addBlob: ({ content }) =>
      call((cb) => pull(pull.once(Buffer.from(content, 'base64')), peer.blobs.add(cb))),
    // What the plugin itself does with a picture that is to be shown, whoever has it.
    wantBlob: ({ id }) => call(peer.blobs.want, id),
    blob: ({ id }) => bytesOf(pull, peer.blobs.get(id)),
    connect: ({ address }) => call(peer.connect, address).then((rpc) => rpc.id),
    connections: () => connections,
    connected: () => Object.keys(peer.peers).filter((id) => peer.peers[id].length > 0),
    blocking: ({ source, dest }) => call(peer.friends.isBlocking, { source, dest }),
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

async function serve(commands) {
  for await (const line of lines(process.stdin)) {
    let answer
    try {
      const command = JSON.parse(line)
      if (command.cmd === 'stop') break
      if (!Object.hasOwn(commands, command.cmd)) throw new Error('unknown command ' + command.cmd)
      answer = { ok: true, result: (await commands[command.cmd](command)) ?? null }
    } catch (error) {
      answer = { ok: false, error: reasons(error) }
    }
    process.stdout.write(JSON.stringify(answer) + '\n')
  }
}

async function main({ start, commandsOf, ready, closed }) {
  const { values: options } = parseArgs({
    options: {
      folder: { type: 'string' },
      'network-key': { type: 'string' },
    },
  })
  if (!options.folder || !options['network-key']) {
    console.error(`usage: node ${process.argv[1]} --folder DIR --network-key BASE64`)
    process.exit(2)
  }
  fs.mkdirSync(options.folder, { recursive: true })
  const peer = start({
    folder: options.folder,
    networkKey: options['network-key'],
    port: await rememberedPort(options.folder),
  })
  const commands = commandsOf(peer)
  await ready(peer)
  process.stdout.write(`READY ${peer.id} ${peer.getAddress('device')}\n`)
  await serve(commands)
  await close(peer)
  await closed()
}

/** Closes a peer and waits until it is closed. */
function close(peer) {
  // All connections are cut at once; until the database has closed, whoever dials again is still
  // let in, and the listener would wait for them for ever.
  peer.on('rpc:connect', (rpc) => setImmediate(() => rpc.close(true)))
  return new Promise((resolve) => peer.close(true, resolve))
}

/**
 * Runs a peer until it is told to end, and with it the process.
 *
 * start({folder, networkKey, port}) begins it, commandsOf(peer) answers by the names of commands,
 * ready(peer) is awaited before it is called ready, closed() before the process ends.
 */
function run(parts) {
  main(parts).then(
    () => process.exit(0),
    (error) => {
      console.error(error.stack)
      process.exit(1)
    }
  )
}

module.exports = { bytesOf, call, commonCommands, freePort, lines, run }
