package org.skep.networks.fediverse.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.HttpValues;

/** draft-cavage-http-signatures-12, appendix C, and what is refused. */
final class CavageTest {
  /** Of 1,024 bits, which Skep takes from nobody; the JDK checks with it. */
  private static final String KEY =
      """
      MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
      6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
      Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
      oYi+1hqp1fIekaxsyQIDAQAB
      """;

  private static final String DIGEST = "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";

  private static final RequestHead HEAD =
      new RequestHead(
          "POST",
          URI.create("https://example.com/foo?param=value&pet=dog"),
          new HttpValues(
              Map.of(
                  "date", List.of("Sun, 05 Jan 2014 21:31:40 GMT"),
                  "content-type", List.of("application/json"),
                  "digest", List.of(DIGEST),
                  "content-length", List.of("18"))));

  private static void check(CavageSignature signature) throws Refusal, GeneralSecurityException {
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new X509EncodedKeySpec(Bytes.ofBase64(KEY.replaceAll("\\s", "")).toArray()));
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(key);
    check.update(signature.readings(HEAD).getFirst().toArray());
    assertTrue(check.verify(signature.signature().toArray()));
  }

  @Test
  void defaultC1() throws Refusal, GeneralSecurityException {
    CavageSignature signature =
        CavageSignature.parse(
            "keyId=\"Test\",algorithm=\"rsa-sha256\","
                + "signature=\"SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz"
                + "6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7T8hc0GppauB"
                + "6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM=\"");
    assertEquals(List.of("date"), signature.headers());
    check(signature);
  }

  @Test
  void basicC2() throws Refusal, GeneralSecurityException {
    CavageSignature signature =
        CavageSignature.parse(
            "keyId=\"Test\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date\","
                + " signature=\"qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS"
                + "2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3"
                + "nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=\"");
    check(signature);
    assertEquals("Test", signature.keyId());
    assertEquals(1_388_957_500_000L, signature.createdMillis(HEAD));
    assertEquals(Optional.empty(), signature.expiresMillis());
    assertEquals(signature, CavageSignature.parse(signature.text()));
    assertEquals("Sun, 05 Jan 2014 21:31:40 GMT", CavageSignature.date(1_388_957_500_000L));
  }

  /**
   * The value that is printed in the draft's C.3 covers neither of the two times it names, as
   * others found, too; without them it holds.
   */
  @Test
  void allHeadersC3WithoutItsTimes() throws Refusal, GeneralSecurityException {
    check(
        CavageSignature.parse(
            "keyId=\"Test\",algorithm=\"rsa-sha256\","
                + "headers=\"(request-target) host date content-type digest content-length\","
                + "signature=\"vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs"
                + "8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb5"
                + "1gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=\""));
    assertTrue(BodyDigest.isDigest(DIGEST, Bytes.ofUtf8("{\"hello\": \"world\"}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keyId=\"Test\"",
        "keyId=\"\",signature=\"AAAA\"",
        "keyId=\"Test\",signature=\"\"",
        "keyId=\"Test\",signature=\"A*A=\"",
        "keyId=\"Test\",keyId=\"Other\",signature=\"AAAA\"",
        "keyId=\"Test\",signature=\"AAAA\",created=\"soon\"",
        "keyId=\"Test\",signature=\"AAAA\",created=1e9",
        "keyId=\"Test\" signature=\"AAAA\"",
        "keyId=Te\"st,signature=\"AAAA\"",
        "keyId=\"Test\",signature=\"AAAA\",expires=1.",
        "keyId=\"Te\\\"st\",signature=\"AAAA\"",
        "keyId=\"Te\nst\",signature=\"AAAA\"",
        "keyId=\"Test\",headers=\"date date\",signature=\"AAAA\"",
      })
  void whatCantBeReadIsRefused(String field) {
    assertThrows(Refusal.class, () -> CavageSignature.parse(field));
  }

  @Test
  void tooManyHeadersAreRefused() {
    StringBuilder headers = new StringBuilder("date");
    for (int i = 0; i < 40; i++) {
      headers.append(" x").append(i);
    }
    assertThrows(
        Refusal.class,
        () ->
            CavageSignature.parse("keyId=\"Test\",headers=\"" + headers + "\",signature=\"AAAA\""));
  }

  /** Section 2.3 keeps them from algorithms whose names begin as theirs. */
  @Test
  void olderAlgorithmsCoverNoTimesOfTheirOwn() throws Refusal {
    CavageSignature old =
        CavageSignature.parse(
            "keyId=\"Test\",algorithm=\"rsa-sha256\",created=1402170695,"
                + "headers=\"(created) host\",signature=\"AAAA\"");
    assertThrows(Refusal.class, () -> old.readings(HEAD));
    CavageSignature young =
        CavageSignature.parse(
            "keyId=\"Test\",algorithm=\"hs2019\",created=1402170695,expires=1402170699,"
                + "headers=\"(created) (expires) host\",signature=\"AAAA\"");
    assertEquals(
        List.of("(created): 1402170695\n(expires): 1402170699\nhost: example.com"),
        young.readings(HEAD).stream().map(Bytes::utf8).toList());
    assertEquals(1_402_170_695_000L, young.createdMillis(HEAD));
    assertEquals(Optional.of(1_402_170_699_000L), young.expiresMillis());
  }

  /** Mastodon and GoToSocial read it so; of what is sent the query is always signed. */
  @Test
  void whatIsReadIsReadWithItsQueryAndWithout() throws Refusal {
    CavageSignature signature =
        CavageSignature.parse("keyId=\"Test\",headers=\"(request-target)\",signature=\"AAAA\"");
    assertEquals(
        List.of("(request-target): get /foo?param=value&pet=dog", "(request-target): get /foo"),
        signature.readings(new RequestHead("GET", HEAD.target(), HEAD.fields())).stream()
            .map(Bytes::utf8)
            .toList());
    assertEquals(
        List.of("(request-target): post /foo?param=value&pet=dog"),
        signature.readings(HEAD).stream().map(Bytes::utf8).toList());
  }

  @Test
  void whatIsNotKnownIsPassedOver() throws Refusal {
    CavageSignature signature =
        CavageSignature.parse(
            "keyId=\"Test\" , x-more=\"a\",algorithm=hs2019,created=1402170695,y=1.5,"
                + "expires=1402170699.25,headers=\"(created) (expires)\",signature=\"AAAA\"");
    assertEquals("hs2019", signature.algorithm());
    assertEquals(Optional.of(1_402_170_699_250L), signature.expiresMillis());
    assertEquals(
        List.of("(created): 1402170695\n(expires): 1402170699.25"),
        signature.readings(HEAD).stream().map(Bytes::utf8).toList());
  }

  @Test
  void aTimeNeedsNoAlgorithm() throws Refusal {
    CavageSignature signature =
        CavageSignature.parse(
            "keyId=\"Test\",created=1402170695,headers=\"(created)\",signature=\"AAAA\"");
    assertEquals(
        List.of("(created): 1402170695"),
        signature.readings(HEAD).stream().map(Bytes::utf8).toList());
    CavageSignature unsaid =
        CavageSignature.parse("keyId=\"Test\",headers=\"(created)\",signature=\"AAAA\"");
    assertThrows(Refusal.class, () -> unsaid.readings(HEAD));
  }
}
