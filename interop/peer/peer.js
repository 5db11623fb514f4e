'use strict'
// The unmodified ssb-db2 stack as a real peer on loopback, driven by lines (line-driven.js).

const fs = require('fs')
const pull = require('pull-stream')
const { bytesOf, call, commonCommands, lines, run } = require('./line-driven')
const { start } = require('./stack')

// ssb-db2 leaves a store that answers an empty clock, and silently replicates nothing, when its
// process ends before its indexes are written; nothing tells when they are.
const CLOSE_GRACE_MS = 1500

const UNKNOWN_BLOB = '&' + 'A'.repeat(43) + '=.sha256'

function commandsOf(peer) {
  const { where, and, author, type, isPrivate, toPromise } = require('ssb-db2/operators')
  const create = (content) => call(peer.db.create, { content, keys: peer.config.keys })
  const drained = () => call((cb) => peer.db.onDrain('base', cb))
  const bySequence = (a, b) => a.value.sequence - b.value.sequence
  const ownMessages = async (...conditions) => {
    await drained()
    return (await peer.db.query(where(and(...conditions)), toPromise())).sort(bySequence)
  }
  return {
    ...commonCommands(peer, create, pull),
    request: ({ ids }) =>
      call(peer.getVectorClock).then(() => ids.forEach((id) => peer.ebt.request(id, true))),
    // Adds the messages of a file, a value a line; the answer is how many, or, where it is asked to
    // name them, their ids in its order.
    load: async ({ file, naming }) => {
      const byAuthor = new Map()
      const ids = []
      let count = 0
      for await (const line of lines(fs.createReadStream(file))) {
        const value = JSON.parse(line)
        if (!byAuthor.has(value.author)) byAuthor.set(value.author, [])
        byAuthor.get(value.author).push({ place: count++, value })
      }
      // All of one author's at once: only then does it check that each follows the one before.
      for (const messages of byAuthor.values()) {
        const kept = await call(peer.db.addBatch, messages.map(({ value }) => value))
        if (naming) kept.forEach((msg, i) => (ids[messages[i].place] = msg.key))
      }
      await drained()
      return naming ? ids : count
    },
    // Whether a connected peer asks this one to send a feed.
    askedFor: ({ id, by }) => peer.ebt.peerStatus(id).peers[by]?.replicating?.tx === true,
    clock: () => drained().then(() => call(peer.getVectorClock)),
    messages: ({ id }) => ownMessages(author(id)),
    posts: ({ id }) =>
      ownMessages(author(id), type('post')).then((list) => list.map((msg) => msg.value.content.text)),
    // What was sealed for this peer, opened by its own plugin, with what was open beside it.
    letters: ({ id }) =>
      ownMessages(author(id), isPrivate()).then((list) => list.map((msg) => msg.value.content)),
    writeLetter: ({ content, recps }) =>
      call(peer.db.create, {
        content: { ...content, recps },
        recps,
        encryptionFormat: 'box',
        keys: peer.config.keys,
      }).then((msg) => ({ key: msg.key, content: msg.value.content })),
    profile: ({ id }) => call(peer.aboutSelf.get, id),
    // The same two questions by hand, in each of their forms.
    askBlob: async ({ from, id }) => {
      const [remote] = peer.peers[from]
      const one = await call(remote.blobs.has, id)
      const many = await call(remote.blobs.has, [id, UNKNOWN_BLOB])
      const forms = [id, { id }, { key: id, max: 5 * 1024 * 1024 }, { hash: id }]
      const bytes = await Promise.all(forms.map((form) => bytesOf(pull, remote.blobs.get(form))))
      const refused = await bytesOf(pull, remote.blobs.get(UNKNOWN_BLOB)).catch((error) => error.message)
      return { has: [one, ...many], bytes, refused }
    },
  }
}

async function ready(peer) {
  await call(peer.getVectorClock)
  peer.ebt.request(peer.id, true)
}

const closed = () => new Promise((resolve) => setTimeout(resolve, CLOSE_GRACE_MS))

run({ start, commandsOf, ready, closed })
