package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

class SecretFileTest {
  private static final Bytes SEED = Bytes.ofHex("01".repeat(32));

  /** The key pair that ssb-keys 8.5.0 makes of that seed. */
  private static final String PUBLIC = "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=.ed25519";

  private static final String PRIVATE =
      "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQGKiOPddAnxlf1S2y08ul1yymcJvx2UEhvzdIgBtA9vXA=="
          + ".ed25519";

  private static final String FILE =
      """
      # one comment
      #
      {
        "curve": "ed25519",
        "public": "%s",
        "private": "%s",
        "id": "@%s"
      }
      #
      #   @%s\
      """
          .formatted(PUBLIC, PRIVATE, PUBLIC, PUBLIC);

  private static String reason(String file) {
    SecretFile.Refused refused =
        assertInstanceOf(SecretFile.Refused.class, SecretFile.parse(Bytes.ofUtf8(file)));
    assertFalse(refused.reason().contains("AQEB"), "a reason must not repeat the secret");
    return refused.reason();
  }

  private static SecretFile.SecretKeys keys(Bytes file) {
    return assertInstanceOf(SecretFile.Parsed.class, SecretFile.parse(file)).keys();
  }

  @Test
  void aFileOfSsbKeysIsRead() {
    SecretFile.SecretKeys keys = keys(Bytes.ofUtf8(FILE));
    assertEquals("@" + PUBLIC, keys.id().toString());
    assertEquals(SEED, keys.seed());
  }

  @Test
  void aFileWithWindowsLineEndsIsRead() {
    assertEquals(SEED, keys(Bytes.ofUtf8(FILE.replace("\n", "\r\n"))).seed());
  }

  @Test
  void aFileWithThePrivateKeyAloneIsRead() {
    assertEquals(SEED, keys(Bytes.ofUtf8("{\"private\":\"" + PRIVATE + "\"}")).seed());
  }

  @Test
  void aFileThatContradictsItselfIsRefused() {
    String other = "A" + PUBLIC.substring(1);
    assertEquals(
        "the secret file's public key is not that of its private key",
        reason(FILE.replace("\"public\": \"" + PUBLIC, "\"public\": \"" + other)));
    assertEquals(
        "the secret file's id is not that of its private key",
        reason(FILE.replace("\"id\": \"@" + PUBLIC, "\"id\": \"@" + other)));
    assertEquals(
        "the two halves of the secret file's private key do not agree",
        reason(FILE.replace("AQGKiO", "AQGKiP")));
    assertEquals(
        "the secret file's id is not that of its private key",
        reason(FILE.replace("\"id\": \"@" + PUBLIC + "\"", "\"id\": 1")));
  }

  @Test
  void aFileThatIsNoSecretIsRefused() {
    assertEquals("the secret file is empty but for comments", reason("# nothing\n\n"));
    assertEquals("the secret file holds no JSON object", reason("[]"));
    assertEquals("the secret file's private key is not 64 bytes in base64, .ed25519", reason("{}"));
    assertEquals(
        "the secret file's private key is not 64 bytes in base64, .ed25519",
        reason(FILE.replace("XA==.ed25519", "XA.ed25519")));
    assertEquals(
        "the secret file holds a key of another curve than ed25519",
        reason(FILE.replace("\"curve\": \"ed25519\"", "\"curve\": \"k256\"")));
    reason("{");
    reason(" ".repeat(SecretFile.TEXT_BYTES_MAX + 1));
    assertEquals(
        new SecretFile.Refused("the secret file is not text"),
        SecretFile.parse(Bytes.wrap(new byte[] {(byte) 0xff})));
  }

  @Test
  void keysArePrintedWithoutTheSecret() {
    String printed = SecretFile.SecretKeys.ofSeed(SEED).toString();
    assertFalse(printed.contains(SEED.hex()) || printed.contains(SEED.base64()), printed);
  }

  @Test
  void aSeedOfAnotherFeedIsNoIdentity() {
    FeedId other = SecretFile.SecretKeys.ofSeed(Bytes.ofHex("02".repeat(32))).id();
    assertThrows(IllegalArgumentException.class, () -> new SecretFile.SecretKeys(other, SEED));
  }
}
