package org.skep.networks.fediverse.signature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpHeader;

/** Signs requests in both ways, and takes in those that others signed. Any thread. */
public final class RequestSignatures {
  /** A signature of the longest key has 1,024 bytes. */
  private static final int SIGNATURE_BYTES_MAX = 1_024;

  private static final String POST = "POST";
  private static final String DIGEST = "digest";
  private static final String CONTENT_DIGEST = "content-digest";
  private static final String LABEL = "sig1";

  private RequestSignatures() {}

  /**
   * Finds who claims to have sent a request, and checks everything but the signature itself.
   *
   * @throws Refusal when it is not signed, or in a way that proves too little
   */
  public static Claim claim(RequestHead head, Bytes body, long nowMillis) throws Refusal {
    Claim claim =
        head.field(MessageSignature.INPUT_FIELD).isPresent()
            ? message(head, body, nowMillis)
            : cavage(head, body, nowMillis);
    if (claim.algorithms().isEmpty()) {
      throw new Refusal("It is signed by an algorithm that is not taken here.");
    }
    if (claim.keyId().isEmpty()) {
      throw new Refusal("The signature names no key.");
    }
    if (claim.signature().length() > SIGNATURE_BYTES_MAX
        || claim.keyId().length() > Claim.KEY_ID_CHARS_MAX) {
      throw new Refusal("The signature is too long.");
    }
    return claim;
  }

  private static Claim cavage(RequestHead head, Bytes body, long nowMillis) throws Refusal {
    CavageSignature signature =
        CavageSignature.parse(
            head.field(MessageSignature.FIELD).orElseThrow(() -> new Refusal("It is not signed.")));
    for (String needed : List.of(CavageSignature.REQUEST_TARGET, "host")) {
      need(signature.covers(needed), needed);
    }
    long end = Lifetime.end(signature.createdMillis(head), signature.expiresMillis(), nowMillis);
    checkBody(head, body, signature.covers(DIGEST), DIGEST, BodyDigest::isDigest);
    return new Claim(
        signature.keyId(),
        signature.algorithms(),
        signature.readings(head),
        signature.signature(),
        end);
  }

  private static Claim message(RequestHead head, Bytes body, long nowMillis) throws Refusal {
    List<MessageSignature> all = MessageSignature.all(head);
    if (all.size() != 1) {
      throw new Refusal("It is to have one signature, and has " + all.size() + ".");
    }
    MessageSignature signature = all.getFirst();
    for (String needed : List.of(MessageSignature.METHOD, MessageSignature.TARGET_URI)) {
      need(signature.covers(needed), needed);
    }
    long created =
        signature.number("created").orElseThrow(() -> new Refusal("The signature has no time."));
    Optional<Long> expires = signature.number("expires").map(RequestSignatures::millis);
    long end = Lifetime.end(millis(created), expires, nowMillis);
    checkBody(
        head, body, signature.covers(CONTENT_DIGEST), CONTENT_DIGEST, BodyDigest::isContentDigest);
    return new Claim(
        signature.text("keyid").orElse(""),
        signature.algorithms(),
        List.of(signature.base(head)),
        signature.signature(),
        end);
  }

  /** Structured fields have whole numbers of fifteen digits. */
  private static long millis(long seconds) {
    return seconds * 1_000;
  }

  /**
   * @param covered whether the signature covers the field with the digest
   * @param isOf whether the field is the body's
   * @throws Refusal when it must be covered and is not, or is another body's
   */
  private static void checkBody(
      RequestHead head, Bytes body, boolean covered, String field, BiPredicate<String, Bytes> isOf)
      throws Refusal {
    need(covered || !hasBody(head, body), field);
    if (covered && !isOf.test(head.field(field).orElse(""), body)) {
      throw new Refusal("Its digest is not that of its body.");
    }
  }

  /** Also where it is empty and could have been something. */
  private static boolean hasBody(RequestHead head, Bytes body) {
    return head.method().equals(POST) || body.length() > 0;
  }

  private static void need(boolean covered, String what) throws Refusal {
    if (!covered) {
      throw new Refusal("The signature does not cover " + what + ".");
    }
  }

  /**
   * The fields by which a request is signed as most programs understand it, the date and the digest
   * among them.
   *
   * @param head with the fields that it will have besides
   * @param body empty for none
   * @param sign signs by RSASSA-PKCS1-v1_5 with SHA-256
   */
  public static List<HttpHeader> cavage(
      RequestHead head, Bytes body, String keyId, long nowMillis, UnaryOperator<Bytes> sign) {
    List<HttpHeader> fields =
        new ArrayList<>(List.of(new HttpHeader("Date", CavageSignature.date(nowMillis))));
    List<String> covered = new ArrayList<>(List.of(CavageSignature.REQUEST_TARGET, "host", "date"));
    if (hasBody(head, body)) {
      fields.add(new HttpHeader("Digest", BodyDigest.digest(body)));
      covered.add(DIGEST);
    }
    CavageSignature unsigned =
        new CavageSignature(
            keyId, "rsa-sha256", Optional.empty(), Optional.empty(), covered, Bytes.EMPTY);
    try {
      Bytes signature = sign.apply(unsigned.readings(head.with(fields)).getFirst());
      fields.add(new HttpHeader("Signature", unsigned.signed(signature).text()));
      return List.copyOf(fields);
    } catch (Refusal ours) {
      throw new IllegalStateException("a request that we signed lacks what is signed", ours);
    }
  }

  /**
   * The same as RFC 9421 has it.
   *
   * @param sign signs by the algorithm of the key
   */
  public static List<HttpHeader> message(
      RequestHead head, Bytes body, String keyId, long nowMillis, UnaryOperator<Bytes> sign) {
    List<HttpHeader> fields = new ArrayList<>();
    List<String> covered =
        new ArrayList<>(List.of(MessageSignature.METHOD, MessageSignature.TARGET_URI));
    if (hasBody(head, body)) {
      fields.add(new HttpHeader("Content-Digest", BodyDigest.contentDigest(body)));
      covered.add(CONTENT_DIGEST);
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("created", nowMillis / 1_000);
    parameters.put("keyid", keyId);
    List<Item<? extends Object>> components =
        covered.stream().<Item<? extends Object>>map(StringItem::valueOf).toList();
    InnerList list = InnerList.valueOf(components).withParams(Parameters.valueOf(parameters));
    try {
      MessageSignature unsigned = new MessageSignature(LABEL, list, Bytes.EMPTY);
      Bytes signature = sign.apply(unsigned.base(head.with(fields)));
      MessageSignature signed = new MessageSignature(LABEL, list, signature);
      return Stream.concat(
              fields.stream(),
              Stream.of(
                  new HttpHeader("Signature-Input", signed.inputText()),
                  new HttpHeader("Signature", signed.text())))
          .toList();
    } catch (Refusal ours) {
      throw new IllegalStateException("a request that we signed lacks what is signed", ours);
    }
  }
}
