package org.skep.networks.fediverse.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;
import org.skep.wire.multiformats.Multikey;

/** The vectors of FEP-8b32 (CC0-1.0, file {@code fep-8b32.feature}), and what is refused. */
final class ObjectProofTest {
  private static final String KEY_ID = "https://server.example/users/alice#ed25519-key";
  private static final PublicKey KEY =
      Multikey.parse("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2").orElseThrow();
  private static final long NOW = Instant.parse("2023-02-24T23:36:38Z").toEpochMilli();

  private static final JsObject ACTIVITY =
      read(
          """
          {
            "@context": [
              "https://www.w3.org/ns/activitystreams",
              "https://w3id.org/security/data-integrity/v2"
            ],
            "id": "https://server.example/activities/1",
            "type": "Create",
            "actor": "https://server.example/users/alice",
            "object": {
              "id": "https://server.example/objects/1",
              "type": "Note",
              "attributedTo": "https://server.example/users/alice",
              "content": "Hello world",
              "location": {
                "type": "Place",
                "longitude": -71.184902,
                "latitude": 25.273962
              }
            }
          }
          """);

  private static final JsObject PROOF =
      read(
          """
          {
            "@context": [
              "https://www.w3.org/ns/activitystreams",
              "https://w3id.org/security/data-integrity/v2"
            ],
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "verificationMethod": "https://server.example/users/alice#ed25519-key",
            "proofPurpose": "assertionMethod",
            "proofValue": "z42ffGu6AUKPCFcFPiabmUvnGLPJzC7e4DGWC52NUasSSH37UMa9c58tdgVszUcZfytxa4fQ5TYHaJENCxUDe9SdL",
            "created": "2023-02-24T23:36:38Z"
          }
          """);

  private static JsObject read(String text) {
    try {
      return (JsObject) JsonParser.parse(text, new JsonLimits(1 << 16, 64));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes sign(Bytes message) {
    Bytes secret =
        Multikey.multibase("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq").orElseThrow();
    return Ed25519.sign(secret.slice(2, secret.length()), message);
  }

  private static boolean holds(JsObject signed) {
    return ObjectProof.all(signed, NOW).stream().anyMatch(proof -> proof.isOf(KEY));
  }

  @Test
  void theProposalsOwnProofHolds() {
    JsObject signed = ACTIVITY.with("proof", PROOF);
    List<ObjectProof> proofs = ObjectProof.all(signed, NOW);
    assertEquals(1, proofs.size());
    assertEquals(KEY_ID, proofs.getFirst().verificationMethod());
    assertTrue(holds(signed));
  }

  @Test
  void signingGivesTheVeryProof() {
    JsObject signed =
        ObjectProof.sign(ACTIVITY.with("proof", "of old"), KEY_ID, NOW, ObjectProofTest::sign);
    JsObject proof = (JsObject) signed.get("proof").orElseThrow();
    assertEquals(PROOF.string("proofValue"), proof.string("proofValue"));
    assertEquals(PROOF.members(), proof.members());
  }

  /** An earlier version of the proposal, whose programs don't write the contexts into the proof. */
  @Test
  void contextsMayBeLeftOut() {
    JsObject activity =
        read(
            """
            {
              "@context": [
                "https://www.w3.org/ns/activitystreams",
                "https://w3id.org/security/data-integrity/v1"
              ],
              "type": "Create",
              "actor": "https://server.example/users/alice",
              "object": {"type": "Note", "content": "Hello world"}
            }
            """);
    assertTrue(
        holds(
            activity.with(
                "proof",
                PROOF
                    .without("@context")
                    .with(
                        "proofValue",
                        "z3sXaxjKs4M3BRicwWA9peyNPJvJqxtGsDmpt1jjoHCjgeUf71TRFz56osPSfDErszyLp5Ks1"
                            + "EhYSgpDaNM977Rg2"))));
  }

  @Test
  void contextsMayBeAddedBehindAndNotBefore() {
    JsObject signed = ACTIVITY.with("proof", PROOF);
    JsArray contexts = (JsArray) ACTIVITY.get("@context").orElseThrow();
    JsString other = new JsString("https://w3id.org/security/v1");
    JsArray behind = new JsArray(List.of(contexts.items().get(0), contexts.items().get(1), other));
    JsArray before = new JsArray(List.of(other, contexts.items().get(0), contexts.items().get(1)));
    assertTrue(holds(signed.with("@context", behind)));
    assertFalse(holds(signed.with("@context", before)));
    assertFalse(holds(signed.without("@context")));
  }

  /** Fedify writes an older kind of proof beside; it is none of what this one is of. */
  @Test
  void anOlderProofMayStandBeside() {
    JsObject older = JsObject.EMPTY.with("type", "RsaSignature2017");
    assertTrue(holds(ACTIVITY.with("proof", PROOF).with("signature", older)));
    assertEquals(
        ACTIVITY.with("proof", PROOF).members(),
        ObjectProof.sign(ACTIVITY.with("signature", older), KEY_ID, NOW, ObjectProofTest::sign)
            .members());
    assertEquals(
        ACTIVITY,
        ObjectProof.all(ACTIVITY.with("proof", PROOF).with("signature", older), NOW)
            .getFirst()
            .object());
  }

  @Test
  void aProofMayEndLongAfterAllOfUs() {
    JsObject late = PROOF.with("expires", "+999999999-12-31T23:59:59Z");
    assertEquals(1, ObjectProof.all(ACTIVITY.with("proof", late), NOW).size());
  }

  @Test
  void anotherObjectIsNotProven() {
    assertFalse(holds(ACTIVITY.with("actor", "https://server.example/bob").with("proof", PROOF)));
    assertFalse(holds(ACTIVITY.with("more", "words").with("proof", PROOF)));
  }

  @ParameterizedTest
  @CsvSource({
    "type, Ed25519Signature2020",
    "cryptosuite, eddsa-rdfc-2022",
    "proofPurpose, authentication",
    "created, 2023-02-24T23:36:39Z",
    "verificationMethod, https://server.example/users/bob#key",
    "proofValue, z42ff",
    "proofValue, 42ff",
    "expires, 2023-02-24T23:36:37Z",
    "expires, never",
    "expires, -999999999-01-01T00:00:00Z",
    "domain, elsewhere.example"
  })
  void anotherProofDoesNotHold(String field, String value) {
    assertFalse(holds(ACTIVITY.with("proof", PROOF.with(field, value))));
  }

  @Test
  void oneOfSeveralMayHold() {
    JsArray some = new JsArray(List.of(PROOF.with("type", "Other"), new JsString("x"), PROOF));
    assertTrue(holds(ACTIVITY.with("proof", some)));
    JsArray tooMany = new JsArray(Collections.nCopies(9, PROOF));
    assertEquals(List.of(), ObjectProof.all(ACTIVITY.with("proof", tooMany), NOW));
    assertFalse(holds(ACTIVITY));
  }

  /** Which JSON text said it makes no difference. */
  @Test
  void theWayItIsWrittenMakesNoDifference() {
    assertTrue(holds(read(V8Writer.stringify(ACTIVITY.with("proof", PROOF), 2))));
  }

  @Test
  void whatHasNoCanonicalFormIsNotSigned() {
    JsObject endless = ACTIVITY.with("size", new JsNumber(Double.POSITIVE_INFINITY));
    assertThrows(
        IllegalArgumentException.class,
        () -> ObjectProof.sign(endless, KEY_ID, NOW, ObjectProofTest::sign));
    assertFalse(holds(endless.with("proof", PROOF)));
  }
}
