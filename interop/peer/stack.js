'use strict'
// Starts the unmodified ssb-db2 stack (Manyverse's back-end set) on loopback.

const path = require('path')

const INACTIVITY_MS = 600e3

exports.start = ({ folder, networkKey, port }) => {
  // No caps.sign: ssb-db2 8.1.0 takes none (its core.js fixes hmacKey to null).
  const caps = { shs: networkKey }
  return require('secret-stack')({ caps })
    .use(require('ssb-db2/core'))
    .use(require('ssb-classic'))
    .use(require('ssb-box'))
    .use(require('ssb-db2/compat'))
    .use(require('ssb-about-self'))
    .use(require('ssb-conn'))
    .use(require('ssb-friends'))
    .use(require('ssb-ebt'))
    .use(require('ssb-blobs'))
    .call(null, {
      caps,
      keys: require('ssb-keys').loadOrCreateSync(path.join(folder, 'secret')),
      path: folder,
      // Without timers every connection ends after 5 s without a word; others wait this long.
      timers: { inactivity: INACTIVITY_MS },
      connections: {
        incoming: {
          net: [{ port, host: '127.0.0.1', scope: ['device', 'local', 'public'], transform: 'shs' }],
        },
        outgoing: { net: [{ transform: 'shs' }] },
      },
      conn: { autostart: false },
      friends: { hops: 2, hookAuth: false, hookReplicate: false },
    })
}
