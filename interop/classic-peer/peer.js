'use strict'
// The unmodified ssb-server as a real peer on loopback, driven by lines (../peer/line-driven.js).
// Of the plugins of its own `start` it has those that deal with other peers over the network, but
// ssb-ebt: without it ssb-replicate fetches and gives feeds by createHistoryStream alone.

const path = require('path')
const pull = require('pull-stream')
const { call, commonCommands, run } = require('../peer/line-driven')

function start({ folder, networkKey, port }) {
  const config = require('ssb-config/defaults')('ssb', {
    caps: { shs: networkKey },
    keys: require('ssb-keys').loadOrCreateSync(path.join(folder, 'secret')),
    path: folder,
    connections: {
      incoming: {
        net: [{ port, host: '127.0.0.1', scope: ['device', 'local', 'public'], transform: 'shs' }],
      },
      outgoing: { net: [{ transform: 'shs' }] },
    },
  })
  return require('ssb-server')
    .use(require('ssb-private1'))
    .use(require('ssb-master'))
    .use(require('ssb-gossip'))
    .use(require('ssb-replicate'))
    .use(require('ssb-friends'))
    .use(require('ssb-blobs'))
    .use(require('ssb-invite'))
    .use(require('ssb-ooo'))
    .call(null, config)
}

function commandsOf(peer) {
  const create = (content) => call(peer.publish, content)
  const collected = (source) => call((cb) => pull(source, pull.collect(cb)))
  const messages = (id) => collected(peer.createUserStream({ id }))
  const contents = async (id, type) =>
    (await messages(id)).map((msg) => msg.value.content).filter((content) => content.type === type)
  const asked = []
  peer.on('rpc:connect', (rpc) =>
    rpc.on('call:createHistoryStream', (options) => asked.push({ ...options, by: rpc.id }))
  )
  return {
    // `connect` among them is not gossip.connect: ssb-gossip hangs up after 10 s on whom it dialled
    // itself and who answered its first ping within a millisecond.
    ...commonCommands(peer, create, pull),
    // Nobody has to: ssb-friends asks for whom the peer follows.
    request: () => {},
    // What others asked of this one, each with its arguments, and who did.
    asked: () => asked,
    askedFor: ({ id, by }) => asked.some((options) => options.id === id && options.by === by),
    clock: () => call(peer.getVectorClock),
    messages: ({ id }) => messages(id),
    // What was sealed for this peer, opened by its own plugin.
    letters: async ({ id }) =>
      (await collected(peer.createUserStream({ id, private: true })))
        .filter((msg) => msg.value.private)
        .map((msg) => msg.value.content),
    // What names readers is sealed for them; this says it as it was sealed.
    writeLetter: async ({ content, recps }) => {
      const { key } = await create({ ...content, recps })
      return { key, content: (await messages(peer.id)).find((msg) => msg.key === key).value.content }
    },
    posts: async ({ id }) => (await contents(id, 'post')).map((post) => post.text),
    // ssb-server has no plugin that reads profiles: what is said last stands.
    profile: async ({ id }) => {
      const said = (await contents(id, 'about')).filter((about) => about.about === id)
      return Object.assign({}, ...said)
    },
  }
}

async function ready(peer) {
  await call(peer.getVectorClock)
  if (!peer.ready()) throw new Error('ssb-server would turn away whoever connects')
}

run({ start, commandsOf, ready, closed: async () => {} })
