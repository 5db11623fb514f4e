package org.skep.networks.fediverse.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.kernel.http.HttpValues;
import org.skep.wire.crypto.Ed25519;

/**
 * The examples of RFC 9421, appendix B, that are of requests. Skep signs and checks with two
 * algorithms alone; that the base is the right one is seen by those of the examples, which the JDK
 * has.
 */
final class Rfc9421Test {
  /** Appendix B.1.2, as a key of RSA (it is of RSASSA-PSS there). */
  private static final String RSA_PSS =
      """
      MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
      +QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
      oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
      gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
      Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
      aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
      2wIDAQAB
      """;

  /** Appendix B.1.3. */
  private static final String ECC_P256 =
      """
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
      w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
      """;

  /** Appendix B.1.4. */
  private static final String ED25519 =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
      -----END PUBLIC KEY-----
      """;

  private static final Bytes ED25519_SEED =
      Bytes.ofBase64("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=");

  /** Appendix B.1.5. */
  private static final Bytes SHARED =
      Bytes.ofBase64(
          "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==");

  private static final Bytes BODY = Bytes.ofUtf8("{\"hello\": \"world\"}");

  private static final String CONTENT_DIGEST =
      "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHW"
          + "XvJwew==:";

  /** Appendix B.2, {@code test-request}. */
  private static final Map<String, List<String>> TEST_REQUEST =
      Map.of(
          "host", List.of("example.com"),
          "date", List.of("Tue, 20 Apr 2021 02:07:55 GMT"),
          "content-type", List.of("application/json"),
          "content-digest", List.of(CONTENT_DIGEST),
          "content-length", List.of("18"));

  private static RequestHead testRequest(String input, String signature) {
    return head(
        "POST",
        "https://example.com/foo?param=Value&Pet=dog",
        TEST_REQUEST,
        Map.of("signature-input", List.of(input), "signature", List.of(signature)));
  }

  private static RequestHead head(
      String method,
      String target,
      Map<String, List<String>> fields,
      Map<String, List<String>> more) {
    Map<String, List<String>> all = new LinkedHashMap<>(fields);
    all.putAll(more);
    return new RequestHead(method, URI.create(target), new HttpValues(all));
  }

  private static MessageSignature only(RequestHead head) throws Refusal {
    List<MessageSignature> all = MessageSignature.all(head);
    assertEquals(1, all.size());
    return all.getFirst();
  }

  private static boolean isOfRsaPss(RequestHead head) throws Refusal, GeneralSecurityException {
    MessageSignature signature = only(head);
    Signature check = Signature.getInstance("RSASSA-PSS");
    check.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
    check.initVerify(KeyFactory.getInstance("RSA").generatePublic(info(RSA_PSS)));
    check.update(signature.base(head).toArray());
    return check.verify(signature.signature().toArray());
  }

  private static X509EncodedKeySpec info(String base64) {
    return new X509EncodedKeySpec(Bytes.ofBase64(base64.replaceAll("\\s", "")).toArray());
  }

  @Test
  void minimalB21() throws Refusal, GeneralSecurityException {
    RequestHead head =
        testRequest(
            "sig-b21=();created=1618884473;keyid=\"test-key-rsa-pss\""
                + ";nonce=\"b3k2pp5k7z-50gnwp.yemd\"",
            "sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopem"
                + "LJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG"
                + "52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx"
                + "2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6"
                + "UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3"
                + "+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:");
    assertTrue(isOfRsaPss(head));
  }

  @Test
  void selectiveB22() throws Refusal, GeneralSecurityException {
    RequestHead head =
        testRequest(
            "sig-b22=(\"@authority\" \"content-digest\" \"@query-param\";name=\"Pet\")"
                + ";created=1618884473;keyid=\"test-key-rsa-pss\";tag=\"header-example\"",
            "sig-b22=:LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQ"
                + "EdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT"
                + "8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SA"
                + "RYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd"
                + "4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoK"
                + "UqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==:");
    assertTrue(isOfRsaPss(head));
    assertTrue(BodyDigest.isContentDigest(CONTENT_DIGEST, BODY));
  }

  @Test
  void fullB23() throws Refusal, GeneralSecurityException {
    RequestHead head =
        testRequest(
            "sig-b23=(\"date\" \"@method\" \"@path\" \"@query\" \"@authority\" \"content-type\""
                + " \"content-digest\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-rsa-pss\"",
            "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yB"
                + "iMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fU"
                + "xN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1"
                + "pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9"
                + "bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5Z"
                + "JzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:");
    assertTrue(isOfRsaPss(head));
  }

  @Test
  void macB25() throws Refusal, GeneralSecurityException {
    RequestHead head =
        testRequest(
            "sig-b25=(\"date\" \"@authority\" \"content-type\")"
                + ";created=1618884473;keyid=\"test-shared-secret\"",
            "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:");
    MessageSignature signature = only(head);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SHARED.toArray(), "HmacSHA256"));
    assertEquals(signature.signature(), Bytes.wrap(mac.doFinal(signature.base(head).toArray())));
  }

  private static final String INPUT_B26 =
      "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
          + ";created=1618884473;keyid=\"test-key-ed25519\"";
  private static final String SIGNATURE_B26 =
      "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1"
          + "u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:";

  @Test
  void ed25519B26() throws Refusal {
    RequestHead head = testRequest(INPUT_B26, SIGNATURE_B26);
    MessageSignature signature = only(head);
    VerifyingKey key = VerifyingKey.ofPem(ED25519).orElseThrow();
    assertTrue(key.verifies(signature.base(head), signature.signature()));
    assertEquals(signature.signature(), Ed25519.sign(ED25519_SEED, signature.base(head)));
    assertEquals(INPUT_B26, signature.inputText());
    assertEquals(SIGNATURE_B26, signature.text());
    assertEquals(Optional.of(1_618_884_473L), signature.number("created"));
  }

  @Test
  void behindAProxyB3() throws Refusal, GeneralSecurityException {
    RequestHead head =
        head(
            "POST",
            "https://service.internal.example/foo?param=Value&Pet=dog",
            TEST_REQUEST,
            Map.of(
                "client-cert",
                List.of(
                    ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKD"
                        + "BJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQT"
                        + "AeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFk"
                        + "wEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmck"
                        + "C8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDV"
                        + "R0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf"
                        + "8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV"
                        + "4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6"
                        + "bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:"),
                "signature-input",
                List.of(
                    "ttrp=(\"@path\" \"@query\" \"@method\" \"@authority\" \"client-cert\")"
                        + ";created=1618884473;keyid=\"test-key-ecc-p256\""),
                "signature",
                List.of(
                    "ttrp=:xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6"
                        + "Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==:")));
    MessageSignature signature = only(head);
    Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
    check.initVerify(KeyFactory.getInstance("EC").generatePublic(info(ECC_P256)));
    check.update(signature.base(head).toArray());
    assertTrue(check.verify(signature.signature().toArray()));
  }

  private static final Map<String, List<String>> TRANSFORM =
      Map.of(
          "signature-input",
          List.of(
              "transform=(\"@method\" \"@path\" \"@authority\" \"accept\")"
                  + ";created=1618884473;keyid=\"test-key-ed25519\""),
          "signature",
          List.of(
              "transform=:ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5J"
                  + "Z1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==:"));

  private static boolean holds(RequestHead head) throws Refusal {
    PublicKey key = Ed25519.publicKey(ED25519_SEED);
    return Ed25519.verify(key, only(head).base(head), only(head).signature());
  }

  /** What may change on the way, and what may not. */
  @Test
  void transformedB4() throws Refusal {
    List<String> twoLines = List.of("application/json", "*/*");
    String target = "https://example.org/demo?name1=Value1&Name2=value2";
    assertTrue(holds(head("GET", target, Map.of("accept", twoLines), TRANSFORM)));
    assertTrue(
        holds(
            head(
                "GET",
                target + "&param=added",
                Map.of("accept", twoLines, "accept-language", List.of("en-US,en;q=0.5")),
                TRANSFORM)));
    assertTrue(
        holds(head("GET", target, Map.of("accept", List.of("application/json, */*")), TRANSFORM)));
    assertFalse(
        holds(
            head(
                "POST",
                "https://example.com/demo?name1=Value1&Name2=value2",
                Map.of("accept", twoLines),
                TRANSFORM)));
    assertFalse(
        holds(
            head("GET", target, Map.of("accept", List.of("*/*", "application/json")), TRANSFORM)));
  }
}
