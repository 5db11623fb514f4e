package org.skep.networks.fediverse.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpHeader;
import org.skep.kernel.http.HttpValues;
import org.skep.wire.crypto.Ed25519;

/** What is signed here is believed there, and nothing that was changed on the way. */
final class RequestSignaturesTest {
  private static final long NOW = Instant.parse("2026-12-01T12:00:00Z").toEpochMilli();
  private static final String KEY_ID = "https://ana.example/@ana#main-key";
  private static final Bytes BODY = Bytes.ofUtf8("{\"type\":\"Follow\"}");
  private static final URI INBOX = URI.create("https://ben.example/@ben/inbox?page=1");
  private static final KeyPair RSA = rsa(2_048);
  private static final Bytes SEED = Bytes.ofUtf8("thirty-two bytes that are secret");

  private static final UnaryOperator<Bytes> SIGN = RequestSignaturesTest::sign;

  private static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes sign(Bytes message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(RSA.getPrivate());
      signature.update(message.toArray());
      return Bytes.wrap(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static VerifyingKey key() {
    return new VerifyingKey.Rsa((RSAPublicKey) RSA.getPublic());
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Bytes.wrap(pair.getPublic().getEncoded()).base64().replaceAll("(.{64})", "$1\n")
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** The two ways to sign. */
  enum Way {
    CAVAGE {
      @Override
      List<HttpHeader> sign(RequestHead head, Bytes body) {
        return RequestSignatures.cavage(head, body, KEY_ID, NOW, SIGN);
      }
    },
    MESSAGE {
      @Override
      List<HttpHeader> sign(RequestHead head, Bytes body) {
        return RequestSignatures.message(head, body, KEY_ID, NOW, SIGN);
      }
    };

    abstract List<HttpHeader> sign(RequestHead head, Bytes body);
  }

  private static RequestHead bare(String method) {
    return new RequestHead(
        method, INBOX, new HttpValues(Map.of("accept", List.of("application/activity+json"))));
  }

  private static RequestHead signed(Way way, String method) {
    RequestHead head = bare(method);
    return head.with(way.sign(head, method.equals("POST") ? BODY : Bytes.EMPTY));
  }

  private static RequestHead at(RequestHead head, String method, URI target) {
    return new RequestHead(method, target, head.fields());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSignedIsBelieved(Way way) throws Refusal {
    Claim post = RequestSignatures.claim(signed(way, "POST"), BODY, NOW);
    assertEquals(KEY_ID, post.keyId());
    assertTrue(post.isOf(key()));
    assertTrue(post.isOf(VerifyingKey.ofPem(pem(RSA)).orElseThrow()));
    assertTrue(RequestSignatures.claim(signed(way, "GET"), Bytes.EMPTY, NOW).isOf(key()));
    assertFalse(post.isOf(new VerifyingKey.Rsa((RSAPublicKey) rsa(2_048).getPublic())));
  }

  @ParameterizedTest
  @EnumSource
  void anotherTargetOrMethodIsNot(Way way) throws Refusal {
    RequestHead head = signed(way, "GET");
    for (String other :
        List.of(
            "https://carl.example/@ben/inbox?page=1",
            "https://ben.example:8443/@ben/inbox?page=1",
            "https://ben.example/@carl/inbox?page=1")) {
      RequestHead moved = at(head, "GET", URI.create(other));
      assertFalse(RequestSignatures.claim(moved, Bytes.EMPTY, NOW).isOf(key()), other);
    }
    assertFalse(RequestSignatures.claim(at(head, "HEAD", INBOX), Bytes.EMPTY, NOW).isOf(key()));
  }

  @ParameterizedTest
  @EnumSource
  void anotherBodyIsRefusedBeforeAnyKeyIsAskedFor(Way way) {
    RequestHead head = signed(way, "POST");
    Bytes other = Bytes.ofUtf8("{\"type\":\"Delete\"}");
    assertThrows(Refusal.class, () -> RequestSignatures.claim(head, other, NOW));
    // To sign for reading and send a body with it proves nothing of the body.
    RequestHead reading = at(signed(way, "GET"), "POST", INBOX);
    assertThrows(Refusal.class, () -> RequestSignatures.claim(reading, BODY, NOW));
  }

  /** What is sent by another method than POST is proven as well. */
  @ParameterizedTest
  @EnumSource
  void aBodyIsProvenWhateverTheMethod(Way way) throws Refusal {
    RequestHead bare = bare("PUT");
    RequestHead signed = bare.with(way.sign(bare, BODY));
    assertTrue(RequestSignatures.claim(signed, BODY, NOW).isOf(key()));
    Bytes other = Bytes.ofUtf8("{\"type\":\"Delete\"}");
    assertThrows(Refusal.class, () -> RequestSignatures.claim(signed, other, NOW));
    RequestHead reading = signed(way, "GET");
    assertThrows(Refusal.class, () -> RequestSignatures.claim(reading, BODY, NOW));
  }

  /** snac2 has a digest of nothing where it reads; what is covered must be right. */
  @Test
  void aDigestThatIsCoveredIsLookedAt() {
    RequestHead head = cavage("(request-target) host date digest");
    RequestHead reading = new RequestHead("GET", head.target(), head.fields());
    assertThrows(Refusal.class, () -> RequestSignatures.claim(reading, Bytes.EMPTY, NOW));
  }

  /** What is signed is what an HTTP client sends. */
  @ParameterizedTest
  @CsvSource({
    "https://ben.example:443/inbox, https://ben.example/inbox, ben.example",
    "HTTPS://Ben.Example/inbox, https://ben.example/inbox, ben.example",
    "https://ben.example, https://ben.example/, ben.example",
    "https://ben.example?a=%2F, https://ben.example/?a=%2F, ben.example",
    "http://ben.example:80/a%20b, http://ben.example/a%20b, ben.example",
    "http://ana.localhost:7538/, http://ana.localhost:7538/, ana.localhost:7538",
    "https://[2001:DB8::1]:8443/x, https://[2001:db8::1]:8443/x, [2001:db8::1]:8443"
  })
  void aTargetHasOneForm(String written, String target, String authority) {
    RequestHead head = new RequestHead("GET", URI.create(written), HttpValues.NONE);
    assertEquals(URI.create(target), head.target());
    assertEquals(authority, head.authority());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/inbox", "mailto:ben@ben.example", "https://u@ben.example/", "https://a.b/#c"})
  void otherTargetsAreNone(String written) {
    URI target = URI.create(written);
    assertThrows(
        IllegalArgumentException.class, () -> new RequestHead("GET", target, HttpValues.NONE));
  }

  @Test
  void methodsAreInCapitals() {
    assertThrows(
        IllegalArgumentException.class, () -> new RequestHead("post", INBOX, HttpValues.NONE));
  }

  /** The digest that stands there must be the one that was signed. */
  @ParameterizedTest
  @EnumSource
  void anotherDigestIsNotBelieved(Way way) throws Refusal {
    Bytes other = Bytes.ofUtf8("{\"type\":\"Delete\"}");
    RequestHead head =
        signed(way, "POST")
            .with(
                List.of(
                    new HttpHeader("Digest", BodyDigest.digest(other)),
                    new HttpHeader("Content-Digest", BodyDigest.contentDigest(other))));
    assertFalse(RequestSignatures.claim(head, other, NOW).isOf(key()));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOldOrOfTheFutureIsRefused(Way way) throws Refusal {
    RequestHead head = signed(way, "POST");
    long minute = Duration.ofMinutes(1).toMillis();
    Claim claim = RequestSignatures.claim(head, BODY, NOW + 65 * minute);
    assertEquals(NOW + 65 * minute, claim.untilMillis());
    RequestSignatures.claim(head, BODY, NOW - 60 * minute);
    assertThrows(Refusal.class, () -> RequestSignatures.claim(head, BODY, NOW + 65 * minute + 1));
    assertThrows(Refusal.class, () -> RequestSignatures.claim(head, BODY, NOW - 60 * minute - 1));
  }

  @Test
  void aSignedEndCountsUpToTwelveHours() throws Refusal {
    RequestHead head =
        bare("GET")
            .with(
                List.of(
                    new HttpHeader(
                        "Signature",
                        "keyId=\"k\",algorithm=\"hs2019\",created=%d,expires=%d,"
                                .formatted(NOW / 1_000, NOW / 1_000 + 999_999)
                            + "headers=\"(request-target) host (created) (expires)\","
                            + "signature=\"AAAA\"")));
    assertEquals(
        NOW + Lifetime.MAX_MILLIS + Lifetime.SKEW_MILLIS,
        RequestSignatures.claim(head, Bytes.EMPTY, NOW).untilMillis());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host date digest",
        "(request-target) date digest",
        "(request-target) host digest",
        "(request-target) host date",
        "(request-target) host (created) digest",
        "(request-target) host date digest x-not-there"
      })
  void aCavageSignatureThatProvesTooLittleIsRefused(String headers) {
    RequestHead head = cavage(headers);
    assertThrows(Refusal.class, () -> RequestSignatures.claim(head, BODY, NOW));
  }

  private static RequestHead cavage(String headers) {
    return signed(Way.CAVAGE, "POST")
        .with(
            List.of(
                new HttpHeader(
                    "Signature",
                    "keyId=\"k\",headers=\"%s\",signature=\"AAAA\"".formatted(headers))));
  }

  private static RequestHead message(String input) {
    return signed(Way.MESSAGE, "POST")
        .with(
            List.of(
                new HttpHeader("Signature-Input", input.formatted(NOW / 1_000)),
                new HttpHeader("Signature", "s=:AAAA:")));
  }

  /** What the two tests beside this one leave something out of, or add to. */
  @Test
  void thoseThatProveEnoughAreClaims() throws Refusal {
    Claim cavage =
        RequestSignatures.claim(cavage("(request-target) host date digest accept"), BODY, NOW);
    assertEquals("k", cavage.keyId());
    Claim message =
        RequestSignatures.claim(
            message(
                "s=(\"@method\" \"@target-uri\" \"content-digest\" \"accept\""
                    + " \"@query-param\";name=\"page\");created=%d;keyid=\"k\";nonce=\"n\""),
            BODY,
            NOW);
    assertEquals("k", message.keyId());
    assertFalse(cavage.isOf(key()));
    assertFalse(message.isOf(key()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s=(\"@method\" \"content-digest\");created=%d;keyid=\"k\"",
        "s=(\"@target-uri\" \"content-digest\");created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\");created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");created=%d",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");created=\"%d\";keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");created=%d;keyid=k",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");created=%d;keyid=\"\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");created=%d;keyid=\"k\""
            + ";alg=\"rsa-pss-sha512\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");created=%d;keyid=\"k\";alg=1",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");created=%d;keyid=\"k\";expires=-1",
        "s=(\"@method\" \"@method\" \"@target-uri\" \"content-digest\");created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\" \"@status\");created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\" \"x-none\");created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\";sf);created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\" \"accept\";bs);created=%d;keyid=\"k\"",
        "s=(\"@method\";req \"@target-uri\" \"content-digest\");created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\" \"@query-param\";name=\"none\")"
            + ";created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\" 1);created=%d;keyid=\"k\"",
        "t=(\"@method\" \"@target-uri\" \"content-digest\");created=%d;keyid=\"k\"",
        "s=\"no list\";created=%d;keyid=\"k\"",
        "s=(\"@method\" \"@target-uri\" \"content-digest\");created=%d;keyid=\"k\";x=1.05",
        "s=(\"@method\" \"@target-uri\" \"content-digest\" \"accept\";x=1.05)"
            + ";created=%d;keyid=\"k\"",
        "s=(\"@method\";created=%d"
      })
  void aMessageSignatureThatProvesTooLittleIsRefused(String input) {
    RequestHead head = message(input);
    assertThrows(Refusal.class, () -> RequestSignatures.claim(head, BODY, NOW));
  }

  @Test
  void aSignatureOnTwoLinesIsRefused() {
    HttpValues once = signed(Way.CAVAGE, "GET").fields();
    String line = once.first("signature").orElseThrow();
    Map<String, List<String>> twice = new LinkedHashMap<>(once.byName());
    twice.put("signature", List.of(line, line));
    RequestHead head = new RequestHead("GET", INBOX, new HttpValues(twice));
    assertThrows(Refusal.class, () -> RequestSignatures.claim(head, Bytes.EMPTY, NOW));
  }

  @Test
  void severalMessageSignaturesAreRefused() {
    String input = "=(\"@method\" \"@target-uri\");created=%d;keyid=\"k\"".formatted(NOW / 1_000);
    RequestHead head =
        bare("GET")
            .with(
                List.of(
                    new HttpHeader("Signature-Input", "a" + input + ", b" + input),
                    new HttpHeader("Signature", "a=:AAAA:, b=:AAAA:")));
    assertThrows(Refusal.class, () -> RequestSignatures.claim(head, Bytes.EMPTY, NOW));
  }

  @Test
  void whatIsNotSignedIsRefused() {
    assertThrows(Refusal.class, () -> RequestSignatures.claim(bare("GET"), Bytes.EMPTY, NOW));
  }

  /** Which algorithm it is says the key, whatever the request says. */
  @Test
  void theKeySaysTheAlgorithm() throws Refusal {
    VerifyingKey ed = new VerifyingKey.Ed(Ed25519.publicKey(SEED));
    UnaryOperator<Bytes> sign = message -> Ed25519.sign(SEED, message);
    RequestHead head = bare("GET");
    RequestHead message =
        head.with(RequestSignatures.message(head, Bytes.EMPTY, KEY_ID, NOW, sign));
    assertTrue(RequestSignatures.claim(message, Bytes.EMPTY, NOW).isOf(ed));
    assertFalse(RequestSignatures.claim(message, Bytes.EMPTY, NOW).isOf(key()));
    // Said to be RSA's and made by Ed25519's: the key is not asked.
    RequestHead confused =
        head.with(RequestSignatures.cavage(head, Bytes.EMPTY, KEY_ID, NOW, sign));
    assertFalse(RequestSignatures.claim(confused, Bytes.EMPTY, NOW).isOf(ed));
  }

  @Test
  void anAlgorithmThatIsNotTakenIsRefused() {
    for (String algorithm : List.of("hmac-sha256", "rsa-sha1", "none")) {
      RequestHead head =
          bare("GET")
              .with(
                  List.of(
                      new HttpHeader("Date", CavageSignature.date(NOW)),
                      new HttpHeader(
                          "Signature",
                          "keyId=\"k\",algorithm=\"%s\",".formatted(algorithm)
                              + "headers=\"(request-target) host date\",signature=\"AAAA\"")));
      assertThrows(Refusal.class, () -> RequestSignatures.claim(head, Bytes.EMPTY, NOW), algorithm);
    }
  }

  @Test
  void keysOfOtherSizesAndKindsAreNotTaken() throws GeneralSecurityException {
    assertTrue(VerifyingKey.ofPem(pem(rsa(1_024))).isEmpty());
    KeyPair elliptic = KeyPairGenerator.getInstance("EC").generateKeyPair();
    assertTrue(VerifyingKey.ofPem(pem(elliptic)).isEmpty());
    List<String> texts = new ArrayList<>(List.of("", "-----BEGIN PUBLIC KEY-----", "AAAA"));
    texts.add("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAAAA\n-----END PUBLIC KEY-----");
    texts.add("-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----");
    texts.add(pem(RSA) + pem(RSA));
    texts.add(pem(RSA) + " ".repeat(VerifyingKey.PEM_CHARS_MAX));
    for (String text : texts) {
      assertTrue(VerifyingKey.ofPem(text).isEmpty(), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MD5=AAAA", "SHA-256", "SHA-256=", "SHA-256=A*", "sha-256=AAAA"})
  void digestsThatSayNothing(String field) {
    assertFalse(BodyDigest.isDigest(field, BODY));
    assertFalse(BodyDigest.isContentDigest(field, BODY));
  }

  @Test
  void everyDigestThatIsKnownMustAgree() {
    String right = BodyDigest.digest(BODY);
    assertTrue(BodyDigest.isDigest("unixsum=30637, " + right, BODY));
    assertFalse(BodyDigest.isDigest(right + ",SHA-512=AAAA", BODY));
    // Each would cost a hash of the whole body.
    assertFalse(BodyDigest.isDigest(right + "," + right, BODY));
    String content = BodyDigest.contentDigest(BODY);
    assertTrue(BodyDigest.isContentDigest("unixsum=:AAAA:, " + content, BODY));
    assertFalse(BodyDigest.isContentDigest(content + ", sha-512=:AAAA:", BODY));
    assertFalse(BodyDigest.isContentDigest("sha-256=\"AAAA\"", BODY));
  }
}
