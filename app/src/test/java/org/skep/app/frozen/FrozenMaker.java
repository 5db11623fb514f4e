package org.skep.app.frozen;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.skep.app.QuietNode;
import org.skep.engine.Actions;
import org.skep.engine.Page;
import org.skep.engine.SqlAddressBook;
import org.skep.engine.Tokens;
import org.skep.kernel.AccountId;
import org.skep.kernel.AddressBook;
import org.skep.kernel.Attachment;
import org.skep.kernel.Audience;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.networks.scuttlebutt.privatebox.PrivateBox;
import org.skep.networks.scuttlebutt.privatebox.SealedContent;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * Makes the frozen folder of the format of now: something of all that a folder holds. Started by
 * hand once for each format, with the folder that takes both files:
 *
 * <pre>
 * mvn -pl app -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp app/target/test-classes:app/target/classes:$(cat target/classpath) \
 *   org.skep.app.frozen.FrozenMaker app/src/test/resources/org/skep/app/frozen</pre>
 */
final class FrozenMaker {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final QuietNode node;
  private final SteppingClock clock;
  private final Actions actions;
  private final Friend cyd = new Friend("Cyd");
  private final Friend dora = new Friend("Dora");
  private final Friend eve = new Friend("Eve");

  private FrozenMaker(QuietNode node, SteppingClock clock) {
    this.node = node;
    this.clock = clock;
    this.actions = node.engine().actions();
  }

  public static void main(String[] arguments) throws Exception {
    Path place = Path.of(arguments[0]);
    Path data = Files.createTempDirectory("skep-frozen");
    SteppingClock clock = new SteppingClock();
    long format;
    List<String> told;
    try (QuietNode node = new QuietNode(data, SignCap.NONE, clock)) {
      new FrozenMaker(node, clock).make();
      told = Telling.of(node);
      format =
          node.store()
              .read(tx -> tx.number("SELECT user_version FROM pragma_user_version"))
              .orElseThrow();
    }
    zip(data, place.resolve("format-" + format + ".zip"));
    Files.writeString(place.resolve("format-" + format + ".txt"), String.join("\n", told) + "\n");
  }

  private static void zip(Path folder, Path zip) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }

  /** Somebody elsewhere, whose messages come in. */
  private final class Friend {
    private final Bytes secret;
    private final FeedId feed;
    private final ClassicAuthor pen;
    private FeedState state = FeedState.EMPTY;

    Friend(String name) {
      this.secret = Digests.sha256(Bytes.ofUtf8("frozen " + name));
      this.feed = new FeedId(Ed25519.publicKey(secret));
      this.pen = new ClassicAuthor(feed, text -> Ed25519.sign(secret, text), SignCap.NONE);
    }

    Ref ref() {
      return ScuttlebuttNetwork.refOf(feed);
    }

    RawItem write(JsValue content) {
      if (pen.write(state, (double) clock.wallMillis(), content)
          instanceof ClassicCodec.Parsed(var message)) {
        state = new FeedState.Head(message.id(), message.sequence());
        return new RawItem(ScuttlebuttNetwork.ID, message.text());
      }
      throw new IllegalStateException("nobody takes this");
    }

    /** Writes something that comes in, and says what it is called. */
    String says(JsValue content) throws InterruptedException {
      comes(write(content));
      return ((FeedState.Head) state).id().toString();
    }

    String posts(String text) throws InterruptedException {
      return says(JsObject.EMPTY.with("type", "post").with("text", text));
    }

    void named(String name) throws InterruptedException {
      says(JsObject.EMPTY.with("type", "about").with("about", feed.toString()).with("name", name));
    }

    void comes(RawItem item) throws InterruptedException {
      node.engine().inbox().offer(List.of(item), new Origin(feed.toString(), Lane.LIVE));
    }
  }

  private void make() throws Exception {
    AccountId ana = actions.createAccount("Ana Sofia \u2713", Map.of());
    AccountId ben = actions.createAccount("Ben", Map.of());
    follow(ana, cyd);
    follow(ana, dora);
    follow(ben, eve);
    block(ana, eve);
    cyd.named("Cyd");
    eve.named("Eve");
    Blobs.BlobInfo picture = blob("a picture of Cyd's, as far as anybody can tell");
    String first = cyd.posts("Hello, #Bees! \ud83d\ude00 \u00e9");
    cyd.says(
        JsObject.EMPTY
            .with("type", "post")
            .with("text", "look")
            .with("mentions", new JsArray(List.of(link(picture)))));
    cyd.says(
        JsObject.EMPTY
            .with("type", "vote")
            .with(
                "vote",
                JsObject.EMPTY
                    .with("link", first)
                    .with("value", new JsNumber(1))
                    .with("expression", "Like")));
    cyd.says(JsObject.EMPTY.with("type", "gathering").with("title", "Honey").with("place", "here"));
    eve.posts("Ben reads this, Ana does not");
    ownActs(ana);
    secondThoughts(ana);
    letterFromCyd(ana);
    evidence();
    new SqlAddressBook(node.store())
        .remember(
            ScuttlebuttNetwork.ID,
            new AddressBook.Entry(
                ana, "net:192.0.2.7:8008~shs:" + cyd.feed.key().bytes().base64()));
    node.engine().tokens().create(ana, Tokens.Kind.ACCESS, "a script");
    actions.reach(ben, 1);
  }

  private static JsValue link(Blobs.BlobInfo blob) {
    return JsObject.EMPTY
        .with("link", new BlobId(blob.hash()).toString())
        .with("name", "cyd.png")
        .with("type", "image/png")
        .with("size", new JsNumber(blob.lengthBytes()));
  }

  private void ownActs(AccountId ana) throws IOException {
    Blobs.BlobInfo own = blob("Ana's own picture");
    actions.act(ana, new Intent.Describe(ProfileField.DESCRIPTION, "Keeps *bees*."));
    actions.act(ana, new Intent.Describe(ProfileField.PICTURE, own.hash().toString()));
    PostId newest = newest(ana);
    post(ana, "What honey?", Optional.of(node.engine().composer().reply(ana, newest)), List.of());
    post(
        ana,
        "With a picture",
        Optional.empty(),
        List.of(new Attachment(own.hash(), "image/png", "a hive", own.lengthBytes())));
    actions.act(
        ana,
        new Intent.React(
            node.engine().composer().post(newest),
            node.engine().composer().authorOf(newest),
            "Like",
            true));
    actions.act(ana, new Intent.Bookmark(node.engine().composer().post(newest), true));
    actions.act(ana, new Intent.ReadUpTo("home", newest));
    actions.act(
        ana,
        node.engine()
            .composer()
            .letter(
                ana,
                List.of(node.engine().reader().personNamed(cyd.ref()).id()),
                "Dear Cyd, when?",
                Optional.empty(),
                ""));
  }

  private void secondThoughts(AccountId ana) {
    PostId cyds = node.engine().reader().home(ana, Page.newest(40)).getLast().id();
    actions.act(ana, node.engine().composer().boost(cyds, true));
    post(ana, "A typpo", Optional.empty(), List.of());
    actions.act(ana, node.engine().composer().edit(ana, newest(ana), "No typo", "", List.of()));
    post(ana, "Said and taken back", Optional.empty(), List.of());
    actions.act(ana, node.engine().composer().delete(ana, newest(ana)));
    actions.holdBack(ana, Actions.HOLD_BACK_SECONDS_MAX);
    post(ana, "Waits until others get it", Optional.empty(), List.of());
    actions.holdBack(ana, 60);
  }

  private PostId newest(AccountId account) {
    return node.engine().reader().home(account, Page.newest(1)).getFirst().id();
  }

  private void post(
      AccountId account, String text, Optional<Intent.Reply> reply, List<Attachment> attachments) {
    actions.act(
        account,
        new Intent.Post(
            Audience.ANYBODY,
            text,
            reply,
            "",
            node.engine().composer().mentions(text),
            attachments));
  }

  private Blobs.BlobInfo blob(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try (Blobs.Lease lease = node.blobs().put(new ByteArrayInputStream(bytes), bytes.length)) {
      return lease.blob();
    }
  }

  private Target person(Friend friend) {
    return node.engine().composer().person(node.engine().reader().personNamed(friend.ref()).id());
  }

  private void follow(AccountId account, Friend friend) {
    actions.act(
        account, new Intent.Relate(person(friend), FollowState.FOLLOWING, Audience.ANYBODY));
  }

  private void block(AccountId account, Friend friend) {
    actions.block(account, person(friend), false, false);
  }

  private void letterFromCyd(AccountId ana) throws Exception {
    FeedId reader =
        FeedId.parse(
                node.engine().reader().self(ana).identities().stream()
                    .filter(name -> name.network().equals(ScuttlebuttNetwork.ID))
                    .findFirst()
                    .orElseThrow()
                    .id())
            .orElseThrow();
    JsObject content =
        JsObject.EMPTY
            .with("type", "post")
            .with("text", "Dear Ana, tomorrow.")
            .with(
                "recps",
                new JsArray(
                    List.of(new JsString(reader.toString()), new JsString(cyd.feed.toString()))));
    PrivateBox.Fresh fresh =
        new PrivateBox.Fresh(
            Digests.sha256(Bytes.ofUtf8("nonce")).slice(0, 24),
            Digests.sha256(Bytes.ofUtf8("content key")),
            Digests.sha256(Bytes.ofUtf8("one-time key")));
    PrivateBox.Boxed boxed =
        PrivateBox.seal(
                SealedContent.plain(content),
                List.of(
                    Ed25519.x25519Public(reader.key()).orElseThrow(),
                    Ed25519.x25519Public(cyd.feed.key()).orElseThrow()),
                fresh)
            .orElseThrow();
    cyd.says(SealedContent.text(boxed.box()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (node.engine().letters().conversations(ana, Page.newest(40)).size() < 2) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the letter was not opened");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What waits, and what shows a fork. */
  private void evidence() throws InterruptedException {
    dora.named("Dora");
    FeedState before = dora.state;
    dora.posts("one of two");
    FeedState after = dora.state;
    dora.state = before;
    dora.comes(dora.write(JsObject.EMPTY.with("type", "post").with("text", "the other")));
    dora.state = after;
    dora.write(JsObject.EMPTY.with("type", "post").with("text", "that never comes"));
    dora.posts("which waits for it");
  }
}
