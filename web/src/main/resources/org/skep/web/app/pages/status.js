/** How it goes, in plain words: who is there, who can reach us, and what it takes up. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { oneLine } from '../names.js';
import { networkName } from '../networks.js';
import { to } from '../router.js';
import { sizeInWords } from '../times.js';

/** @import {NodeReport, NetworkReport, Peer} from '../types.js' */

const LOOK_AGAIN_MS = 5_000;
const SENTENCES_CHARACTERS_MAX = 2_000;
/** An address whose host is this computer itself says nothing to anybody else. */
const LOOPBACK = /^\w+:(?:localhost|127\.|\[?::1)/;

export class NodeStatus extends SkepElement {
  static properties = {
    report: { state: true },
    trouble: { state: true },
    asking: { state: true },
    resuming: { state: true },
    refusal: { state: true },
  };

  constructor() {
    super();
    /** @type {NodeReport|undefined} */
    this.report = undefined;
    this.trouble = '';
    /** The network for which we ask once more: what is agreed to can't be taken back. */
    this.asking = '';
    this.resuming = false;
    /** Why an identity was not woken. */
    this.refusal = '';
    this.timer = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#look();
    this.timer = setInterval(() => {
      if (!document.hidden) void this.#look();
    }, LOOK_AGAIN_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  async #look() {
    try {
      this.report = await this.store.api.report();
      this.store.undertakings.heard(this.report);
      this.store.whereabouts.heard(this.report);
      this.trouble = '';
    } catch (failure) {
      this.trouble = wordsOf(failure);
    }
  }

  render() {
    return html`<h1 tabindex="-1">Status</h1>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${this.report
        ? this.#report(this.report)
        : this.trouble
          ? nothing
          : html`<p class="quiet" role="status">Looking…</p>`}`;
  }

  /** @param {NodeReport} report */
  #report(report) {
    const peers = report.networks.flatMap((network) => network.peers ?? []);
    return html`${this.#troubles(report)} ${this.#resting(report)} ${this.#elsewhere(report)}
      ${this.#peers(peers)}
      <section class="panel" aria-labelledby="meet-title">
        <h2 id="meet-title">Meet a friend</h2>
        <skep-finder></skep-finder>
        ${this.#own(report)}
      </section>
      ${this.#reach(report)} ${this.#room(report)} ${this.#details(report)}`;
  }

  /** @param {NodeReport} report */
  #troubles(report) {
    const troubles = report.troubles ?? [];
    if (troubles.length === 0) return nothing;
    return html`<section role="status">
      <h2>Just now</h2>
      <ul class="plain-list">
        ${troubles.map((words) => html`<li>${words}</li>`)}
      </ul>
    </section>`;
  }

  /** @param {NodeReport} report what is known elsewhere of a log that is written on here */
  #elsewhere(report) {
    return report.networks
      .filter((network) => network.elsewhere && !network.resting)
      .map(
        (network) => html`<section class="panel" aria-labelledby="elsewhere-${network.name}">
          <h2 id="elsewhere-${network.name}">
            There may be more of your ${networkName(network.name)} log
          </h2>
          <p>${sentences(network.elsewhere)}</p>
        </section>`,
      );
  }

  /** @param {NodeReport} report identities that write nothing before they are told to */
  #resting(report) {
    // What is asked above every screen comes first.
    if (report.copied) return nothing;
    return report.networks
      .filter((network) => network.resting)
      .map(
        (network) => html`<section class="panel resting" aria-labelledby="resting-${network.name}">
          <h2 id="resting-${network.name}">
            Your ${networkName(network.name)} identity rests
          </h2>
          <p>${network.resting}</p>
          ${network.elsewhere ? html`<p><strong>${sentences(network.elsewhere)}</strong></p>` : nothing}
          <p>
            Look at <a href=${to.person(this.store.me?.id ?? '')}>your own page</a>: is the last
            thing you wrote there? If you go on too early, two of your entries stand at one place,
            and friends will not accept anything from you again.
          </p>
          ${this.refusal ? html`<p class="trouble" role="alert">${this.refusal}</p>` : nothing}
          ${this.#goOn(network)}
        </section>`,
      );
  }

  /**
   * The second question's answers stand in another order than the first one's button, so that a
   * press too many lands on the harmless one.
   *
   * @param {NetworkReport} network
   */
  #goOn(network) {
    if (this.asking !== network.name) {
      return html`<div class="answers">
        <button class="plain" @click=${() => this.#ask(network.name)}>
          ${network.elsewhere ? 'Go on nonetheless' : 'All of it is here'}
        </button>
      </div>`;
    }
    return html`<p role="status">
        <strong>
          ${network.elsewhere ? 'Shall it go on without the rest?' : 'Is it really all here?'}
        </strong>
        This can’t be taken back, and any other Skep that has your identity must never write again.
      </p>
      <div class="answers">
        <button
          class="grave"
          ?disabled=${this.resuming}
          @click=${() => this.#resume(network)}
        >
          ${this.resuming ? 'Going on…' : 'Yes, go on'}
        </button>
        <button class="plain" ?disabled=${this.resuming} @click=${() => this.#ask('')}>
          Wait a while
        </button>
      </div>`;
  }

  /** @param {string} network empty when it was thought better of */
  async #ask(network) {
    this.asking = network;
    this.refusal = '';
    await this.updateComplete;
    // The button that was pressed is gone; whoever goes by keyboard stands on the harmless one.
    /** @type {HTMLElement|null} */ (this.querySelector('.resting .plain'))?.focus();
  }

  /** @param {NetworkReport} network as it was shown: one insists only on what one has read */
  async #resume(network) {
    this.resuming = true;
    this.refusal = '';
    try {
      await this.store.api.resume(network.name, Boolean(network.elsewhere));
      this.asking = '';
    } catch (failure) {
      this.refusal = wordsOf(failure);
    } finally {
      this.resuming = false;
    }
    await this.#look();
  }

  /** @param {Peer[]} peers */
  #peers(peers) {
    return html`<section aria-labelledby="peers-title">
      <h2 id="peers-title">Who is there</h2>
      ${peers.length === 0
        ? html`<p>
            Nobody so far. Skep looks for no one by itself: it begins when you connect to a friend.
          </p>`
        : html`<ul class="peers">
            ${peers.map(
              (peer) => html`<li class=${peer.connected ? 'here' : 'away'}>
                ${peerName(peer)}
                <span class="quiet">${peer.words ?? (peer.connected ? 'connected' : 'waiting')}</span>
              </li>`,
            )}
          </ul>`}
    </section>`;
  }

  /** @param {NodeReport} report the addresses to give to friends */
  #own(report) {
    const mine = report.accounts.find((account) => account.id === this.store.me?.id);
    const reachable = report.networks
      .map((network) => network.address)
      .filter((address) => typeof address === 'string' && !LOOPBACK.test(address));
    return html`<h3>Your own address</h3>
      ${reachable.map(
        (address) =>
          html`<skep-copy label="Where friends reach this computer" .value=${address}></skep-copy>`,
      )}
      ${mine?.ssb
        ? html`<skep-copy label="Who you are, for friends" .value=${mine.ssb}></skep-copy>`
        : nothing}
      <p class="quiet">
        ${reachable.length === 0
          ? 'With this a friend can follow you. So far yours connects to theirs; theirs can’t reach yours.'
          : 'Give both to a friend, however you usually talk.'}
      </p>`;
  }

  /** @param {NodeReport} report */
  #reach(report) {
    const open = report.networks.filter(
      (network) => network.listening && network.address && !LOOPBACK.test(network.address),
    );
    return html`<section aria-labelledby="reach-title">
      <h2 id="reach-title">Who can reach this computer</h2>
      ${open.length === 0
        ? html`<p>Nobody else can reach this computer through Skep.</p>`
        : open.map((network) => html`<p>${reachWords(network)}</p>`)}
    </section>`;
  }

  /** @param {NodeReport} report */
  #room(report) {
    return html`<section aria-labelledby="room-title">
      <h2 id="room-title">What it takes up</h2>
      <p>${sizeInWords(report.disk?.bytes ?? 0)} on this computer’s disk.</p>
    </section>`;
  }

  /** @param {NodeReport} report */
  #details(report) {
    return html`<details>
      <summary>Details for the curious</summary>
      <dl>
        <dt>Version</dt>
        <dd>${report.version}</dd>
        ${report.networks.map(
          (network) => html`<dt>${networkName(network.name)}</dt>
            <dd>${network.words ?? ''} ${network.address ? html`<code>${network.address}</code>` : nothing}</dd>`,
        )}
        ${report.networks
          .flatMap((network) => network.peers ?? [])
          .map(
            (peer) => html`<dt><bdi>${oneLine(peer.name) || 'Somebody’s computer'}</bdi></dt>
              <dd><code>${peer.who ?? ''}</code></dd>`,
          )}
        <dt>Ports on this computer</dt>
        <dd>
          ${Object.entries(report.ports ?? {})
            .map(([name, port]) => `${name} ${port}`)
            .join(', ')}
        </dd>
      </dl>
    </details>`;
  }
}

/** @param {string|null|undefined} words ours, with a foreign name in them */
function sentences(words) {
  return oneLine(words, SENTENCES_CHARACTERS_MAX);
}

/** @param {Peer} peer */
function peerName(peer) {
  const name = oneLine(peer.name) || 'Somebody’s computer';
  if (!peer.who) return html`<span class="name">${name}</span>`;
  return html`<a class="name" href=${to.find(peer.who)}><bdi>${name}</bdi></a>`;
}

/** @param {NetworkReport} network @returns {string} */
function reachWords(network) {
  return network.words ?? `Friends can reach it on ${networkName(network.name)}.`;
}
