package org.skep.wire.multiformats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Ed25519;

final class MultikeyTest {
  /** FEP-8b32's own pair: what stands in its test as secret key and as the actor's. */
  @Test
  void aKeyOfTheProposal() {
    Bytes secret = Multikey.multibase("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq").get();
    assertEquals("8026", secret.slice(0, 2).hex());
    PublicKey key = Ed25519.publicKey(secret.slice(2, secret.length()));
    String text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    assertEquals(text, Multikey.of(key));
    assertEquals(Optional.of(key), Multikey.parse(text));
    assertEquals(Optional.of(key), Multikey.parseDid("did:key:" + text));
    assertEquals("did:key:" + text, Multikey.did(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "z",
        "6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
        "mrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
        "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2z",
        "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
      })
  void otherTextsAreNoKeys(String text) {
    assertEquals(Optional.empty(), Multikey.parse(text));
    assertEquals(Optional.empty(), Multikey.parseDid(text));
  }
}
