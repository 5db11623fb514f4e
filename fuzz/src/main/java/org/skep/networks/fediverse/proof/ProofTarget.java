package org.skep.networks.fediverse.proof;

import java.util.List;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.multiformats.Base58;
import org.skep.wire.multiformats.Multikey;

/** An object with a proof in it, and the texts of keys. */
public final class ProofTarget implements Target {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 64);
  private static final Bytes SEED = Bytes.wrap(new byte[Ed25519.SEED_BYTES]);
  private static final PublicKey KEY = Ed25519.publicKey(SEED);

  @Override
  public String name() {
    return "object-proofs";
  }

  @Override
  public List<Bytes> seeds() {
    return List.of(
            "{\"@context\":[\"a\",\"b\"],\"type\":\"Create\",\"proof\":{\"@context\":[\"a\"],"
                + "\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"eddsa-jcs-2022\","
                + "\"verificationMethod\":\"k\",\"proofPurpose\":\"assertionMethod\","
                + "\"proofValue\":\"z42ffGu6AUKPCFcFPiabmUvnGLPJzC7e4DGWC52NUasSSH37UMa9c58tdgVs"
                + "zUcZfytxa4fQ5TYHaJENCxUDe9SdL\",\"created\":\"2023-02-24T23:36:38Z\"}}",
            "{\"proof\":[{\"expires\":\"2023-02-24T23:36:38Z\"},1,null]}",
            "{\"proof\":{\"expires\":\"+999999999-12-31T23:59:59Z\"},\"signature\":{}}",
            "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
        .stream()
        .map(Bytes::ofUtf8)
        .toList();
  }

  @Override
  public void read(Bytes input) {
    String text = input.utf8();
    Base58.decode(text)
        .ifPresent(bytes -> Must.equal(text, Base58.encode(bytes), "base58 has one form"));
    Multikey.parse(text).ifPresent(key -> Must.equal(text, Multikey.of(key), "so has a key"));
    try {
      JsValue value = JsonParser.parse(text, LIMITS);
      if (value instanceof JsObject object) {
        check(object);
      }
    } catch (JsonException refused) {
      // Read by nobody.
      return;
    }
  }

  private static void check(JsObject object) {
    for (ObjectProof proof : ObjectProof.all(object, 0)) {
      Must.hold(!proof.isOf(KEY), "what the key did not sign is not its");
    }
    try {
      JsObject signed = ObjectProof.sign(object, "k", 0, message -> Ed25519.sign(SEED, message));
      Must.hold(
          ObjectProof.all(signed, 0).stream().anyMatch(proof -> proof.isOf(KEY)),
          "what it signed is");
    } catch (IllegalArgumentException noForm) {
      Must.hold(String.valueOf(noForm.getMessage()).contains("canonical"), "unless it has no form");
    }
  }
}
