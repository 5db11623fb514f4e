package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page's own modules, in a real browser, where what they hang on is played: a server whose
 * answers come late, a line that is cut at the worst moment.
 */
@Tag("browser")
class PageModulesTest {

  /** A store of its own whose server is played; {@code posts} is what the server has. */
  private static final String STAGE =
      """
      const {Store} = await import('/app/store.js');
      const {ApiError} = await import('/app/api.js');
      const post = (id, author = '2') =>
          ({id, content: '', in_reply_to_id: null, account: {id: author, display_name: ''}});
      const later = () => {
        const promise = {};
        promise.made = new Promise((yes, no) => Object.assign(promise, {yes, no}));
        return promise;
      };
      const until = async (condition) => {
        const end = performance.now() + 10000;
        while (!condition()) {
          if (performance.now() > end) throw new Error('never true: ' + condition);
          await new Promise((next) => setTimeout(next));
        }
      };
      const above = (id) => posts.filter((one) => BigInt(one.id) > BigInt(id));
      let posts = [post('30'), post('20')];
      const read = [];
      const store = new Store();
      const watcher = store.api.listener;
      const line = store.live.listener;
      const asked = [];
      store.api = {
        readMarker: async () => null,
        setReadMarker: async (id) => void read.push(id),
        home: async () => ({items: posts.toReversed().slice(0, 2).toReversed(), next: null}),
        homeAfter: async (id) => {
          asked.push(id);
          return {items: above(id).slice(-2), next: null};
        },
        me: async () => ({id: '1'}),
        post: async () => {
          posts = [post('50', '1'), ...posts];
          return posts[0];
        },
        relate: async (id) => ({id, following: true}),
      };
      store.me = {id: '1'};
      const known = () => [...store.timeline.waiting, ...store.timeline.shown].join(' ');
      """;

  @TempDir static Path folder;

  private static Chromium browser;
  private static SkepProcess skep;
  private static BrowserPage page;

  @BeforeAll
  static void start() throws Exception {
    browser = Chromium.start(folder);
    skep = SkepProcess.start(folder.resolve("skep"), "Ana Sofia", Map.of());
    page = browser.page(360, 800);
    page.open(skep.link());
    page.awaitWords("Welcome, Ana Sofia");
  }

  @AfterAll
  static void stop() throws Exception {
    skep.close();
    browser.close();
  }

  /** What a script that ends in a {@code return} gives, as text. */
  private static String play(String script) throws InterruptedException {
    return page.evaluate("(async () => {" + STAGE + script + "})()").asString();
  }

  @Test
  void whatCameDuringACutIsNotHiddenByAnOwnPost() throws Exception {
    assertEquals(
        "50 40 30 20",
        play(
            """
            await store.loadHome();
            line.opened();
            await until(() => store.whole);
            line.lost();
            posts = [post('40'), ...posts];
            await store.post({status: 'written while nobody answered'}, 'key');
            line.opened();
            await until(() => store.whole);
            return known().split(' ').sort().reverse().join(' ');
            """));
  }

  @Test
  void aGapLongerThanAPageIsFilledFromItsBeginning() throws Exception {
    assertEquals(
        "35 34 33 32 31 30 20",
        play(
            """
            await store.loadHome();
            posts = ['35', '34', '33', '32', '31'].map((id) => post(id)).concat(posts);
            line.opened();
            line.update(post('35'));
            await until(() => store.whole);
            return known();
            """));
  }

  @Test
  void anEmptyTimelineHearsOfWhatCameDuringACut() throws Exception {
    assertEquals(
        "20",
        play(
            """
            posts = [];
            await store.loadHome();
            line.opened();
            await until(() => store.whole);
            line.lost();
            posts = [post('20')];
            line.opened();
            await until(() => store.whole);
            return known();
            """));
  }

  @Test
  void whatComesWhileTheFirstPageLoadsIsKept() throws Exception {
    assertEquals(
        "40 30 20",
        play(
            """
            const answer = later();
            store.api.home = () => answer.made;
            const loaded = store.loadHome();
            line.update(post('40'));
            answer.yes({items: posts, next: null});
            await loaded;
            return known();
            """));
  }

  @Test
  void theBannerGoesWhenTheLineStandsAgain() throws Exception {
    assertEquals(
        "true false",
        play(
            """
            watcher.unanswered();
            const before = store.silent;
            line.opened();
            return before + ' ' + store.silent;
            """));
  }

  @Test
  void aFollowBeginsTheTimelineAnewAndStandsWhateverComesAfterIt() throws Exception {
    assertEquals(
        "true false",
        play(
            """
            await store.loadHome();
            store.api.me = async () => { throw new ApiError('broken', 'no', 500); };
            const relationship = await store.relate('2', 'follow');
            return relationship.following + ' ' + store.timeline.loaded;
            """));
  }

  @Test
  void whatWasReadIsSaidOnceAndNeverTakenBack() throws Exception {
    assertEquals(
        "30 40",
        play(
            """
            store.api.home = async (next) =>
                next ? {items: [post('10', '3')], next: null} : {items: posts, next: 'more'};
            await store.loadHome();
            await store.loadHome();
            line.opened();
            await until(() => store.whole);
            line.update(post('40', '4'));
            store.showWaiting();
            await store.relate('4', 'block');
            await store.loadHome();
            return read.join(' ');
            """));
  }

  @Test
  void aPostThatChangedTakesTheOldOnesPlace() throws Exception {
    assertEquals(
        "Delivered to Ben, false",
        play(
            """
            await store.loadHome();
            const changed = (id) => ({...post(id), skep: {delivery: {words: 'Delivered to Ben'}}});
            line.changed(changed('30'));
            line.changed(changed('99'));
            return store.statuses.get('30').skep.delivery.words + ', ' + store.statuses.has('99');
            """));
  }

  @Test
  void aPageThatNobodyLooksAtPutsTheLineDown() throws Exception {
    assertEquals(
        "open, rested, closed, open",
        play(
            """
            const {LiveUpdates} = await import('/app/live.js');
            const said = [];
            const lines = [];
            const Real = window.EventSource;
            window.EventSource = class extends EventTarget {
              constructor() {
                super();
                lines.push(this);
                said.push('open');
              }
              close() { this.closed = true; }
            };
            const see = (hidden) => {
              Object.defineProperty(document, 'hidden', {configurable: true, value: hidden});
              document.dispatchEvent(new Event('visibilitychange'));
            };
            const live = new LiveUpdates({rested: () => said.push('rested'), opened() {}}, 0);
            live.start();
            see(true);
            await until(() => said.includes('rested'));
            if (lines[0].closed) said.push('closed');
            see(false);
            await until(() => lines.length === 2);
            live.stop();
            delete document.hidden;
            window.EventSource = Real;
            return said.join(', ');
            """));
  }

  @Test
  void aLinkWhoseWordsNameAnotherHostSaysWhereItLeads() throws Exception {
    assertEquals(
        "",
        play(
            """
            const {harmless} = await import('/app/sanitise.js');
            const marked = (words, href) => {
              const box = document.createElement('div');
              box.append(harmless('<a href="' + href + '">' + words + '</a>'));
              return box.querySelector('.honest-host') !== null;
            };
            const evil = 'https://evil.example/x';
            const wrong = [
              'paypal.com/evil.example', 'https://bank.example', 'paypal.com?evil.example',
              'https://paypal.com@evil.example', 'evil.example.bank.example', 'bank\\u3002example',
              'evil.example and bank.example', 'pay\\u200bpal.com', '(bank.example)',
            ].filter((words) => !marked(words, evil));
            const right = [
              'evil.example', 'https://evil.example/y', 'www.evil.example', 'see evil.example, now',
              'EVIL.example', 'press here', 'e.g. this', '(evil.example/x)', 'evil.example/bank.com',
            ].filter((words) => marked(words, evil));
            return [...wrong, ...right].join(' | ');
            """));
  }

  @Test
  void aPostBearsTheNameItsAuthorHasNow() throws Exception {
    assertEquals(
        "Post by Benjamin",
        play(
            """
            const shown = document.createElement('skep-post');
            shown.store = store;
            shown.status = {...post('30'), created_at: '', mentions: [], spoiler_text: ''};
            store.accounts.set('2', {id: '2', display_name: 'Ben'});
            document.body.append(shown);
            await shown.updateComplete;
            store.keepAccounts([{id: '2', display_name: 'Benjamin'}]);
            await shown.updateComplete;
            const label = shown.querySelector('article').getAttribute('aria-label');
            shown.remove();
            return label;
            """));
  }

  @Test
  void nothingOfOnePersonIsShownAtTheNext() throws Exception {
    assertEquals(
        "Stop following, false, false",
        play(
            """
            const answers = {a: later(), b: later()};
            store.api.relationship = (id) => answers[id].made;
            const follow = document.createElement('skep-follow');
            follow.store = store;
            follow.account = {id: 'a', display_name: 'Ada'};
            document.body.append(follow);
            await follow.updateComplete;
            follow.asking = true;
            follow.account = {id: 'b', display_name: 'Ben'};
            await follow.updateComplete;
            answers.b.yes({following: true});
            await until(() => follow.relationship);
            answers.a.yes({following: false});
            await answers.a.made;
            await until(() => follow.querySelector('button'));
            const said = follow.querySelector('button').textContent.trim();
            follow.remove();
            return [said, follow.asking, follow.busy].join(', ');
            """));
  }

  @Test
  void aQuestionThatFailsIsSaid() throws Exception {
    assertEquals(
        "Nobody answers. 0",
        play(
            """
            let unhandled = 0;
            addEventListener('unhandledrejection', () => (unhandled += 1));
            store.api.relationship = async () => ({following: false});
            const follow = document.createElement('skep-follow');
            follow.store = store;
            follow.account = {id: 'a', display_name: 'Ada'};
            document.body.append(follow);
            await until(() => follow.querySelector('button.main:not(:disabled)'));
            follow.querySelector('skep-first-time').ask = async () => {
              throw new ApiError('offline', 'Nobody answers.');
            };
            follow.querySelector('button.main').click();
            await until(() => follow.querySelector('.trouble'));
            const said = follow.querySelector('.trouble').textContent;
            follow.remove();
            return said + ' ' + unhandled;
            """));
  }

  @Test
  void whoGoesOnAgainstEvidenceHasReadItAndInsists() throws Exception {
    assertEquals(
        "Your Scuttlebutt identity rests, Ben has more than is here., Go on nonetheless, true",
        play(
            """
            let insisted;
            store.api.report = async () => ({version: '', name: '', accounts: [], ports: {},
                networks: [{name: 'ssb', resting: 'Nothing is written yet.',
                    elsewhere: 'Ben\u202e has more than is here.'}], disk: {bytes: 0}});
            store.api.resume = async (network, insist) => { insisted = insist; };
            const status = document.createElement('skep-status');
            status.store = store;
            document.body.prepend(status);
            await until(() => status.querySelector('.resting button'));
            const heading = status.querySelector('.resting h2').textContent.trim();
            const words = status.querySelector('.resting strong').textContent;
            const button = status.querySelector('.resting button');
            const label = button.textContent.trim();
            button.click();
            await until(() => status.querySelector('.resting .grave'));
            status.querySelector('.resting .grave').click();
            await until(() => insisted !== undefined);
            status.remove();
            return [heading, words, label, insisted].join(', ');
            """));
  }

  @Test
  void wakingAnIdentityTakesTwoPressesAtTwoPlaces() throws Exception {
    assertEquals(
        "Wait a while, Nobody answers., 1",
        play(
            """
            let woken = 0;
            store.api.report = async () => ({version: '', name: '', accounts: [], ports: {},
                networks: [{name: 'ssb', resting: 'Nothing is written yet.'}], disk: {bytes: 0}});
            store.api.resume = async () => {
              woken += 1;
              throw new ApiError('offline', 'Nobody answers.');
            };
            const status = document.createElement('skep-status');
            status.store = store;
            document.body.prepend(status);
            await until(() => status.querySelector('.resting button'));
            const middle = (element) => {
              const box = element.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            };
            const first = status.querySelector('.resting button');
            first.scrollIntoView({block: 'center'});
            const [x] = middle(first);
            first.click();
            await until(() => status.querySelector('.resting .grave'));
            const [, y] = middle(status.querySelector('.resting .grave'));
            const under = document.elementFromPoint(x, y).textContent.trim();
            status.querySelector('.resting .grave').click();
            await until(() => status.querySelector('.resting .trouble'));
            const said = status.querySelector('.resting .trouble').textContent;
            status.remove();
            return [under, said, woken].join(', ');
            """));
  }

  @Test
  void longerWorkIsShownWhileItGoesOn() throws Exception {
    assertEquals(
        "Fetching 1 of about 4 messages 25 Fetching, Starting 7 %, a minute left 7 Starting, gone 1",
        play(
            """
            let again = 0;
            store.live.again = () => { again += 1; };
            store.session = 'open';
            let going = [{title: 'Fetching', how_far: '1 of about 4 messages', percent: 25}];
            store.api.report = async () => ({progress: going});
            const works = document.createElement('skep-works');
            works.store = store;
            document.body.append(works);
            const seen = () => {
              const bar = works.querySelector('progress');
              const words = [...works.querySelectorAll('p.title, progress + p')];
              return bar && [...words.map((one) => one.textContent), bar.value,
                  bar.getAttribute('aria-label')].join(' ');
            };
            await until(seen);
            const fetching = seen();
            going = [];
            watcher.starting(
                {title: 'Starting', how_far: '7 %', left: 'a minute left', percent: 7});
            await until(() => seen() !== fetching);
            const starting = seen();
            watcher.answered();
            await until(() => !seen());
            works.remove();
            return [fetching, starting, 'gone ' + again].join(', ');
            """));
  }
}
