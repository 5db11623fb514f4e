package org.skep.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.engine.Page;
import org.skep.engine.PersonView;
import org.skep.engine.PostView;
import org.skep.kernel.Bytes;
import org.skep.kernel.Fact;
import org.skep.kernel.Texts;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * Bad messages offered as a peer offers them: refused with a reason, nothing false kept, and the
 * next good one is taken. And odd ones that every program takes: kept as they came, shown as what
 * was signed.
 */
@Timeout(120)
class HostileMessagesTest {
  private static final String HELLO = "{'type':'post','text':'hello'}";

  @TempDir Path folder;
  private RealNode node;
  private final Pen ben = new Pen(1);

  @BeforeEach
  void open() throws InterruptedException {
    node = new RealNode(folder);
    node.follow(ben.feed);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Verdict offer(Bytes text) throws InterruptedException {
    return node.offer(List.of(text)).getFirst();
  }

  private double now() {
    return (double) node.clock.wallMillis();
  }

  private void takes(ClassicMessage message) throws InterruptedException {
    takes(message.text());
  }

  private void takes(Bytes text) throws InterruptedException {
    assertInstanceOf(Verdict.Accepted.class, offer(text), text.utf8());
  }

  /** The texts of a feed, as they are served. */
  private List<Bytes> kept(FeedId feed) {
    return node.store.read(tx ->
        node
            .facts
            .range(tx, ScuttlebuttNetwork.refOf(feed), ScuttlebuttNetwork.LOG, 0, 100)
            .stream()
            .map(Fact::content)
            .map(content -> content.bytes())
            .toList());
  }

  private List<PostView> home() {
    return node.engine.reader().home(node.ana, Page.newest(40));
  }

  private PersonView benShown() {
    return node.engine.reader().personNamed(ScuttlebuttNetwork.refOf(ben.feed));
  }

  /** The message is refused, nothing of it is kept, and her feed goes on. */
  private void isRefused(String reason, Bytes bad) throws InterruptedException {
    int posts = home().size();
    List<Bytes> before = kept(ben.feed);
    Verdict.Rejected rejected = assertInstanceOf(Verdict.Rejected.class, offer(bad), bad.utf8());
    assertTrue(rejected.reason().contains(reason), rejected.reason());
    assertEquals(before, kept(ben.feed));
    assertEquals(posts, home().size());
    takes(ben.writes(now(), HELLO));
    assertEquals(posts + 1, home().size());
  }

  private static Bytes with(ClassicMessage message, String part, String other) {
    String text = message.text().utf8();
    assertTrue(text.contains(part), text);
    return Bytes.ofUtf8(text.replace(part, other));
  }

  @Test
  void aForgedSignatureIsRefused() throws InterruptedException {
    isRefused("signature", with(ben.draws(1, HELLO), "hello", "hallo"));
    ClassicMessage strangers = new Pen(2).draws(1, HELLO);
    isRefused("signature", with(strangers, strangers.author().toString(), ben.feed.toString()));
  }

  @Test
  void base64WrittenOtherwiseIsRefused() throws InterruptedException {
    String name = ben.feed.toString();
    isRefused("author", with(ben.draws(1, HELLO), name, name.replace("=.", "==.")));
    ClassicMessage second = ben.draws(2, HELLO);
    String signature = second.signature().base64();
    // The last character before the padding has bits that stand for nothing.
    char last = signature.charAt(85);
    String stray = signature.substring(0, 85) + (char) (last + 1) + "==";
    isRefused("signature", with(second, signature, stray));
    String previous = ben.draws(3, HELLO).previous().orElseThrow().toString();
    String withoutPadding = previous.replace("=.", ".");
    isRefused("previous", with(ben.draws(3, HELLO), previous, withoutPadding));
  }

  @Test
  void whatIsTooLongOrTooDeepIsRefused() throws InterruptedException {
    isRefused("8192", with(ben.draws(1, HELLO), "hello", "x".repeat(8_000)));
    isRefused("bytes", with(ben.draws(1, HELLO), "hello", "x".repeat(70_000)));
    isRefused("nested", with(ben.draws(1, HELLO), "\"hello\"", "[".repeat(5_000)));
    isRefused("nested", with(ben.draws(1, HELLO), "\"hello\"", "[".repeat(200) + "]".repeat(200)));
  }

  @Test
  void theDeepestMessageThatProgramsTakeIsTakenAndShown() throws InterruptedException {
    String deep = "[".repeat(55) + "]".repeat(55);
    takes(ben.writes(1, "{'type':'post','text':'deep','x':%s}".formatted(deep)));
    takes(ben.writes(2, "{'type':'gathering','title':'deep','x':%s}".formatted(deep)));
    assertEquals(2, home().size());
  }

  @Test
  void ofAKeyThatStandsTwiceTheLastValueIsSignedAndShown() throws InterruptedException {
    ClassicMessage signed = ben.writes(1, "{'type':'post','text':'said'}");
    Bytes twice = with(signed, "\"text\":\"said\"", "\"text\":\"not said\",\"text\":\"said\"");
    takes(twice);
    assertEquals(List.of(twice), kept(ben.feed), "kept as it came");
    assertEquals("said", home().getFirst().text());
    ClassicMessage next = ben.draws(2, "{'type':'post','text':'said'}");
    isRefused(
        "signature", with(next, "\"text\":\"said\"", "\"text\":\"said\",\"text\":\"not said\""));
    isRefused(
        "fields", with(ben.draws(3, HELLO), "\"hash\":", "\"hash\":\"sha256\",\"x\":1,\"hash\":"));
  }

  @Test
  void keysThatAreNumbersAreSignedInJavaScriptsOrderAndKeptInTheirs() throws InterruptedException {
    ClassicMessage signed = ben.writes(1, "{'1':'a','10':'b','type':'post','text':'t'}");
    Bytes moved =
        with(
            signed,
            "{\"1\":\"a\",\"10\":\"b\",\"type\":\"post\"",
            "{\"type\":\"post\",\"10\":\"b\",\"1\":\"a\"");
    takes(moved);
    assertEquals(List.of(moved), kept(ben.feed));
    assertEquals(
        signed.id().toString(), home().getFirst().names().getFirst().id(), "the id is V8's");
  }

  @Test
  void halvesOfCharactersAreKeptAndShownWithoutHarm() throws InterruptedException {
    ClassicMessage post =
        ben.writes(
            now(),
            "{'type':'post','text':'a\\ud800b #t\\udc00 [@x\\ud800](%s)','channel':'c\\udfff',"
                    .formatted(ben.feed)
                + "'contentWarning':'w\\udc00','mentions':[{'link':'%s','name':'n\\ud83d'}]}"
                    .formatted(ben.feed));
    takes(post);
    takes(
        ben.writes(
            now(),
            "{'type':'about','about':'%s','name':'B\\ud800n','description':'\\udc00'}"
                .formatted(ben.feed)));
    takes(
        ben.writes(
            now(),
            "{'type':'vote','vote':{'link':'%s','value':1,'expression':'\\ud83d'}}"
                .formatted(post.id())));
    takes(ben.writes(now(), "{'type':'ga\\ud800','title':'\\udc00'}"));
    assertEquals(post.text(), kept(ben.feed).getFirst());
    assertEquals(2, home().size());
    for (PostView shown : home()) {
      assertTrue(Texts.isWhole(shown.text()), shown.text());
      assertTrue(Texts.isWhole(shown.contentWarning()), shown.contentWarning());
    }
    assertTrue(Texts.isWhole(benShown().name()), benShown().name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.1",
        "1e21",
        "999999999999999900000",
        "123456789012345680000",
        "0.000001",
        "1e-7",
        "5e-324",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "9007199254740993",
        "4.35",
        "100",
        "1E+2",
        "1.0"
      })
  void numbersAtTheEdgesAreSignedAsJavaScriptWritesThem(String number) throws InterruptedException {
    ClassicMessage signed = ben.writes(1, "{'type':'post','text':'n','n':%s}".formatted(number));
    Bytes spelled =
        Bytes.ofUtf8(signed.text().utf8().replaceFirst("\"n\":[^}]*}", "\"n\":" + number + "}"));
    takes(spelled);
    assertEquals(List.of(spelled), kept(ben.feed));
  }

  @Test
  void aNumberBeyondAllNumbersIsRefused() throws InterruptedException {
    ClassicMessage signed = ben.draws(1, "{'type':'post','text':'n','n':null}");
    isRefused("beyond all numbers", with(signed, "\"n\":null", "\"n\":1e999"));
    isRefused("timestamp", with(ben.draws(1, HELLO), "\"timestamp\":1,", "\"timestamp\":1e999,"));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        253_370_764_800_000.0,
        8.64e15,
        9.3e18,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        -62135596800000.0,
        Double.MIN_VALUE,
        0.5
      })
  void aTimeOfNoClockIsTakenAndNotShownOfTheFuture(double millis) throws InterruptedException {
    takes(ben.writes(millis, "{'type':'post','text':'when'}"));
    takes(ben.writes(now(), "{'type':'post','text':'now'}"));
    assertEquals(2, kept(ben.feed).size());
    for (PostView shown : home()) {
      assertTrue(shown.writtenMillis() <= node.clock.wallMillis() + 3_600_000, "not of the future");
      assertTrue(shown.writtenMillis() >= 0, "nor before any network was");
    }
  }

  @Test
  void aForkAndAGapAreToldApartAndNeitherIsShown() throws InterruptedException {
    takes(ben.writes(1, HELLO));
    ClassicMessage other = ben.draws(2, "{'type':'post','text':'the other'}");
    takes(ben.writes(2, HELLO));
    Bytes before = kept(ben.feed).getLast();
    assertInstanceOf(Verdict.Rejected.class, offer(other.text()));
    ben.writes(3, HELLO);
    ClassicMessage afterAGap = ben.draws(4, "{'type':'post','text':'too early'}");
    assertInstanceOf(Verdict.Deferred.class, offer(afterAGap.text()));
    assertEquals(before, kept(ben.feed).getLast());
    assertTrue(home().stream().allMatch(post -> post.text().equals("hello")));
  }

  @Test
  void namesThatAreNoneAreShownWithoutHarm() throws InterruptedException {
    for (String name :
        List.of(
            "<script>alert(1)</script>",
            "\\u0000\\u0007\\u001b[31m",
            "\\u202egnp.exe",
            "@",
            "#x",
            "a\\nb\\r\\nc",
            "\\u200b\\u200b",
            "😀",
            "x".repeat(512))) {
      takes(
          ben.writes(now(), "{'type':'about','about':'%s','name':'%s'}".formatted(ben.feed, name)));
      assertFalse(benShown().name().isEmpty());
    }
    String before = benShown().name();
    takes(
        ben.writes(
            now(),
            "{'type':'about','about':'%s','name':'%s'}".formatted(ben.feed, "y".repeat(513))));
    assertEquals(before, benShown().name(), "what is no name changes nothing");
  }
}
