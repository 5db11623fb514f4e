package org.skep.networks.fediverse.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.CanonicalJson;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;
import org.skep.wire.multiformats.Multikey;

/**
 * A proof in an object, by an Ed25519 key ({@code eddsa-jcs-2022}). Any thread.
 *
 * @param object what it is of, without any proof: whatever else stood there is not proven
 * @param options the proof without its value
 * @param verificationMethod which key it claims
 * @param signature 64 bytes
 */
public record ObjectProof(
    JsObject object, JsObject options, String verificationMethod, Bytes signature) {
  private static final String PROOF = "proof";

  /** An older kind of proof, which is none of what these are of (FEP-8b32). */
  private static final String LD_SIGNATURE = "signature";

  private static final String CONTEXT = "@context";
  private static final String TYPE = "DataIntegrityProof";
  private static final String SUITE = "eddsa-jcs-2022";
  private static final String PURPOSE = "assertionMethod";

  /** Each costs a check of a signature. */
  private static final int PROOFS_MAX = 8;

  /**
   * The proofs of an object that are of this kind; none where it has too many.
   *
   * @param nowMillis what has expired by then is left out
   */
  public static List<ObjectProof> all(JsObject signed, long nowMillis) {
    List<JsValue> proofs =
        signed
            .get(PROOF)
            .map(value -> value instanceof JsArray(var items) ? items : List.of(value))
            .orElse(List.of());
    if (proofs.size() > PROOFS_MAX) {
      return List.of();
    }
    JsObject object = signed.without(PROOF).without(LD_SIGNATURE);
    List<ObjectProof> all = new ArrayList<>();
    for (JsValue proof : proofs) {
      if (proof instanceof JsObject fields && !isOver(fields, nowMillis)) {
        read(object, fields).ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<ObjectProof> read(JsObject object, JsObject fields) {
    boolean known =
        fields.string("type").equals(Optional.of(TYPE))
            && fields.string("cryptosuite").equals(Optional.of(SUITE))
            && fields.string("proofPurpose").equals(Optional.of(PURPOSE))
            && contextAgrees(object, fields);
    return known
        ? fields
            .string("proofValue")
            .flatMap(Multikey::multibase)
            .filter(bytes -> bytes.length() == Ed25519.SIGNATURE_BYTES)
            .flatMap(signature ->
                fields
                    .string("verificationMethod")
                    .map(method ->
                        new ObjectProof(
                            fields
                                .get(CONTEXT)
                                .map(context -> object.with(CONTEXT, context))
                                .orElse(object),
                            fields.without("proofValue"),
                            method,
                            signature)))
        : Optional.empty();
  }

  /**
   * Section 3.3.2: the object's contexts begin with the proof's, so that others may be added later.
   */
  private static boolean contextAgrees(JsObject object, JsObject fields) {
    List<JsValue> ofProof = contexts(fields);
    List<JsValue> ofObject = contexts(object);
    return ofProof.size() <= ofObject.size() && ofObject.subList(0, ofProof.size()).equals(ofProof);
  }

  private static List<JsValue> contexts(JsObject object) {
    return object
        .get(CONTEXT)
        .map(value -> value instanceof JsArray(var items) ? items : List.of(value))
        .orElse(List.of());
  }

  private static boolean isOver(JsObject fields, long nowMillis) {
    Optional<JsValue> expires = fields.get("expires");
    if (expires.isEmpty()) {
      return false;
    }
    try {
      return !(expires.get() instanceof JsString(String time))
          || OffsetDateTime.parse(time).toInstant().isBefore(Instant.ofEpochMilli(nowMillis));
    } catch (DateTimeException malformed) {
      return true;
    }
  }

  /**
   * Whether the key made it. Some programs leave the contexts out of the proof, and hash them with
   * it all the same.
   */
  public boolean isOf(PublicKey key) {
    boolean asWritten = isOf(key, options);
    return asWritten
        || (options.get(CONTEXT).isEmpty()
            && object
                .get(CONTEXT)
                .filter(context -> isOf(key, options.with(CONTEXT, context)))
                .isPresent());
  }

  private boolean isOf(PublicKey key, JsObject hashed) {
    return hash(hashed, object).filter(hash -> Ed25519.verify(key, hash, signature)).isPresent();
  }

  /** Section 3.3.4: the hash of the proof's options, and that of the object. */
  private static Optional<Bytes> hash(JsObject options, JsObject object) {
    return CanonicalJson.of(options)
        .flatMap(first ->
            CanonicalJson.of(object)
                .map(second -> Bytes.concat(Digests.sha256(first), Digests.sha256(second))));
  }

  /**
   * The object with a proof of it; one that it had goes.
   *
   * @param verificationMethod the id of the key
   * @param createdMillis when, to the second
   * @param sign makes an Ed25519 signature
   * @throws IllegalArgumentException when the object has no canonical form
   */
  public static JsObject sign(
      JsObject object, String verificationMethod, long createdMillis, UnaryOperator<Bytes> sign) {
    JsObject bare = object.without(PROOF).without(LD_SIGNATURE);
    JsObject contexts =
        bare.get(CONTEXT)
            .map(context -> JsObject.EMPTY.with(CONTEXT, context))
            .orElse(JsObject.EMPTY);
    JsObject options =
        contexts
            .with("type", TYPE)
            .with("cryptosuite", SUITE)
            .with("verificationMethod", verificationMethod)
            .with("proofPurpose", PURPOSE)
            .with("created", Instant.ofEpochSecond(createdMillis / 1_000).toString());
    Bytes hash =
        hash(options, bare)
            .orElseThrow(() -> new IllegalArgumentException("the object has no canonical form"));
    return bare.with(PROOF, options.with("proofValue", Multikey.multibase(sign.apply(hash))));
  }
}
